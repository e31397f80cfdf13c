"""Dates as precise as the witness is: a small, strict part of EDTF (ISO 8601-2). Must not format for people or guess a day.

Accepted, always with a four-digit year and ASCII digits:

- a point: ``2015``, ``2015-03``, ``2015-03-27``, or a season ``2015-21`` … ``2015-24`` (spring, summer, autumn, winter);
- a qualifier after a point: ``?`` uncertain, ``~`` approximate, ``%`` both;
- ``a/b``, lasted from a to b; ``..`` for an end that is open (still lasting), nothing for an end nobody knows;
- ``[a..b]``, one moment somewhere between a and b; either side may be left out.

A qualifier never widens the bounds: how wide "about" is, only the witness could say.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, total_ordering
from typing import Literal

Precision = Literal["day", "month", "season", "year"]
Kind = Literal["point", "interval", "one_of"]

SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24

_COARSENESS: dict[Precision, int] = {"day": 0, "month": 1, "season": 2, "year": 3}
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
_LONGEST = 40


@dataclass(frozen=True)
class Point:
    """One date of some precision. `season` is 21–24 and excludes `month`."""

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    approximate: bool = False
    uncertain: bool = False

    @property
    def precision(self) -> Precision:
        """The smallest unit the witness gave."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        return "year" if self.season is None else "season"

    @property
    def earliest(self) -> date:
        """First day the words can mean. Winter of a year may be its January or its December: both are covered."""
        if self.season is not None:
            return date(self.year, {SPRING: 3, SUMMER: 6, AUTUMN: 9, WINTER: 1}[self.season], 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Last day the words can mean (winter: the end of the following February)."""
        if self.season == WINTER:
            return _month_end(self.year + 1, 2) if self.year < date.max.year else date.max
        month = self.month or 12
        if self.season is not None:
            month = {SPRING: 5, SUMMER: 8, AUTUMN: 11}[self.season]
        return _month_end(self.year, month) if self.day is None else date(self.year, month, self.day)


@total_ordering
@dataclass(frozen=True)
class Edtf:
    """A parsed value. `start` or `end` is None when that side is open or unknown; a point has both equal.

    Sorts by earliest day, then by latest day, then by text, so that undated sides come first or last.
    """

    text: str
    kind: Kind
    start: Point | None
    end: Point | None
    open_start: bool = field(default=False)
    open_end: bool = field(default=False)

    @property
    def earliest(self) -> date:
        """First possible day; `date.min` when the beginning is open or unknown."""
        return date.min if self.start is None else self.start.earliest

    @property
    def latest(self) -> date:
        """Last possible day; `date.max` when the end is open or unknown."""
        return date.max if self.end is None else self.end.latest

    @property
    def precision(self) -> Precision:
        """The coarser precision of the two sides."""
        sides = [side.precision for side in (self.start, self.end) if side is not None]
        return max(sides, key=_COARSENESS.__getitem__)

    @property
    def approximate(self) -> bool:
        """Whether any side carries ``~`` or ``%``."""
        return any(side is not None and side.approximate for side in (self.start, self.end))

    @property
    def uncertain(self) -> bool:
        """Whether any side carries ``?`` or ``%``."""
        return any(side is not None and side.uncertain for side in (self.start, self.end))

    @property
    def exact(self) -> date | None:
        """The day, when the witness named exactly one and was sure of it; else None."""
        if self.kind != "point" or self.precision != "day" or self.approximate or self.uncertain:
            return None
        return self.earliest

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Edtf):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[date, date, str]:
        return (self.earliest, self.latest, self.text)


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Read one value; ValueError (without the text, which may be testimony) for everything outside the module's list."""
    if len(text) > _LONGEST:
        raise ValueError("too long for a date")
    if text.startswith("[") and text.endswith("]"):
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    point = _point(text)
    return Edtf(text, "point", point, point)


def is_valid(text: str) -> bool:
    """Whether `parse` accepts the text."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _one_of(text: str) -> Edtf:
    first, dots, last = text[1:-1].partition("..")
    if not dots:
        raise ValueError("a choice of dates needs two dots")
    return _checked(
        Edtf(
            text,
            "one_of",
            _point(first) if first else None,
            _point(last) if last else None,
            open_start=not first,
            open_end=not last,
        )
    )


def _interval(text: str) -> Edtf:
    first, _, last = text.partition("/")
    return _checked(
        Edtf(
            text,
            "interval",
            None if first in ("", "..") else _point(first),
            None if last in ("", "..") else _point(last),
            open_start=first == "..",
            open_end=last == "..",
        )
    )


def _checked(value: Edtf) -> Edtf:
    if value.start is None and value.end is None:
        raise ValueError("at least one side must be a date")
    if value.start is not None and value.end is not None and value.end.latest < value.start.earliest:
        raise ValueError("the end is before the beginning")
    return value


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError("not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    year, middle, day, mark = int(match[1]), match[2], match[3], match[4]
    marks = {"approximate": mark in ("~", "%"), "uncertain": mark in ("?", "%")}
    if year == 0:
        raise ValueError("there is no year 0")
    if middle is None:
        return Point(year, **marks)
    month = int(middle)
    if SPRING <= month <= WINTER and day is None:
        return Point(year, season=month, **marks)
    if not 1 <= month <= 12:
        raise ValueError("there is no such month")
    if day is None:
        return Point(year, month, **marks)
    date(year, month, int(day))  # raises ValueError for a day the month does not have
    return Point(year, month, int(day), **marks)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
