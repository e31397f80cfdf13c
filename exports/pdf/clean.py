"""Makes text printable: NFC, one kind of space, no controls, code points for what has no glyph. Must not drop a letter.

What is printed and what the gate expects to read both pass here, so that the two can be compared.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from exports.pdf.faces import SERIF, face

_SPACES = frozenset("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x0b\x0c\x85")
_BREAKS = frozenset("\n\r\u2028\u2029")
# Bidi controls, joiners, zero-width spaces, soft hyphen, byte-order mark, variation selectors, tags: never printed.
_UNSEEN_CATEGORIES = frozenset({"Cf", "Cc"})


@lru_cache(maxsize=65536)
def printable(character: str) -> str:
    """What stands on paper for one character."""
    if character in _SPACES:
        return " "
    if character in _BREAKS:
        return "\n"
    if unicodedata.category(character) in _UNSEEN_CATEGORIES or "\ufe00" <= character <= "\ufe0f":
        return ""
    return character if face(SERIF).has(character) else f"[U+{ord(character):04X}]"


def printable_text(text: str) -> str:
    """A text as it stands on paper."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        return composed
    return "".join(map(printable, composed))


def without_glyph(text: str) -> set[str]:
    """The characters of a text that are printed as code points."""
    return {c for c in unicodedata.normalize("NFC", text) if printable(c).startswith("[U+")}
