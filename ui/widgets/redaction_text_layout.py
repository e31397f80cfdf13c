"""Lays out paragraphs for the redaction widgets, line by line at a fixed pitch. Must not know what a mark means or paint anything but letters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

# A blank stands for one character of the laid-out text and is drawn this wide whatever it hides (look.md).
BLANK_WIDTH = 72.0
BLANK = "\u00a0"
_LINE_BREAKS = str.maketrans({"\n": "\u2028", "\r": "\u2028", "\u2029": "\u2028"})


class Utf16:
    """Turns offsets in a Python text into offsets in Qt's UTF-16 and back; free for texts without emoji."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] | None = None
        if text and max(text) > "\uffff":
            self._starts = [0]
            for letter in text:
                self._starts.append(self._starts[-1] + (2 if letter > "\uffff" else 1))

    def to_qt(self, offset: int) -> int:
        """Qt's position of a Python offset."""
        return offset if self._starts is None else self._starts[min(offset, len(self._starts) - 1)]

    def from_qt(self, position: int) -> int:
        """The Python offset of the letter that holds a Qt position."""
        return position if self._starts is None else max(0, bisect_right(self._starts, position) - 1)


@dataclass(frozen=True)
class Stretch:
    """Letters set apart: in another colour, or followed by `space` pixels, or widened to a blank (Python offsets)."""

    start: int
    end: int
    colour: QColor | None = None
    space: float = 0.0
    blank: bool = False


class ParagraphLayout:
    """One paragraph broken into lines for a width. Offsets in and out are Python's."""

    def __init__(self, text: str, font: QFont, pitch: float) -> None:
        self.text = text
        self.pitch = pitch
        self._map = Utf16(text)
        self._layout = QTextLayout(text.translate(_LINE_BREAKS), font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._lines = 0
        self._width = 0.0

    def set_formats(self, stretches: Sequence[Stretch]) -> None:
        """Set stretches apart; they must not overlap. Call before `lay_out`."""
        self._layout.setFormats([self._range(part.start, part.end, self._format(part)) for part in stretches])

    def _format(self, part: Stretch) -> QTextCharFormat:
        form = QTextCharFormat()
        if part.colour is not None:
            form.setForeground(part.colour)
        if part.space or part.blank:
            font = QFont(self._layout.font())
            own = QFontMetricsF(font).horizontalAdvance(BLANK) if part.blank else 0.0
            font.setLetterSpacing(
                QFont.SpacingType.AbsoluteSpacing, BLANK_WIDTH - own if part.blank else part.space
            )
            form.setFont(font)
        return form

    def _range(self, start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
        part = QTextLayout.FormatRange()
        part.start = self._map.to_qt(start)
        part.length = self._map.to_qt(end) - self._map.to_qt(start)
        part.format = form
        return part

    def lay_out(self, width: float) -> float:
        """Break into lines of `width` pixels; returns the height."""
        self._layout.beginLayout()
        count = 0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, count * self.pitch + (self.pitch - line.height()) / 2))
            count += 1
        self._layout.endLayout()
        self._lines, self._width = max(count, 1), width
        return self.height

    @property
    def height(self) -> float:
        """Height in pixels after `lay_out`."""
        return self._lines * self.pitch

    def rects(self, start: int, end: int) -> list[QRectF]:
        """One box per line that the stretch touches, in the paragraph's own coordinates, a full pitch high."""
        first, last = self._map.to_qt(start), self._map.to_qt(end)
        found = []
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            begin, stop = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
            if begin < stop:
                found.append(self._box(number, begin, stop))
        return found

    def _box(self, number: int, begin: int, stop: int) -> QRectF:
        line = self._layout.lineAt(number)
        edges = sorted((_x(line.cursorToX(begin)), _x(line.cursorToX(stop))))
        return QRectF(edges[0], number * self.pitch, edges[1] - edges[0], self.pitch)

    def offset_at(self, point: QPointF) -> int:
        """The offset nearest to a point in the paragraph's own coordinates."""
        if self._layout.lineCount() == 0:
            return 0
        number = min(max(int(point.y() // self.pitch), 0), self._layout.lineCount() - 1)
        return min(self._map.from_qt(self._layout.lineAt(number).xToCursor(point.x())), len(self.text))

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Paint the letters."""
        self._layout.draw(painter, at)


def _x(value: object) -> float:
    """`QTextLine.cursorToX` answers with a number or with (x, position), by version."""
    return float(value[0] if isinstance(value, tuple) else value)  # type: ignore[arg-type]
