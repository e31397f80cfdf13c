"""Takes a secret that is typed from paper: groups of digits, or words and their numbers. Must never make text of the whole.

The only copy is one buffer, a few bytes for each cell. Digits of every script are taken. Nothing is pasted: whoever has the
paper types, and the clipboard is no place for a key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from i18n.message import Message, msg
from ui.icons import paint_icon
from ui.look import Look, Speaking
from ui.widgets.painting import fill_rounded, focus_ring

Judge = Callable[[int, bytes], str]
"""`judge(cell, typed)` gives `good`, `bad` or nothing for a cell that was filled and left."""
_GAP = 8


class SecretCells(Speaking):
    """A grid of cells, one focus. `edited` after each key, `completed` when the last gap was filled."""

    edited = Signal()
    completed = Signal()
    submitted = Signal()

    def __init__(
        self,
        look: Look,
        name: Message,
        count: int,
        size: int,
        *,
        words: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._name, self._count, self._size, self._words = name, count, size, words
        self._buffer = bytearray(count * size)
        self._used = [0] * count
        self._marks = [""] * count
        self._at = 0
        self._came_by_itself = False
        self.judge: Judge | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.speak()

    @property
    def is_complete(self) -> bool:
        """Whether every cell holds what it should: all digits, or some letters."""
        return all(used == self._size or (self._words and used) for used in self._used)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not any(self._used)

    @property
    def marks(self) -> tuple[str, ...]:
        """What was judged of each cell."""
        return tuple(self._marks)

    @property
    def wrong(self) -> list[int]:
        """Cells (from 1) that were judged wrong."""
        return [at + 1 for at, mark in enumerate(self._marks) if mark == "bad"]

    def cell(self, number: int) -> bytearray:
        """A copy of one cell's bytes; the caller wipes it."""
        start = number * self._size
        return self._buffer[start : start + self._used[number]]

    def copy_bytes(self) -> bytearray:
        """A copy of all cells, one after the other; the caller wipes it."""
        out = bytearray(sum(self._used))
        at = 0
        # By a view: a slice of the buffer would be a copy of the whole that nobody overwrites.
        with memoryview(self._buffer) as typed:
            for number, used in enumerate(self._used):
                start = number * self._size
                out[at : at + used] = typed[start : start + used]
                at += used
        return out

    def tokens(self) -> list[str]:
        """What stands in each cell, one by one: for words, which are no secret by themselves."""
        return [self.cell(number).decode("ascii") for number in range(self._count)]

    def mark_wrong(self, cells: Iterable[int]) -> None:
        """Mark cells and go to the first of them."""
        for number in sorted(cells, reverse=True):
            self._marks[number] = "bad"
            self._go(number)

    def wipe(self) -> None:
        """Overwrite and empty; the first cell is next."""
        for at in range(len(self._buffer)):
            self._buffer[at] = 0
        self._used, self._marks = [0] * self._count, [""] * self._count
        self._go(0)
        self._changed()

    def speak(self) -> None:
        """Which cell is being typed, never what it holds."""
        if self._words:
            place = msg("word {number} of {count}", number=self._at + 1, count=self._count)
        else:
            place = msg("group {number} of {count}", number=self._at + 1, count=self._count)
        self.setAccessibleName(f"{self.look.t(self._name)}, {self.look.t(place)}")

    def sizeHint(self) -> QSize:
        """Four columns."""
        width = round(4 * (self._cell_width() + _GAP))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One column."""
        return QSize(round(self._cell_width()), self.look.theme.px(48))

    def hasHeightForWidth(self) -> bool:
        """Fewer columns, more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height for a width."""
        rows = -(-self._count // self._columns(width))
        return round(rows * (self._cell_height() + _GAP) - _GAP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Type in the cell that was pressed."""
        for number in range(self._count):
            if self._box(number).contains(event.position()):
                self._go(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Signs fill the cell; Space and Enter go on; Backspace takes back; arrows walk."""
        key = event.key()
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns(self.width()),
            Qt.Key.Key_Down: self._columns(self.width()),
        }.get(Qt.Key(key))
        if step is not None:
            self._go(self._at + step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit() if self.is_complete else self._next()
        elif key == Qt.Key.Key_Space:
            self._part()
        elif key == Qt.Key.Key_Backspace:
            self._take_back()
        elif key == Qt.Key.Key_Delete:
            self._empty(self._at)
        elif event.text() and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        ):
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every cell: its place, its signs one by one, its mark."""
        painter = QPainter(self)
        for number in range(self._count):
            self._paint_cell(painter, number, self._box(number))

    def _paint_cell(self, painter: QPainter, number: int, box: QRectF) -> None:
        theme = self.look.theme
        mark = self._marks[number]
        ground = "amber_soft" if mark == "bad" else "sheet"
        fill_rounded(painter, box, theme.color(ground), theme.color("line"))
        if number == self._at and self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))
        small, font = theme.font(13, tabular=True), theme.font(17, tabular=True)
        painter.setFont(small)
        painter.setPen(theme.color("quiet"))
        painter.drawText(QPointF(box.left() + 8, self._base(box, QFontMetricsF(small))), str(number + 1))
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        x = box.left() + 8 + theme.px(22)
        for place in range(self._used[number]):
            sign = chr(self._buffer[number * self._size + place])
            painter.drawText(QPointF(x, self._base(box, metrics)), sign)
            x += metrics.horizontalAdvance(sign)
        if mark:
            self._paint_mark(painter, box, mark, theme.color("accent" if mark == "good" else "amber"))

    def _paint_mark(self, painter: QPainter, box: QRectF, mark: str, colour: QColor) -> None:
        side = self.look.theme.px(16)
        place = QRectF(box.right() - side - 6, box.center().y() - side / 2, side, side)
        paint_icon(painter, "check" if mark == "good" else "triangle-alert", place, colour)

    @staticmethod
    def _base(box: QRectF, metrics: QFontMetricsF) -> float:
        return box.top() + (box.height() + metrics.ascent() - metrics.descent()) / 2

    def _cell_height(self) -> float:
        return self.look.theme.px(44)

    def _cell_width(self) -> float:
        theme = self.look.theme
        widest = "m" if self._words else "0"
        signs = QFontMetricsF(theme.font(17, tabular=True)).horizontalAdvance(widest * self._size)
        return 8 + theme.px(22) + signs * (0.85 if self._words else 1) + theme.px(16) + 14

    def _columns(self, width: int) -> int:
        return max(1, min(6, int((width + _GAP) // (self._cell_width() + _GAP))))

    def _box(self, number: int) -> QRectF:
        columns = self._columns(self.width())
        row, column = divmod(number, columns)
        wide, high = self._cell_width(), self._cell_height()
        return QRectF(column * (wide + _GAP), row * (high + _GAP), wide, high)

    def _type(self, text: str) -> None:
        for char in text:
            sign = self._sign(char)
            if sign is not None:
                self._put(sign)

    def _sign(self, char: str) -> int | None:
        """The ASCII sign a key stands for; None for one that has no place here."""
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            return 0x30 + digit
        folded = unicodedata.normalize("NFKC", char).casefold()
        return ord(folded) if self._words and len(folded) == 1 and "a" <= folded <= "z" else None

    def _put(self, sign: int) -> None:
        if self._used[self._at] == self._size or (self._marks[self._at] and self._used[self._at]):
            self._empty(self._at)
        self._came_by_itself = False
        start = self._at * self._size
        self._buffer[start + self._used[self._at]] = sign
        self._used[self._at] += 1
        self._marks[self._at] = ""
        numbered = self._words and self._used[self._at] == 4 and self._buffer[start : start + 4].isdigit()
        if self._used[self._at] == self._size or numbered:
            self._next()
            self._came_by_itself = True
        self._changed()

    def _part(self) -> None:
        """A space goes on, unless the full cell before it did already: else it would jump over what is to be typed anew."""
        if self._came_by_itself:
            self._came_by_itself = False
        else:
            self._next()

    def _next(self) -> None:
        """Judge the cell and go to the next gap; from the last one, stay."""
        if not self._used[self._at]:
            return
        self._judge(self._at)
        gaps = [n for n in range(self._count) if not self._used[n] or self._marks[n] == "bad"]
        later = [number for number in gaps if number > self._at]
        if later or gaps:
            self._go(later[0] if later else gaps[0])
        self._changed()
        if self.is_complete:
            self.completed.emit()

    def _judge(self, number: int) -> None:
        if self.judge is not None and self._used[number]:
            typed = self.cell(number)
            whole = self._words or len(typed) == self._size
            self._marks[number] = self.judge(number, bytes(typed)) if whole else "bad"
            for at in range(len(typed)):
                typed[at] = 0

    def _take_back(self) -> None:
        if not self._used[self._at] and self._at:
            self._go(self._at - 1)
        if self._used[self._at]:
            self._used[self._at] -= 1
            self._buffer[self._at * self._size + self._used[self._at]] = 0
            self._marks[self._at] = ""
        self._changed()

    def _empty(self, number: int) -> None:
        start = number * self._size
        for at in range(start, start + self._size):
            self._buffer[at] = 0
        self._used[number], self._marks[number] = 0, ""
        self._changed()

    def _go(self, number: int) -> None:
        self._at = max(0, min(self._count - 1, number))
        self._came_by_itself = False
        self.speak()
        self.update()
        if self.hasFocus():
            self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """The cell one types into must be seen where the grid is taller than the window."""
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inner = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inner is not None:
            middle = self.mapTo(inner, self._box(self._at).center().toPoint())
            area.ensureVisible(middle.x(), middle.y(), 0, round(self._cell_height()) + 2 * _GAP)

    def _changed(self) -> None:
        self.edited.emit()
        self.update()
