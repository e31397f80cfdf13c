"""Where the words of a query stand in a record's own texts, with exact offsets. Must not change a text's letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from i18n import fold
from storage.search.terms import Term
from storage.search.texts import Part

_MOST_SPANS = 50
_AROUND = 70  # letters shown before and after the first place
_LONGEST_FIRST = 160

Span = tuple[int, int]


class Place(NamedTuple):
    """A text of a record and where the words stand in it and in its snippet."""

    path: str
    snippet: str
    spans: tuple[Span, ...]
    marks: tuple[Span, ...]


class _Match(NamedTuple):
    term: int
    span: Span
    worth: int


def best_place(parts: Sequence[Part], terms: Sequence[Term]) -> Place:
    """The text with most of the terms, the exact before the similar, the earlier of equals."""
    best: tuple[tuple[int, int], Part, list[_Match]] | None = None
    for part in parts:
        matches = _matches(part.text, terms)
        rank = (len({match.term for match in matches}), max((match.worth for match in matches), default=0))
        if matches and (best is None or rank > best[0]):
            best = (rank, part, matches)
            if rank == (len(terms), 2):
                break
    if best is None:
        if not parts:
            return Place("", "", (), ())
        return Place(parts[0].path, _one_line(parts[0].text[:_LONGEST_FIRST]), (), ())
    _, part, matches = best
    spans = tuple(sorted({match.span for match in matches}))
    first = min(matches, key=lambda match: (-match.worth, match.span))
    return _cut(part, spans, first.span)


def _matches(text: str, terms: Sequence[Term]) -> list[_Match]:
    tokens = fold.tokens(text)
    keys = [(fold.x_key(token.text), fold.t_key(token.text)) for token in tokens]
    found: list[_Match] = []
    for number, term in enumerate(terms):
        size, first = len(term.words), term.words[0]
        for place, (x, t) in enumerate(keys):
            worth = first.matches(x, t)
            if not worth:
                continue
            if size > 1:
                following = keys[place + 1 : place + size]
                worths = [word.matches(*key) for word, key in zip(term.words[1:], following, strict=False)]
                if len(worths) != size - 1 or not all(worths):
                    continue
                worth = min(worth, *worths)
            found.append(_Match(number, (tokens[place].start, tokens[place + size - 1].end), worth))
            if len(found) >= _MOST_SPANS:
                return found
    return found


def _cut(part: Part, spans: tuple[Span, ...], first: Span) -> Place:
    """A window around the first place, cut between words."""
    text = part.text
    start, end = max(0, first[0] - _AROUND), min(len(text), first[1] + _AROUND)
    if start:
        space = text.find(" ", start, first[0])
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", first[1], end)
        end = space if space >= 0 else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    marks = tuple((a + shift, b + shift) for a, b in spans if start <= a and b <= end)
    return Place(part.path, before + _one_line(text[start:end]) + after, spans, marks)


def _one_line(text: str) -> str:
    """Line breaks as spaces, letter for letter, so that places stay right."""
    return "".join(" " if char in "\n\r\t\u2028\u2029\x0b\x0c" else char for char in text)
