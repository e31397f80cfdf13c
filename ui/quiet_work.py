"""What the notebook does by itself while nobody writes: index, daily copy inside, check. Must not stand in anybody's way.

Each moment is short, makes way for whatever waits for the vault, and is forgotten when the window locks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from i18n.message import Message
from storage.errors import Cancelled, DaftarError
from ui.jobs import JobRunner

if TYPE_CHECKING:
    from storage import Vault

EVERY_MS = 2000
STILL = 8
"""Quiet rounds without any write before a copy is begun: it would only be given up again."""
_WAIT_AFTER_FAILURE = 900


@dataclass(frozen=True)
class Moment:
    """What a quiet moment found: a new alarm, if any, and whether everything is done for now."""

    alarm: Message | None
    read_only: bool


class QuietWork(QObject):
    """`start` when the notebook is open; `found` carries (alarm, read only) when the check finds something."""

    found = Signal(object, bool)

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._still = 0
        self._copy_wait = 0
        self._told: Message | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tick)
        jobs.saving.connect(self._somebody_writes)

    def start(self, alarm: Message | None = None) -> None:
        """Begin; `alarm` is what was told already."""
        self._told = alarm
        self._timer.start()

    def stop(self) -> None:
        """The window is about to go."""
        self._timer.stop()

    def tick(self) -> None:
        """One moment, if nobody wants anything."""
        if not (self._jobs.is_idle and self._jobs.has_vault):
            self._still = 0
            return
        self._still += 1
        self._copy_wait = max(0, self._copy_wait - 1)
        may_copy = self._still > STILL and not self._copy_wait
        work = partial(quiet_moment, self._jobs.lane_is_wanted, may_copy)
        self._jobs.vault(work, self._done, self._failed)

    def _somebody_writes(self, saving: bool) -> None:
        if saving:
            self._still = 0

    def _done(self, moment: Moment) -> None:
        if moment.alarm is not None and moment.alarm != self._told:
            self._told = moment.alarm
            self.found.emit(moment.alarm, moment.read_only)

    def _failed(self, _error: DaftarError) -> None:
        """A full or failing disk says so at the next save; asking every two seconds would help nobody."""
        self._copy_wait = _WAIT_AFTER_FAILURE


def quiet_moment(wanted: Callable[[], bool], may_copy: bool, vault: Vault) -> Moment:
    """Index one record, or else keep the day's copy, or else check a little. Runs in the vault lane."""
    waiting = vault.settle(1)
    if not waiting and not wanted():
        if may_copy and vault.backup_due:
            _keep_copy(wanted, vault)
        else:
            vault.check_quietly(wanted)
    return Moment(vault.alarm, vault.read_only)


def _keep_copy(wanted: Callable[[], bool], vault: Vault) -> None:
    def make_way(_done: int, _total: int) -> None:
        if wanted():
            raise Cancelled

    try:
        vault.keep_backup(make_way)
    except Cancelled:
        return
