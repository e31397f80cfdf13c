"""Entry of the session PIN: dots, a pad for the mouse, digits by keyboard. Must never make a `str` of the PIN, nor show it.

A key that is held down counts once: an arm on the keyboard must not use up the three tries.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look, Speaking
from ui.viewmodels.interview_session import LONGEST_PIN
from ui.widgets.button import Button, IconButton
from ui.widgets.painting import fill_rounded, focus_ring
from ui.wiping import wipe_bytes

_ZERO = 0x30


class PinField(Speaking):
    """Takes digits, paints dots. `submitted` on Enter, `edited` after each change; `take()` moves the digits out."""

    submitted = Signal()
    edited = Signal()

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._name = name
        self._buffer = bytearray(LONGEST_PIN)
        self._used = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhDigitsOnly
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.speak()

    @property
    def length(self) -> int:
        """How many digits are typed."""
        return self._used

    def take(self) -> bytearray:
        """Move the digits out; the field is empty and wiped. The caller wipes what it got."""
        taken = self._buffer[: self._used]
        self.wipe()
        return taken

    def copy_digits(self) -> bytearray:
        """A copy, for judging whether it may be a PIN; the caller wipes it."""
        return self._buffer[: self._used]

    def wipe(self) -> None:
        """Overwrite and empty."""
        wipe_bytes(self._buffer)
        self._used = 0
        self._changed()

    def press(self, digit: int) -> None:
        """One digit more, 0 to 9; those after the longest PIN are dropped."""
        if self._used < LONGEST_PIN:
            self._buffer[self._used] = _ZERO + digit
            self._used += 1
            self._changed()

    def press_back(self) -> None:
        """Take the last digit away."""
        if self._used:
            self._used -= 1
            self._buffer[self._used] = 0
            self._changed()

    def speak(self) -> None:
        """Accessible name: what the field is for, never what it holds."""
        self.setAccessibleName(self.look.t(self._name))

    def sizeHint(self) -> QSize:
        """Room for the longest PIN."""
        return QSize(self.look.theme.px(216), self.look.theme.px(44))

    def minimumSizeHint(self) -> QSize:
        """The dots need their room."""
        return QSize(self.look.theme.px(160), self.look.theme.px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits of any script count, once a press; Backspace and Enter; all else is ignored by the field."""
        if event.isAutoRepeat():
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.press_back()
        elif (digit := typed_digit(event)) is not None:
            self.press(digit)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, focus ring, dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.look.theme
        box = QRectF(self.rect())
        fill_rounded(painter, box, theme.color("sheet"), theme.color("line"))
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))
        step, radius = theme.px(20), theme.px(4)
        left = (box.width() - step * max(0, self._used - 1)) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ink"))
        for place in range(self._used):
            painter.drawEllipse(QPointF(left + place * step, box.height() / 2), radius, radius)

    def _changed(self) -> None:
        self.edited.emit()
        self.update()


def typed_digit(event: QKeyEvent) -> int | None:
    """The digit of a key press, by what is printed on the key or typed; None for anything else."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    text = event.text()
    if held or len(text) != 1 or not text.isdecimal():
        return None
    return int(text)


class PinPad(QWidget):
    """A `PinField` over ten digit buttons, one to take back, one to go on. `submitted` when either way of Enter is used."""

    submitted = Signal()

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(12)
        self.field = PinField(look, name)
        self.field.submitted.connect(self.submitted)
        stack.addWidget(self.field)
        grid = QGridLayout()
        grid.setSpacing(8)
        self.keys: list[Button] = []
        for digit in range(10):
            key = Button(look, str(digit), "quiet")
            key.setObjectName(str(digit))
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.clicked.connect(self._pressed)
            place = 10 if digit == 0 else digit - 1
            grid.addWidget(key, place // 3, place % 3)
            self.keys.append(key)
        self.back = IconButton(look, "arrow-left", msg("Take the last digit away"))
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back.clicked.connect(self.field.press_back)
        self.go_on = IconButton(look, "check", msg("Go on"))
        self.go_on.clicked.connect(self.submitted)
        grid.addWidget(self.back, 3, 0, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.go_on, 3, 2, Qt.AlignmentFlag.AlignCenter)
        stack.addLayout(grid)
        self.setFocusProxy(self.field)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.field.press(int(sender.objectName()))
