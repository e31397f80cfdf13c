"""Destroy this notebook: what it means, one word to type, a button to hold. Must not act without both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from storage import WIPE_TEXT, WIPE_WORD
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH
from ui.viewmodels.wipe import WipeModel
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.fields import Field, LineField
from ui.widgets.hold_button import HoldButton
from ui.widgets.message_bar import MessageBar
from ui.widgets.side_panel import Column, scrolled
from ui.widgets.text import Label


class WipeScreen(Screen):
    """Reached from the settings or by a key; nothing happens before the word stands there and the button was held."""

    returned_to = False

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.model = WipeModel(context, self)
        self.bar = MessageBar(look, closable=False)
        # critical
        name = msg("Type the word: {word}", word=WIPE_WORD)
        self.word = LineField(look, name)
        self._field = Field(look, name, self.word)
        # critical
        self.hold = HoldButton(look, msg("Hold to destroy the notebook"), "trash-2")
        self.leave_it = Button(look, msg("Keep the notebook"), "primary")
        self._build()
        self.word.edited.connect(self.model.type)
        self.hold.held.connect(self.model.wipe)
        self.leave_it.clicked.connect(context.navigator.back)
        self.model.changed.connect(self._draw)
        context.look.words.changed.connect(self._speak)
        self._draw()

    def _build(self) -> None:
        look = self.context.look
        column = Column(gap=16)
        column.setMaximumWidth(CONTENT_WIDTH)
        column.stack.setContentsMargins(0, 8, 0, 32)
        column.push_up()
        column.add(self.bar)
        column.add(Label(look, WIPE_TEXT, "body"))
        for sentence in (
            # critical
            msg(
                "It takes less than a second and cannot be undone. Afterwards the program shows its first page, as if there"
                " were no notebook, and removes the files of this one."
            ),
            # critical
            msg(
                "Copies elsewhere, papers and bundles already sent are not reached. A copy elsewhere opens as before, with"
                " its passphrases."
            ),
            # critical
            msg(
                "Destroying evidence can be punished, and an empty computer can raise questions. Think of what is safer for"
                " you and for those who spoke to you."
            ),
        ):
            column.add(Label(look, sentence, "body"))
        column.add(self._field)
        # critical
        column.add(Label(look, msg("Then hold the button, or the space bar, for three seconds."), "quiet"))
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 8, 0, 0)
        line.addWidget(self.hold)
        line.addStretch(1)
        column.add(holder)
        column.add(
            Label(
                look,
                # critical
                msg(
                    "A locked notebook cannot be destroyed from here: whoever holds the computer could do it then."
                ),
                "quiet",
            )
        )
        stack = QVBoxLayout(self)
        stack.setContentsMargins(self.margin_left, 0, self.margin_right, 0)
        stack.addWidget(scrolled(column))

    def heading(self) -> Heading:
        """The title."""
        # critical
        return Heading(msg("Destroy this notebook"), rail="settings")

    def header_actions(self) -> list[QWidget]:
        """The one primary action keeps it."""
        return [self.leave_it]

    def who_sees(self) -> Message:
        """Nothing has happened yet."""
        # critical
        return msg("Nothing is destroyed yet")

    def wants_first_focus(self) -> QWidget | None:
        """The word."""
        return self.word

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps it."""
        if event.key() == Qt.Key.Key_Escape:
            self.context.navigator.back()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """The word does not stay."""
        self.word.set_text("")

    def _speak(self) -> None:
        """Another language, another word."""
        self.model.type(self.word.toPlainText())

    def _draw(self) -> None:
        state = self.model.state
        self.hold.setEnabled(state.ready and not state.gone)
        if state.problem is not None:
            self.bar.show_error(state.problem)
