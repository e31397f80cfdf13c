"""How loud the microphone hears, as a short bar. Must not blink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look, Speaking


class LevelBar(Speaking):
    """How loud it is, as a short bar."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._level = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_level(self, level: int) -> None:
        """0 to 100."""
        if level != self._level:
            self._level = level
            self.update()

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(self.look.theme.px(64), self.look.theme.px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line, and as much of it filled as it is loud."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        for colour, width in (("line", box.width()), ("accent", box.width() * self._level / 100)):
            painter.setBrush(self.look.theme.color(colour))
            painter.drawRoundedRect(QRectF(0, 0, width, box.height()), 3, 3)
