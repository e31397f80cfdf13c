"""Makes text printable: NFC, one kind of space, no controls, code points for what has no glyph. Must not drop a letter.

What is printed and what the gate expects to read both pass here, so that the two can be compared.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from exports.pdf.faces import SERIF, face

_SPACES = frozenset(
    "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x0b\x0c\x85"
)
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
    return _MARKS.sub(_lone_marks, "".join(map(printable, composed)))


# Combining marks that did not compose. One or two different ones on a letter are set; a mark on nothing, or the same mark
# twice, is printed by its number: readers drop or move such marks, and then nobody can say what the page holds.
_MARKS = re.compile(
    "(?:^|[\\s\\]])[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+|([\u0300-\u036f\u0483-\u0487])\\1+"
)


def _lone_marks(match: re.Match[str]) -> str:
    return "".join(f"[U+{ord(c):04X}]" if unicodedata.combining(c) else c for c in match[0])


def without_glyph(text: str) -> set[str]:
    """The characters of a text that are printed as code points."""
    return {c for c in unicodedata.normalize("NFC", text) if printable(c).startswith("[U+")}
