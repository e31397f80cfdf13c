"""The timeline of a case: what happened in order, what the authorities did, and what proves each. Must not sort or read records."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from i18n import formatting
from i18n.message import Message, msg, nmsg
from ui.look import Look
from ui.theme.tokens import HANG
from ui.viewmodels.case_desk_reading import Event
from ui.widgets.button import PaintedButton
from ui.widgets.painting import LaidText, fill_rounded, focus_ring
from ui.widgets.side_panel import Column

_LINE_X = HANG + 6
_TEXT_X = HANG + 28
_DOT = 5.0


class TimelineRow(PaintedButton):
    """One event: dot on the line (filled = incident, ring = step before an authority), date, title, place and proof."""

    def __init__(
        self, look: Look, event: Event, *, first: bool, last: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, event.title, parent)
        self.event_shown = event
        self._first, self._last = first, last
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.speak()

    def speak(self) -> None:
        """Date, title and proof are the accessible name."""
        super().speak()
        parts = (self._when(), self.words, self._proof())
        self.setAccessibleName(", ".join(part for part in parts if part))

    def _when(self) -> str:
        event = self.event_shown
        if event.when:
            return formatting.partial_date(event.when, self.look.words.code)
        return event.words or self.look.t(msg("no date yet"))

    def _proof(self) -> str:
        event = self.event_shown
        count = event.sources
        proof: Message = nmsg("{count} source", "{count} sources", count) if count else msg("no source yet")
        if event.place:
            return self.look.t(msg("{place} · {proof}", place=event.place, proof=proof))
        return self.look.t(proof)

    def _lay(self, width: float) -> tuple[LaidText, LaidText, LaidText]:
        theme = self.look.theme
        room = width - _TEXT_X - HANG
        small = theme.font(13, tabular=True)
        return (
            LaidText(self._when(), small, room),
            LaidText(self.words, theme.font(15), room),
            LaidText(self._proof(), theme.font(13), room),
        )

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Three texts and air."""
        return round(sum(part.height for part in self._lay(width)) + 20)

    def sizeHint(self) -> QSize:
        """A comfortable measure."""
        return QSize(420, self.settled_height(420))

    def minimumSizeHint(self) -> QSize:
        """May become narrow."""
        return QSize(200, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, dot, texts."""
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        if self.underMouse():
            fill_rounded(painter, box, theme.color("accent_soft"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        when, title, proof = self._lay(box.width())
        middle = 8 + when.height / 2
        painter.setPen(QPen(theme.color("line"), 1.5))
        if not self._first:
            painter.drawLine(int(_LINE_X), 0, int(_LINE_X), int(middle - 8))
        if not self._last:
            painter.drawLine(int(_LINE_X), int(middle + 8), int(_LINE_X), int(box.height()))
        self._paint_dot(painter, middle)
        amber = not self.event_shown.sources
        y = 8.0
        when.draw(painter, _TEXT_X, y, theme.color("quiet"))
        title.draw(painter, _TEXT_X, y + when.height, theme.color("ink"))
        proof.draw(
            painter, _TEXT_X, y + when.height + title.height, theme.color("amber" if amber else "quiet")
        )
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))

    def _paint_dot(self, painter: QPainter, middle: float) -> None:
        theme = self.look.theme
        accent = theme.color("accent")
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(accent if self.event_shown.type == "incident" else theme.color("paper"))
        painter.drawEllipse(QRectF(_LINE_X - _DOT, middle - _DOT, 2 * _DOT, 2 * _DOT))


class Timeline(Column):
    """All events. `picked(type, id)` when one is pressed."""

    picked = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._drawn: tuple[Event, ...] | None = None

    def show_events(self, events: Sequence[Event]) -> None:
        """Draw the events in the order given."""
        if tuple(events) == self._drawn:
            return
        self._drawn = tuple(events)
        self.clear()
        for number, event in enumerate(events):
            row = TimelineRow(self.look, event, first=number == 0, last=number == len(events) - 1)
            row.clicked.connect(self._pressed)
            self.add(row)

    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, TimelineRow):
            self.picked.emit(row.event_shown.type, row.event_shown.id)
