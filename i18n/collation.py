"""The order of names and words in a list, by the alphabet of its reader. Must not depend on the system's libraries.

A mixed list is two blocks: digits, then the reader's own script in the order of the reader's alphabet, then the other
script. A letter of another language stands after its neighbour in a common table of all letters of its script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from i18n import case
from i18n.apostrophes import APOSTROPHES, to_uzbek
from i18n.letters import ALPHABETS

Key = tuple[tuple[int, ...], str, str]
_T = TypeVar("_T")

_ALL_CYRILLIC = "аәбвгғѓҝґдеєёжҗзѕиӣіїйјкқќлљмнңњоөпрстћуӯўүұфхҳһцчҷҹшщъыьэюя"
_ALL_LATIN = "aäáàâbcçčdđeəéèêëfgğḡhiıíîïjklłmnňñoöóôœpqrsşštuüúùûvwxyýzž"
_SPACE, _DIGITS, _OWN, _OTHER, _REST = 1, 20, 100, 500, 1000


@cache
def sort_key(language: str) -> Callable[[str], Key]:
    """A key function for texts shown to a reader of `language`; equal texts in other capitals stay together."""
    own = ALPHABETS.get(language, ALPHABETS["en"])
    uzbek = language == "uz_Latn"
    ranks = _ranks(own)
    digraphs = sorted((letter for letter in own if len(letter) > 1), key=len, reverse=True)
    unit = re.compile("|".join([*map(re.escape, digraphs), "."]), re.DOTALL)

    def key(text: str) -> Key:
        text = unicodedata.normalize("NFC", text)
        small = case.lower(to_uzbek(text) if uzbek else text, language)
        primary = [rank for piece in unit.findall(small) if (rank := _rank(piece, ranks)) is not None]
        return (tuple(primary), small, text)

    return key


def sort_texts(texts: Iterable[str], language: str) -> list[str]:
    """The texts in the reader's order."""
    return sorted(texts, key=sort_key(language))


def sort_by(items: Iterable[_T], text_of: Callable[[_T], str], language: str) -> list[_T]:
    """The items in the reader's order of one of their texts; stable."""
    key = sort_key(language)
    return sorted(items, key=lambda item: key(text_of(item)))


def _ranks(own: tuple[str, ...]) -> dict[str, int]:
    cyrillic = own[0] == "а"
    order = list(own)
    before = ""
    for letter in _ALL_CYRILLIC if cyrillic else _ALL_LATIN:
        if letter not in order:
            order.insert(order.index(before) + 1 if before in order else 0, letter)
        before = letter
    ranks = {letter: _OWN + place for place, letter in enumerate(order)}
    for place, letter in enumerate(_ALL_LATIN if cyrillic else _ALL_CYRILLIC):
        ranks.setdefault(letter, _OTHER + place)
    return ranks


def _rank(piece: str, ranks: dict[str, int]) -> int | None:
    if piece in ranks:
        return ranks[piece]
    if piece.isdecimal():
        return _DIGITS + unicodedata.decimal(piece)
    if piece.isspace() or piece in "-–—":
        return _SPACE
    if piece in APOSTROPHES or unicodedata.combining(piece):
        return None
    base = unicodedata.normalize("NFD", piece)[0]
    return ranks.get(base, _REST + ord(piece)) if piece.isalpha() else 2
