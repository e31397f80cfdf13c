"""One family of line icons (Lucide, ISC licence, see LICENSE), drawn in any colour. Must not choose colours.

`redact` is our own drawing in the same manner.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


def icon_names() -> list[str]:
    """Every icon there is."""
    folder = resources.files("ui.icons") / "svg"
    return sorted(
        entry.name.removesuffix(".svg") for entry in folder.iterdir() if entry.name.endswith(".svg")
    )


_STROKE = 1.5  # px on screen at every size
_SMALLEST = 14


@cache
def _source(name: str) -> str:
    return (resources.files("ui.icons") / "svg" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """An icon of `size` px in a colour (`#rrggbb`), sharp at the screen's `ratio`. FileNotFoundError for unknown names."""
    drawing = _source(name).replace("currentColor", colour)
    drawing = drawing.replace(
        'stroke-width="1.5"', f'stroke-width="{_STROKE * 24 / max(_SMALLEST, size):.2f}"'
    )
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw an icon into a square box."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    picture = pixmap(name, max(1, round(box.width())), colour.name(), ratio)
    painter.drawPixmap(box.topLeft(), picture)
