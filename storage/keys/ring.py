"""The open vault's keys: unlock a folder, seal its state, forget. Must not open the database.

One Argon2id run per attempt, then all eight slots in fixed order: right, wrong and duress take the same time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from i18n.message import Message, msg
from storage.crypto import (
    SLOT_KEY_FILE,
    SLOT_LENGTH,
    SLOT_PASSPHRASE,
    KdfCost,
    SlotContent,
    State,
    add_key_file,
    derive_kek,
    open_state,
    random_secret,
    seal_state,
    unwrap_slot,
    wipe,
    wrap_slot,
)
from storage.environment import Environment, disk_errors
from storage.errors import Tampered, WrongPassphrase
from storage.keys import copies
from storage.keys.attempts import Offer, PassphraseOffer
from storage.keys.header import CONTAINERS, MINOR, Header, blank_header


@dataclass
class KeyRing:
    """The keys of one opened container, and the header they came from.

    `slot` is the index of the slot that opened. `alarm` says what was found wrong with the header though it opened;
    `newer_minor` asks for read-only use.
    """

    folder: Path
    env: Environment
    header: Header
    active: str
    content: SlotContent
    state: State
    slot: int
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
        self.seal_as(State(self.state.vault_key, self.state.generation, log_size, log_head))

    def slot_of(self, kek: bytearray) -> int | None:
        """Give the slot that `kek` opens, whosever it is, or None."""
        opened = _try_slots(self.header, [kek])
        if opened is None:
            return None
        opened[1].wipe()
        return opened[0]

    def prove(self, offer: Offer) -> None:
        """Prove that an offer opens this container by both copies as they lie on the disk. Writes nothing.

        Raises WrongPassphrase, Tampered; EnvironmentProblem when the copies cannot be read.
        """
        try:
            for _, header in copies.read_copies(self.folder):
                opened = _try_slots(header, offer.keks(header))
                if opened is None:
                    raise WrongPassphrase(offer.wrong)
                try:
                    self._prove_opened(header, opened[1], offer.wrong)
                finally:
                    opened[1].wipe()
        finally:
            offer.wipe()

    def _prove_opened(self, header: Header, content: SlotContent, wrong: Message) -> None:
        """What opens the other container is as wrong as what opens nothing."""
        index = self.content.container
        if content.container != index:
            raise WrongPassphrase(wrong)
        header.require_mac(content.header_key)
        wipe(open_state(header.states[index], content.master_key, header.vault_id, index).vault_key)

    def put_slot(self, index: int, kind: int, kek: bytearray) -> None:
        """Let `kek` open this container through slot `index`, in place of whatever stood there; durable at return."""
        content = replace(self.content, kind=kind)
        slot = wrap_slot(content, kek, self.header.vault_id, index, self.env.random)
        self.put(slots={index: slot})

    def clear_slot(self, index: int) -> None:
        """Fill slot `index` with random bytes; durable at return."""
        self.put(slots={index: self.env.random(SLOT_LENGTH)})

    def put(
        self, *, slots: Mapping[int, bytes] | None = None, states: Mapping[int, bytes] | None = None
    ) -> None:
        """Write a header of the next generation with some slots and sealed states replaced.

        Raises EnvironmentProblem: then the other copy on disk may be the new one, the keys held here are the old ones.
        """
        new_slots, new_states = list(self.header.slots), list(self.header.states)
        for index, slot in (slots or {}).items():
            new_slots[index] = slot
        for index, sealed in (states or {}).items():
            new_states[index] = sealed
        self._write(self.header.next(slots=tuple(new_slots), states=tuple(new_states)))

    def seal_as(self, state: State) -> None:
        """Seal another state of the own container, as after the key was changed; durable at return."""
        index = self.content.container
        sealed = seal_state(state, self.content.master_key, self.header.vault_id, index, self.env.random)
        self.put(states={index: sealed})
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


def create_ring(
    folder: Path, passphrase: bytearray, cost: KdfCost, env: Environment, file_hash: bytes | None = None
) -> KeyRing:
    """Draw all keys of a new vault. Nothing is written yet: `write_first` does it once the container exists.

    With the SHA-256 of a key file the one slot needs both from the first byte on: no header that opens by the
    passphrase alone is ever written.
    """
    header = blank_header(cost, env.random)
    container = env.random(1)[0] % CONTAINERS
    kind = SLOT_PASSPHRASE if file_hash is None else SLOT_KEY_FILE
    content = SlotContent(kind, random_secret(32, env.random), random_secret(32, env.random), container)
    kek = _first_kek(passphrase, header, file_hash)
    try:
        index = env.random(1)[0] % len(header.slots)
        slot = wrap_slot(content, kek, header.vault_id, index, env.random)
    finally:
        wipe(kek)
    state = State(random_secret(32, env.random), 0, 0, bytes(32))
    header = replace(header, slots=(*header.slots[:index], slot, *header.slots[index + 1 :]))
    return KeyRing(folder, env, header, copies.NAMES[0], content, state, index)


def _first_kek(passphrase: bytearray, header: Header, file_hash: bytes | None) -> bytearray:
    kek = derive_kek(passphrase, header.salt, header.cost)
    if file_hash is None:
        return kek
    try:
        return add_key_file(kek, file_hash, header.salt)
    finally:
        wipe(kek)


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
    """Open the vault's keys with a typed passphrase; see `unlock_with`."""
    return unlock_with(folder, PassphraseOffer(passphrase), env)


def unlock_with(folder: Path, offer: Offer, env: Environment) -> KeyRing:
    """Open the vault's keys with what is offered, whose derived keys are then forgotten. Reads only.

    Raises WrongPassphrase, Tampered, Incompatible, EnvironmentProblem (no such vault).
    """
    tampered: Tampered | None = None
    passed: list[Header] = []
    try:
        for name, header in copies.read_copies(folder):
            if any(header.body == other.body and header.signed == other.signed for other in passed):
                continue  # the same bytes: trying them again would only make a wrong passphrase slower than a right one
            try:
                opened = _try_slots(header, offer.keks(header))
                if opened is not None:
                    header.require_mac(opened[1].header_key)
                    alarm = _alarm(passed, opened[1])
                    return _ring(folder, env, header, name, opened, alarm)
            except Tampered as error:
                tampered = tampered or error
            passed.append(header)
    finally:
        offer.wipe()
    if tampered is not None:
        raise tampered
    raise WrongPassphrase(offer.wrong)


def _alarm(passed: list[Header], content: SlotContent) -> Message | None:
    """A newer copy that did not open is an interrupted change of slots if its MAC is right, and an alarm otherwise."""
    try:
        for header in passed:
            header.require_mac(content.header_key)
    except Tampered:
        return msg("One copy of the notebook's header was changed outside the program; the other was used.")
    return None


def _try_slots(header: Header, keks: list[bytearray]) -> tuple[int, SlotContent] | None:
    """Try every slot, always all of them, so that time does not tell which one opened."""
    opened: tuple[int, SlotContent] | None = None
    for index, slot in enumerate(header.slots):
        for kek in keks:
            content = unwrap_slot(slot, kek, header.vault_id, index)
            if content is not None and opened is None:
                opened = index, content
    return opened


def _ring(
    folder: Path,
    env: Environment,
    header: Header,
    name: str,
    opened: tuple[int, SlotContent],
    alarm: Message | None,
) -> KeyRing:
    index, content = opened
    if content.container >= CONTAINERS:
        raise Tampered(msg("A key slot of the notebook is damaged or was changed."))
    state = open_state(
        header.states[content.container], content.master_key, header.vault_id, content.container
    )
    return KeyRing(folder, env, header, name, content, state, index, alarm)
