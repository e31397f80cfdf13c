"""Cuts a text into candidate words and asks the compiled names about each distinct word once. Must not judge a mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from i18n import fold
from i18n.names import NameIndex, Reading

_DASH = "-‐‑\u00ad\u2013"
# A word broken at a line end, with or without a hyphen.
_GAP_BEFORE = re.compile(rf"[{_DASH}]?[ \t]*\r?$")
_GAP_AFTER = re.compile(r"\n[ \t]*(?=[^\W\d_])")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{2,40}$")
_LETTERS_AFTER = re.compile(r"[^\W\d_]{2,}")
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
        self._joins: dict[str, tuple[Reading, ...]] = {}

    def forget(self) -> None:
        """Drop every remembered word."""
        self._memory.clear()
        self._joins.clear()

    def hits(self, text: str) -> list[Hit]:
        """Every word that may be a registered one, in order; broken and compound words as one, not overlapping."""
        found: list[Hit] = []
        memory = self._memory
        if len(memory) + len(self._joins) > _MEMORY:
            self.forget()
        beginnings: list[tuple[int, int, str]] = []
        singles: list[int] = []
        for match in fold.WORD.finditer(text):
            word = match[0]
            if len(word) == 1:
                singles.append(match.start())
                continue
            known = memory.get(word)
            if known is None:
                known = memory[word] = self._look_up(word)
            if known.readings:
                start = match.start() + known.lead
                found.append(Hit(start, start + known.length, known.word, known.readings))
            elif known.begins:
                beginnings.append((match.start(), match.end(), word))
        pieces = [*self._pieces(text, beginnings, singles)]
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

    def _pieces(self, text: str, beginnings: list[tuple[int, int, str]], singles: list[int]) -> Iterator[Hit]:
        """Names in two pieces: broken at a line end, hyphenated, written apart, spaced out."""
        for start, end in _gaps(text):
            before = _LETTERS_BEFORE.search(text, max(0, start - 40), start)
            after = _LETTERS_AFTER.match(text, end)
            if (
                before
                and after
                and (text[start] in _DASH or after[0][0].islower())
                and before[0][0].isupper()
            ):
                yield from self._joined(text, before.start(), after.end(), before[0] + after[0], must=5)
        for start, end, word in beginnings:
            following = _NEXT.match(text, end)
            if following:
                yield from self._joined(text, start, following.end(), word + following[1], must=6)
        for start, end in _spaced_out(text, singles):
            yield from self._joined(text, start, end, text[start:end].replace(" ", ""), must=4)

    def _joined(self, text: str, start: int, end: int, word: str, *, must: int) -> Iterator[Hit]:
        if len(word) < must:
            return
        lead, core = _core(word)
        readings = self._joins.get(core)
        if readings is None:
            readings = self._joins[core] = tuple(
                r for r in self._index.analyse(core, fuzzy=False) if not r.derived
            )
        if readings:
            yield Hit(start + lead, end - (len(word) - lead - len(core)), core, readings)


def positions(text: str, sign: str) -> Iterator[int]:
    """Every place of a sign."""
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Line ends (with the hyphen before them) and hyphens that have letters on both sides."""
    for place in positions(text, "\n"):
        before = _GAP_BEFORE.search(text, max(0, place - 8), place)
        after = _GAP_AFTER.match(text, place)
        if before and after:
            yield before.start(), after.end()
    for sign in _DASH:
        for place in positions(text, sign):
            if text[place - 1 : place].isalpha() and text[place + 1 : place + 2].isalpha():
                yield place, place + 1


def _spaced_out(text: str, singles: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of four or more single letters with one space between."""
    run = 0
    for number in range(1, len(singles) + 1):
        if (
            number < len(singles)
            and singles[number] == singles[number - 1] + 2
            and text[singles[number] - 1] == " "
        ):
            continue
        if number - run >= 4:
            yield singles[run], singles[number - 1] + 1
        run = number


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
