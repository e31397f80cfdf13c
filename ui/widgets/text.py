"""A label that wraps, is plain text always, and says its message in the language in force. Must not be elided."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from i18n.message import Message
from ui.look import Look


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


def hairline(parent: QWidget | None = None) -> QWidget:
    """A 1 px line across."""
    return Hairline(parent)


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
        from PySide6.QtGui import QPainter, QPalette

        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
