"""One bar for what has to be said: what happened, that nothing is lost, what to do. Must not block or blink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from storage.errors import DaftarError
from ui.icons import paint_icon
from ui.look import Look, Speaking
from ui.widgets.button import Button, IconButton
from ui.widgets.painting import fill_rounded
from ui.widgets.text import Label

_ICONS = {"plain": "info", "good": "check", "amber": "triangle-alert", "red": "circle-alert"}
_GROUNDS = {"plain": "accent_soft", "good": "accent_soft", "amber": "amber_soft", "red": "red_soft"}
_INKS = {"plain": "accent", "good": "accent", "amber": "amber", "red": "red"}


class MessageBar(Speaking):
    """Hidden until `show_message` or `show_error`; closed by its button or Escape. `acted` comes from the action button."""

    acted = Signal()
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(look, parent)
        self.tone = "plain"
        line = QHBoxLayout(self)
        line.setContentsMargins(44, 8, 8, 8)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.message = Label(look, "", "body")
        self.hint = Label(look, "", "small")
        words.addWidget(self.message)
        words.addWidget(self.hint)
        line.addLayout(words, 1)
        self.action = Button(look, "", "link")
        self.action.clicked.connect(self.acted)
        line.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.close_button = IconButton(look, "x", msg("Close this message"), side=32)
        self.close_button.clicked.connect(self.dismiss)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.close_button.setVisible(closable)  # not before: alone it would flash as a window of its own
        self.hide()

    def show_message(
        self,
        message: Message | str,
        tone: str = "plain",
        hint: Message | str = "",
        action: Message | str = "",
    ) -> None:
        """Say something; tone is plain, good, amber or red."""
        self.tone = tone if tone in _ICONS else "plain"
        self.message.say(message)
        self.hint.say(hint)
        self.hint.setVisible(bool(hint))
        self.action.say(action)
        self.action.setVisible(bool(action))
        self.show()
        self.update()

    def show_error(self, error: DaftarError) -> None:
        """Say what went wrong and what to do. Amber: red is kept for danger."""
        self.show_message(error.message, "amber", error.hint or "")

    def show_problem(self, problem: Message | str | None) -> None:
        """What keeps an editor from saving, with the comfort that goes with it; None takes the bar away."""
        if problem is not None:
            self.show_message(problem, "amber", msg("Nothing that was saved before is lost."))
        elif self.isVisible():
            self.dismiss()

    def dismiss(self) -> None:
        """Take the bar away."""
        self.hide()
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground and the icon of the tone."""
        painter = QPainter(self)
        theme = self.look.theme
        fill_rounded(painter, QRectF(self.rect()), theme.color(_GROUNDS[self.tone]))
        size = theme.px(18)
        paint_icon(painter, _ICONS[self.tone], QRectF(14, 10, size, size), theme.color(_INKS[self.tone]))
