"""The purge of what was deleted: a twin container under a new key that holds only what lives. Must not touch the other container.

Twin built and verified beside the old one, then the sealed state switched, then the old container removed with its backups.
A crash before the switch leaves the old one, after it the new one; the next opening removes whichever is left over.
"""

from __future__ import annotations

from pathlib import Path

from i18n.message import msg
from storage.attachments import BlobStore
from storage.audit import Log
from storage.crypto import State, random_secret, sub_key, wipe
from storage.db import Database
from storage.environment import disk_errors
from storage.errors import Tampered
from storage.keys import container_name
from storage.making import FOLDERS, open_with, remove_tree
from storage.session import Progress, Session
from storage.stopping import WHOLE, BytesHeard, Steps
from storage.verifying import check_pages_of

_GENERATIONS = 256


def deleted_with_content(session: Session) -> list[str]:
    """Give the ids of deleted records whose texts or files are still kept for an undo."""
    rows = session.database.all(
        "SELECT id FROM documents WHERE doc IS NULL AND ("
        "(SELECT count(*) FROM revisions WHERE record = documents.id AND body IS NOT NULL) > length(heads) / 32"
        " OR EXISTS (SELECT 1 FROM blobs WHERE evidence = documents.id)) ORDER BY id"
    )
    return [str(row[0]) for row in rows]


def rotate_key(session: Session, progress: Progress) -> None:
    """Move the opened container to a new vault key. The session's database and blobs are closed when this returns.

    Raises EnvironmentProblem, Tampered (something is damaged), Cancelled: then the container is as it was, but if the
    switch itself failed, the session is abandoned and the next opening decides.
    """
    ring, old = session.ring, session.ring.container
    twin = _twin(session)
    vault_key = random_secret(32, session.env.random)
    try:
        state = _build(session, twin, vault_key, progress)
    except BaseException:
        wipe(vault_key)
        remove_tree(twin, files=session.env.files)
        raise
    old_key = ring.state.vault_key
    session.database.close()
    try:
        ring.seal_as(state)
    except BaseException:
        # One copy of the header may name the twin already: nothing more may be promised to the old container.
        session.abandon()
        raise
    wipe(old_key)
    remove_tree(old, files=session.env.files)


def _twin(session: Session) -> Path:
    """Give the folder of the next generation, empty; what a stopped purge left there goes."""
    ring = session.ring
    generation = (ring.state.generation + 1) % _GENERATIONS
    twin = ring.folder / container_name(ring.content.container, generation)
    remove_tree(twin, files=session.env.files)
    return twin


def _build(session: Session, twin: Path, vault_key: bytearray, progress: Progress) -> State:
    steps = Steps(progress)
    steps.at(0)
    with disk_errors():
        for name in ("", *FOLDERS):
            (twin / name).mkdir(mode=0o700)
    vault_id = session.ring.header.vault_id
    with steps.watching(session.database):
        _export(session.database, twin / "db", vault_key, vault_id)
    _move_blobs(session, twin, vault_key, steps)
    size, head = _finish(session, twin, vault_key, steps)
    steps.at(WHOLE)
    generation = (session.ring.state.generation + 1) % _GENERATIONS
    with disk_errors():
        for folder in (*(path for path in twin.rglob("*") if path.is_dir()), twin, twin.parent):
            session.env.files.sync_folder(folder)
    return State(vault_key, generation, size, head)


def _move_blobs(session: Session, twin: Path, vault_key: bytearray, steps: Steps) -> None:
    """Encrypt every blob that has a row anew, then read each of the new ones to its end."""
    vault_id = session.ring.header.vault_id
    rows = session.database.all("SELECT id, sha256, size FROM blobs ORDER BY id")
    total = sum(int(row[2]) for row in rows)
    keys = sub_key(vault_key, vault_id, "blob"), sub_key(vault_key, vault_id, "blob-name")
    store = BlobStore(twin, vault_id, *keys, session.env)
    try:
        writing, checking = BytesHeard(steps.part(200, 500), total), BytesHeard(steps.part(500, 750), total)
        for blob_id, _, _ in rows:
            writing(0)
            session.blobs.copy_into(store, bytes(blob_id), writing)
        for blob_id, digest, size in rows:
            checking(0)
            if not store.check(bytes(blob_id), digest, size, checking):
                raise Tampered(msg("An attached file is damaged or was changed."))
    finally:
        store.wipe()


def _export(database: Database, path: Path, vault_key: bytearray, vault_id: bytes) -> None:
    key, salt = sub_key(vault_key, vault_id, "db"), sub_key(vault_key, vault_id, "db-salt", 16)
    try:
        database.export_into(path, key, salt)
    finally:
        wipe(key, salt)


def _finish(session: Session, twin: Path, vault_key: bytearray, steps: Steps) -> tuple[int, bytes]:
    """Check the twin's database against the old one, log the purge in it, make it durable; gives its log's state."""
    vault_id = session.ring.header.vault_id
    database = open_with(twin / "db", vault_key, vault_id)
    try:
        log = Log(database)
        with steps.watching(database, session.database):
            same = (log.size, log.head) == (session.log.size, session.log.head)
            whole = same and check_pages_of(database, vault_key, vault_id, steps.part(750, 950)) == "ok"
            if not whole or _counts(database) != _counts(session.database):
                raise Tampered(msg("The notebook's database is damaged or was changed outside the program."))
        with database.transaction():
            log.append("purge", session.env.now_ms(), {})
            log.checkpoint(session.signer)
        return log.size, log.head
    finally:
        database.close()


def _counts(database: Database) -> dict[str, int]:
    """Count the rows of every table, the full-text index's own among them."""
    names = database.all(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    counts = {}
    for (name,) in names:
        row = database.one(f'SELECT count(*) FROM "{name}"')
        counts[str(name)] = int(row[0]) if row else 0
    return counts
