"""One opened container: keys, database, log, blobs, identity. Must not know what an operation means.

Creating makes both containers alike; which one is real is drawn at random, the other's key is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from i18n.message import Message, msg
from storage.attachments import BlobStore
from storage.audit import Log
from storage.backup.rolling import write_rolling
from storage.crypto import KdfCost, PublicKeys, Seeds, Signer, sub_key, wipe
from storage.db import Database, latest_version, schema_version
from storage.environment import Environment, disk_errors
from storage.errors import DaftarError, Incompatible, Tampered
from storage.keys import KeyRing, Offer, container_name, create_ring, unlock_with, write_first
from storage.keys.copies import read_copies
from storage.keys.lock import FolderLock
from storage.making import (
    FOLDERS,
    FirstFacts,
    check_facts,
    draw_own_slots,
    first_ways,
    make_container,
    make_folder,
    make_schema,
    open_with,
    remove_tree,
)

Progress = Callable[[int, int], None]
"""`progress(done, total)`, called on the working thread."""


@dataclass
class Session:
    """Everything an open vault works with. `alarm` says what was found wrong although it opened."""

    ring: KeyRing
    lock: FolderLock
    database: Database
    log: Log
    blobs: BlobStore
    signer: Signer
    env: Environment
    alarm: Message | None
    read_only: bool
    replica: str
    vault_number: str

    @property
    def author(self) -> str:
        """This vault's author, as revisions name it."""
        return self.signer.public.author

    def meta(self, key: str) -> str:
        """Give a fact about the vault; empty when there is none."""
        row = self.database.one("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Keep a fact inside the caller's transaction."""
        self.database.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def public_keys(self, author: str) -> PublicKeys | None:
        """Give the public keys of an author whose revisions stand here."""
        row = self.database.one("SELECT ed25519, mldsa FROM authors WHERE author = ?", (author,))
        return PublicKeys(bytes(row[0]), bytes(row[1])) if row else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction; what the log holds in memory follows it, also when it is rolled back."""
        try:
            with self.database.transaction():
                yield
        except BaseException:
            with suppress(DaftarError):
                self.log.reload()
            raise

    def draw_replica(self, what: str) -> None:
        """Write as a new replica from now on: another copy of this vault may go on elsewhere as the old one."""
        replica = self.env.random(16).hex()
        with self.transaction():
            self.set_meta("replica", replica)
            self.log.append("key", self.env.now_ms(), {"what": what, "replica": replica})
        self.replica = replica

    def close(self) -> None:
        """Sign and seal the log where it grew, close everything, forget the keys."""
        try:
            if not (self.read_only or self.lock.released):
                self.seal()
        finally:
            self.abandon()

    def seal(self) -> None:
        """Sign the log and seal how far it has come into the header."""
        with self.database.transaction():
            self.log.checkpoint(self.signer)
        self.ring.seal(self.log.size, self.log.head)

    def abandon(self) -> None:
        """Close without sealing: what is committed stays, the log is found longer at the next opening."""
        self.database.close()
        self.blobs.wipe()
        self.ring.wipe()
        self.lock.release()


def create_session(
    folder: Path,
    passphrase: bytearray,
    cost: KdfCost,
    label: str,
    role: str,
    env: Environment,
    file_hash: bytes | None = None,
) -> Session:
    """Make a new vault folder and open it; with the hash of a key file it never opens without that file.

    Raises InvalidInput (folder not empty, no such role), EnvironmentProblem (disk); then nothing is left.
    """
    check_facts(label, role)
    made = make_folder(folder, env.files)
    lock = None
    ring = create_ring(folder, passphrase, cost, env, file_hash)
    try:
        with disk_errors():
            lock = FolderLock(folder)
            for index in range(2):
                _make_container(ring, index, label, role)
            session = connect(ring, lock, env)
            session.log.reload()
            write_first(ring, session.log.size, session.log.head)
        return session
    except BaseException:
        if lock is not None:
            lock.release()
        ring.wipe()
        remove_tree(folder, made)
        raise


def _make_container(ring: KeyRing, index: int, label: str, role: str) -> None:
    """Make a container with its database; the one that is not real gets keys that are forgotten at once."""
    real, env = index == ring.content.container, ring.env
    own = draw_own_slots(ring.slot, env.random)
    ways = first_ways(ring.slot, ring.content.kind, own, env.now_ms())
    facts = FirstFacts(label if real else "", role, {"slots": ways})
    vault_key = bytearray(ring.state.vault_key) if real else bytearray(env.random(32))
    try:
        make_container(ring.folder / container_name(index, 0), vault_key, ring.header.vault_id, facts, env)
    finally:
        wipe(vault_key)


def open_session(folder: Path, offer: Offer, env: Environment, progress: Progress | None) -> Session:
    """Open a vault folder. A log that does not hold the sealed state opens read-only, with an alarm.

    Raises WrongPassphrase, Tampered, Incompatible, EnvironmentProblem.
    """
    _require_vault(folder)
    lock = FolderLock(folder)
    ring = None
    try:
        if progress is not None:
            progress(0, 2)
        ring = unlock_with(folder, offer, env)
        if progress is not None:
            progress(1, 2)
        session = connect(ring, lock, env)
    except BaseException:
        if ring is not None:
            ring.wipe()
        lock.release()
        raise
    try:
        _check_opened(session)
    except BaseException:
        session.abandon()
        raise
    if progress is not None:
        progress(2, 2)
    return session


def _require_vault(folder: Path) -> None:
    """Refuse what is no vault before anything (even the lock file) is written there."""
    read_copies(folder)


def reconnect(session: Session) -> Session:
    """Open the container of a session anew, as after its database was closed or its keys were changed."""
    session.blobs.wipe()
    fresh = connect(session.ring, session.lock, session.env)
    fresh.alarm, fresh.read_only = session.alarm, session.read_only
    return fresh


def connect(ring: KeyRing, lock: FolderLock, env: Environment) -> Session:
    """Open the container a ring belongs to, its schema brought up to date (a rolling backup is kept before).

    Does not judge whether the log fits. Raises Tampered, Incompatible, EnvironmentProblem.
    """
    vault_id = ring.header.vault_id
    if not (ring.container / "db").is_file():
        raise Tampered(msg("The notebook's database is missing."))
    read_only = ring.newer_minor
    database = open_with(ring.container / "db", ring.state.vault_key, vault_id, read_only=read_only)
    try:
        if schema_version(database) > latest_version():
            raise Incompatible(
                msg("This notebook was made by a newer Daftar."), msg("Install the newer version to open it.")
            )
        if not read_only and schema_version(database) < latest_version():
            write_rolling(database, ring)
            with database.transaction():
                make_schema(database)
        blob_key = sub_key(ring.state.vault_key, vault_id, "blob")
        name_key = sub_key(ring.state.vault_key, vault_id, "blob-name")
        blobs = BlobStore(ring.container, vault_id, blob_key, name_key, env)
        facts: dict[str, str] = dict(
            database.all("SELECT key, value FROM meta WHERE key IN ('replica', 'vault_number')")
        )
        return Session(
            ring,
            lock,
            database,
            Log(database),
            blobs,
            _signer(database),
            env,
            ring.alarm,
            read_only,
            facts["replica"],
            facts["vault_number"],
        )
    except BaseException:
        database.close()
        raise


def _signer(database: Database) -> Signer:
    rows: dict[str, bytes] = dict(database.all("SELECT purpose, seed FROM identity"))
    try:
        seeds = Seeds(*(bytearray(rows[purpose]) for purpose in ("ed25519", "mldsa", "xwing")))
    except KeyError:
        raise Tampered(msg("The notebook's signing keys are missing.")) from None
    signer = Signer(seeds)
    seeds.wipe()
    return signer


def _check_opened(session: Session) -> None:
    """The rule at opening: the log holds the sealed state as a prefix; then repair what a crash left behind."""
    state = session.ring.state
    log = session.log
    if not (log.contains(state.log_size, state.log_head) and log.tail_fits(state.log_size, state.log_head)):
        session.alarm = msg(
            "The notebook's log does not fit its header: an older or changed database was put in its place."
            " It can only be read."
        )
        session.read_only = True
    if session.read_only:
        return
    with suppress(DaftarError):
        if session.alarm is not None:
            with session.transaction():
                log.append("alarm", session.env.now_ms(), {"header": "changed"})
        session.ring.repair()
        _make_missing_folders(session.ring.container)
        _remove_leftovers(session)
        session.blobs.sweep(bytes(row[0]) for row in session.database.all("SELECT id FROM blobs"))


def _remove_leftovers(session: Session) -> None:
    """Remove the twin a stopped purge left, before or after its switch; of the own container only.

    Not after an alarm: then a person decides what the other generation is.
    """
    ring = session.ring
    if session.alarm is not None:
        return
    with disk_errors():
        found = list(ring.folder.glob(f"{ring.content.container}[a-z]"))
    for path in found:
        if path != ring.container:
            remove_tree(path, files=session.env.files)


def _make_missing_folders(container: Path) -> None:
    """Make the empty folders again that a copy of the vault may have lost on its way."""
    with disk_errors():
        for name in FOLDERS:
            (container / name).mkdir(mode=0o700, exist_ok=True)
