"""The decoy notebook: making one, removing it, giving up the room for it. Must not tell a decoy from a new notebook.

What is shown here in a decoy, in a new notebook and in one that gave the room up is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.ways_in import Found, WaysInModel, WaysInState, read_ways
from ui.wiping import wipe_bytes

if TYPE_CHECKING:
    from storage import Vault


_LABEL = 80
"""Letters of a label, as of the ways in."""


@dataclass(frozen=True)
class DecoyState(WaysInState):
    """`decoy`: none or made. `step`: list, ask, make, remove, give_up. `understood`: the honest text was confirmed."""

    decoy: str = "none"
    understood: bool = False


class DecoyModel(WaysInModel):
    """The same steps as the ways in; the passphrase of this notebook is asked for before the first change."""

    changes = ("make", "remove", "give_up")

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent, DecoyState())

    @property
    def state(self) -> DecoyState:
        """What the screen shows."""
        assert isinstance(self._state, DecoyState)
        return self._state

    def refresh(self) -> None:
        """Read again."""
        self._context.jobs.vault(read_decoy, self._take_both, self._failed)

    def understand(self, on: bool) -> None:
        """The honest text was read and confirmed, or the confirmation was taken back."""
        self._become(replace(self.state, understood=on))

    def make(self, new: bytearray, label: str, role: str) -> None:
        """Make the decoy. Wipes the buffer. Nothing happens before the honest text was confirmed."""
        if not self.state.understood:
            wipe_bytes(new)
        elif self._start(new):
            # critical
            done = msg("The decoy is made and empty. Lock, open it with its passphrase, and fill it.")
            self._run(partial(_make, new, " ".join(label.split())[:_LABEL], role), done)

    def remove(self) -> None:
        """Throw the decoy away, with what it holds."""
        if not self.state.busy:
            self._become(replace(self.state, busy=True, error=None))
            self._run(_remove, msg("The decoy was removed, with what was in it."))

    def give_up(self) -> None:
        """Never have a decoy here."""
        if not self.state.busy:
            self._become(replace(self.state, busy=True, error=None))
            self._run(_give_up, msg("No decoy can be made in this notebook any more."))

    def _take_both(self, found: tuple[Found, str]) -> None:
        self._become(replace(self.state, decoy=found[1]))
        self._take(found[0])

    def _done(self, done: Message, _result: object) -> None:
        self._become(replace(self.state, understood=False))
        super()._done(done, None)


def read_decoy(vault: Vault) -> tuple[Found, str]:
    """Read the ways in (for the question) and whether there is a decoy (vault lane)."""
    return replace(read_ways(0, vault), fresh=False), vault.decoy.state


def _make(new: bytearray, label: str, role: str, vault: Vault) -> None:
    try:
        vault.decoy.create(new, label, role)
    finally:
        wipe_bytes(new)


def _remove(vault: Vault) -> None:
    vault.decoy.remove()


def _give_up(vault: Vault) -> None:
    vault.decoy.give_up()
