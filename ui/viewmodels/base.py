"""The one shape of a view-model: a frozen state, one signal, commands as methods. Must not know widgets."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

S = TypeVar("S")


class ViewModel(QObject, Generic[S]):
    """`state` is frozen; `changed` comes when it became another one. Views draw `state` and nothing else."""

    changed = Signal()

    def __init__(self, state: S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state

    @property
    def state(self) -> S:
        """What the view shows now."""
        return self._state

    def _become(self, state: S) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()
