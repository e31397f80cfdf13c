"""What a record says, computed from its revisions in any order. Pure; must not fetch or store anything.

Three ways to one result: a record written once is its one operation; revisions in one line are applied one after
another; concurrent revisions are written into registers, where each field decides for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import Any

from storage.history.apply import KNOWN_OPS, Keys, apply_ops
from storage.history.merging import Merging
from storage.history.registers import History
from storage.history.revision import VERSION, Revision
from storage.records.paths import parse_path
from storage.records.spec import TYPES

Doc = dict[str, Any]


@dataclass(frozen=True)
class Conflict:
    """Different values that stand in one field: (revision id, value) each, the one that shows first.

    `value` None means that the field was cleared or the element removed.
    """

    path: str
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Materialised:
    """The current document and what a person should know about it.

    `doc` is None for a record that was removed. `unknown`: ids of revisions with operations, types or paths this
    program does not know; they are kept and passed on ("needs a newer Daftar").
    """

    doc: Doc | None
    heads: tuple[str, ...]
    keys: Keys = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def deleted(self) -> bool:
        """Whether a tombstone is among the revisions."""
        return self.doc is None


def materialise(revisions: Iterable[Revision]) -> Materialised:
    """The state of one record. The order of the revisions and repetitions make no difference.

    All revisions must be of one record; ValueError otherwise, or when there are none. Revisions whose parents are
    missing count as having seen nothing of them.
    """
    given = list(revisions)
    if len(given) == 1:
        return _single(given[0])
    named = {revision.id: revision for revision in given}
    if len({revision.record for revision in named.values()}) != 1:
        raise ValueError("revisions of one record are needed")
    ordered = in_order(named)
    record_type = ordered[0][1].type
    unknown = tuple(sorted(identity for identity, revision in ordered if needs_newer(revision, record_type)))
    if any(_is_tombstone(revision) for _, revision in ordered):
        return Materialised(None, History(ordered).heads(), unknown=unknown)
    if _is_one_line(ordered):
        return _line(ordered, unknown)
    return _merged(ordered, record_type, unknown)


def current_doc(revisions: Iterable[Revision]) -> Doc | None:
    """The document alone: what `materialise` gives as `doc`."""
    given = list(revisions)
    if len(given) == 1 and not needs_newer(given[0], given[0].type):
        return apply_ops({"id": given[0].record}, given[0].ops)
    return materialise(given).doc


def in_order(named: dict[str, Revision]) -> list[tuple[str, Revision]]:
    """Revisions with parents before children; between equals by lamport, author, replica, id."""
    children: dict[str, list[str]] = {}
    waiting: dict[str, int] = {}
    for identity, revision in named.items():
        known = [parent for parent in revision.parents if parent in named]
        waiting[identity] = len(known)
        for parent in known:
            children.setdefault(parent, []).append(identity)
    ready = [(_rank(named[identity]), identity) for identity, count in waiting.items() if count == 0]
    heapify(ready)
    result = []
    while ready:
        _, identity = heappop(ready)
        result.append((identity, named[identity]))
        for child in children.get(identity, ()):
            waiting[child] -= 1
            if waiting[child] == 0:
                heappush(ready, (_rank(named[child]), child))
    return result


def needs_newer(revision: Revision, record_type: str) -> bool:
    """Whether a revision says something this program does not understand."""
    if revision.v != VERSION or revision.type not in TYPES or revision.type != record_type:
        return True
    return any(_is_unknown(op, record_type) for op in revision.ops)


def _is_unknown(op: dict[str, Any], record_type: str) -> bool:
    name, path = op.get("op"), op.get("path")
    if name not in KNOWN_OPS or not isinstance(path, str) or not _is_complete(op):
        return True
    if path == "":
        value = op.get("value")
        return name != "remove" and not (
            name == "set"
            and isinstance(value, dict)
            and all(_is_known_path(record_type, key) for key in value)
        )
    return not _is_known_path(record_type, path)


_NEEDED: dict[str, dict[str, type]] = {
    "set": {"value": object},
    "blank": {"value": object},
    "clear": {},
    "remove": {},
    "add": {"id": str, "at": str, "value": dict},
    "move": {"id": str, "at": str},
    "set-add": {"value": object, "at": str},
    "set-remove": {"value": object},
    "splice": {"at": int, "delete": int, "insert": str},
}


def _is_complete(op: dict[str, Any]) -> bool:
    return all(name in op and isinstance(op[name], kind) for name, kind in _NEEDED[op["op"]].items())


def _is_known_path(record_type: str, path: str) -> bool:
    return (
        path in ("classes", "custom")
        or path.startswith("custom/")
        or parse_path(record_type, path) is not None
    )


def known_ops(revision: Revision, record_type: str) -> list[dict[str, Any]]:
    """The operations of a revision that this program understands."""
    return [op for op in revision.ops if not _is_unknown(op, record_type)]


def _single(revision: Revision) -> Materialised:
    identity = revision.id
    if needs_newer(revision, revision.type):
        ops = known_ops(revision, revision.type) if revision.type in TYPES else []
        return Materialised(apply_ops({"id": revision.record}, ops), (identity,), unknown=(identity,))
    return Materialised(apply_ops({"id": revision.record}, revision.ops), (identity,))


def _is_tombstone(revision: Revision) -> bool:
    return any(op.get("op") == "remove" and op.get("path") == "" for op in revision.ops)


def _is_one_line(ordered: Sequence[tuple[str, Revision]]) -> bool:
    before: tuple[str, ...] = ()
    for identity, revision in ordered:
        if revision.parents != before:
            return False
        before = (identity,)
    return True


def _line(ordered: Sequence[tuple[str, Revision]], unknown: tuple[str, ...]) -> Materialised:
    doc: Doc | None = {"id": ordered[0][1].record}
    keys: Keys = {}
    for identity, revision in ordered:
        ops = revision.ops if identity not in unknown else known_ops(revision, ordered[0][1].type)
        doc = apply_ops(doc, ops, keys)
    return Materialised(doc, (ordered[-1][0],), keys, unknown=unknown)


def _merged(
    ordered: Sequence[tuple[str, Revision]], record_type: str, unknown: tuple[str, ...]
) -> Materialised:
    history = History(ordered)
    merging = Merging(history, record_type)
    for at, revision in enumerate(history.revisions):
        merging.revision(at, known_ops(revision, record_type) if history.ids[at] in unknown else revision.ops)
    doc, keys = merging.document()
    conflicts = tuple(Conflict(path, values) for path, values in merging.conflicts())
    return Materialised({"id": ordered[0][1].record, **doc}, history.heads(), keys, conflicts, unknown)


def _rank(revision: Revision) -> tuple[int, str, str]:
    return revision.lamport, revision.author, revision.replica
