"""A label that wraps, is plain text always, and says its message in the language in force. Must not be elided."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from i18n.message import Message
from ui.look import Look

_WIDEST = 640


class Label(QLabel):
    """`kind` is a style of the sheet: quiet, small, body, bodyquiet, narrative, section, title, accent, amber, red, code."""

    def __init__(
        self,
        look: Look,
        message: Message | str = "",
        kind: str = "body",
        *,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._message = message
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(wrap)
        self.setProperty("kind", kind)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.speak()

    def say(self, message: Message | str) -> None:
        """Show another message."""
        self._message = message
        self.speak()

    def set_kind(self, kind: str) -> None:
        """Take another style."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def speak(self) -> None:
        """Say the message in the language in force."""
        self.setText(self.look.t(self._message))

    def changeEvent(self, event: QEvent) -> None:
        """Qt's notice of a new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.speak()
        super().changeEvent(event)


class LineLabel(Label):
    """Wishes to stand on one line, and wraps only where the place is narrower."""

    def sizeHint(self) -> QSize:
        """As wide as its words, at most `_WIDEST`."""
        metrics = self.fontMetrics()
        width = min(_WIDEST, metrics.horizontalAdvance(self.text()) + 2)
        return QSize(width, max(metrics.height(), self.heightForWidth(width)))


class Hairline(QWidget):
    """A 1 px line in the line colour, across or down."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if upright else QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.Expanding if upright else QSizePolicy.Policy.Fixed,
        )

    def paintEvent(self, _event: object) -> None:
        """One line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
