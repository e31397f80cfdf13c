"""The passphrase field: bytes in one buffer that is wiped, dots on screen. Must never make a `str` of what is typed.

A QLineEdit leaves copies of the passphrase in memory (security page A.4); here the only copy is `bytearray`, moved out by
`take`. While "Show" is on, the letters are painted one by one from the buffer: not even then is there a text of the whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from i18n.message import Message
from ui.look import Look, Speaking
from ui.widgets.clipboard import private_clipboard
from ui.widgets.painting import fill_rounded, focus_ring
from ui.wiping import wipe_bytes

CAPACITY = 512
_BLINK_MS = 530


class PassphraseField(Speaking):
    """Takes keys, paints dots. `submitted` on Enter, `edited` after each change; `take()` gives the bytes and empties."""

    submitted = Signal()
    edited = Signal()
    capitals_seen = Signal(bool)

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._name = name
        self._buffer = bytearray(CAPACITY)
        self._used = 0
        self.shown = False
        self._caret = True
        self._tail = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setInterval(_BLINK_MS)
        self._timer.timeout.connect(self._blink)
        self.speak()

    def set_tail(self, width: int) -> None:
        """Leave room at the right end, in px, for what stands inside the field."""
        self._tail = width
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return self._used == 0

    def take(self) -> bytearray:
        """Move the bytes out; the field is empty and wiped afterwards. The caller wipes what it got."""
        taken = self._buffer[: self._used]
        self.wipe()
        return taken

    def copy_bytes(self) -> bytearray:
        """A copy for judging strength; the caller wipes it."""
        return self._buffer[: self._used]

    def equals(self, other: PassphraseField) -> bool:
        """Whether both fields hold the same bytes."""
        return self._used == other._used and self._buffer == other._buffer

    def wipe(self) -> None:
        """Overwrite and empty."""
        wipe_bytes(self._buffer)
        self._used = 0
        self.edited.emit()
        self.update()

    def set_shown(self, on: bool) -> None:
        """Paint letters instead of dots."""
        self.shown = on
        self.update()

    def speak(self) -> None:
        """Accessible name: what the field is for, never what it holds."""
        self.setAccessibleName(self.look.t(self._name))

    def sizeHint(self) -> QSize:
        """One tall line."""
        return QSize(320, self.look.theme.px(48))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take text; Backspace removes one character, Enter submits, Paste inserts."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self._remove_all() if event.modifiers() & Qt.KeyboardModifier.ControlModifier else self._remove_one()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._insert(private_clipboard().text())
        elif event.text() and event.text().isprintable() and not self._is_command(event):
            self._notice_capitals(event)
            self._insert(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The caret begins to blink."""
        self._caret = True
        if QGuiApplication.styleHints().cursorFlashTime() > 0:
            self._timer.start()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No caret."""
        self._timer.stop()
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, focus ring, dots or letters, caret."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.look.theme
        box = QRectF(self.rect())
        focused = self.hasFocus()
        fill_rounded(painter, box, theme.color("sheet"), theme.color("line"))
        if focused:
            focus_ring(painter, box, theme.color("accent"))
        painter.setClipRect(box.adjusted(12, 0, -12 - self._tail, 0))
        end = self._paint_letters(painter) if self.shown else self._paint_dots(painter)
        if focused and self._caret:
            painter.setPen(QPen(theme.color("ink"), 1))
            painter.drawLine(QPointF(end + 2, box.height() * 0.27), QPointF(end + 2, box.height() * 0.73))

    def _paint_dots(self, painter: QPainter) -> float:
        theme = self.look.theme
        step, radius = theme.px(13), theme.px(3.4)
        count = self._length()
        room = self.width() - 34 - self._tail
        shift = min(0.0, room - count * step)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ink"))
        for place in range(count):
            painter.drawEllipse(
                QPointF(18 + shift + place * step + radius, self.height() / 2), radius, radius
            )
        return 16 + shift + count * step

    def _paint_letters(self, painter: QPainter) -> float:
        theme = self.look.theme
        font = theme.font(15)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        metrics = QFontMetricsF(font)
        widths = [metrics.horizontalAdvance(letter) for letter in self._letters()]
        shift = min(0.0, self.width() - 36 - self._tail - sum(widths))
        x = 16 + shift
        for letter, width in zip(self._letters(), widths, strict=True):
            place = QRectF(x, 0, width + 4, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, letter)
            x += width
        return x

    def _letters(self) -> Iterator[str]:
        """What is typed, letter by letter, each with the marks that stand upon it."""
        start = 0
        for place in range(1, self._used + 1):
            if place < self._used and (self._buffer[place] & 0xC0 == 0x80 or self._is_mark(place)):
                continue
            yield str(memoryview(self._buffer)[start:place], "utf-8", "replace")
            start = place

    def _is_mark(self, place: int) -> bool:
        size = 2 if self._buffer[place] & 0xE0 == 0xC0 else 3 if self._buffer[place] & 0xF0 == 0xE0 else 1
        return bool(
            unicodedata.combining(str(memoryview(self._buffer)[place : place + size], "utf-8", "replace")[0])
        )

    def _length(self) -> int:
        """Characters typed: bytes that begin one."""
        return sum(1 for place in range(self._used) if self._buffer[place] & 0xC0 != 0x80)

    @staticmethod
    def _is_command(event: QKeyEvent) -> bool:
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
        altgr = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        held = event.modifiers()
        return bool(held & commands) and held & altgr != altgr

    def _notice_capitals(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it, means that Caps Lock is on; the letter is not kept."""
        text = event.text()
        if len(text) == 1 and (text.isupper() or text.islower()):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals_seen.emit(text.isupper() != shifted)

    def _insert(self, text: str) -> None:
        typed = text.encode("utf-8", "ignore")
        if self._used + len(typed) <= CAPACITY:
            self._buffer[self._used : self._used + len(typed)] = typed
            self._used += len(typed)
            self._changed()

    def _remove_one(self) -> None:
        while self._used:
            self._used -= 1
            first = self._buffer[self._used] & 0xC0 != 0x80
            self._buffer[self._used] = 0
            if first:
                break
        self._changed()

    def _remove_all(self) -> None:
        self.wipe()

    def _changed(self) -> None:
        self._caret = True
        self.edited.emit()
        self.update()

    def _blink(self) -> None:
        self._caret = not self._caret
        self.update()
