"""A long list of records of one type, fetched in pages. Must not hold documents, only list columns.

Ten thousand people are fifty pages of two hundred; the view asks for the next when it comes near the end.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.bus import touches
from ui.context import Context

if TYPE_CHECKING:
    from storage import ChangeSet, Row, Vault

PAGE = 200
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


def read_page(type_: str, offset: int, vault: Vault) -> tuple[list[Row], int]:
    """One page and how many there are in all."""
    return vault.rows(type_, offset, PAGE), vault.counts().get(type_, 0)


class RecordRows(QAbstractListModel):
    """Newest first. `filled` after each page; `total` counts all; refreshes when the bus says the type changed."""

    filled = Signal()

    def __init__(self, context: Context, type_: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.type = type_
        self.total = -1
        self._rows: list[Row] = []
        self._asked = -1
        context.bus.changed.connect(self._changed)
        self._ask(0)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Rows fetched so far."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """`ROW_ROLE` gives the row; the display and accessible text is the code."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return row.code or row.title
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there are more and none is on the way."""
        return not parent.isValid() and 0 <= len(self._rows) < self.total and self._asked < len(self._rows)

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._ask(len(self._rows))

    def _ask(self, offset: int) -> None:
        self._asked = offset
        self._context.jobs.vault(partial(read_page, self.type, offset), partial(self._take, offset))

    def _take(self, offset: int, page: tuple[list[Row], int]) -> None:
        rows, self.total = page
        if offset == 0:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        elif rows and offset == len(self._rows):
            self.beginInsertRows(QModelIndex(), offset, offset + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self.filled.emit()

    def _changed(self, changes: ChangeSet) -> None:
        if touches(changes, self.type):
            self._ask(0)
