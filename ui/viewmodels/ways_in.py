"""The ways into the open notebook: what there is, and the steps that change it. Must not keep a passphrase after its call.

Whoever sits at a notebook that was left open must not be able to make a way in for himself: before the first change of a
visit the passphrase is asked for again. A notebook that was made a moment ago and is empty is spared the question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from storage.errors import DaftarError, EnvironmentProblem, InvalidInput, WrongPassphrase
from ui.context import Context
from ui.viewmodels.base import ViewModel
from ui.viewmodels.ways_in_paper import pages_left
from ui.wiping import wipe_bytes

if TYPE_CHECKING:
    from storage import Vault, WayIn

CHANGES = ("change", "add", "remove", "kit")
"""Steps before which the passphrase is asked for; the drill changes nothing."""
_FRESH_MS = 15 * 60 * 1000

# critical
_AFTER_FAILURE = msg(
    "What opened the notebook before still opens it. Try again when the disk can be written."
)


@dataclass(frozen=True)
class WaysInState:
    """`step`: list, ask, change, add, remove, kit, drill; `wanted` is the step that comes after ask, `slot` whom it concerns.

    `pages`: where pages of a kit were written that still lie there. `folder`: where the notebook lies.
    `problem` stands under the field, `error` with `hint` in the bar, `done` says what was just done.
    """

    loaded: bool = False
    ways: tuple[WayIn, ...] = ()
    room: int = 0
    read_only: bool = False
    fresh: bool = False
    last_drill_ms: int | None = None
    drill_due: bool = False
    pages: tuple[Path, ...] = ()
    folder: Path | None = None
    step: str = "list"
    wanted: str = ""
    slot: int = -1
    proven: bool = False
    busy: bool = False
    problem: Message | None = None
    error: DaftarError | None = None
    hint: Message | None = None
    done: Message | None = None

    @property
    def kit(self) -> WayIn | None:
        """The recovery kit, if there is one that surely opens."""
        return next((way for way in self.ways if way.kind == "recovery" and way.certain), None)

    @property
    def kit_form(self) -> str:
        """`digits`, `shares`, or empty when there is no kit."""
        kit = self.kit
        return "" if kit is None else "shares" if kit.in_shares else "digits"

    @property
    def current(self) -> WayIn | None:
        """The way by which this session came in, if it still stands."""
        return next((way for way in self.ways if way.current), None)

    @property
    def chosen(self) -> WayIn | None:
        """The way that is to be removed."""
        return next((way for way in self.ways if way.slot == self.slot), None)


@dataclass(frozen=True)
class Found:
    """What the notebook says about its ways in."""

    ways: tuple[WayIn, ...]
    room: int
    read_only: bool
    fresh: bool
    last_drill_ms: int | None
    drill_due: bool
    pages: tuple[Path, ...]
    folder: Path


def read_ways(now_ms: int, vault: Vault) -> Found:
    """Read the list (vault lane)."""
    ways_in = vault.ways_in
    ways = tuple(ways_in.all())
    young = bool(ways) and all(0 <= now_ms - way.added_ms < _FRESH_MS for way in ways)
    return Found(
        ways,
        ways_in.room,
        vault.read_only,
        young and len(ways) == 1 and not any(vault.counts().values()),
        ways_in.last_drill_ms,
        ways_in.drill_due,
        pages_left(vault),
        vault.folder,
    )


class WaysInModel(ViewModel[WaysInState]):
    """Reads on creation and after every change, also a failed one: what it shows is what the header holds."""

    changes: tuple[str, ...] = CHANGES

    def __init__(
        self, context: Context, parent: QObject | None = None, state: WaysInState | None = None
    ) -> None:
        super().__init__(WaysInState() if state is None else state, parent)
        self._context = context
        self._begin_later = ""
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        now_ms = int(self._context.program.now().timestamp() * 1000)
        self._context.jobs.vault(partial(read_ways, now_ms), self._take, self._failed)

    def begin(self, step: str, slot: int = -1) -> None:
        """Go to a step; before one that changes something the passphrase is asked for."""
        if not self.state.loaded:
            self._begin_later = step
            return
        spared = self.state.proven or (step == "kit" and self.state.fresh)
        ask = step in self.changes and not spared
        self._become(
            replace(
                self.state,
                step="ask" if ask else step,
                wanted=step if ask else "",
                slot=slot,
                problem=None,
                error=None,
                hint=None,
                done=None,
            )
        )

    def back(self) -> None:
        """To the list; nothing is changed."""
        if not self.state.busy:
            self.begin("list")

    def finished(self, done: Message) -> None:
        """A step of its own (the kit, the drill) is through: say so above the list as it is now."""
        self._become(replace(self.state, step="list", busy=False, problem=None, error=None, done=done))
        self.refresh()

    def fail(self, error: DaftarError) -> None:
        """A step of its own could not be done: say so, and read what holds now."""
        if not isinstance(error, InvalidInput):
            self._failed(error)

    def prove(self, passphrase: bytearray, key_file: Path | None = None) -> None:
        """Check the passphrase that was asked for; the buffer is wiped, whatever happens."""
        if self._start(passphrase):
            work = partial(_prove, passphrase, key_file)
            self._context.jobs.vault(work, self._proven, self._not_proven)

    def change(self, new: bytearray, key_file: Path | None = None, *, without_key_file: bool = False) -> None:
        """Replace the passphrase of this session. Wipes the buffer."""
        if self._start(new):
            # critical
            done = msg("The passphrase was changed. Older backups still open with the old one.")
            self._run(partial(_change, new, key_file, without_key_file), done)

    def add(self, new: bytearray, key_file: Path | None = None, label: str = "") -> None:
        """Add a passphrase, with or without a key file. Wipes the buffer."""
        if self._start(new):
            self._run(partial(_add, new, key_file, label), msg("The new way in was added."))

    def remove(self) -> None:
        """Make the chosen way in useless."""
        if self.state.slot >= 0 and not self.state.busy:
            self._become(replace(self.state, busy=True, error=None, problem=None))
            # critical
            done = msg("It opens this notebook no more. Older backups may still open with it.")
            self._run(partial(_remove, self.state.slot), done)

    def _start(self, secret: bytearray) -> bool:
        """Whether work may begin; a secret that is not used is wiped."""
        if self.state.busy:
            wipe_bytes(secret)
            return False
        self._become(replace(self.state, busy=True, problem=None, error=None, hint=None))
        return True

    def _run(self, work: Callable[[Vault], None], done: Message) -> None:
        self._context.jobs.change(partial(_as_change, work), partial(self._done, done), self._failed)

    def _done(self, done: Message, _result: object) -> None:
        self.finished(done)

    def _proven(self, _result: object) -> None:
        wanted = self.state.wanted
        self._become(replace(self.state, busy=False, proven=True))
        self.begin(wanted or "list", self.state.slot)

    def _not_proven(self, error: DaftarError) -> None:
        if isinstance(error, WrongPassphrase | InvalidInput):
            self._become(replace(self.state, busy=False, problem=error.message))
        else:
            self._failed(error)

    def _failed(self, error: DaftarError) -> None:
        """Nothing is believed after a failure: the list is read again."""
        if isinstance(error, InvalidInput) and self.state.step in ("change", "add", "make"):
            self._become(replace(self.state, busy=False, problem=error.message))
            return
        hint = error.hint  # there is one when the change had happened before the disk refused
        if hint is None and isinstance(error, EnvironmentProblem) and self.state.loaded:
            hint = _AFTER_FAILURE
        reading = self.state.loaded and self.state.error is None
        self._become(replace(self.state, busy=False, error=error, hint=hint))
        if reading:
            self.refresh()

    def _take(self, found: Found) -> None:
        self._become(
            replace(
                self.state,
                loaded=True,
                ways=found.ways,
                room=found.room,
                read_only=found.read_only,
                fresh=found.fresh,
                last_drill_ms=found.last_drill_ms,
                drill_due=found.drill_due,
                pages=found.pages,
                folder=found.folder,
            )
        )
        if self._begin_later:
            step, self._begin_later = self._begin_later, ""
            self.begin(step)


def day_of(ms: int) -> Message:
    """The calendar day of a moment, where the laptop stands."""
    return Message("{day}", {"day": datetime.fromtimestamp(ms / 1000, UTC).astimezone().date()})


def _as_change(work: Callable[[Vault], None], vault: Vault) -> tuple[tuple[()], None]:
    """Work on the header counts as a write: a lock waits for it."""
    work(vault)
    return (), None


def _prove(passphrase: bytearray, key_file: Path | None, vault: Vault) -> None:
    try:
        vault.ways_in.check_passphrase(passphrase, key_file)
    finally:
        wipe_bytes(passphrase)


def _change(new: bytearray, key_file: Path | None, without: bool, vault: Vault) -> None:
    try:
        vault.ways_in.change_passphrase(new, key_file, without_key_file=without)
    finally:
        wipe_bytes(new)


def _add(new: bytearray, key_file: Path | None, label: str, vault: Vault) -> None:
    try:
        vault.ways_in.add_passphrase(new, key_file, label)
    finally:
        wipe_bytes(new)


def _remove(slot: int, vault: Vault) -> None:
    vault.ways_in.remove(slot)
