"""What was saved to a record, revision by revision, for people to read. Must not change anything."""

from __future__ import annotations

from storage.history import Revision
from storage.operations import RevisionInfo
from storage.revising import split_ids
from storage.session import Session


def revisions_of(session: Session, record_id: str) -> list[RevisionInfo]:
    """Give the revisions of a record, oldest first; of an erased one only who and when."""
    rows = session.database.all(
        "SELECT id, author, lamport, claimed, parents, body FROM revisions WHERE record = ? ORDER BY lamport, n",
        (record_id,),
    )
    return [_info(session, *row) for row in rows]


def _info(
    session: Session,
    identity: bytes,
    author: str,
    lamport: int,
    claimed: int,
    parents: bytes,
    body: bytes | None,
) -> RevisionInfo:
    ops = () if body is None else tuple(Revision.decode(bytes(body)).ops)
    named = tuple(parent.hex() for parent in split_ids(bytes(parents)))
    return RevisionInfo(
        bytes(identity).hex(),
        author,
        author == session.author,
        lamport,
        claimed,
        named,
        ops,
        erased=body is None,
    )
