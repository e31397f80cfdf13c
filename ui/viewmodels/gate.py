"""Before a notebook is open: choose one, make one, unlock one. Must not keep a passphrase longer than the call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from i18n.message import Message, msg
from storage.errors import DaftarError, WrongPassphrase
from ui.context import CreateVault, OpenVault, Program
from ui.jobs import JobRunner
from ui.viewmodels.base import ViewModel

if TYPE_CHECKING:
    from storage import Vault

ROLES: tuple[tuple[str, Message], ...] = (
    ("documenter", msg("I interview people")),
    ("lawyer", msg("I file cases")),
    ("coordinator", msg("I coordinate")),
    ("translator", msg("I translate")),
)


@dataclass(frozen=True)
class GateState:
    """`step`: first, open, create. `problem` stands under the field; `error` in the bar."""

    step: str = "first"
    folder: Path | None = None
    role: str = "documenter"
    busy: bool = False
    problem: Message | None = None
    error: DaftarError | None = None
    strength: int = 0  # 0 nothing, 1 weak, 2 fair, 3 strong


class GateModel(ViewModel[GateState]):
    """Commands of the gate; `opened` comes when the vault lane holds an open notebook."""

    opened = Signal(object)

    def __init__(self, program: Program, jobs: JobRunner, parent: QObject | None = None) -> None:
        step = "open" if program.folder is not None else "first"
        super().__init__(GateState(step=step, folder=program.folder), parent)
        self._program = program
        self._jobs = jobs

    def begin_create(self) -> None:
        """Go to the page for a new notebook."""
        self._become(GateState(step="create", folder=self._free_folder()))

    def choose_existing(self, folder: Path) -> None:
        """Go to the lock page of a notebook."""
        self._become(GateState(step="open", folder=folder))

    def choose_new_folder(self, folder: Path) -> None:
        """The new notebook will lie there."""
        self._become(replace(self.state, folder=folder, error=None))

    def choose_role(self, role: str) -> None:
        """What the owner of the new notebook does."""
        self._become(replace(self.state, role=role))

    def back(self) -> None:
        """To the first page."""
        self._become(GateState())

    def judge(self, passphrase: bytearray) -> None:
        """Say how strong a new passphrase is; the caller wipes it."""
        self._become(replace(self.state, strength=strength_of(passphrase), problem=None))

    def unlock(self, passphrase: bytearray) -> None:
        """Open the notebook; the buffer is wiped in the vault lane, whatever happens."""
        if self.state.busy or self.state.folder is None:
            return
        self._become(replace(self.state, busy=True, problem=None, error=None))
        opener = partial(_open_and_wipe, self._program.open_vault, self.state.folder, passphrase)
        self._jobs.open(opener, self._opened, self._failed)

    def create(self, passphrase: bytearray, same: bool) -> None:
        """Make the notebook. `same`: whether both fields held the same."""
        if self.state.busy or self.state.folder is None:
            return
        if not same:
            self._become(replace(self.state, problem=msg("The two passphrases differ.")))
        elif strength_of(passphrase) < 2:
            self._become(
                replace(
                    self.state,
                    problem=msg(
                        "This passphrase is too short. Use six or seven words that do not belong together."
                    ),
                )
            )
        else:
            self._become(replace(self.state, busy=True, problem=None, error=None))
            opener = partial(
                _create_and_wipe, self._program.create_vault, self.state.folder, passphrase, self.state.role
            )
            self._jobs.open(opener, self._opened, self._failed)

    def _opened(self, _done: object) -> None:
        folder = self.state.folder
        self._become(replace(self.state, busy=False))
        self.opened.emit(folder)

    def _failed(self, error: DaftarError) -> None:
        if isinstance(error, WrongPassphrase):
            self._become(
                replace(self.state, busy=False, problem=msg("This passphrase does not open the notebook."))
            )
        else:
            self._become(replace(self.state, busy=False, error=error))

    def _free_folder(self) -> Path:
        base = self._program.default_folder
        names = ["Daftar", *(f"Daftar {number}" for number in range(2, 100))]
        return next((base / name for name in names if not (base / name).exists()), base / "Daftar")


def strength_of(passphrase: bytearray) -> int:
    """0 nothing, 1 weak, 2 enough, 3 strong."""
    from storage import MINIMUM_BITS, passphrase_bits

    if not passphrase:
        return 0
    bits = passphrase_bits(passphrase)
    return 1 if bits < MINIMUM_BITS else 2 if bits < 1.3 * MINIMUM_BITS else 3


def _wipe(buffer: bytearray) -> None:
    for place in range(len(buffer)):
        buffer[place] = 0


def _open_and_wipe(open_vault: OpenVault, folder: Path, passphrase: bytearray) -> Vault:
    try:
        return open_vault(folder, passphrase)
    finally:
        _wipe(passphrase)


def _create_and_wipe(create_vault: CreateVault, folder: Path, passphrase: bytearray, role: str) -> Vault:
    try:
        return create_vault(folder, passphrase, role=role)
    finally:
        _wipe(passphrase)
