"""Which confidentiality class a field of a record has. Must not decide what a copy may show: the exports' policy does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.records.kinds import CLASSES, Class
from storage.records.paths import parse_path

_RANK: dict[str, int] = {name: rank for rank, name in enumerate(CLASSES)}


def default_class(record_type: str, path: str) -> Class:
    """The class a field has by definition; KeyError when there is no such field."""
    at = parse_path(record_type, path)
    if at is None:
        raise KeyError("no such field")
    return at.spec.cls


def class_of(record_type: str, doc: Mapping[str, Any], path: str) -> Class:
    """The class of one field of one record, with the changes recorded in `classes`.

    A change of a field covers what lies inside it. Raising always counts; lowering only with a reason (rule 8).
    The most specific change wins; between changes of the same field the definition is the floor.
    """
    own = _own_field_class(doc, path)
    result = own if own is not None else default_class(record_type, path)
    changes = doc.get("classes") or {}
    segments = path.split("/")
    for length in range(1, len(segments) + 1):
        change = changes.get("/".join(segments[:length]))
        if isinstance(change, Mapping):
            result = _changed(result, change)
    at = None if own is not None else parse_path(record_type, path)
    if at is not None and at.spec.path != path and at.spec.path in changes:
        result = _changed(result, changes[at.spec.path])
    return result


def rank(cls: str) -> int:
    """0 for C0 up to 3 for C3."""
    return _RANK[cls]


def is_lowering_without_reason(default: str, change: Mapping[str, Any]) -> bool:
    """Whether a change goes below the default class without saying why."""
    return rank(change["class"]) < rank(default) and not change.get("reason")


def _changed(current: Class, change: Mapping[str, Any]) -> Class:
    new = change.get("class")
    if new not in _RANK or is_lowering_without_reason(current, change):
        return current
    return new  # type: ignore[no-any-return]


def _own_field_class(doc: Mapping[str, Any], path: str) -> Class | None:
    """Own fields (`custom/…`) are C1 unless the caller asks the questionnaire: never less by accident."""
    return "C1" if path.startswith("custom/") else None
