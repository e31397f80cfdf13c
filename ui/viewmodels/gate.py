"""Before a notebook is open: choose one, make one, unlock it, recover it, restore it. Must not keep a passphrase past the call.

A recovery code waits here while a new passphrase is thought of, in a buffer that is wiped when the step is left.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from i18n.message import Message, msg
from storage.errors import Cancelled, DaftarError, InvalidInput, WrongPassphrase
from ui.context import Program, Route
from ui.jobs import Job, JobRunner
from ui.viewmodels.base import ViewModel
from ui.viewmodels.gate_kit import Slip, digits_to_code, shares_to_code
from ui.wiping import wipe_bytes

if TYPE_CHECKING:
    from storage import Vault

ROLES: tuple[tuple[str, Message], ...] = (
    ("documenter", msg("I interview people")),
    ("lawyer", msg("I file cases")),
    ("coordinator", msg("I coordinate")),
    ("translator", msg("I translate")),
)
_BEFORE = {"ways": "open", "key_file": "ways", "digits": "ways", "shares": "ways", "renew": "ways"}
KIT_ROUTE = Route("ways_in", extra="kit")


@dataclass(frozen=True)
class Arrival:
    """What the open window says first, and where it goes; both may be absent."""

    message: Message | None = None
    route: Route | None = None
    tone: str = "good"


@dataclass(frozen=True)
class GateState:
    """`step`: first, open, ways, key_file, digits, shares, renew, create, made, restore.

    `problem` stands under the field, `error` in the bar. `cell` is what to look at first; `anew`: type another one instead.
    `shares`: places of those read so far. `place`: what is to be known of `folder`. `origin`: whose ways in led to the copy.
    """

    step: str = "first"
    folder: Path | None = None
    role: str = "documenter"
    busy: bool = False
    problem: Message | None = None
    error: DaftarError | None = None
    key_file: Path | None = None
    with_key_file: bool = False
    cell: int | None = None
    anew: bool = False
    shares: tuple[int, ...] = ()
    place: Message | None = None
    place_impossible: bool = False
    place_accepted: bool = False
    backup: Path | None = None
    origin: Path | None = None
    fraction: float = -1.0
    stopping: bool = False


class GateModel(ViewModel[GateState]):
    """Commands of the gate. `opened(folder)`: the vault lane holds an open notebook; `entering`: its owner wants to see it."""

    opened = Signal(object)
    entering = Signal()

    def __init__(self, program: Program, jobs: JobRunner, parent: QObject | None = None) -> None:
        step = "open" if program.folder is not None else "first"
        super().__init__(GateState(step=step, folder=program.folder), parent)
        self._program = program
        self._jobs = jobs
        self._code = bytearray()
        self._shares: list[list[int]] = []
        self._stop = threading.Event()
        self.arrival = Arrival()

    # Where one goes

    def begin_create(self) -> None:
        """Go to the page for a new notebook."""
        self._leave()
        self._become(self._judged(GateState(step="create", folder=self._free_folder())))

    def choose_existing(self, folder: Path) -> None:
        """Go to the lock page of a notebook."""
        self._leave()
        self._become(GateState(step="open", folder=folder))

    def begin_restore(self) -> None:
        """Go to the page that makes a notebook out of a copy."""
        origin = self.state.folder if self.state.step == "ways" else None
        self._leave()
        self._become(self._judged(GateState(step="restore", folder=self._free_folder(), origin=origin)))

    def go(self, step: str) -> None:
        """Go to another way into the same notebook: open, ways, key_file, digits, shares."""
        if not self.state.busy:
            self._leave()
            self._become(GateState(step=step, folder=self.state.folder))

    def back(self) -> None:
        """One page back: from a way in to the list of ways, from there to the lock page, else to the first page."""
        if self.state.busy:
            return
        step, folder = _BEFORE.get(self.state.step), self.state.folder
        if self.state.origin is not None:
            step, folder = "ways", self.state.origin
        self._leave()
        self._become(GateState() if step is None else GateState(step=step, folder=folder))

    def left_alone(self) -> None:
        """Nobody touched the computer for a while: what was typed here is forgotten."""
        if self.state.busy or self.state.step in ("first", "made"):
            return
        self._leave()
        folder = self.state.origin or self.state.folder
        known = self.state.step not in ("create", "restore") or self.state.origin is not None
        self._become(GateState(step="open", folder=folder) if known else GateState())

    # Opening

    def unlock(self, passphrase: bytearray) -> None:
        """Open the notebook, with the key file that was chosen; the buffer is wiped in the vault lane, whatever happens."""
        state = self.state
        if state.busy or state.folder is None:
            wipe_bytes(passphrase)
            return
        self._start()
        work = partial(self._program.open_vault, state.folder, passphrase, key_file=state.key_file)
        self._jobs.open(partial(_then_wipe, work, passphrase), self._opened, self._failed)

    def choose_key_file(self, path: Path | None) -> None:
        """The key file for this attempt or this new notebook; nobody remembers where it lies."""
        self._become(replace(self.state, key_file=path, problem=None, error=None))

    # The recovery kit

    def read_digits(self, digits: bytearray) -> None:
        """Judge 55 typed digits; the buffer is wiped."""
        self._read(partial(digits_to_code, digits))

    def read_share(self, numbers: Sequence[int]) -> None:
        """Judge the 23 words of one share, by their numbers; two good ones give the code."""
        self._read(partial(shares_to_code, list(self._shares), list(numbers)), list(numbers))

    def forget_shares(self) -> None:
        """Begin anew with the first share."""
        self._leave()
        self._become(replace(self.state, shares=(), problem=None, cell=None, error=None))

    def renew(self, passphrase: bytearray) -> None:
        """Open by the code that was proven and put this passphrase in the place of the forgotten one."""
        state = self.state
        if state.busy or state.folder is None or not self._code:
            wipe_bytes(passphrase)
            return
        self._start()
        # Ours stays until the notebook is open: nobody types it twice for a full disk.
        code = bytearray(self._code)
        # critical
        said = msg("The notebook opens with the new passphrase. The recovery code stays in force.")
        self.arrival = Arrival(said)
        work = partial(self._program.recover_vault, state.folder, code, passphrase)
        self._jobs.open(partial(_then_wipe, work, passphrase, code), self._opened, self._failed)

    # A new notebook

    def choose_new_folder(self, folder: Path) -> None:
        """Where the new notebook, or the one out of a copy, will lie."""
        cleared = replace(self.state, folder=folder, problem=None, error=None, place_accepted=False)
        self._become(self._judged(cleared))

    def accept_place(self, on: bool) -> None:
        """The person knows what is wrong with the place and wants it all the same."""
        self._become(replace(self.state, place_accepted=on, problem=None))

    def choose_role(self, role: str) -> None:
        """What the owner does."""
        self._become(replace(self.state, role=role))

    def want_key_file(self, on: bool) -> None:
        """Whether the new notebook also needs a key file."""
        self._become(replace(self.state, with_key_file=on, key_file=None, problem=None, error=None))

    def make_key_file(self, path: Path) -> None:
        """Write a key file of random bytes and take it."""
        from storage import make_key_file

        try:
            make_key_file(path)
        except DaftarError as error:
            self._become(replace(self.state, error=error))
        else:
            self.choose_key_file(path)

    def missing(self) -> Message | None:
        """What keeps the notebook from being made at this place, before any passphrase is looked at."""
        state = self.state
        if state.place is not None and (state.place_impossible or not state.place_accepted):
            return state.place
        if state.with_key_file and state.key_file is None:
            return msg("Choose or make the key file first, or do without one.")
        return None

    def create(self, passphrase: bytearray) -> None:
        """Make the notebook; the passphrase was judged. The recovery kit is offered next."""
        state = self.state
        if state.busy or state.folder is None:
            wipe_bytes(passphrase)
            return
        self._start()
        work = partial(
            self._program.create_vault, state.folder, passphrase, role=state.role, key_file=state.key_file
        )
        self._jobs.open(partial(_then_wipe, work, passphrase), self._made, self._failed)

    def make_kit(self) -> None:
        """Go into the new notebook, to where its recovery kit is made."""
        self._enter(Arrival(route=KIT_ROUTE))

    def skip_kit(self) -> None:
        """Go into the new notebook without a kit."""
        # critical
        later = msg("There is no recovery kit yet. You can make one in Settings at any time.")
        self._enter(Arrival(later, tone="amber"))

    # A copy

    def choose_backup(self, folder: Path) -> None:
        """The folder of the copy."""
        self._become(replace(self.state, backup=folder, problem=None, error=None))

    def restore(self, passphrase: bytearray) -> None:
        """Make a notebook out of the copy; the buffer is wiped in the vault lane."""
        state = self.state
        if state.busy or state.folder is None or state.backup is None:
            wipe_bytes(passphrase)
            return
        self._start()
        self._stop.clear()
        # critical
        said = msg(
            "The notebook was restored and checked. Do not go on writing in two copies of one notebook."
        )
        self.arrival = Arrival(said)
        work = partial(
            self._program.restore_vault, state.backup, state.folder, passphrase, key_file=state.key_file
        )
        opener = partial(_restore, work, passphrase, self._stop)
        self._jobs.open_long(opener, self._opened, self._failed, self._show_progress)

    def stop(self) -> None:
        """Stop the restoring; what was written of it is removed."""
        self._stop.set()
        self._become(replace(self.state, stopping=True))

    # What comes back

    def _start(self) -> None:
        self.arrival = Arrival()
        self._become(
            replace(self.state, busy=True, problem=None, error=None, cell=None, fraction=-1.0, stopping=False)
        )

    def _opened(self, _done: object) -> None:
        folder = self.state.folder
        self._leave()
        self._become(replace(self.state, busy=False))
        self.opened.emit(folder)
        self.entering.emit()

    def _made(self, _done: object) -> None:
        folder = self.state.folder
        self._become(GateState(step="made", folder=folder))
        self.opened.emit(folder)

    def _enter(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.entering.emit()

    def _failed(self, error: DaftarError) -> None:
        state = replace(self.state, busy=False, fraction=-1.0, stopping=False)
        if isinstance(error, Stopped):
            self._become(state)
        elif isinstance(error, WrongPassphrase) and state.step != "renew":
            with_file = state.key_file is not None
            self._become(replace(state, problem=_WRONG_BOTH if with_file else _WRONG))
        else:
            self._become(replace(state, error=error))

    def _read(self, work: partial[bytearray], share: list[int] | None = None) -> None:
        folder = self.state.folder
        if self.state.busy or folder is None:
            return
        self._become(replace(self.state, busy=True, problem=None, error=None, cell=None))
        check = self._program.check_kit
        self._jobs.compute(
            partial(_prove, work, partial(check, folder)), self._proven, partial(self._not_read, share)
        )

    def _proven(self, code: bytearray) -> None:
        self._leave()
        self._code = code
        self._become(GateState(step="renew", folder=self.state.folder))

    def _not_read(self, share: list[int] | None, error: DaftarError) -> None:
        state = replace(self.state, busy=False)
        if isinstance(error, Slip) and error.place and share is not None:
            self._shares.append(share)
            self._become(replace(state, shares=(*state.shares, error.place)))
        elif isinstance(error, Slip):
            self._become(replace(state, problem=error.message, cell=error.cell, anew=error.anew))
        elif isinstance(error, WrongPassphrase | InvalidInput):
            self._become(replace(state, problem=error.message))
        else:
            self._become(replace(state, error=error))

    def _show_progress(self, fraction: float, _doing: Message) -> None:
        if self.state.busy:
            self._become(replace(self.state, fraction=fraction))

    # Help

    def _leave(self) -> None:
        """Forget what was entered of a kit."""
        wipe_bytes(self._code)
        self._code = bytearray()
        for numbers in self._shares:
            numbers[:] = [0] * len(numbers)
        self._shares = []

    def _judged(self, state: GateState) -> GateState:
        machine, folder = self._program.machine, state.folder
        if machine is None or folder is None:
            return replace(state, place=None, place_impossible=False)
        return replace(
            state,
            place=machine.place_problem(folder),
            place_impossible=machine.place_is_impossible(folder),
        )

    def _free_folder(self) -> Path:
        base = self._program.default_folder
        names = ["Daftar", *(f"Daftar {number}" for number in range(2, 100))]
        return next((base / name for name in names if not (base / name).exists()), base / "Daftar")


_WRONG = msg("This passphrase does not open the notebook.")
_WRONG_BOTH = msg("This passphrase and this key file do not open the notebook.")


class Stopped(DaftarError):
    """The person stopped the work and it has ended; unlike Cancelled it is delivered, so that the page comes back."""


def _then_wipe(work: partial[Vault], *secrets: bytearray) -> Vault:
    try:
        return work()
    finally:
        wipe_bytes(*secrets)


def _restore(work: partial[Vault], passphrase: bytearray, stop: threading.Event, job: Job) -> Vault:
    def progress(done: int, total: int) -> None:
        if stop.is_set():
            raise Cancelled
        job.report(done / total if total else -1.0)

    try:
        return work(progress=progress)
    except Cancelled:
        raise Stopped(msg("Stopped.")) from None
    finally:
        wipe_bytes(passphrase)


def _prove(work: partial[bytearray], check: partial[None], _job: Job) -> bytearray:
    """Read the kit, then prove that it opens the notebook: a wrong one is refused before anybody thinks of a passphrase."""
    code = work()
    try:
        check(code)
    except BaseException:
        wipe_bytes(code)
        raise
    return code
