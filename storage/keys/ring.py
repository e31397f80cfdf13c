"""The open vault's keys: unlock a folder, seal its state, forget. Must not open the database.

One Argon2id run per attempt, then all eight slots in fixed order: right, wrong and duress take the same time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from i18n.message import Message, msg
from storage.crypto import (
    SLOT_PASSPHRASE,
    KdfCost,
    SlotContent,
    State,
    derive_kek,
    open_state,
    random_secret,
    seal_state,
    unwrap_slot,
    wipe,
    wrap_slot,
)
from storage.environment import Environment, disk_errors
from storage.errors import InvalidInput, Tampered, WrongPassphrase
from storage.keys import copies
from storage.keys.header import CONTAINERS, MINOR, Header, blank_header

_WRONG = msg("The passphrase does not open this notebook.")


@dataclass
class KeyRing:
    """The keys of one opened container, and the header they came from.

    `alarm` says what was found wrong with the header though it opened; `newer_minor` asks for read-only use.
    """

    folder: Path
    env: Environment
    header: Header
    active: str
    content: SlotContent
    state: State
    alarm: Message | None = None

    @property
    def newer_minor(self) -> bool:
        """True if a later Daftar of the same major version wrote this vault."""
        return self.header.minor > MINOR

    @property
    def container(self) -> Path:
        """The folder of the opened container: its index and the letter of its generation."""
        return self.folder / container_name(self.content.container, self.state.generation)

    def seal(self, log_size: int, log_head: bytes) -> None:
        """Seal how far the log has come into both header copies; nothing is written if it is sealed already."""
        if (log_size, log_head) == (self.state.log_size, self.state.log_head):
            return
        state = State(self.state.vault_key, self.state.generation, log_size, log_head)
        index = self.content.container
        states = list(self.header.states)
        states[index] = seal_state(
            state, self.content.master_key, self.header.vault_id, index, self.env.random
        )
        self._write(self.header.next(states=tuple(states)))
        self.state = state

    def repair(self) -> None:
        """Make both copies equal again after a crash between their two writes."""
        found = copies.read_copies(self.folder)
        if len(found) == 2 and found[0][1].body == found[1][1].body:
            return
        with disk_errors():
            data = self.header.encode(self.content.header_key)
            copies.write_copies(self.folder, data, self.active, self.env.files)

    def _write(self, header: Header) -> None:
        with disk_errors():
            data = header.encode(self.content.header_key)
            copies.write_copies(self.folder, data, self.active, self.env.files)
        self.header = header

    def wipe(self) -> None:
        """Forget every key."""
        self.content.wipe()
        wipe(self.state.vault_key)


def container_name(index: int, generation: int) -> str:
    """Give the folder name of a container."""
    return f"{index}{chr(ord('a') + generation % 26)}"


def create_ring(folder: Path, passphrase: bytearray, cost: KdfCost, env: Environment) -> KeyRing:
    """Draw all keys of a new vault. Nothing is written yet: `write_first` does it once the container exists."""
    header = blank_header(cost, env.random)
    container = env.random(1)[0] % CONTAINERS
    content = SlotContent(
        SLOT_PASSPHRASE, random_secret(32, env.random), random_secret(32, env.random), container
    )
    kek = derive_kek(passphrase, header.salt, cost)
    try:
        index = env.random(1)[0] % len(header.slots)
        slot = wrap_slot(content, kek, header.vault_id, index, env.random)
    finally:
        wipe(kek)
    state = State(random_secret(32, env.random), 0, 0, bytes(32))
    header = replace(header, slots=(*header.slots[:index], slot, *header.slots[index + 1 :]))
    return KeyRing(folder, env, header, copies.NAMES[0], content, state)


def write_first(ring: KeyRing, log_size: int, log_head: bytes) -> None:
    """Write both header copies of a new vault, with its first log state sealed."""
    state = State(ring.state.vault_key, 0, log_size, log_head)
    index = ring.content.container
    states = list(ring.header.states)
    states[index] = seal_state(state, ring.content.master_key, ring.header.vault_id, index, ring.env.random)
    header = ring.header.next(states=tuple(states))
    copies.write_new(ring.folder, header.encode(ring.content.header_key), ring.env.files)
    ring.header, ring.state = header, state


def unlock(folder: Path, passphrase: bytearray, env: Environment) -> KeyRing:
    """Open the vault's keys with a typed passphrase.

    Raises WrongPassphrase, Tampered, Incompatible, EnvironmentProblem (no such vault). Reads only.
    """
    alarm: Message | None = None
    tampered: Tampered | None = None
    keks: dict[tuple[bytes, KdfCost], bytearray] = {}
    try:
        for name, header in copies.read_copies(folder):
            kek = _kek(keks, passphrase, header)
            try:
                content = _try_slots(header, kek)
                if content is not None:
                    header.require_mac(content.header_key)
                    return _ring(folder, env, header, name, content, alarm)
            except Tampered as error:
                tampered = tampered or error
            alarm = msg(
                "One copy of the notebook's header was changed outside the program; the other was used."
            )
    finally:
        wipe(*keks.values())
    if tampered is not None:
        raise tampered
    raise WrongPassphrase(_WRONG)


def _kek(keks: dict[tuple[bytes, KdfCost], bytearray], passphrase: bytearray, header: Header) -> bytearray:
    key = (header.salt, header.cost)
    if key not in keks:
        try:
            keks[key] = derive_kek(passphrase, header.salt, header.cost)
        except InvalidInput:  # empty, or no text: it opens nothing, and how is not the point
            raise WrongPassphrase(_WRONG) from None
    return keks[key]


def _try_slots(header: Header, kek: bytearray) -> SlotContent | None:
    """Try every slot, always all of them, so that time does not tell which one opened."""
    opened: SlotContent | None = None
    for index, slot in enumerate(header.slots):
        content = unwrap_slot(slot, kek, header.vault_id, index)
        if content is not None and opened is None:
            opened = content
    return opened


def _ring(
    folder: Path, env: Environment, header: Header, name: str, content: SlotContent, alarm: Message | None
) -> KeyRing:
    if content.container >= CONTAINERS:
        raise Tampered(msg("A key slot of the notebook is damaged or was changed."))
    state = open_state(
        header.states[content.container], content.master_key, header.vault_id, content.container
    )
    return KeyRing(folder, env, header, name, content, state, alarm)
