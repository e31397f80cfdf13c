"""A button that acts only after it was held down for three seconds, and shows how long already. Must not act on a click."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.widgets.button import Button
from ui.widgets.painting import fill_rounded

HOLD_SECONDS = 3.0
_TICK_MS = 30
_REPEAT_MS = 120


class HoldButton(Button):
    """`held` once the mouse button or Space was held long enough; letting go before begins anew."""

    held = Signal()

    def __init__(
        self, look: Look, message: Message | str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(look, message, "danger", icon, parent=parent)
        self.seconds = HOLD_SECONDS
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._let_go = QTimer(self)
        self._let_go.setSingleShot(True)
        self._let_go.setInterval(_REPEAT_MS)
        self._let_go.timeout.connect(self._give_up)
        self.pressed.connect(self._begin)
        self.released.connect(self._give_up)
        self.explain(msg("Hold the button down for three seconds, or the space bar"))

    @property
    def share(self) -> float:
        """How much of the time has passed, 0 to 1."""
        if not self._timer.isActive():
            return 0.0
        return min(1.0, (time.monotonic() - self._since) / self.seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space holds; Enter does nothing here: a stroke of it is too easy."""
        if event.key() == Qt.Key.Key_Space:
            self._let_go.stop()
            if not self._timer.isActive() and not event.isAutoRepeat():
                self._begin()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key that repeats is released and pressed again in a moment, and not every system says that it repeats."""
        if event.key() == Qt.Key.Key_Space:
            self._let_go.start()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the keyboard nothing is held."""
        self._give_up()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The part that is filled says how long it was held."""
        share = self.share
        if share > 0:
            painter = QPainter(self)
            theme = self.look.theme
            fill_rounded(painter, QRectF(self.rect()), theme.color("sheet"), theme.color("red"))
            painter.setClipRect(QRectF(0, 0, self.width() * share, self.height()))
            fill_rounded(painter, QRectF(self.rect()), theme.color("red_soft"), theme.color("red"))
            painter.end()
        super().paintEvent(event)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """While it fills, its ground is not painted over."""
        ground, border, ink = super()._colours()
        return (None if self._timer.isActive() else ground), border, ink

    def _begin(self) -> None:
        self._since = time.monotonic()
        self._timer.start()
        self.update()

    def _give_up(self) -> None:
        self._timer.stop()
        self.update()

    def _tick(self) -> None:
        if not self.isEnabled():
            self._give_up()
            return
        self.update()
        if self.share >= 1.0:
            self._timer.stop()
            self.held.emit()
