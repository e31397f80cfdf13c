"""From operations on a record to signed revisions in the database, with all that is derived. Must not open transactions.

The caller holds the transaction and writes the log event: one save is revisions, derived tables and event together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from storage.derived import Current, Derived, Keys
from storage.history import Revision, apply_ops, diff_doc, materialise, revision_id
from storage.operations import Doc
from storage.session import Session

_HEAD = 32
_INSERT = (
    "INSERT INTO revisions (n, id, record, type, author, lamport, claimed, parents, logged, signature, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
Ops = list[dict[str, Any]]


@dataclass(frozen=True)
class Change:
    """One record's next revision: what it was (None when new), and the operations to be written."""

    type: str
    id: str
    before: Doc | None
    ops: Ops
    keys: Keys = field(default_factory=dict)


class Reviser:
    """Writes revisions of this vault's author."""

    def __init__(self, session: Session, derived: Derived) -> None:
        self._session, self._derived = session, derived

    def write(self, changes: Sequence[Change], at: int, *, new: bool = False) -> list[bytes]:
        """Sign and insert one revision per change and update what is derived; gives the revisions' ids in order.

        `new` says that none of the records stands here yet. `at` is the claimed time in ms UTC.
        """
        session = self._session
        lamport, sequence = int(session.meta("lamport")), int(session.meta("seq"))
        number = self._last_number()
        logged = session.log.next_number
        rows: list[tuple[Any, ...]] = []
        current: list[Current] = []
        for step, change in enumerate(changes, start=1):
            parents = () if new else self.heads(change.id)
            revision = self._revision(change, parents, sequence + step, lamport + step, at)
            body = revision.encode()
            identity = revision_id(body)
            signature = session.signer.sign_revision(identity)
            rows.append(
                (
                    number + step,
                    identity,
                    change.id,
                    change.type,
                    session.author,
                    lamport + step,
                    at,
                    b"".join(parents),
                    logged,
                    signature,
                    body,
                )
            )
            doc = apply_ops(change.before or {"id": change.id}, change.ops, change.keys)
            current.append(Current(change.type, change.id, doc, (identity,), at, change.keys))
        session.database.execute_many(_INSERT, rows)
        session.set_meta("lamport", str(lamport + len(rows)))
        session.set_meta("seq", str(sequence + len(rows)))
        self._derived.put(current, new=new)
        return [row[1] for row in rows]

    def change(self, type_: str, before: Doc | None, after: Doc) -> Change:
        """Give the smallest change that makes the record's document equal to `after`; without operations if it is."""
        record_id = str(after["id"])
        keys = self.keys(record_id) if before else {}
        return Change(type_, record_id, before, diff_doc(before, after, type_, keys), keys)

    def heads(self, record_id: str) -> tuple[bytes, ...]:
        """Give the revisions of a record that no other has as parent; none for a record that never was."""
        row = self._session.database.one("SELECT heads FROM documents WHERE id = ?", (record_id,))
        return split_ids(bytes(row[0])) if row else ()

    def keys(self, record_id: str) -> Keys:
        """Give the order keys of a record's lists."""
        row = self._session.database.one("SELECT order_keys FROM documents WHERE id = ?", (record_id,))
        keys: Keys = msgspec.json.decode(row[0]) if row and row[0] is not None else {}
        return keys

    def _last_number(self) -> int:
        row = self._session.database.one("SELECT max(n) FROM revisions")
        return int(row[0] or 0) if row else 0

    def _revision(
        self, change: Change, parents: Sequence[bytes], seq: int, lamport: int, at: int
    ) -> Revision:
        session = self._session
        return Revision(
            record=change.id,
            type=change.type,
            author=session.author,
            replica=session.replica,
            seq=seq,
            parents=tuple(sorted(parent.hex() for parent in parents)),
            lamport=lamport,
            claimed=at,
            nonce=session.env.random(16).hex(),
            ops=change.ops,
        )


def split_ids(joined: bytes) -> tuple[bytes, ...]:
    """Cut joined 32-byte ids apart."""
    return tuple(joined[at : at + _HEAD] for at in range(0, len(joined), _HEAD))


def current_of(rows: Sequence[tuple[str, str, bytes, bytes, bytes | None, int]]) -> Current:
    """Give what is true of one record from its revisions alone: rows of (record, type, id, parents, body, claimed)."""
    record_id, type_ = rows[0][0], rows[0][1]
    parents = {parent for row in rows for parent in split_ids(bytes(row[3]))}
    heads = tuple(sorted(bytes(row[2]) for row in rows if bytes(row[2]) not in parents))
    bodies = [bytes(row[4]) for row in rows if row[4] is not None]
    changed = max(int(row[5]) for row in rows)
    if len(bodies) < len(rows):  # erased: only the tombstone kept its body
        return Current(type_, record_id, None, heads, changed)
    made = materialise([Revision.decode(body) for body in bodies])
    return Current(type_, record_id, made.doc, heads, changed, made.keys)


def records_in_order(session: Session) -> Iterator[Current]:
    """Materialise every record from its revisions, record after record."""
    held: list[tuple[str, str, bytes, bytes, bytes | None, int]] = []
    sql = "SELECT record, type, id, parents, body, claimed FROM revisions ORDER BY record, n"
    for row in session.database.each(sql):
        if held and held[0][0] != row[0]:
            yield current_of(held)
            held = []
        held.append(row)
    if held:
        yield current_of(held)
