"""One opened container: keys, database, log, blobs, identity. Must not know what an operation means.

Creating makes both containers alike; which one is real is drawn at random, the other's key is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from i18n.message import Message, msg
from storage import search
from storage.attachments import BlobStore
from storage.audit import Log
from storage.crypto import KdfCost, PublicKeys, Seeds, Signer, sub_key, wipe
from storage.db import Database, latest_version, migrate, open_database, schema_version, sql_errors
from storage.environment import Environment, disk_errors
from storage.errors import DaftarError, Incompatible, InvalidInput, Tampered
from storage.keys import KeyRing, container_name, create_ring, unlock, write_first
from storage.keys.copies import read_copies
from storage.keys.lock import FolderLock

Progress = Callable[[int, int], None]
"""`progress(done, total)`, called on the working thread."""

ROLES = ("documenter", "lawyer", "coordinator", "translator")
_FOLDERS = ("blobs", "incoming", "outgoing", "backup")


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

    def close(self) -> None:
        """Sign and seal the log where it grew, close everything, forget the keys."""
        try:
            if not self.read_only:
                with self.database.transaction():
                    self.log.checkpoint(self.signer)
                self.ring.seal(self.log.size, self.log.head)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Close without sealing: what is committed stays, the log is found longer at the next opening."""
        self.database.close()
        self.blobs.wipe()
        self.ring.wipe()
        self.lock.release()


def create_session(
    folder: Path, passphrase: bytearray, cost: KdfCost, label: str, role: str, env: Environment
) -> Session:
    """Make a new vault folder and open it.

    Raises InvalidInput (folder not empty, no such role), EnvironmentProblem (disk); then nothing is left.
    """
    if role not in ROLES:
        raise InvalidInput(msg("There is no such role. Choose one of: {roles}.", roles=", ".join(ROLES)))
    if not _is_text(label):
        raise InvalidInput(msg("The label holds half of a character and cannot be kept."))
    made = _make_folder(folder)
    lock = None
    ring = create_ring(folder, passphrase, cost, env)
    try:
        with disk_errors():
            lock = FolderLock(folder)
            for index in range(2):
                _make_container(ring, index, label, role, env)
            session = _connect(ring, lock, env)
            session.log.reload()
            write_first(ring, session.log.size, session.log.head)
        return session
    except BaseException:
        if lock is not None:
            lock.release()
        ring.wipe()
        _remove_tree(folder, made)
        raise


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _make_folder(folder: Path) -> bool:
    """Make the folder or accept an empty one; True if it was made."""
    with disk_errors():
        if folder.exists():
            if not folder.is_dir() or any(folder.iterdir()):
                raise InvalidInput(
                    msg("A new notebook needs an empty folder; this one holds something already.")
                )
            return False
        folder.mkdir(parents=True, mode=0o700)
        return True


def _remove_tree(folder: Path, with_itself: bool) -> None:
    with suppress(OSError):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        if with_itself:
            folder.rmdir()


def _make_container(ring: KeyRing, index: int, label: str, role: str, env: Environment) -> None:
    """Make a container with its database; the one that is not real gets keys that are forgotten at once."""
    real = index == ring.content.container
    container = ring.folder / container_name(index, 0)
    for name in ("", *_FOLDERS):
        (container / name).mkdir(mode=0o700)
    vault_key = bytearray(ring.state.vault_key) if real else bytearray(env.random(32))
    try:
        database = _open(container, vault_key, ring.header.vault_id, create=True)
    finally:
        wipe(vault_key)
    try:
        with database.transaction():
            _make_schema(database)
            _write_first_facts(database, label if real else "", role, env)
    finally:
        database.close()
    env.files.sync_folder(container)
    env.files.sync_folder(ring.folder)


def _make_schema(database: Database) -> None:
    migrate(database)
    with sql_errors():
        search.create(database.raw)


def _write_first_facts(database: Database, label: str, role: str, env: Environment) -> None:
    seeds = Seeds.draw(env.random)
    signer = Signer(seeds)
    for purpose in ("ed25519", "mldsa", "xwing"):
        database.execute(
            "INSERT INTO identity (purpose, seed) VALUES (?, ?)", (purpose, getattr(seeds, purpose))
        )
    seeds.wipe()
    public = signer.public
    database.execute("INSERT INTO authors VALUES (?, ?, ?)", (public.author, public.ed25519, public.mldsa))
    facts = {
        "replica": env.random(16).hex(),
        "vault_number": f"{int.from_bytes(env.random(8), 'big') % 90_000 + 10_000:05d}",
        "label": label,
        "role": role,
        "lamport": "0",
        "seq": "0",
    }
    database.execute_many("INSERT INTO meta (key, value) VALUES (?, ?)", facts.items())
    log = Log(database)
    log.append("new", env.now_ms(), {"author": public.author})


def open_session(folder: Path, passphrase: bytearray, env: Environment, progress: Progress | None) -> Session:
    """Open a vault folder. A log that does not hold the sealed state opens read-only, with an alarm.

    Raises WrongPassphrase, Tampered, Incompatible, EnvironmentProblem.
    """
    _require_vault(folder)
    lock = FolderLock(folder)
    ring = None
    try:
        if progress is not None:
            progress(0, 2)
        ring = unlock(folder, passphrase, env)
        if progress is not None:
            progress(1, 2)
        session = _connect(ring, lock, env)
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


def _connect(ring: KeyRing, lock: FolderLock, env: Environment) -> Session:
    vault_id = ring.header.vault_id
    if not (ring.container / "db").is_file():
        raise Tampered(msg("The notebook's database is missing."))
    read_only = ring.newer_minor
    database = _open(ring.container, ring.state.vault_key, vault_id, read_only=read_only)
    try:
        if schema_version(database) > latest_version():
            raise Incompatible(
                msg("This notebook was made by a newer Daftar."), msg("Install the newer version to open it.")
            )
        if not read_only and schema_version(database) < latest_version():
            with database.transaction():
                _make_schema(database)
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


def _open(
    container: Path, vault_key: bytearray, vault_id: bytes, *, read_only: bool = False, create: bool = False
) -> Database:
    key = sub_key(vault_key, vault_id, "db")
    salt = sub_key(vault_key, vault_id, "db-salt", 16)
    try:
        return open_database(container / "db", key, salt, read_only=read_only, create=create)
    finally:
        wipe(key, salt)


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
        session.blobs.sweep(bytes(row[0]) for row in session.database.all("SELECT id FROM blobs"))


def _make_missing_folders(container: Path) -> None:
    """Make the empty folders again that a copy of the vault may have lost on its way."""
    with disk_errors():
        for name in _FOLDERS:
            (container / name).mkdir(mode=0o700, exist_ok=True)
