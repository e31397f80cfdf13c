"""The white sheet with a hairline and 6 px corners: only for what is read or written. Must not nest."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look
from ui.widgets.painting import fill_rounded


class Sheet(QWidget):
    """A plain container that paints itself as paper."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, hairline, a breath of shadow below in the light."""
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        if not theme.palette.is_dark:
            fill_rounded(painter, box.adjusted(0, 1, 0, 0), theme.color("line"))
            box = box.adjusted(0, 0, 0, -1)
        fill_rounded(painter, box, theme.color("sheet"), theme.color("line"))
