"""Gives list elements their ids: those they had, when an element is the same, else new ones. Must not compare records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from storage.records.forms import new_id
from storage.records.kinds import Kind
from storage.records.spec import FieldSpec, spec_of

Doc = dict[str, Any]


def with_element_ids(
    record_type: str, before: Mapping[str, Any] | None, doc: Doc, make_id: Callable[[], str] = new_id
) -> Doc:
    """The document with an id on every list element: its own, else that of an equal element of `before`, else new."""
    return {**doc, **_fields(spec_of(record_type).fields, doc, before or {}, make_id)}


def _fields(
    fields: Mapping[str, FieldSpec],
    value: Mapping[str, Any],
    before: Mapping[str, Any],
    make_id: Callable[[], str],
) -> Doc:
    result = dict(value)
    for name, inner in value.items():
        spec = fields.get(name)
        if spec is None or not spec.fields:
            continue
        old = before.get(name)
        if spec.kind is Kind.LIST and isinstance(inner, list):
            result[name] = _elements(spec, inner, old if isinstance(old, list) else [], make_id)
        elif spec.kind is Kind.GROUP and isinstance(inner, dict):
            result[name] = _fields(spec.fields, inner, old if isinstance(old, dict) else {}, make_id)
    return result


def _elements(
    spec: FieldSpec, elements: list[Doc], before: list[Doc], make_id: Callable[[], str]
) -> list[Doc]:
    by_id = {element.get("id"): element for element in before}
    named = {element["id"] for element in elements if element.get("id")}
    by_content: dict[bytes, list[Doc]] = {}
    for element in before:
        if element.get("id") not in named:
            by_content.setdefault(content_key(element), []).append(element)
    result = []
    for element in elements:
        old = by_id.get(element["id"]) if element.get("id") else None
        if not element.get("id") and (equals := by_content.get(content_key(element))):
            old = equals.pop(0)
        identity = element.get("id") or (old["id"] if old is not None else make_id())
        content = {name: inner for name, inner in element.items() if name != "id"}
        result.append({"id": identity, **_fields(spec.fields, content, old or {}, make_id)})
    return result


def content_key(value: Any) -> bytes:
    """What two elements have in common when they say the same: their content without ids."""
    return msgspec.json.encode(_without_ids(value), order="sorted")


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_ids(inner) for name, inner in value.items() if name != "id"}
    if isinstance(value, list):
        return [_without_ids(inner) for inner in value]
    return value
