"""The four redaction marks, told apart by shape: solid bar, outline, dotted underline, tick. Must not decide which mark a mention gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import Theme

_OVERHANG = 3.0
_DOT = 3.0
_TICK = 5.0
_TICK_ROOM = 8.0


class MarkKind(Enum):
    """What becomes of a mention."""

    HIDDEN = "hidden"
    PSEUDONYM = "pseudonym"
    POSSIBLE = "possible"
    KEPT = "kept"


@dataclass(frozen=True)
class Mark:
    """A marked stretch of a paragraph (Python offsets); `key` is the caller's name for it."""

    start: int
    end: int
    kind: MarkKind
    key: int


@dataclass(frozen=True)
class MarkColours:
    """What the marks and the text under them are painted with."""

    sheet: QColor
    ink: QColor
    quiet: QColor
    line: QColor
    accent: QColor
    on_accent: QColor
    accent_soft: QColor
    amber: QColor

    @classmethod
    def of(cls, theme: Theme) -> MarkColours:
        """The colours of the theme in force."""
        return cls(**{each.name: theme.color(each.name) for each in fields(cls)})


def spacing(kind: MarkKind) -> tuple[float, float]:
    """Pixels of air a mark needs before its first and after its last letter, so that it never covers a neighbour."""
    if kind is MarkKind.POSSIBLE:
        return 0.0, 0.0
    return (0.0, _TICK_ROOM) if kind is MarkKind.KEPT else (_OVERHANG, _OVERHANG)


def _bar(box: QRectF) -> QRectF:
    return box.adjusted(-_OVERHANG, 1.5, 0, -1.5)


def paint_hidden(painter: QPainter, box: QRectF, colours: MarkColours) -> None:
    """A solid bar of the accent; the letters above it are painted in `on_accent`."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.accent)
    painter.drawRoundedRect(_bar(box), 2, 2)


def paint_pseudonym(painter: QPainter, box: QRectF, colours: MarkColours) -> None:
    """An outline of the accent."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.accent, 1.5))
    painter.drawRoundedRect(_bar(box), 5, 5)


def paint_possible(painter: QPainter, box: QRectF, colours: MarkColours) -> None:
    """A row of amber dots under the words."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.amber)
    x, y = box.left(), box.bottom() - 4
    while x + _DOT <= box.right() + 1:
        painter.drawRect(QRectF(x, y, _DOT, _DOT))
        x += 2 * _DOT


def paint_kept(painter: QPainter, box: QRectF, colours: MarkColours) -> None:
    """A small raised tick after the words, and nothing on them."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.quiet, 1.2))
    left, top = box.right() - _TICK_ROOM + 1, box.top() + 5
    points = (QPointF(left, top + 3), QPointF(left + 2, top + _TICK), QPointF(left + 6, top))
    painter.drawPolyline(points)


PAINTERS: dict[MarkKind, Callable[[QPainter, QRectF, MarkColours], None]] = {
    MarkKind.HIDDEN: paint_hidden,
    MarkKind.PSEUDONYM: paint_pseudonym,
    MarkKind.POSSIBLE: paint_possible,
    MarkKind.KEPT: paint_kept,
}


def paint_current(painter: QPainter, box: QRectF, colours: MarkColours) -> None:
    """The soft ground under the mention in hand."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.accent_soft)
    painter.drawRoundedRect(box.adjusted(-1, 0.5, 1, -2), 2, 2)


def paint_margin_bar(painter: QPainter, box: QRectF, x: float, colours: MarkColours, kind: MarkKind) -> None:
    """The bar in the margin beside the line in hand: amber while it waits for a decision."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.amber if kind is MarkKind.POSSIBLE else colours.accent)
    painter.drawRoundedRect(QRectF(x, box.top() + 4, 3, box.height() - 8), 1.5, 1.5)
