"""A passphrase field of the system, for screen readers and input methods that the own one keeps silent. Must not hide its price.

The one place where a QLineEdit may hold a passphrase: its copies stay in memory until the program locks, and it says so.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look, must_speak
from ui.widgets.text import Label

# critical
COST = msg(
    "This field works with screen readers. Copies of what you type in it may stay in memory until the program locks."
)


class _Line(QLineEdit):
    """Password echo, nothing copied out, no menu of the system."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setProperty("frame", "field")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo would keep what was wiped."""
        if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """None."""
        event.accept()


class PlainPassphrase(QWidget):
    """The field and its price. The same questions as `PassphraseField`."""

    submitted = Signal()
    edited = Signal()

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._name = look, name
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        self.line = _Line()
        self.line.returnPressed.connect(self.submitted)
        self.line.textChanged.connect(self._tell)
        self.cost = Label(look, COST, "amber")
        stack.addWidget(self.line)
        stack.addWidget(self.cost)
        self.setFocusProxy(self.line)
        look.theme.changed.connect(self._measure)
        self._measure()
        self.speak()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.line.text()

    def take(self) -> bytearray:
        """The bytes; the field is empty afterwards."""
        taken = self.copy_bytes()
        self.wipe()
        return taken

    def copy_bytes(self) -> bytearray:
        """A copy; the caller wipes it."""
        return bytearray(self.line.text().encode("utf-8", "ignore"))

    def wipe(self) -> None:
        """Empty the field, as far as the system's field can."""
        self.line.clear()

    def speak(self) -> None:
        """What the field is for and what it costs."""
        self.line.setAccessibleName(self.look.t(self._name))
        self.line.setAccessibleDescription(self.look.t(COST))

    def changeEvent(self, event: QEvent) -> None:
        """Qt's notice of a new language."""
        if must_speak(self, event):
            self.speak()
        super().changeEvent(event)

    def _measure(self) -> None:
        self.line.setMinimumHeight(self.look.theme.px(48))

    def _tell(self) -> None:
        self.edited.emit()
