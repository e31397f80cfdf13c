"""Longer work: what is being done, how far it is, and a way to stop. Must not block."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look, Speaking
from ui.widgets.button import Button
from ui.widgets.painting import fill_rounded
from ui.widgets.text import Label


class Bar(Speaking):
    """A 4 px bar; a negative fraction shows a quiet full line (length unknown)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._fraction = 0.0
        self.setFixedHeight(4)

    def set_fraction(self, fraction: float) -> None:
        """From 0 to 1."""
        self._fraction = fraction
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track and share."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        fill_rounded(painter, box, self.look.theme.color("line"), corner=2)
        share = 1.0 if self._fraction < 0 else min(1.0, self._fraction)
        if share > 0:
            box.setWidth(max(4.0, box.width() * share))
            fill_rounded(painter, box, self.look.theme.color("accent"), corner=2)


class Progress(QWidget):
    """`stopped` when a person asks to stop; `show_progress(fraction, doing)`."""

    stopped = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None, *, stoppable: bool = True) -> None:
        super().__init__(parent)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        line = QHBoxLayout()
        self.doing = Label(look, "", "quiet")
        line.addWidget(self.doing, 1, Qt.AlignmentFlag.AlignVCenter)
        self.stop = Button(look, msg("Stop"), "link")
        self.stop.clicked.connect(self.stopped)
        line.addWidget(self.stop)
        stack.addLayout(line)
        self.stop.setVisible(stoppable)  # not before: alone it would flash as a window of its own
        self.bar = Bar(look)
        stack.addWidget(self.bar)

    def show_progress(self, fraction: float, doing: Message | str) -> None:
        """Say what is being done and how far it is."""
        self.doing.say(doing)
        self.bar.set_fraction(fraction)
