"""A long list painted row by row: code left, day right, quiet words under, hairlines between. Must not read records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from i18n.message import Message
from ui.look import Look, must_speak
from ui.theme.tokens import HANG
from ui.widgets.painting import LaidText, fill_rounded, focus_ring, natural_width

# What a row says, from what the model gives for it: title, trailing, detail.
Say = Callable[[Any], tuple[Message | str, Message | str, Message | str]]
_Index = QModelIndex | QPersistentModelIndex
_PAD = 9


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, say: Say, role: int, parent: QListView) -> None:
        super().__init__(parent)
        self._look, self._say, self._role = look, say, role
        self._list = parent

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._list.viewport().width()
        title, _trailing, detail = self._lay(index, width)
        return QSize(width, round(title.height + (detail.height + 2 if detail else 0) + 2 * _PAD + 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._look.theme
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = box.adjusted(0, 1, 0, -2)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            fill_rounded(painter, ground, theme.color("accent_soft"))
        title, trailing, detail = self._lay(index, box.width())
        x, y = box.x() + HANG, box.y() + _PAD
        title.draw(painter, x, y, theme.color("ink"))
        if trailing:
            drop = (theme.line_height(15) - theme.line_height(13)) / 2
            trailing.draw(painter, box.right() - HANG - trailing.width, y + drop, theme.color("quiet"))
        if detail:
            detail.draw(painter, x, y + title.height + 2, theme.color("quiet"))
        painter.fillRect(QRectF(x, box.bottom() - 1, box.width() - 2 * HANG, 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus and self._list.hasFocus():
            focus_ring(painter, ground, theme.color("accent"))
        painter.restore()

    def _lay(self, index: _Index, width: float) -> tuple[LaidText, LaidText | None, LaidText | None]:
        theme, look = self._look.theme, self._look
        title, trailing, detail = (look.t(part) for part in self._say(index.data(self._role)))
        room = width - 2 * HANG
        small = theme.font(13, tabular=True)
        right = (
            LaidText(trailing, small, min(room / 2, natural_width(trailing, small) + 1)) if trailing else None
        )
        left = LaidText(title, theme.font(15, tabular=True), room - (right.width + 12 if right else 0))
        return left, right, LaidText(detail, theme.font(13), room) if detail else None


class RecordList(QListView):
    """`opened(index)` by Enter or click. Rows say what `say(data)` says for `model.data(index, role)`."""

    opened = Signal(object)

    def __init__(self, look: Look, say: Say, role: int, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._name = name
        self.setItemDelegate(_Delegate(look, say, role, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(100)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self._open)
        look.theme.changed.connect(self.measure)
        self.speak()

    def speak(self) -> None:
        """Name the list and measure its rows anew."""
        self.setAccessibleName(self.look.t(self._name))
        self.measure()

    def measure(self) -> None:
        """Rows have another height now."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: Any) -> None:
        """Qt's notice of a new language."""
        if must_speak(self, event):
            self.speak()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index)
