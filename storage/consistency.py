"""Compares what the derived tables leave to trust: counters, issued codes, words in the index. Must not change them but when mending.

An old page put back in the place of a new one is a valid page: only what the others say tells that it is old.
"""

from __future__ import annotations

from contextlib import closing

from storage import search
from storage.db import sql_errors
from storage.derived import Derived
from storage.reading import decode_doc
from storage.session import Progress, Session


def counters_fit(session: Session) -> bool:
    """True if no revision is ahead of the counters, and every code in use is among those that were issued."""
    newest = session.database.one("SELECT coalesce(max(lamport), 0) FROM revisions")
    unknown = session.database.one(
        "SELECT count(*) FROM listing WHERE code IS NOT NULL AND code NOT IN (SELECT code FROM codes)"
    )
    assert newest is not None
    return int(newest[0]) <= int(session.meta("lamport")) and unknown == (0,)


def mend_counters(session: Session) -> None:
    """Bring the counters to where the revisions are, inside the caller's transaction."""
    newest = session.database.one("SELECT coalesce(max(lamport), 0) FROM revisions")
    ahead = int(newest[0]) - int(session.meta("lamport")) if newest else 0
    if ahead > 0:
        for name in ("lamport", "seq"):
            session.set_meta(name, str(int(session.meta(name)) + ahead))


def index_fits(session: Session, progress: Progress) -> bool:
    """True if every record is indexed with the words it has now, but for those noted as waiting."""
    waiting = set(Derived(session.database).unsettled())
    sql = "SELECT id, doc FROM documents WHERE doc IS NOT NULL"
    with closing(session.database.each(sql)) as rows:
        for count, (record_id, doc) in enumerate(rows):
            progress(count, count + 1)
            parts = search.parts_of(decode_doc(bytes(doc)))
            with sql_errors():
                fits = record_id in waiting or search.is_indexed(session.database.raw, record_id, parts)
            if not fits:
                return False
    return True
