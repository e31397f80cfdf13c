"""The JSON Schema (draft 2020-12) of the interchange file, computed from the record definitions. Must not define fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.interchange.model import FORMAT
from storage.records.codes import CODE_PREFIXES
from storage.records.countries import COUNTRIES
from storage.records.forms import lexicon_table
from storage.records.kinds import BLANKS, CLASSES, K, Kind
from storage.records.limits import LIST_ELEMENTS, NUMBER_MAX
from storage.records.spec import INTERCHANGE_TYPES, PLURALS, FieldSpec, spec_of

Schema = dict[str, Any]

_DATE_POINT = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~%]?"
_FORMS: dict[str, Schema] = {
    "": {"type": "string"},
    "language": {"type": "string", "pattern": r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$"},
    "script": {"type": "string", "pattern": "^([A-Z][a-z]{3})?$"},
    "sha256": {"type": "string", "pattern": "^([0-9a-f]{64})?$"},
    "path": {"type": "string"},
    "code": {"type": "string", "pattern": "^([PIK]-[0-9]{5}-[0-9]{4,9}-[0-9])?$"},
    "subject": {"type": "string"},
    "element": {"type": "string"},
}
_SHARED: dict[str, Schema] = {
    "blank_word": {"enum": list(BLANKS)},
    "blank": {
        "type": "object",
        "properties": {"blank": {"$ref": "#/$defs/blank_word"}},
        "required": ["blank"],
        "additionalProperties": False,
    },
    "words": {
        "type": "object",
        "properties": {"words": {"type": "string"}},
        "required": ["words"],
        "additionalProperties": False,
    },
    "nothing": {"enum": [None, "", [], {}]},
    "date": {
        "type": "string",
        "pattern": rf"^({_DATE_POINT}|({_DATE_POINT}|\.\.)?/({_DATE_POINT}|\.\.)?|\[({_DATE_POINT})?\.\.({_DATE_POINT})?\])$",
    },
    "datetime": {
        "type": "string",
        "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$",
    },
    "texts": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
    "classes": {
        "type": "object",
        "additionalProperties": {
            "type": ["object", "null"],
            "properties": {"class": {"enum": list(CLASSES)}, "reason": {"type": ["string", "null"]}},
            "required": ["class"],
            "additionalProperties": False,
        },
    },
    "answer": {
        "anyOf": [
            {"type": ["string", "integer", "boolean", "null"]},
            {"type": "array", "items": {"type": "string"}},
            {"$ref": "#/$defs/blank"},
        ]
    },
}


def json_schema() -> Schema:
    """The schema of the whole file. References between records and the rules between fields are beyond a schema."""
    definitions: Schema = dict(_SHARED)
    definitions["country"] = {"enum": ["", *sorted(COUNTRIES)]}
    for name in ("kinds", "document_types"):
        definitions[name] = {"enum": list(lexicon_table(name))}
    properties: Schema = {"format": {"const": FORMAT}}
    for record_type in INTERCHANGE_TYPES:
        definitions[record_type] = _record(record_type)
        properties[PLURALS[record_type]] = {
            "type": ["array", "null"],
            "items": {"$ref": f"#/$defs/{record_type}"},
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "type": "object",
        "properties": properties,
        "required": ["format"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _record(record_type: str) -> Schema:
    schema = _group(spec_of(record_type).fields)
    schema["properties"] = {
        "id": {"type": "string", "minLength": 1},
        **schema["properties"],
        "classes": {"anyOf": [{"$ref": "#/$defs/classes"}, {"type": "null"}]},
        "custom": {"type": ["object", "null"], "additionalProperties": {"$ref": "#/$defs/answer"}},
    }
    if record_type in CODE_PREFIXES:
        prefix = CODE_PREFIXES[record_type]
        schema["properties"]["code"] = {
            "type": ["string", "null"],
            "pattern": f"^({prefix}-[0-9]{{5}}-[0-9]{{4,9}}-[0-9])?$",
        }
    schema["required"] = ["id"]
    return schema


def _group(fields: Mapping[str, FieldSpec]) -> Schema:
    return {
        "type": "object",
        "properties": {name: _field(spec) for name, spec in fields.items() if not spec.internal},
        "additionalProperties": False,
    }


def _field(spec: FieldSpec) -> Schema:
    kind = spec.kind
    if spec.path == "accounts/value":
        return {}  # a value of whatever field the account is about
    if kind is Kind.GROUP:
        return _any_of(_group(spec.fields), "blank", "nothing")
    if kind is Kind.LIST:
        element = _group(spec.fields)
        element["properties"] = {"id": {"type": ["string", "null"], "minLength": 1}, **element["properties"]}
        return _any_of({"type": "array", "items": element, "maxItems": LIST_ELEMENTS}, "blank", "nothing")
    if kind in (Kind.SET, Kind.SEQUENCE):
        items: Schema = {"type": "array", "items": _single(spec.k.item), "maxItems": LIST_ELEMENTS}
        if kind is Kind.SET:
            items["uniqueItems"] = True
        return _any_of(items, "blank", "nothing")
    return _any_of(_single(spec.k), *_blanks(spec), "nothing")


def _single(k: K | None) -> Schema:
    assert k is not None
    kind = k.kind
    if kind is Kind.TEXT:
        return {"$ref": "#/$defs/country"} if k.form == "country" else dict(_FORMS[k.form])
    if kind is Kind.CHOICE:
        return {"$ref": f"#/$defs/{k.lexicon}"} if k.lexicon else {"enum": list(k.choices)}
    if kind is Kind.NUMBER:
        return (
            {"enum": [1, 2, 3]}
            if k.form == "stage"
            else {"type": "integer", "minimum": -NUMBER_MAX, "maximum": NUMBER_MAX}
        )
    if kind in (Kind.PERSON, Kind.AGENCY):
        return {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/words"}]}
    simple = {Kind.YESNO: {"type": "boolean"}, Kind.ID: {"type": "string"}}
    return simple.get(kind) or {"$ref": f"#/$defs/{kind.value}"}


def _blanks(spec: FieldSpec) -> tuple[str, ...]:
    if spec.kind in (Kind.PERSON, Kind.AGENCY):
        return ("blank", "blank_word")
    return ("blank_word",) if spec.bare_blank else ("blank",)


def _any_of(schema: Schema, *names: str) -> Schema:
    return {"anyOf": [schema, *({"$ref": f"#/$defs/{name}"} for name in names)]}
