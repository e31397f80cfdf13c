"""The ways into an open vault: passphrases, key file, recovery kit, decoy. Must not show a key or open another vault.

The header's slots look alike, also to us: which of them are whose is remembered in the container's own `meta`. Half of
the eight slots belong to this container, so that neither container can write over the other's without knowing it.
Order of writing: a new way is noted before the header is written, a removed one after; a crash leaves a note too many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from i18n.message import Message, msg
from storage.crypto import (
    SLOT_DURESS,
    SLOT_KEY_FILE,
    SLOT_PASSPHRASE,
    SLOT_RECOVERY,
    add_key_file,
    derive_kek,
    draw_code,
    recovery_kek,
    require_strong,
    wipe,
)
from storage.crypto.shares import MADE
from storage.errors import DaftarError, EnvironmentProblem, Incompatible, InvalidInput, Tampered
from storage.keys import PassphraseOffer, RecoveryOffer, hash_key_file
from storage.making import draw_own_slots, first_ways, require_text
from storage.session import Session

DRILL_EVERY_MS = 90 * 24 * 3600 * 1000
_DRILL = "recovery.drill"
_KINDS = {
    SLOT_PASSPHRASE: "passphrase",
    SLOT_DURESS: "passphrase",
    SLOT_KEY_FILE: "key-file",
    SLOT_RECOVERY: "recovery",
}


@dataclass(frozen=True)
class WayIn:
    """One way in: its slot, `passphrase`, `key-file` or `recovery`, a label, when it was added (ms UTC).

    `current`: this session came in by it. `certain` is false if a crash may have stopped its making.
    `holders`: who keeps the three shares, a name or nothing for each, if the recovery code was split; else empty.
    """

    slot: int
    kind: str
    label: str
    added_ms: int
    current: bool
    certain: bool
    holders: tuple[str, ...] = ()

    @property
    def in_shares(self) -> bool:
        """True for a recovery code that was split."""
        return len(self.holders) == MADE


@dataclass(frozen=True)
class _Note:
    """A way in as `meta` keeps it."""

    slot: int
    kind: int
    label: str
    at: int
    certain: bool = True
    holders: tuple[str, ...] = ()


# critical
_CHANGED = msg(
    "The passphrase was changed, and only the new one opens the notebook. The disk then refused to note it."
)
# critical
_FILE_AGAIN = msg(
    "You came in with a key file. Choose it for the new passphrase too, or say that it is no longer wanted."
)
# critical
_REMOVED = msg("This way in was removed and opens nothing any more. The disk then refused to note it.")
# critical
_NEW_CODE = msg(
    "The new recovery code opens the notebook, and the old one no more. The disk then refused to note it."
)


@contextmanager
def once_it_is_done(done: Message) -> Iterator[None]:
    """After the header was changed: a disk that refuses the rest must not be taken for a refusal of the change."""
    try:
        yield
    except EnvironmentProblem as error:
        raise EnvironmentProblem(done, error.message) from None


class WaysIn:
    """Lists, adds, changes and removes the ways into the opened container (thread: the vault's)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ring, self._env = session.ring, session.env

    def all(self) -> list[WayIn]:
        """Give every way in of this container, in the order they were added."""
        return [
            WayIn(
                note.slot,
                _KINDS.get(note.kind, "unknown"),
                note.label,
                note.at,
                note.slot == self._ring.slot,
                note.certain,
                note.holders,
            )
            for note in self._notes()
        ]

    def change_passphrase(
        self, passphrase: bytearray, key_file: Path | None = None, *, without_key_file: bool = False
    ) -> None:
        """Replace the passphrase by which this session came in; after a recovery, the one that was forgotten.

        Both header copies hold the new one when this returns; a crash leaves the old or the new. With `key_file` the
        file is needed from now on too; a way in that has one loses it only by `without_key_file`. Raises InvalidInput
        (weak, the key file is missing), EnvironmentProblem, Tampered, Incompatible.
        """
        self._require_writable()
        target = self._slot_to_change()
        if key_file is None and not without_key_file and self._came_in_with_a_file(target):
            raise InvalidInput(_FILE_AGAIN)
        kek, kind = self._passphrase_kek(passphrase, key_file)
        try:
            self._refuse_known(kek, but=target)
            self._ring.put_slot(target, kind, kek)
        finally:
            wipe(kek)
        with once_it_is_done(_CHANGED):
            self._note(_Note(target, kind, self._label(target), self._env.now_ms()), "changed")

    def add_passphrase(self, passphrase: bytearray, key_file: Path | None = None, label: str = "") -> WayIn:
        """Add another passphrase, with or without a key file. Raises as `change_passphrase`; InvalidInput when full."""
        self._require_writable()
        require_text(label)
        kek, kind = self._passphrase_kek(passphrase, key_file)
        try:
            self._refuse_known(kek)
            return self._add(kind, kek, label)
        finally:
            wipe(kek)

    def check_passphrase(self, passphrase: bytearray, key_file: Path | None = None) -> None:
        """Prove that a passphrase opens this container by both header copies, before something is changed. Writes nothing.

        Raises WrongPassphrase, InvalidInput (key file), Tampered. The caller wipes the passphrase.
        """
        file_hash = None if key_file is None else hash_key_file(key_file)
        self._ring.prove(PassphraseOffer(passphrase, file_hash))

    @property
    def room(self) -> int:
        """How many more ways in this container can have."""
        return len(self.own_slots()) - len(self._notes())

    def remove(self, slot: int) -> None:
        """Make a way in useless. Raises InvalidInput for one that is not listed and for the last passphrase."""
        self._require_writable()
        notes = self._notes()
        if not any(note.slot == slot for note in notes):
            raise InvalidInput(msg("There is no such way into the notebook."))
        left = [note for note in notes if note.slot != slot and note.kind != SLOT_RECOVERY and note.certain]
        if not left:
            # critical
            raise InvalidInput(msg("The last passphrase cannot be removed: nobody could open the notebook."))
        self._ring.clear_slot(slot)
        with once_it_is_done(_REMOVED):
            self._write([note for note in notes if note.slot != slot], "removed", slot)

    # Recovery kit

    @property
    def has_kit(self) -> bool:
        """True if a recovery code opens this container."""
        return any(note.kind == SLOT_RECOVERY and note.certain for note in self._notes())

    def draw_code(self) -> bytearray:
        """Draw a code to be shown. It opens nothing before `keep_code`; the caller wipes it."""
        return draw_code(self._env.random)

    def keep_code(self, code: bytearray, holders: Sequence[str] = ()) -> None:
        """Let a code that was shown (and typed back) open this container; an older code opens it no more.

        `holders`: nothing for digits; for shares who keeps each, an empty name where nobody was named.
        """
        self._require_writable()
        if holders:
            require_text(*holders)
            holders = (*holders, *[""] * MADE)[:MADE]
        old = next((note.slot for note in self._notes() if note.kind == SLOT_RECOVERY), None)
        kek = recovery_kek(code, self._ring.header.salt)
        try:
            if old is None:
                self._add(SLOT_RECOVERY, kek, "", tuple(holders))
            else:
                self._ring.put_slot(old, SLOT_RECOVERY, kek)
                note = _Note(old, SLOT_RECOVERY, "", self._env.now_ms(), holders=tuple(holders))
                with once_it_is_done(_NEW_CODE):
                    self._note(note, "changed")
        finally:
            wipe(kek)
        with once_it_is_done(_NEW_CODE):
            self._remember_drill()

    def check_code(self, code: bytearray) -> None:
        """The drill: prove that a code opens this container by both header copies, without touching them.

        Only the day of the drill is remembered. Raises WrongPassphrase, Tampered.
        """
        self._ring.prove(RecoveryOffer(code))
        if not self._session.read_only:
            self._remember_drill()

    @property
    def last_drill_ms(self) -> int | None:
        """When the kit was last made or proven, by the laptop's clock (ms UTC)."""
        row = self._session.database.one("SELECT value FROM settings WHERE key = ?", (_DRILL,))
        return int(json.loads(row[0])) if row else None

    @property
    def drill_due(self) -> bool:
        """True if there is a kit and ninety days have passed since it was last proven (or the clock went back)."""
        last = self.last_drill_ms
        return self.has_kit and (last is None or not 0 <= self._env.now_ms() - last < DRILL_EVERY_MS)

    def _remember_drill(self) -> None:
        with self._session.transaction():
            self._session.database.execute(
                "INSERT INTO settings (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (_DRILL, json.dumps(self._env.now_ms())),
            )
            self._session.log.append("key", self._env.now_ms(), {"what": "drill"})

    def renew_passphrase(self, passphrase: bytearray) -> None:
        """After a recovery: a new passphrase in the place of the forgotten one, and a new replica. As `change_passphrase`."""
        self.change_passphrase(passphrase)
        if not self._session.read_only:
            with once_it_is_done(_CHANGED):
                self._session.draw_replica("recovered")

    # What stands in `meta`

    def own_slots(self) -> tuple[int, ...]:
        """The slots of the header that belong to this container."""
        return tuple(self._kept()["own"])

    def doubt(self) -> None:
        """After an older list came back: only the way that opened now is certain, no other counts as one that is left.

        Else the last passphrase that opens could be removed because the list names one that was removed long ago.
        """
        notes = [replace(note, certain=note.slot == self._ring.slot) for note in self._notes()]
        if not any(note.certain for note in notes):
            notes.append(_Note(self._ring.slot, self._ring.content.kind, "", self._env.now_ms()))
        self._write(notes, None, self._ring.slot)

    def _kept(self) -> dict[str, Any]:
        """Give what is kept; a vault of before this list gets it now, its half of the slots drawn at random."""
        text = self._session.meta("slots")
        if not text:
            slot, kind = self._ring.slot, self._ring.content.kind
            text = first_ways(slot, kind, draw_own_slots(slot, self._env.random), self._env.now_ms())
            if not self._session.read_only:
                with self._session.transaction():
                    self._session.set_meta("slots", text)
        kept: dict[str, Any] = json.loads(text)
        return kept

    def _notes(self) -> list[_Note]:
        """Give the list; what opened this session is certain, whatever a crash left of its making."""
        notes = [_Note(**{**way, "holders": tuple(way.get("holders", ()))}) for way in self._kept()["ways"]]
        sure = [replace(note, certain=note.certain or note.slot == self._ring.slot) for note in notes]
        return sorted(sure, key=lambda note: (note.at, note.slot))

    def _label(self, slot: int) -> str:
        return next((note.label for note in self._notes() if note.slot == slot), "")

    def _add(self, kind: int, kek: bytearray, label: str, holders: tuple[str, ...] = ()) -> WayIn:
        used = {note.slot for note in self._notes()} | {self._ring.slot}
        free = [slot for slot in self.own_slots() if slot not in used]
        if not free:
            raise InvalidInput(
                msg("The notebook has no room for another way in."), hint=msg("Remove one that is not used.")
            )
        slot = free[self._env.random(1)[0] % len(free)]
        note = _Note(slot, kind, label, self._env.now_ms(), certain=False, holders=holders)
        self._note(note, None)
        self._ring.put_slot(slot, kind, kek)
        self._note(replace(note, certain=True), "added")
        return next(way for way in self.all() if way.slot == slot)

    def _note(self, note: _Note, what: str | None) -> None:
        self._write([other for other in self._notes() if other.slot != note.slot] + [note], what, note.slot)

    def _write(self, notes: list[_Note], what: str | None, slot: int) -> None:
        """Keep the list; in a vault that can only be read, after a recovery, the header alone was changed."""
        if self._session.read_only:
            return
        text = json.dumps({"own": self.own_slots(), "ways": [asdict(note) for note in notes]}, sort_keys=True)
        with self._session.transaction():
            self._session.set_meta("slots", text)
            if what is not None:
                self._session.log.append("key", self._env.now_ms(), {"what": what, "slot": slot})

    # Help

    def _require_writable(self) -> None:
        """A log that does not fit must not lock its owner out: after a recovery the header may still be written."""
        if self._ring.newer_minor:
            raise Incompatible(msg("This notebook was written by a newer Daftar and can only be read."))
        if self._session.read_only and self._ring.content.kind != SLOT_RECOVERY:
            raise Tampered(self._session.alarm or msg("The notebook can only be read."))

    def _slot_to_change(self) -> int:
        if self._ring.content.kind != SLOT_RECOVERY:
            return self._ring.slot
        notes = [note for note in self._notes() if note.kind != SLOT_RECOVERY]
        if notes:
            return notes[0].slot
        return next(slot for slot in self.own_slots() if slot != self._ring.slot)

    def _came_in_with_a_file(self, slot: int) -> bool:
        """Whether the way that is changed has a key file; after a recovery the file may be what was lost."""
        kinds = {note.slot: note.kind for note in self._notes()}
        return self._ring.content.kind != SLOT_RECOVERY and kinds.get(slot) == SLOT_KEY_FILE

    def _passphrase_kek(self, passphrase: bytearray, key_file: Path | None) -> tuple[bytearray, int]:
        require_strong(passphrase)
        file_hash = None if key_file is None else hash_key_file(key_file)
        header = self._ring.header
        kek = derive_kek(passphrase, header.salt, header.cost)
        if file_hash is None:
            duress = self._ring.content.kind == SLOT_DURESS
            return kek, SLOT_DURESS if duress else SLOT_PASSPHRASE
        try:
            return add_key_file(kek, file_hash, header.salt), SLOT_KEY_FILE
        finally:
            wipe(kek)

    def _refuse_known(self, kek: bytearray, but: int | None = None) -> None:
        """Two slots must not open with one key: only the first would ever be found."""
        known: int | None = None
        with suppress(DaftarError):
            known = self._ring.slot_of(kek)
        if known is not None and known != but:
            raise InvalidInput(msg("Choose another passphrase: this one is in use already."))
