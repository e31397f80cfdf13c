"""How many bits a passphrase is worth, estimated low. Must not keep or log what it looked at.

An honest floor, not a promise: words count as drawn from a list of 1,296, runs and repetitions count little.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from i18n.message import msg
from storage.crypto.normalise import normalise_passphrase
from storage.crypto.proposal import LIST_LENGTH, all_words
from storage.crypto.secret import wipe
from storage.errors import InvalidInput

MINIMUM_BITS = 60.0
_WORD_BITS = math.log2(LIST_LENGTH)
_EXTRA_LETTER_BITS = 1.8  # letters beyond a word's usual length: two words written together
_KNOWN_BITS = 3.0
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "0123456789",
    "9876543210",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
)
_KNOWN = frozenset(
    [
        "password",
        "passphrase",
        "qwerty",
        "admin",
        "letmein",
        "welcome",
        "secret",
        "daftar",
        "notebook",
        "iloveyou",
        "monkey",
        "dragon",
        "пароль",
        "секрет",
        "дафтар",
        "тетрадь",
        "привет",
        "parol",
        "maxfiy",
        "sirli",
        "рамз",
        "калима",
        "парол",
        "şifrə",
        "parolum",
        "gizli",
    ]
)
_KNOWN_PHRASES = (
    ("the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"),
    ("to", "be", "or", "not", "to", "be"),
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[^\s]", re.UNICODE)


def passphrase_bits(passphrase: bytearray | str) -> float:
    """Estimate the strength in bits; 0.0 for what is empty or not text."""
    typed = bytearray(passphrase.encode("utf-8", "replace")) if isinstance(passphrase, str) else passphrase
    try:
        normal = normalise_passphrase(typed)
    except InvalidInput:
        return 0.0
    try:
        return _bits(normal)
    finally:
        wipe(normal)


def require_strong(passphrase: bytearray) -> None:
    """Raise InvalidInput unless the passphrase is worth at least `MINIMUM_BITS`."""
    if passphrase_bits(passphrase) < MINIMUM_BITS:
        raise InvalidInput(
            msg("The passphrase is too easy to guess."),
            hint=msg("Use seven random words, or a longer mixture of words, digits and signs."),
        )


def _bits(normal: bytearray) -> float:
    tokens, length, upper = _tokens(normal)
    bits = 0.0
    for phrase in _KNOWN_PHRASES:
        while (at := _find(tokens, phrase)) is not None:
            del tokens[at : at + len(phrase)]
            bits += 2 * _KNOWN_BITS
    seen: dict[str, int] = {}
    for token in tokens:
        seen[token] = seen.get(token, 0) + 1
        bits += _token_bits(token, _mixed(tokens)) if seen[token] == 1 else 1.0 / seen[token]
    return bits + min(upper, max(0, length - upper), 6)


def _tokens(normal: bytearray) -> tuple[list[str], int, int]:
    """Give the tokens of the folded text, its length and its capitals; word by word, never as one text."""
    tokens: list[str] = []
    length = upper = 0
    for word in _words(normal):
        length += len(word)
        upper += sum(1 for char in word if unicodedata.category(char) == "Lu")
        tokens += _TOKEN.findall(word.casefold())  # for guessing only, never shown
    return tokens, length + max(0, normal.count(0x20)), upper


def _words(normal: bytearray) -> Iterator[str]:
    start = 0
    while start < len(normal):
        end = normal.find(0x20, start)
        end = len(normal) if end < 0 else end
        if end > start:
            yield str(memoryview(normal)[start:end], "utf-8")
        start = end + 1


def _find(tokens: list[str], phrase: tuple[str, ...]) -> int | None:
    ends = range(len(tokens) - len(phrase) + 1)
    return next((at for at in ends if tuple(tokens[at : at + len(phrase)]) == phrase), None)


def _mixed(tokens: list[str]) -> bool:
    """True for text that is scrambled rather than worded: tokens of one to three characters side by side."""
    return len(tokens) > 3 and sum(map(len, tokens)) < 3 * len(tokens)


def _token_bits(token: str, mixed: bool) -> float:
    distinct = _distinct_length(token)
    if token.isdigit():
        year = len(token) == 4 and token[:2] in ("19", "20")
        return 6.0 if year else 3.32 * distinct
    if token in _KNOWN:
        return _KNOWN_BITS
    if token in all_words():
        return _WORD_BITS  # of one of our own lists: exactly that, however long it is
    if not token[0].isalpha():
        return 4.5
    if mixed:
        return 4.7 * distinct
    letters = 4.0 * min(distinct, 3) + max(0, distinct - 6) * _EXTRA_LETTER_BITS
    return min(letters, _WORD_BITS + max(0, distinct - 6) * _EXTRA_LETTER_BITS)


def _distinct_length(token: str) -> int:
    """Count characters, but one step of a keyboard or alphabet run, or a repetition, as nothing."""
    count = 1
    runs = [run for run in _RUNS if token[:3] in run]
    for before, after in pairwise(token):
        if before != after and not any(before + after in run for run in runs):
            count += 1
    return count
