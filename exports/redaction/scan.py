"""Cuts a text into candidate words and asks the compiled names about each distinct word once. Must not judge a mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from i18n import fold
from i18n.names import NameIndex, Reading

_DASH = "-‐‑\u00ad\u2013"
# A word broken at a line end, with or without a hyphen.
_BROKEN = re.compile(rf"([^\W\d_]{{2,}})([{_DASH}]?[ \t]*\r?\n[ \t]*)([^\W\d_]{{2,}})")
_COMPOUND = re.compile(rf"([^\W\d_]{{2,}})[{_DASH}]([^\W\d_]{{2,}})")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
_ENGLISH_S = re.compile(r"['’ʼ‘`´′][sS]$")
_EDGE_DIGITS = re.compile(r"^\d*|\d*$")
_MEMORY = 400_000


class Hit(NamedTuple):
    """A word of the text that may be a registered one: place, the word without digits and 's, what it may be."""

    start: int
    end: int
    word: str
    readings: tuple[Reading, ...]


class _Known(NamedTuple):
    lead: int
    length: int
    word: str
    readings: tuple[Reading, ...]
    begins: bool


_NOTHING = _Known(0, 0, "", (), False)


class Scanner:
    """Words of texts against one `NameIndex`; remembers what each distinct word was."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._memory: dict[str, _Known] = {}

    def forget(self) -> None:
        """Drop every remembered word."""
        self._memory.clear()

    def hits(self, text: str) -> list[Hit]:
        """Every word that may be a registered one, in order; broken and compound words as one, not overlapping."""
        found: list[Hit] = []
        memory = self._memory
        if len(memory) > _MEMORY:
            memory.clear()
        beginnings: list[tuple[int, int, str]] = []
        for match in fold.WORD.finditer(text):
            word = match[0]
            known = memory.get(word)
            if known is None:
                known = memory[word] = self._look_up(word)
            if known.readings:
                start = match.start() + known.lead
                found.append(Hit(start, start + known.length, known.word, known.readings))
            elif known.begins:
                beginnings.append((match.start(), match.end(), word))
        pieces = [*self._pieces(text, beginnings)]
        return _without_overlaps(found, pieces) if pieces else found

    def read(self, word: str) -> tuple[Reading, ...]:
        """What one word may be (for neighbours and for parts of handles)."""
        known = self._memory.get(word)
        if known is None:
            known = self._memory[word] = self._look_up(word)
        return known.readings

    def _look_up(self, word: str) -> _Known:
        lead, core = _core(word)
        if len(core) < 2:
            return _NOTHING
        capital = core[0].isupper()
        readings = tuple(self._index.analyse(core, fuzzy=capital))
        begins = not readings and capital and self._index.begins(core)
        if not readings and not begins:
            return _NOTHING
        return _Known(lead, len(core), core, readings, begins)

    def _pieces(self, text: str, beginnings: list[tuple[int, int, str]]) -> Iterator[Hit]:
        """Names in two pieces: broken at a line end, hyphenated, written apart, spaced out."""
        for match in _BROKEN.finditer(text):
            hyphen = match[2][0] in _DASH
            if hyphen or (match[1][0].isupper() and match[3][0].islower()):
                yield from self._joined(text, match.start(), match.end(), match[1] + match[3], must=5)
        for match in _COMPOUND.finditer(text):
            if match[1][0].isupper():
                yield from self._joined(text, match.start(), match.end(), match[1] + match[2], must=5)
        for start, end, word in beginnings:
            following = _NEXT.match(text, end)
            if following:
                yield from self._joined(text, start, following.end(), word + following[1], must=6)
        for match in _SPACED.finditer(text):
            yield from self._joined(text, match.start(), match.end(), match[0].replace(" ", ""), must=4)

    def _joined(self, text: str, start: int, end: int, word: str, *, must: int) -> Iterator[Hit]:
        if len(word) < must:
            return
        lead, core = _core(word)
        readings = tuple(r for r in self._index.analyse(core, fuzzy=False) if not r.derived)
        if readings:
            yield Hit(start + lead, end - (len(word) - lead - len(core)), core, readings)


_NEXT = re.compile(r"[ \t\u00a0]([^\W\d_]{2,})")


def _core(word: str) -> tuple[int, str]:
    """The word without glued digits and English 's, and how much was cut in front."""
    lead = 0
    if any(char.isdigit() for char in word):
        lead = len(word) - len(word.lstrip(_DIGITS))
        word = word.strip(_DIGITS)
    if _ENGLISH_S.search(word):
        word = word[:-2]
    return lead, word


_DIGITS = "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"


def _without_overlaps(found: list[Hit], pieces: list[Hit]) -> list[Hit]:
    """Both lists as one; a joined word stands in place of its pieces unless each of them is a name of its own."""
    out = sorted(found)
    for piece in pieces:
        inside = [hit for hit in out if hit.start < piece.end and piece.start < hit.end]
        strong = [hit for hit in inside if any(not r.fuzzy for r in hit.readings)]
        if len(strong) >= 2:
            continue
        if len(strong) == 1 and all(r.price > 0.3 for r in piece.readings):
            continue
        out = [hit for hit in out if hit not in inside]
        out.append(piece)
    return sorted(out)
