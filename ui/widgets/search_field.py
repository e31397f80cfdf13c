"""A field to search in; tells the wish after a short rest. Must not search itself or copy outside."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from i18n.message import Message
from ui.look import Look
from ui.widgets.fields import LineField
from ui.widgets.status_line import IconMark

_REST_MS = 180


class SearchField(LineField):
    """`wished(text)` 180 ms after the last key or at Enter; Escape empties; Down goes to the results (`went_down`)."""

    wished = Signal(str)
    went_down = Signal()

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        self.explain(name)
        self._mark = IconMark(look, "search", side=18, parent=self)
        self.setViewportMargins(26, 0, 0, 0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._wish)
        self.edited.connect(self._restart)
        self.submitted.connect(self._wish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties, Down leaves for the results."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.set_text("")
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        """The glass stands at the left."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._mark.move(12, (self.height() - self._mark.height()) // 2)

    def _restart(self, _text: str) -> None:
        self._rest.start()

    def _wish(self) -> None:
        self._rest.stop()
        self.wished.emit(self.text().strip())
