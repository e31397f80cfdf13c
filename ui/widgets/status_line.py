"""The status line: open or locked, saved or saving at the left; who would see this at the right. Must not blink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from i18n.message import Message, msg
from ui.icons import paint_icon
from ui.look import Look, Speaking
from ui.theme.tokens import MARGIN_RIGHT, STATUS
from ui.widgets.text import Label


class IconMark(Speaking):
    """An icon alone, for decoration beside words that say the same."""

    def __init__(
        self, look: Look, name: str, tone: str = "quiet", side: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._name, self._tone, self._side = name, tone, side
        self.restyle()

    def set_icon(self, name: str, tone: str = "quiet") -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def restyle(self) -> None:
        """Size follows the text."""
        side = self.look.theme.px(self._side)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon."""
        painter = QPainter(self)
        paint_icon(painter, self._name, QRectF(self.rect()), self.look.theme.color(self._tone))


class StatusLine(QWidget):
    """`show_state`, `show_saved`, `show_extra`, `show_who` set the four texts; empty ones take no room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setMinimumHeight(STATUS)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 4, MARGIN_RIGHT, 4)
        line.setSpacing(6)
        self._open_mark, self.state = IconMark(look, "lock-open"), Label(look, msg("Notebook open"), "quiet")
        self._saved_mark, self.saved = IconMark(look, "check"), Label(look, "", "quiet")
        self.extra = Label(look, "", "quiet")
        self._who_mark, self.who = IconMark(look, "eye"), Label(look, "", "quiet")
        self.who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for widget in (self._open_mark, self.state):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addSpacing(16)
        for widget in (self._saved_mark, self.saved):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addSpacing(16)
        line.addWidget(self.extra, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._who_mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.who, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_saved("")
        self.show_who("")

    def show_saved(self, message: Message | str, icon: str = "check") -> None:
        """Say what is saved, or that saving is under way."""
        self.saved.say(message)
        self._saved_mark.set_icon(icon, "amber" if icon == "triangle-alert" else "quiet")
        self._saved_mark.setVisible(bool(message))
        self.saved.setVisible(bool(message))

    def show_extra(self, message: Message | str) -> None:
        """Say one more thing about the screen."""
        self.extra.say(message)

    def show_who(self, message: Message | str) -> None:
        """Say who would see what is on screen."""
        self.who.say(message)
        self._who_mark.setVisible(bool(message))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self.look.theme.color("line"))
