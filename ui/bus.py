"""Tells the views which records changed. Must not hold records or read the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from storage import ChangeSet


class Bus(QObject):
    """`changed` carries the `ChangeSet` of one finished write. View-models that care refresh; no other does."""

    changed = Signal(object)

    def publish(self, changes: ChangeSet) -> None:
        """Tell all who listen. GUI thread."""
        self.changed.emit(changes)


def touches(changes: ChangeSet, *types: str) -> bool:
    """Whether a write created, changed or deleted a record of one of these types."""
    return any(
        pair[0] in types for group in (changes.created, changes.changed, changes.deleted) for pair in group
    )


def touches_record(changes: ChangeSet, record_id: str) -> bool:
    """Whether a write touched this record."""
    return any(
        pair[1] == record_id
        for group in (changes.created, changes.changed, changes.deleted)
        for pair in group
    )
