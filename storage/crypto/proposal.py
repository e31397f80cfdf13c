"""Proposes passphrases: seven words out of one of two own lists of 1,296. Must not be the place where they are stored.

Words of a list have four to seven letters, differ in their first four letters and in more than one slip of a finger. The
Latin list has ASCII letters without w (no key for it in Azerbaijan); the Cyrillic list only letters of the plain
Russian keyboard, without ё and ъ, so that it can be typed on any Cyrillic keyboard.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from i18n.message import msg
from storage.errors import EnvironmentProblem

LIST_LENGTH = 1296
PROPOSED_WORDS = 7
_LISTS = {
    "en": "latin",
    "uz_Latn": "latin",
    "az": "latin",
    "ru": "cyrillic",
    "uz_Cyrl": "cyrillic",
    "tg": "cyrillic",
}

Choose = Callable[[int], int]
"""`choose(n)` gives a number from 0 to n - 1, each as likely; the system's generator unless a test says otherwise."""


def propose_passphrase(language: str, choose: Choose = secrets.randbelow) -> str:
    """Draw seven different words for a window language (`en ru uz_Latn uz_Cyrl tg az`): 72.3 bits.

    Raises KeyError for another language: the caller names one of the window's.
    """
    left = list(word_list(_LISTS[language]))
    return " ".join(left.pop(choose(len(left))) for _ in range(PROPOSED_WORDS))


def propose_secret(language: str, choose: Choose = secrets.randbelow) -> bytearray:
    """The same as UTF-8 in a buffer: the passphrase never stands in memory as one text. The caller wipes it."""
    left = list(word_list(_LISTS[language]))
    words = [left.pop(choose(len(left))).encode() for _ in range(PROPOSED_WORDS)]
    # One allocation of the right size: a buffer that grows or shrinks leaves copies behind.
    out = bytearray(b" ") * (sum(map(len, words)) + PROPOSED_WORDS - 1)
    used = 0
    for word in words:
        out[used : used + len(word)] = word
        used += len(word) + 1
    return out


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Give the list `latin` or `cyrillic`, in the order of its letters. Raises EnvironmentProblem."""
    try:
        text = files("storage.crypto").joinpath("words", f"{name}.txt").read_text("utf-8")
    except OSError:
        raise EnvironmentProblem(msg("The program's own list of words cannot be read.")) from None
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def all_words() -> frozenset[str]:
    """Give the words of both lists, for whoever judges a passphrase."""
    return frozenset(word_list("latin")) | frozenset(word_list("cyrillic"))
