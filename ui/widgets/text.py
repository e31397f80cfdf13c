"""A label that wraps, is plain text always, and says its message in the language in force. Must not be elided or cut.

It lays its words out itself: Qt's label never breaks a long word, and asks for the width of the longest instead.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from i18n.message import Message
from ui.look import Look, must_speak
from ui.theme.tokens import NARRATIVE_LINE_HEIGHT
from ui.widgets.painting import LaidText, natural_width

_WIDEST = 640
# kind -> type size and colour
KINDS: dict[str, tuple[int, str]] = {
    "quiet": (13, "quiet"),
    "small": (13, "ink"),
    "body": (15, "ink"),
    "bodyquiet": (15, "quiet"),
    "narrative": (17, "ink"),
    "section": (20, "ink"),
    "title": (26, "ink"),
    "accent": (13, "accent"),
    "amber": (13, "amber"),
    "red": (13, "red"),
    "code": (13, "quiet"),
    "codebody": (15, "quiet"),
}
_TABULAR = frozenset({"code", "codebody", "quiet"})


class Label(QLabel):
    """`kind` is one of `KINDS`."""

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
        self._laid: tuple[object, LaidText] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setProperty("kind", kind)
        self.setWordWrap(wrap)
        look.theme.changed.connect(self._look_changed)
        self.speak()

    def setWordWrap(self, on: bool) -> None:
        """Wrap, or stay on one line."""
        super().setWordWrap(on)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(on)
        self.setSizePolicy(policy)

    def say(self, message: Message | str) -> None:
        """Show another message."""
        self._message = message
        self.speak()

    def set_kind(self, kind: str) -> None:
        """Take another style."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self._look_changed()

    def speak(self) -> None:
        """Say the message in the language in force."""
        self.setText(self.look.t(self._message))
        self._look_changed()

    def sizeHint(self) -> QSize:
        """On one line where it is short; a wrapping one wishes at most a reading width."""
        width = math.ceil(natural_width(self.text(), self._font())) + 2
        if self.wordWrap():
            width = min(width, self.look.theme.px(_WIDEST))
        return QSize(width, self._height(width))

    def minimumSizeHint(self) -> QSize:
        """A wrapping one may become as narrow as a short word."""
        if not self.wordWrap():
            return self.sizeHint()
        return QSize(min(self.sizeHint().width(), self.look.theme.px(48)), self._height(10_000))

    def hasHeightForWidth(self) -> bool:
        """Wrapped words make it taller."""
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        """The height for a width."""
        return self._height(width) if self.wordWrap() else -1

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words."""
        laid = self._lay(self.width())
        spare = self.height() - laid.height
        up = self.alignment() & Qt.AlignmentFlag.AlignTop
        colour = KINDS[str(self.property("kind"))][1]
        laid.draw(QPainter(self), 0, 0 if up or spare < 0 else spare / 2, self.look.theme.color(colour))

    def changeEvent(self, event: QEvent) -> None:
        """Qt's notice of a new language."""
        if must_speak(self, event):
            self.speak()
        super().changeEvent(event)

    def _font(self) -> QFont:
        kind = str(self.property("kind"))
        return self.look.theme.font(KINDS[kind][0], tabular=kind in _TABULAR)

    def _height(self, width: int) -> int:
        return math.ceil(self._lay(width).height)

    def _lay(self, width: int) -> LaidText:
        align = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        key = (self.text(), width, self.property("kind"), self.look.theme.scale, align)
        if self._laid is None or self._laid[0] != key:
            room = width if self.wordWrap() else max(width, natural_width(self.text(), self._font()) + 1)
            leading = NARRATIVE_LINE_HEIGHT if self.property("kind") == "narrative" else 0.0
            self._laid = (key, LaidText(self.text(), self._font(), room, align, leading))
        return self._laid[1]

    def _look_changed(self) -> None:
        self._laid = None
        self.updateGeometry()
        self.update()


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

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
