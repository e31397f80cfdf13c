"""The protected forms as plain search terms and the views of a text they are searched in. Must not judge a hit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exports.redaction import ProtectedSet

_APOSTROPHES = {ord(c): "'" for c in "’‘ʼʻ`´′ʹ"}


class Without(dict[int, int | str | None]):
    """A table for `str.translate` that drops the characters of some categories; each is looked up once."""

    def __init__(self, *categories: str, spaces: bool = True) -> None:
        super().__init__()
        self._categories, self._spaces = frozenset(categories), spaces

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        gone = unicodedata.category(char) in self._categories or (not self._spaces and char.isspace())
        self[code] = None if gone else code
        return None if gone else code


_SHOWN = Without("Cf")
_SHOWN.update(_APOSTROPHES)
SHORT = 5
LONG = 8
BYTES_FROM = 4


@dataclass(frozen=True)
class Needle:
    """One protected form: whose, of what kind, as recorded and as searched."""

    subject: str
    kind: str
    form: str
    folded: str


def fold(text: str) -> str:
    """A text for plain search: compatibility forms, one apostrophe, no marks that do not show, no case."""
    shown = unicodedata.normalize("NFKC", text).translate(_SHOWN)
    return unicodedata.normalize("NFC", shown.casefold().replace("i\u0307", "i"))


def needles(protected: ProtectedSet, hidden: Callable[[str], bool]) -> list[Needle]:
    """Every registered form of every subject that is `hidden` in the copy, longest first."""
    found: dict[tuple[str, str], Needle] = {}
    for subject, kind, form in _forms(protected):
        folded = " ".join(fold(form).split())
        if hidden(subject) and len(folded) > 1 and any(c.isalnum() for c in folded):
            found.setdefault((subject, folded), Needle(subject, kind, form, folded))
    return sorted(found.values(), key=lambda n: (-len(n.folded), n.folded, n.subject))


def _forms(protected: ProtectedSet) -> Iterator[tuple[str, str, str]]:
    for person in protected.persons:
        for name in person.names:
            yield person.id, "person", name.full
            if not name.phrase:
                yield from ((person.id, "person", word.text) for word in name.words)
    for place in protected.places:
        yield from ((place.id, "place", name) for name in place.names)
    for identifier in protected.identifiers:
        yield identifier.id, "identifier", identifier.value


def occurrences(haystack: str, needle: str) -> Iterator[int]:
    """Every place a needle stands in a text."""
    at = haystack.find(needle)
    while at >= 0:
        yield at
        at = haystack.find(needle, at + 1)


def token_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The word or words a stretch of text lies in, to their outer ends."""
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "'-_.@"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "'-_@"):
        end += 1
    return start, end


def squeezed(text: str) -> str:
    """The text without spaces, line ends and hyphens at line ends."""
    joined = text.replace("-\r\n", "").replace("-\n", "").replace("\u2010\n", "")
    return "".join(joined.split())


def encodings(form: str) -> Iterator[bytes]:
    """A form as bytes in every encoding a writer might have used."""
    for encoding in ("utf-8", "utf-16-be", "utf-16-le", "cp1251", "cp1254", "latin-1"):
        try:
            raw = form.encode(encoding)
        except UnicodeEncodeError:
            continue
        yield raw
        yield raw.hex().encode()
        yield raw.hex().encode().swapcase()
