"""Drawing helpers shared by own widgets: wrapped text, rounded grounds, the focus ring. Must not hold state."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from ui.theme.tokens import CORNER

_ENDLESS = 1e6


class LaidText:
    """A text wrapped into a width: `width` and `height` in px. Words too long for a line break anywhere, never cut.

    `leading` is the height of a line in font sizes, where the font's own is too tight for reading.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        leading: float = 0.0,
    ) -> None:
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        spacing = max(QFontMetricsF(font).lineSpacing(), leading * max(0, font.pixelSize()))
        y = 0.0
        self.width = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, y))
            y += max(spacing, line.height())
            self.width = max(self.width, line.naturalTextWidth())
        self._layout.endLayout()
        self.height = y
        self.lines = self._layout.lineCount()

    def draw(self, painter: QPainter, x: float, y: float, colour: QColor) -> None:
        """Draw with the upper left corner at (x, y)."""
        painter.setPen(colour)
        self._layout.draw(painter, QPointF(x, y))


def natural_width(text: str, font: QFont) -> int:
    """The width a text needs on one line, in whole px and one to spare: half a pixel too few would wrap it."""
    metrics = QFontMetricsF(font)
    return math.ceil(max((metrics.horizontalAdvance(line) for line in text.split("\n")), default=0.0)) + 1


def fill_rounded(
    painter: QPainter,
    box: QRectF,
    ground: QColor | None,
    border: QColor | None = None,
    corner: float = CORNER,
) -> None:
    """A rounded ground with an optional hairline."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, 1) if border is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    inset = 0.5 if border is not None else 0.0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), corner, corner)


def focus_ring(painter: QPainter, box: QRectF, colour: QColor, corner: float = CORNER) -> None:
    """The visible focus: a 2 px ring just inside the box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), corner, corner)


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """`over` laid on `under` at a share from 0 to 1."""
    rest = 1 - share
    return QColor(
        round(over.red() * share + under.red() * rest),
        round(over.green() * share + under.green() * rest),
        round(over.blue() * share + under.blue() * rest),
    )
