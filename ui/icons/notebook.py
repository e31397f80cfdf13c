"""The window's icon: a plain closed notebook, drawn here. Must not say what the notebook is for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

SIZES = (16, 24, 32, 48, 64, 128, 256)
_COVER, _SPINE, _LABEL, _LINE = "#5B7083", "#435465", "#F4F1EA", "#A8ADB3"


def notebook_icon() -> QIcon:
    """The icon in all sizes a system asks for."""
    icon = QIcon()
    for side in SIZES:
        icon.addPixmap(notebook(side))
    return icon


def notebook(side: int) -> QPixmap:
    """One size: cover, spine, a label with two lines."""
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = side / 32
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_COVER))
    painter.drawRoundedRect(QRectF(5 * unit, 2 * unit, 22 * unit, 28 * unit), 2.5 * unit, 2.5 * unit)
    painter.setBrush(QColor(_SPINE))
    painter.drawRoundedRect(QRectF(5 * unit, 2 * unit, 5 * unit, 28 * unit), 2 * unit, 2 * unit)
    painter.setBrush(QColor(_LABEL))
    painter.drawRoundedRect(QRectF(13 * unit, 7 * unit, 11 * unit, 7 * unit), unit, unit)
    painter.setPen(QPen(QColor(_LINE), max(1.0, unit)))
    for y in (9.5, 12):
        painter.drawLine(QPointF(15 * unit, y * unit), QPointF(22 * unit, y * unit))
    painter.end()
    return picture
