"""`Check notebook`: pages, blobs, log, derived tables, signatures, and the rebuilding of what is derived.

Must not change anything unless asked to rebuild. Finds what opening cannot: a single old page put back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from storage.audit import LogCheck, revisions_root
from storage.consistency import counters_fit, index_fits, mend_counters
from storage.crypto import PublicKeys, sha256, sub_key, wipe
from storage.db import Database
from storage.db.pages import PageCheck
from storage.derived import Current, Derived
from storage.environment import disk_errors
from storage.errors import Tampered
from storage.operations import Doc
from storage.reading import decode_doc
from storage.revising import records_in_order, split_ids
from storage.session import Progress, Session
from storage.stopping import WHOLE, BytesHeard, Steps

T = TypeVar("T")
_BATCH = 200
_SLICE = 256  # pages: a megabyte, a few milliseconds


@dataclass(frozen=True)
class VerifyReport:
    """What a check found: `pages`, `log`, `derived` are `ok` or one word; `blobs`, `revisions` are (checked, bad)."""

    pages: str
    blobs: tuple[int, int]
    entries: int
    head: str
    log: str
    derived: str
    revisions: tuple[int, int]

    @property
    def ok(self) -> bool:
        """True if nothing is wrong."""
        parts = (self.pages, self.log, self.derived)
        return parts == ("ok", "ok", "ok") and not (self.blobs[1] or self.revisions[1])

    def to_json(self) -> dict[str, Any]:
        """Give the shape scripts rely on; what is wrong with the log or with revisions stands there only if it is."""
        audit = {
            "entries": self.entries,
            "head": self.head,
            **({"state": self.log} if self.log != "ok" else {}),
        }
        report = {
            "ok": self.ok,
            "pages": self.pages,
            "blobs": list(self.blobs),
            "audit": audit,
            "derived": self.derived,
        }
        return report | ({"revisions": list(self.revisions)} if self.revisions[1] else {})


def verify(session: Session, *, deep: bool, rebuild: bool, progress: Progress) -> VerifyReport:
    """Check everything; see `Vault.verify`. A part that cannot even be read counts as damaged.

    Progress has five parts of equal length: pages, attached files, log, revisions, derived tables.
    """
    steps = Steps(progress)
    steps.at(0)
    if rebuild:
        rebuild_derived(session)
    with steps.watching(session.database):
        pages = _or(lambda: check_pages(session, steps, deep), "damaged")
        steps.at(200)
        blobs = _or(lambda: _check_blobs(session, steps.part(200, 400)), (0, 1))
        steps.at(400)
        found = _or(lambda: session.log.check(session.signer.public, signatures=deep), None)
        log = "damaged" if found is None or not found.ok else "ok" if _has_sealed(session) else "rolled back"
        steps.at(600)
        revisions = _or(lambda: _check_revisions(session, deep, steps.part(600, 800)), (0, 1))
        steps.at(800)
        derived = _or(lambda: _check_derived(session, deep, steps.part(800, WHOLE)), "damaged")
    steps.at(WHOLE)
    found = found or LogCheck(session.log.size, session.log.head)
    return VerifyReport(pages, blobs, found.entries, found.head.hex(), log, derived, revisions)


def _or(check: Callable[[], T], otherwise: T) -> T:
    try:
        return check()
    except Tampered:
        return otherwise


def check_pages(session: Session, steps: Steps, deep: bool = False) -> str:
    """Check every page's MAC and the tree's structure; both are needed, each finds what the other does not."""
    state = session.ring.state
    progress, vault_id = steps.part(0, 150), session.ring.header.vault_id
    return check_pages_of(session.database, state.vault_key, vault_id, progress, deep)


def check_pages_of(
    database: Database, vault_key: bytearray, vault_id: bytes, progress: Progress, deep: bool = False
) -> str:
    """`check_pages` for a database that belongs to no session. Outside a transaction: the pages are read from the disk."""
    pages = page_check(database.path, vault_key, vault_id)
    with disk_errors():
        while not pages.step(_SLICE):
            progress(pages.done, pages.total)
    if pages.damaged:
        return "damaged"
    structure = database.all("PRAGMA integrity_check" if deep else "PRAGMA quick_check")
    return "ok" if structure == [("ok",)] else "damaged"


def page_check(path: Path, vault_key: bytearray, vault_id: bytes) -> PageCheck:
    """Begin a check of a database's pages, from the first."""
    key, salt = sub_key(vault_key, vault_id, "db"), sub_key(vault_key, vault_id, "db-salt", 16)
    try:
        return PageCheck(path, key, salt)
    finally:
        wipe(key, salt)


def _has_sealed(session: Session) -> bool:
    state = session.ring.state
    return session.log.contains(state.log_size, state.log_head)


def _check_blobs(session: Session, progress: Progress) -> tuple[int, int]:
    """Read every attached file to its end."""
    rows = session.database.all("SELECT id, sha256, size FROM blobs ORDER BY id")
    heard, bad = BytesHeard(progress, sum(int(row[2]) for row in rows)), 0
    for blob_id, sha256_, size in rows:
        heard(0)
        bad += not session.blobs.check(bytes(blob_id), sha256_, size, heard)
    return len(rows), bad


def _check_revisions(session: Session, deep: bool, progress: Progress) -> tuple[int, int]:
    """Compare every revision with its id, its signature (deep) and the list its log event binds."""
    checked = bad = 0
    keys: dict[str, PublicKeys | None] = {}
    listed: dict[int, list[bytes]] = {}
    counted = session.database.one("SELECT count(*) FROM revisions")
    total = int(counted[0]) if counted else 0
    sql = "SELECT id, author, logged, signature, body FROM revisions ORDER BY n"
    for identity, author, logged, signature, body in session.database.each(sql):
        progress(checked, total)
        checked += 1
        listed.setdefault(int(logged), []).append(bytes(identity))
        fits = body is None or sha256(b"daftar/v1/rev\0" + bytes(body)) == bytes(identity)
        if deep and fits:
            if author not in keys:
                keys[author] = session.public_keys(author)
            public = keys[author]
            fits = public is not None and public.verify_revision(bytes(identity), bytes(signature))
        bad += not fits
    return checked, bad + _unlisted(session, listed)


def _unlisted(session: Session, listed: dict[int, list[bytes]]) -> int:
    """Count the events whose revisions are not those that stand here, in either direction."""
    bound: dict[int, str] = {}
    for number, data in session.log.events():
        event = json.loads(data)
        if "root" in event:
            bound[number] = event["root"]
    wrong = sum(revisions_root(listed.get(number, [])) != root for number, root in bound.items())
    unbound = sum(number not in bound for number in listed)
    return wrong + unbound


def _check_derived(session: Session, deep: bool, progress: Progress) -> str:
    """Compare documents, counters, and (deep) the words in the index with what the revisions say."""
    database = session.database
    if not counters_fit(session):
        return "stale"
    strangers = (
        "SELECT count(*) FROM search_rows WHERE id NOT IN (SELECT id FROM documents WHERE doc IS NOT NULL)"
    )
    if database.one(strangers) != (0,):
        return "stale"
    count = 0
    for record in records_in_order(session):
        progress(count, count + _BATCH)
        count += 1
        row = session.database.one("SELECT type, heads, doc FROM documents WHERE id = ?", (record.id,))
        if row is None or not _same(record, str(row[0]), bytes(row[1]), row[2]):
            return "stale"
        listed = session.database.one("SELECT count(*) FROM listing WHERE id = ?", (record.id,))
        if listed != (int(record.doc is not None),):
            return "stale"
    stored = session.database.one("SELECT count(*) FROM documents")
    fits = stored == (count,) and (not deep or index_fits(session, progress))
    return "ok" if fits else "stale"


def _same(record: Current, type_: str, heads: bytes, data: bytes | None) -> bool:
    doc: Doc | None = None if data is None else decode_doc(bytes(data))
    return (type_, sorted(split_ids(heads)), doc) == (record.type, sorted(record.heads), record.doc)


def rebuild_derived(session: Session) -> None:
    """Write every derived table anew from the revisions, in one transaction, and log that it was done."""
    derived = Derived(session.database)
    with session.transaction():
        derived.clear_all()
        mend_counters(session)
        batch: list[Current] = []
        for record in records_in_order(session):
            batch.append(record)
            if len(batch) == _BATCH:
                derived.put(batch, new=True)
                batch = []
        derived.put(batch, new=True)
        session.log.append("rebuild", session.env.now_ms(), {})
