"""The blank sheet over an interview in which nobody touched the keyboard: paper, one quiet word, a PIN to come back.

Must not show anything of the notebook, and must not decide when to cover: the idle watch does.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from i18n.message import Message, msg, nmsg, pmsg
from ui.look import Look
from ui.viewmodels.interview_session import InterviewSession
from ui.views.interview_session_pin import PinPad, typed_digit
from ui.widgets.text import Label
from ui.wiping import wipe_bytes

BLANK_AGAIN_MS = 15_000
"""How long the entry stays without a key before the sheet is blank again."""


class SessionCover(QWidget):
    """`uncovered` after the right PIN; `over` when the tries are used up or the sitting has ended: lock in full."""

    uncovered = Signal()
    over = Signal()

    def __init__(self, look: Look, session: InterviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(24, 24, 24, 24)
        stack.addStretch(3)
        self.entry = QWidget()
        inner = QVBoxLayout(self.entry)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        self.pad = PinPad(look, msg("PIN of this interview"))
        self.pad.submitted.connect(self._submit)
        self.pad.field.edited.connect(self._touched)
        inner.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignHCenter)
        self.answer = Label(look, "", "bodyquiet")
        self.answer.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self.answer)
        stack.addWidget(self.entry)
        stack.addStretch(4)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.word = Label(look, "", "quiet", wrap=False)
        foot.addWidget(self.word)
        foot.addStretch(1)
        stack.addLayout(foot)
        self._blank = QTimer(self)
        self._blank.setSingleShot(True)
        self._blank.setInterval(BLANK_AGAIN_MS)
        self._blank.timeout.connect(self.be_blank)
        self.be_blank()

    def show_word(self, word: Message | str) -> None:
        """The quiet word at the foot: "recording", or nothing."""
        self.word.say(word)

    def be_blank(self) -> None:
        """Nothing but the sheet and the quiet word."""
        self._blank.stop()
        self.pad.field.wipe()
        self._blank.stop()
        self.answer.say("")
        self.entry.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Show the entry."""
        if self.entry.isHidden():
            self.entry.show()
            self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self._blank.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first key shows the entry; a digit already counts. Escape makes the sheet blank again."""
        if event.key() == Qt.Key.Key_Escape:
            self.be_blank()
        elif not event.isAutoRepeat() and self.entry.isHidden():
            self.ask()
            if (digit := typed_digit(event)) is not None:
                self.pad.field.press(digit)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows the entry."""
        self.ask()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Another window in front: the entry goes, with what was typed."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.be_blank()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper."""
        QPainter(self).fillRect(self.rect(), self._look.theme.color("paper"))

    def _touched(self) -> None:
        if not self.entry.isHidden():
            self._blank.start()

    def _submit(self) -> None:
        if not self.pad.field.length:
            return
        digits = self.pad.field.take()
        try:
            answer = self._session.try_pin(digits)
        finally:
            wipe_bytes(digits)
        if answer == "right":
            self.be_blank()
            self.uncovered.emit()
        elif answer == "over":
            self.be_blank()
            self.over.emit()
        else:
            left = self._session.tries_left
            self.answer.say(
                nmsg(
                    "That is not the PIN. {count} more try, then the notebook locks.",
                    "That is not the PIN. {count} more tries, then the notebook locks.",
                    left,
                )
            )


class Covering:
    """Puts the sheet over a window and takes it away; what floats above the window goes with it and comes back."""

    def __init__(self) -> None:
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None

    def clear_view(self, window: QWidget, pages: set[QWidget]) -> None:
        """Hide popups, other windows and overlays inside the window, so that only the sheet is left to be seen."""
        self._focus = window.focusWidget()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            if popup.isVisible():
                popup.hide()
        others = [one for one in QApplication.topLevelWidgets() if one is not window and one.isVisible()]
        overlays = [
            one
            for one in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if one.isVisible() and one not in pages
        ]
        self._hidden = [*others, *overlays]
        for one in self._hidden:
            one.hide()
        clipboard = QApplication.clipboard()
        if clipboard is not None and clipboard.ownsClipboard():
            clipboard.clear()

    def restore_view(self) -> None:
        """Show again what was hidden, and give the caret back."""
        for one in self._hidden:
            if isValid(one):
                one.show()
                one.raise_()
        self._hidden = []
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None


RECORDING_WORD = pmsg("cover", "recording")
