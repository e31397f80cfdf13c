"""Finds the place of a recorded decision again after the text was edited. Must not decide anything itself.

A decision is anchored by record, path and quote with up to 32 letters on either side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Decision = Mapping[str, Any]
CONTEXT = 32
_ENOUGH = (
    6  # letters of context that must agree where the quote stands in several places or the text has changed
)


@dataclass(frozen=True)
class Passage:
    """A text that decisions may be about."""

    record: str
    path: str
    text: str


@dataclass(frozen=True)
class Anchored:
    """A decision and where its quote now stands in a passage."""

    passage: Passage
    start: int
    end: int
    decision: Decision


def anchored(
    decisions: Iterable[Decision], passages: Sequence[Passage]
) -> tuple[list[Anchored], list[Decision]]:
    """Decisions with their places, and those that have lost theirs and return to review."""
    by_place: dict[tuple[str, str], list[Passage]] = {}
    for passage in dict.fromkeys(passages):
        by_place.setdefault((passage.record, passage.path), []).append(passage)
    found: list[Anchored] = []
    lost: list[Decision] = []
    taken: set[tuple[Passage, int]] = set()
    for decision in decisions:
        place = (str(decision.get("record") or ""), str(decision.get("path") or ""))
        here = _best(decision, by_place.get(place, ()), taken)
        if here is None:
            lost.append(decision)
        else:
            taken.add((here.passage, here.start))
            found.append(here)
    return found, lost


def _best(
    decision: Decision, passages: Iterable[Passage], taken: set[tuple[Passage, int]]
) -> Anchored | None:
    quote = str(decision.get("quote") or "")
    before, after = str(decision.get("before") or ""), str(decision.get("after") or "")
    best: Anchored | None = None
    best_score = -1
    for passage in passages if quote else ():
        place = passage.text.find(quote)
        while place >= 0:
            end = place + len(quote)
            score = _agreement(passage.text[:place], before) + _agreement(
                passage.text[end:][::-1], after[::-1]
            )
            if score > best_score and (passage, place) not in taken:
                best, best_score = Anchored(passage, place, end, decision), score
            place = passage.text.find(quote, place + 1)
    wanted = min(_ENOUGH, len(before) + len(after))
    return best if best_score >= wanted else None


def _agreement(text: str, context: str) -> int:
    """How many letters of `context`'s end agree with the end of `text`; all of it where the text begins there."""
    count = 0
    for a, b in zip(reversed(text), reversed(context), strict=False):
        if a != b:
            break
        count += 1
    return len(context) if count == len(text) and count < len(context) and count > 0 else count
