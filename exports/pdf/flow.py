"""Puts strips of text one under another onto pages. Must not know what the strips mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from exports.pdf.lines import Line, Type


@dataclass(frozen=True)
class TextAt:
    """A line at a place; `x` from the left, `y` down from the top of its strip (in a page: of the paper)."""

    x: float
    y: float
    line: Line
    type: Type


@dataclass(frozen=True)
class RuleAt:
    """A filled bar, used as a rule."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class PictureAt:
    """A picture of the list handed to the painter, fitted into a frame."""

    place: int
    x: float
    y: float
    width: float
    height: float


Mark = TextAt | RuleAt | PictureAt


@dataclass(frozen=True)
class Strip:
    """A piece of the page that is never cut: its height, marks, air before it, and whether the next must follow at once."""

    height: float
    marks: tuple[Mark, ...]
    before: float = 0.0
    keep: bool = False


@dataclass
class Page:
    """The marks of one page, and which sheet it is."""

    sheet: str
    confidential: bool = False
    marks: list[Mark] = field(default_factory=list)


def _move(mark: Mark, x: float, y: float) -> Mark:
    return replace(mark, x=mark.x + x, y=mark.y + y)


class Column:
    """Fills pages of one sheet from top to bottom."""

    def __init__(self, sheet: str, left: float, top: float, depth: float, confidential: bool = False) -> None:
        self.pages: list[Page] = []
        self._sheet, self._left, self._top, self._depth = sheet, left, top, depth
        self._confidential = confidential
        self._y = depth

    def add(self, strips: Iterable[Strip]) -> int:
        """Place strips; those marked `keep` move to the next page together with what follows them.

        Gives the place of the page the first of them stands on, among the column's pages.
        """
        group: list[Strip] = []
        first: int | None = None
        for strip in strips:
            group.append(strip)
            if not strip.keep:
                at = self._place(group)
                first = at if first is None else first
                group = []
        at = self._place(group)
        return at if first is None else first

    def _place(self, group: list[Strip]) -> int:
        """Place strips that belong together; gives the page of the first."""
        if not group:
            return max(len(self.pages) - 1, 0)
        height = sum(strip.before + strip.height for strip in group)
        fits_nowhere = height - group[0].before > self._depth
        if self._y + height > self._depth and self._y > 0 and not fits_nowhere:
            self._turn()
        first: int | None = None
        for strip in group:
            at_top = self._y <= 0
            if not at_top and self._y + strip.before + strip.height > self._depth + 0.01:
                self._turn()
                at_top = True
            self._y += 0.0 if at_top else strip.before
            if not self.pages:
                self._turn()
            self.pages[-1].marks += [_move(mark, self._left, self._top + self._y) for mark in strip.marks]
            self._y += strip.height
            first = len(self.pages) - 1 if first is None else first
        return first or 0

    def _turn(self) -> None:
        self.pages.append(Page(self._sheet, self._confidential))
        self._y = 0.0
