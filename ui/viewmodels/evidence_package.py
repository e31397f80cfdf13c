"""Handing over evidence: for whom, which files, where to. Must not know widgets; writes only what consents allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

import exports
from i18n.message import Message, msg, nmsg
from storage import ChangeSet, EvidencePackage
from storage.errors import DaftarError
from ui.bus import touches
from ui.viewmodels.base import ViewModel
from ui.viewmodels.care import Outcome
from ui.viewmodels.evidence_package_working import PackageReading, read_package, write_package

if TYPE_CHECKING:
    from ui.context import Context
    from ui.jobs import Job


@dataclass(frozen=True)
class PackageState:
    """What the screen shows. `chosen` are ids of evidence; `folder` is where the last package was written."""

    record: str = ""
    purpose: str = exports.PACKAGE_PURPOSES[0]
    reading: PackageReading | None = None
    chosen: tuple[str, ...] = ()
    running: bool = False
    stopping: bool = False
    fraction: float = 0.0
    doing: Message | str = ""
    outcome: Outcome | None = None

    @property
    def may_write(self) -> bool:
        """Whether the primary action can be taken."""
        return bool(self.chosen) and not self.running


class EvidencePackageModel(ViewModel[PackageState]):
    """Commands: `load`, `choose_purpose`, `toggle`, `write`, `stop`."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(PackageState(), parent)
        self._context = context
        self._job: Job | None = None
        context.bus.changed.connect(self._records_changed)

    def load(self, record_id: str) -> None:
        """Show one evidence, or all of a case."""
        self._become(PackageState(record=record_id))
        self._read()

    def choose_purpose(self, purpose: str) -> None:
        """For whom: another consent may be needed."""
        self._become(replace(self._state, purpose=purpose, outcome=None))
        self._read()

    def toggle(self, evidence_id: str) -> None:
        """Take a file in or leave it out."""
        chosen = self._state.chosen
        if evidence_id in chosen:
            chosen = tuple(one for one in chosen if one != evidence_id)
        elif self._state.reading is not None:
            wanted = {*chosen, evidence_id}
            chosen = tuple(
                item.id for item in self._state.reading.items if item.id in wanted and item.may_leave
            )
        self._become(replace(self._state, chosen=chosen))

    def write(self, folder: Path) -> None:
        """Write the package into a new folder. Nothing is left behind when it is refused or stopped."""
        state = self._state
        if not state.may_write:
            return
        self._become(
            replace(state, running=True, stopping=False, fraction=0.0, doing=msg("Preparing"), outcome=None)
        )
        today, text = self._context.program.today(), self._context.look.words.text
        work = partial(write_package, state.record, state.chosen, state.purpose, folder, today, text)
        self._job = self._context.jobs.vault_long(work, self._written, self._failed, self._progress)

    def stop(self) -> None:
        """Ask to stop; said when it has."""
        if self._job is not None and self._state.running and not self._state.stopping:
            self._job.cancel()
            self._become(replace(self._state, stopping=True, doing=msg("Stopping")))
            today = self._context.program.today()
            work = partial(read_package, self._state.record, self._state.purpose, today)
            self._context.jobs.vault(work, self._stopped, self._failed)

    # inside

    def _read(self) -> None:
        today = self._context.program.today()
        work = partial(read_package, self._state.record, self._state.purpose, today)
        self._context.jobs.vault(work, self._reading, self._context.navigator.say)

    def _reading(self, found: PackageReading) -> None:
        allowed = () if found.victim is not None else tuple(item.id for item in found.items if item.may_leave)
        before = self._state.reading
        fresh = before is None or {one.id for one in before.items} != {one.id for one in found.items}
        chosen = (
            allowed
            if fresh or not self._state.chosen
            else tuple(one for one in self._state.chosen if one in allowed)
        )
        self._become(replace(self._state, reading=found, chosen=chosen))

    def _progress(self, fraction: float, doing: Message) -> None:
        if self._state.running and not self._state.stopping:
            self._become(replace(self._state, fraction=fraction, doing=doing))

    def _written(self, package: EvidencePackage) -> None:
        # critical
        words = nmsg(
            "{count} file was written, unprotected, into “{folder}”.",
            "{count} files were written, unprotected, into “{folder}”.",
            package.files,
            folder=str(package.folder),
        )
        # critical
        hint = msg("Hand the folder over and remove it here. README.txt in it says how anybody can check it.")
        changed = frozenset(("evidence", one) for one in self._state.chosen)
        self._end(Outcome(words, "amber", hint))
        self._context.bus.publish(ChangeSet(changed=changed))

    def _stopped(self, found: PackageReading) -> None:
        if self._state.stopping:
            # critical
            self._end(Outcome(msg("Stopped. No file was left in the folder."), "plain"))
        self._reading(found)

    def _failed(self, error: DaftarError) -> None:
        self._end(Outcome(error.message, "amber", error.hint))
        self._read()

    def _end(self, outcome: Outcome) -> None:
        self._job = None
        self._become(replace(self._state, running=False, stopping=False, doing="", outcome=outcome))

    def _records_changed(self, changes: ChangeSet) -> None:
        if self._state.record and not self._state.running and touches(changes, "consent", "evidence", "case"):
            self._read()
