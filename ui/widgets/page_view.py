"""Finished pages as pictures, one at a time, with keys and zoom. Must not open a PDF: it is given pixels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.look import Look

_MARGIN = 8.0
_ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)


class PageView(QAbstractScrollArea):
    """One page of `set_pages`, fitted to the width at zoom 1. Page keys turn, plus and minus zoom, 0 fits."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self._pages: tuple[QImage, ...] = ()
        self._page = 0
        self._zoom = 0
        self._edge = look.theme.color("line")
        look.theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._edge = self._look.theme.color("line")
        self.viewport().update()

    def set_pages(self, pages: Sequence[QImage]) -> None:
        """Show other pages; the page in sight stays if it still exists."""
        self._pages = tuple(pages)
        self._page = min(self._page, max(0, len(self._pages) - 1))
        self._fit()
        self.page_changed.emit(self._page)

    @property
    def page(self) -> int:
        """The page in sight, counted from 0."""
        return self._page

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def zoom(self) -> float:
        """1.0 fits the width."""
        return _ZOOMS[self._zoom]

    def turn(self, by: int) -> None:
        """Go some pages on or back, within what there is."""
        page = min(max(self._page + by, 0), max(0, len(self._pages) - 1))
        if page != self._page:
            self._page = page
            self.verticalScrollBar().setValue(0)
            self._fit()
            self.page_changed.emit(page)

    def set_zoom_step(self, step: int) -> None:
        """Step 0 fits the width; larger steps enlarge."""
        step = min(max(step, 0), len(_ZOOMS) - 1)
        if step != self._zoom:
            self._zoom = step
            self._fit()
            self.zoom_changed.emit(self.zoom)

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom_step(self._zoom + 1)

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom_step(self._zoom - 1)

    def sizeHint(self) -> QSize:
        """A side panel's worth of an A4 page."""
        return QSize(332, 464)

    def _size(self) -> tuple[float, float]:
        if not self._pages:
            return 0.0, 0.0
        image = self._pages[self._page]
        room = self.viewport().width() - 2 * _MARGIN
        fitted = min(room, (self.viewport().height() - 2 * _MARGIN) * image.width() / max(1, image.height()))
        width = max(40.0, fitted if self._zoom == 0 else room * self.zoom)
        return width, width * image.height() / max(1, image.width())

    def _fit(self) -> None:
        width, height = self._size()
        for bar, need, room in (
            (self.horizontalScrollBar(), width, self.viewport().width()),
            (self.verticalScrollBar(), height, self.viewport().height()),
        ):
            bar.setPageStep(room)
            bar.setSingleStep(32)
            bar.setRange(0, max(0, int(need + 2 * _MARGIN - room)))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper with a hairline around it."""
        if not self._pages:
            return
        width, height = self._size()
        left = max(_MARGIN, (self.viewport().width() - width) / 2) - self.horizontalScrollBar().value()
        box = QRectF(left, _MARGIN - self.verticalScrollBar().value(), width, height)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(box, QColor("white"))
        painter.drawImage(box, self._pages[self._page])
        painter.setPen(QPen(self._edge, 1))
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys and arrows turn; plus, minus and 0 zoom; the rest scrolls."""
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Right | Qt.Key.Key_Space:
                self.turn(1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_Left | Qt.Key.Key_Backspace:
                self.turn(-1)
            case Qt.Key.Key_Home:
                self.turn(-len(self._pages))
            case Qt.Key.Key_End:
                self.turn(len(self._pages))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.set_zoom_step(0)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom; the wheel alone scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom_step(self._zoom + (1 if event.angleDelta().y() > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)
