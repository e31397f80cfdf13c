"""Capitals and small letters as each language writes them. Must be the only place, with `i18n.fold`, that changes case.

Azerbaijani pairs i with İ and ı with I; Python never does. In every other language `İ` becomes a plain `i`, not an i
with a loose dot. An apostrophe inside a word never starts a new word (`Oʻzbek`, not `OʻZbek`).
"""

from __future__ import annotations

import re

from i18n.apostrophes import APOSTROPHES

_WORD = re.compile(rf"[^\W\d_](?:[^\W_]|[\u0300-\u036f]|[{re.escape(APOSTROPHES)}](?=[^\W_]))*")
_DOTTED_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_DOTTED_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_LOOSE_DOT = "i\u0307"


def lower(text: str, language: str) -> str:
    """Small letters; `language` is any code whose first part is the language (`az`, `uz_Latn`, `ru`)."""
    if _pairs_dotted_i(language):
        text = text.translate(_DOTTED_LOWER)
    return text.lower().replace(_LOOSE_DOT, "i")


def upper(text: str, language: str) -> str:
    """Capital letters."""
    if _pairs_dotted_i(language):
        text = text.translate(_DOTTED_UPPER)
    return text.upper()


def title(text: str, language: str) -> str:
    """Every word with a capital first letter and small letters after it."""
    return _WORD.sub(lambda word: capitalize(lower(word[0], language), language), text)


def capitalize(text: str, language: str) -> str:
    """The first letter as a capital, the rest as it was: how a sentence or a label begins."""
    for place, char in enumerate(text):
        if char.isalpha() and char not in APOSTROPHES:
            return text[:place] + upper(char, language) + text[place + 1 :]
        if char.isdigit():
            break
    return text


def equal_ignoring_case(a: str, b: str, language: str) -> bool:
    """Whether two texts differ in capitals only."""
    return lower(a, language) == lower(b, language)


def is_typed_word(typed: str, word: str, language: str) -> bool:
    """Whether somebody typed a word that was shown, on whatever keyboard.

    Capitals by the rules of the language or of an English keyboard (Caps Lock makes IMHA of imha), any apostrophe, spaces
    around it.
    """
    given, wanted = (text.strip().translate(_ONE_APOSTROPHE) for text in (typed, word))
    return equal_ignoring_case(given, wanted, language) or equal_ignoring_case(given, wanted, "en")


def _pairs_dotted_i(language: str) -> bool:
    return language[:2] in ("az", "tr") and "yrl" not in language
