"""Shows a secret once, to be written down by hand: digits in groups, or words with their numbers. Must not make text of it.

Painted sign by sign from the caller's buffer; nothing can be marked, copied or read by other programs, and the accessible
name says only what kind of secret it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from i18n.message import Message
from ui.look import Look, Speaking
from ui.widgets.painting import fill_rounded

_PAD = 24


class _Shown(Speaking):
    """A sheet of cells in columns."""

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._name = name
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.speak()

    def name(self, name: Message) -> None:
        """Carry another accessible name."""
        self._name = name
        self.speak()

    def speak(self) -> None:
        """What kind of secret it is, never what it says."""
        self.setAccessibleName(self.look.t(self._name))

    def cells(self) -> int:
        """How many there are."""
        raise NotImplementedError

    def cell_size(self) -> tuple[float, float]:
        """Width and height of the largest."""
        raise NotImplementedError

    def paint_cell(self, painter: QPainter, cell: int, x: float, y: float) -> None:
        """Paint one with its upper left corner there."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """A few columns."""
        width = round(4 * self.cell_size()[0] + 2 * _PAD)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One column."""
        wide, high = self.cell_size()
        return QSize(round(wide + 2 * _PAD), round(high + 2 * _PAD))

    def hasHeightForWidth(self) -> bool:
        """Fewer columns, more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height for a width."""
        rows = -(-self.cells() // self._columns(width)) if self.cells() else 0
        return round(rows * self.cell_size()[1] + 2 * _PAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, then the cells row by row, as they are read."""
        painter = QPainter(self)
        theme = self.look.theme
        fill_rounded(painter, QRectF(self.rect()), theme.color("sheet"), theme.color("line"))
        wide, high = self.cell_size()
        columns = self._columns(self.width())
        for cell in range(self.cells()):
            row, column = divmod(cell, columns)
            self.paint_cell(painter, cell, _PAD + column * wide, _PAD + row * high)

    def _columns(self, width: int) -> int:
        return max(1, min(4, int((width - 2 * _PAD) // self.cell_size()[0])))


class DigitsShown(_Shown):
    """Groups of five digits, large; `show_digits` keeps the buffer, `wipe` overwrites it."""

    group = 5

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        self._digits = bytearray()

    def show_digits(self, digits: bytearray) -> None:
        """Show ASCII digits; the buffer is this widget's from now on."""
        self.wipe()
        self._digits = digits
        self.updateGeometry()
        self.update()

    def wipe(self) -> None:
        """Overwrite what is shown."""
        for at in range(len(self._digits)):
            self._digits[at] = 0
        self._digits = bytearray()
        self.update()

    def cells(self) -> int:
        """The groups."""
        return len(self._digits) // self.group

    def cell_size(self) -> tuple[float, float]:
        """A small place number, then five figures of one width."""
        theme = self.look.theme
        return self._lead() + self.group * self._figure() + theme.px(32), theme.px(56)

    def paint_cell(self, painter: QPainter, cell: int, x: float, y: float) -> None:
        """The place, quiet; the figures one by one."""
        theme = self.look.theme
        line = self.cell_size()[1]
        quiet = theme.font(13, tabular=True)
        _sign(painter, str(cell + 1), quiet, theme.color("quiet"), x, y, line)
        figures = theme.font(26, tabular=True)
        for place in range(self.group):
            sign = chr(self._digits[cell * self.group + place])
            left = x + self._lead() + place * self._figure()
            _sign(painter, sign, figures, theme.color("ink"), left, y, line)

    def _lead(self) -> float:
        return self.look.theme.px(28)

    def _figure(self) -> float:
        return QFontMetricsF(self.look.theme.font(26, tabular=True)).horizontalAdvance("0")


class WordsShown(_Shown):
    """Words, each with its place and, where there is one, its number."""

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        self._pairs: tuple[tuple[str, str], ...] = ()

    def show_words(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show (number, word) pairs; a number may be empty."""
        self._pairs = tuple(pairs)
        self.updateGeometry()
        self.update()

    def wipe(self) -> None:
        """Forget which words they were; the words themselves are those of the list."""
        self._pairs = ()
        self.update()

    def cells(self) -> int:
        """The words."""
        return len(self._pairs)

    def cell_size(self) -> tuple[float, float]:
        """Place, number and word beside each other."""
        theme = self.look.theme
        metrics = QFontMetricsF(theme.font(17))
        widest = max((metrics.horizontalAdvance(word) for _, word in self._pairs), default=80.0)
        return self._lead() + self._number() + widest + theme.px(20), theme.px(38)

    def paint_cell(self, painter: QPainter, cell: int, x: float, y: float) -> None:
        """Place and number quiet, the word in ink."""
        theme = self.look.theme
        line = self.cell_size()[1]
        number, word = self._pairs[cell]
        quiet = theme.font(13, tabular=True)
        _sign(painter, str(cell + 1), quiet, theme.color("quiet"), x, y, line)
        if number:
            _sign(
                painter,
                number,
                theme.font(17, tabular=True),
                theme.color("accent"),
                x + self._lead(),
                y,
                line,
            )
        _sign(painter, word, theme.font(17), theme.color("ink"), x + self._lead() + self._number(), y, line)

    def _lead(self) -> float:
        return self.look.theme.px(26)

    def _number(self) -> float:
        if not any(number for number, _ in self._pairs):
            return 0.0
        theme = self.look.theme
        return QFontMetricsF(theme.font(17, tabular=True)).horizontalAdvance("0000") + theme.px(10)


def _sign(painter: QPainter, text: str, font: QFont, colour: QColor, x: float, y: float, line: float) -> None:
    """A text on the middle of a line."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(x, y + (line + metrics.ascent() - metrics.descent()) / 2), text)
