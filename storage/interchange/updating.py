"""What a record is after an update from a file: absent stays, null clears, lists replace. Must not check anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.records.kinds import Kind
from storage.records.spec import FieldSpec, spec_of

Doc = dict[str, Any]


def updated(record_type: str, before: Mapping[str, Any], patch: Mapping[str, Any]) -> Doc:
    """The document after the patch. Groups and texts by key are updated field by field; lists and values are replaced."""
    return _merged(spec_of(record_type).fields, before, patch)


def without_nulls(doc: Mapping[str, Any]) -> Doc:
    """A new record's document: null means absent."""
    result: Doc = {}
    for name, value in doc.items():
        kept = without_nulls(value) if isinstance(value, dict) else value
        if kept is not None and kept != {}:
            result[name] = kept
    return result


def _merged(fields: Mapping[str, FieldSpec], before: Mapping[str, Any], patch: Mapping[str, Any]) -> Doc:
    result = dict(before)
    for name, value in patch.items():
        old = result.get(name)
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict) and _is_by_key(name, fields.get(name)):
            known = old if isinstance(old, dict) and set(old) != {"blank"} and set(value) != {"blank"} else {}
            spec = fields.get(name)
            inner = _merged(spec.fields if spec is not None else {}, known, value)
            if inner:
                result[name] = inner
            else:
                result.pop(name, None)
        else:
            result[name] = value
    return result


def _is_by_key(name: str, spec: FieldSpec | None) -> bool:
    if spec is None:
        return name in ("classes", "custom")
    # A file is one thing: its hash, name and size change together.
    return spec.kind is Kind.TEXTS or (spec.kind is Kind.GROUP and "sha256" not in spec.fields)
