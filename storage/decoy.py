"""The decoy notebook: makes the other container openable by a passphrase of its own. Must not promise what it cannot hold.

Opt-in; `HONEST_DECOY_TEXT` is shown before. In a decoy the room for a decoy is given up, as anybody may have given it up in
a real notebook: so a decoy session cannot overwrite the real container, and does not say why. Whether the room was given
up is told to nobody but who tries to make a decoy: a new notebook, one that gave it up and a decoy show the same.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from i18n.message import msg
from storage.audit import Log
from storage.crypto import (
    SLOT_COUNT,
    SLOT_DURESS,
    SLOT_LENGTH,
    STATE_LENGTH,
    SlotContent,
    State,
    derive_kek,
    random_secret,
    require_strong,
    seal_state,
    wipe,
    wrap_slot,
)
from storage.environment import disk_errors
from storage.errors import Incompatible, InvalidInput, Tampered
from storage.keys import container_name
from storage.keys.header import CONTAINERS
from storage.making import FOLDERS, FirstFacts, check_facts, first_ways, make_database, open_with, remove_tree
from storage.session import Session
from storage.ways_in import WaysIn, once_it_is_done

# critical
HONEST_DECOY_TEXT = msg(
    "A decoy notebook can satisfy a quick look. It does not withstand an examination of your disk, and people who know"
    " this program know that decoys exist. If you may be searched, carry nothing."
)
# critical
_NOT_NOTED = msg(
    "The decoy was made and opens with its passphrase. The disk then refused to note it: make it once more."
)
# critical
_KEYS_GONE = msg("The decoy opens no more. The disk then refused the rest: remove it once more.")
_NONE, _MADE, _GIVEN_UP = "none", "made", "given up"


class Decoy:
    """The decoy of an opened container (thread: the vault's)."""

    def __init__(self, session: Session) -> None:
        self._session, self._ring, self._env = session, session.ring, session.env

    @property
    def state(self) -> str:
        """`none` or `made`. A notebook that will never have one says `none` too, as a decoy does."""
        return _MADE if self._kept == _MADE else _NONE

    @property
    def _kept(self) -> str:
        return self._session.meta("decoy") or _NONE

    def create(self, passphrase: bytearray, label: str = "", role: str = "documenter") -> None:
        """Make an empty decoy that `passphrase` opens. It must be filled and used to be believed.

        Raises InvalidInput (there is one, the room was given up, passphrase weak or in use), EnvironmentProblem;
        a crash leaves no decoy or a whole one.
        """
        self._require(_NONE)
        require_strong(passphrase)
        check_facts(label, role)
        header = self._ring.header
        kek = derive_kek(passphrase, header.salt, header.cost)
        master_key, vault_key = random_secret(32, self._env.random), random_secret(32, self._env.random)
        try:
            if self._ring.slot_of(kek) in WaysIn(self._session).own_slots():
                raise InvalidInput(msg("Choose another passphrase: this one is in use already."))
            self._install(kek, master_key, vault_key, label, role)
        finally:
            wipe(kek, master_key, vault_key)
        with once_it_is_done(_NOT_NOTED):
            self._remember(_MADE)

    def remove(self) -> None:
        """Throw the decoy and its keys away; what it held is gone. Raises InvalidInput when there is none."""
        self._require(_MADE)
        self._forget_other()
        with once_it_is_done(_KEYS_GONE):
            vault_key = random_secret(32, self._env.random)
            try:
                self._replace_database(vault_key, FirstFacts())
            finally:
                wipe(vault_key)
            self._remember(_NONE)

    def give_up(self) -> None:
        """Never have a decoy in this notebook. Cannot be taken back; a second time is the same. InvalidInput: there is one."""
        self._require(_NONE, _GIVEN_UP)
        self._remember(_GIVEN_UP)

    def _forget_other(self) -> None:
        """Fill the other container's slots and state with random bytes: no key to it is left in the header."""
        self._ring.put(
            slots={slot: self._env.random(SLOT_LENGTH) for slot in self._other_slots()},
            states={self._other: self._env.random(STATE_LENGTH)},
        )

    @property
    def _other(self) -> int:
        return CONTAINERS - 1 - self._ring.content.container

    def _other_slots(self) -> list[int]:
        own = WaysIn(self._session).own_slots()
        return [slot for slot in range(SLOT_COUNT) if slot not in own]

    def _require(self, *states: str) -> None:
        if self._ring.newer_minor:
            raise Incompatible(msg("This notebook was written by a newer Daftar and can only be read."))
        if self._session.read_only:
            raise Tampered(self._session.alarm or msg("The notebook can only be read."))
        if self._kept in states:
            return
        if self._kept == _MADE:
            raise InvalidInput(msg("This notebook has a decoy already."))
        if _NONE in states:
            raise InvalidInput(msg("The room for a decoy was given up in this notebook."))
        raise InvalidInput(msg("This notebook has no decoy."))

    def _install(
        self, kek: bytearray, master_key: bytearray, vault_key: bytearray, label: str, role: str
    ) -> None:
        slots, vault_id = self._other_slots(), self._ring.header.vault_id
        slot = slots[self._env.random(1)[0] % len(slots)]
        ways = first_ways(slot, SLOT_DURESS, slots, self._env.now_ms())
        facts = FirstFacts(label, role, {"slots": ways, "decoy": _GIVEN_UP})
        self._forget_other()  # of a decoy whose making a crash stopped just before it was remembered
        generation = self._replace_database(vault_key, facts)
        size, head = self._log_of(vault_key)
        state = State(vault_key, generation, size, head)
        content = SlotContent(SLOT_DURESS, master_key, self._ring.content.header_key, self._other)
        random = self._env.random
        self._ring.put(
            slots={slot: wrap_slot(content, kek, vault_id, slot, random)},
            states={self._other: seal_state(state, master_key, vault_id, self._other, random)},
        )

    def _container(self) -> tuple[Path, int]:
        """Give the other container's folder and generation. Of two (a purge that a crash stopped) the later goes.

        Where somebody removed it, an empty one is made in its place.
        """
        with disk_errors():
            folders = sorted(self._ring.folder.glob(f"{self._other}[a-z]"))
            if not folders:
                folders = [self._ring.folder / container_name(self._other, 0)]
                folders[0].mkdir(mode=0o700)
                self._env.files.sync_folder(self._ring.folder)
        for leftover in folders[1:]:
            remove_tree(leftover, files=self._env.files)
        return folders[0], ord(folders[0].name[1]) - ord("a")

    def _replace_database(self, vault_key: bytearray, facts: FirstFacts) -> int:
        """Put a new database in the place of the other container's, in one step; gives the container's generation."""
        files = self._env.files
        with disk_errors():
            container, generation = self._container()
            for name in FOLDERS:
                remove_tree(container / name, with_itself=False, files=files)
                (container / name).mkdir(mode=0o700, exist_ok=True)
            new = container / "incoming" / "db"
            try:
                make_database(new, vault_key, self._ring.header.vault_id, facts, self._env)
                files.rename(new, container / "db")
                files.sync_folder(container)
            except BaseException:
                with suppress(OSError):
                    files.remove(new)
                raise
        return generation

    def _log_of(self, vault_key: bytearray) -> tuple[int, bytes]:
        container, _ = self._container()
        database = open_with(container / "db", vault_key, self._ring.header.vault_id)
        try:
            log = Log(database)
            return log.size, log.head
        finally:
            database.close()

    def _remember(self, state: str) -> None:
        with self._session.transaction():
            self._session.set_meta("decoy", state)
            self._session.log.append("key", self._env.now_ms(), {"what": "decoy", "state": state})
