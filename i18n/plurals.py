"""Which form of a sentence goes with a count. Must not trust catalog headers: sources disagree for tg, uz and az.

Russian has three forms (1, 2–4, 5+); every other language here has two, and one form's text may equal the other's.
"""

from __future__ import annotations

HEADERS: dict[str, str] = {
    "ru": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
}
_TWO = "nplurals=2; plural=(n != 1);"


def plural_header(language: str) -> str:
    """The Plural-Forms header a catalog of the language must carry."""
    return HEADERS.get(language, _TWO)


def plural_count(language: str) -> int:
    """How many forms a counted sentence has."""
    return 3 if language == "ru" else 2


def plural_index(language: str, count: int) -> int:
    """Which form (from 0) goes with a whole number; a negative one goes with the form of its size."""
    size = abs(count)
    if language == "fr":
        return int(size > 1)
    if language != "ru":
        return int(size != 1)
    if size % 10 == 1 and size % 100 != 11:
        return 0
    if 2 <= size % 10 <= 4 and not 12 <= size % 100 <= 14:
        return 1
    return 2
