"""Ids of a file: which become UUIDs, and every place that refers to them. Must not check fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from i18n.message import Message, msg
from storage.errors import Fault
from storage.interchange.model import Known
from storage.records.forms import ID_LENGTH, as_uuid, has_lone_surrogate
from storage.records.kinds import Kind
from storage.records.paths import parse_path
from storage.records.spec import INTERCHANGE_TYPES, PLURALS, FieldSpec, spec_of

Doc = dict[str, Any]
Report = Callable[[str, Message, Message], None]


class Names:
    """Record ids of one file: what each becomes, and of which type it is. References of the walker."""

    def __init__(self, known: Known, make_id: Callable[[], str]) -> None:
        self._known, self._make_id = known, make_id
        self._table: dict[str, tuple[str, str]] = {}
        self._types: dict[str, str] = {}
        self._elements: dict[str, dict[str, str]] = {}

    def take(self, identity: Any, record_type: str, path: str) -> Fault | None:
        """Enter the id of a record of the file; the fault when it cannot be used."""
        expected = msg("a text that no other record of the file has as id")
        if (
            not isinstance(identity, str)
            or not 0 < len(identity) <= ID_LENGTH
            or has_lone_surrogate(identity)
        ):
            return Fault(path, msg("no id, or not a short text"), expected)
        given = as_uuid(identity)
        key = given or identity
        if key in self._table:
            return Fault(path, msg("the same id twice in the file"), expected)
        held = self._known.type_of(given) if given else None
        if held is not None and held != record_type:
            problem = msg("this id belongs to another type of record ({type})", type=spec_of(held).label)
            return Fault(path, problem, expected)
        stored = given or self._make_id()
        self._table[key] = (stored, record_type)
        self._types[stored] = record_type
        return None

    def resolve(self, identity: str) -> tuple[str, str] | None:
        """(UUID, type) of a record of the file or of the notebook."""
        given = as_uuid(identity)
        found = self._table.get(given or identity)
        if found is not None or given is None:
            return found
        held = self._known.type_of(given)
        return None if held is None else (given, held)

    def type_of(self, stored: str) -> str | None:
        """The type of a record of the file or the notebook, by the UUID it is stored under."""
        return self._types.get(stored) or self._known.type_of(stored)

    def rename_elements(self, record_type: str, record_id: str, doc: Doc) -> Doc:
        """The document with UUIDs as element ids; equal words in one record become the same UUID."""
        table = self._elements.setdefault(record_id, {})
        return self._renamed(spec_of(record_type).fields, doc, table)

    def _renamed(self, fields: Mapping[str, FieldSpec], value: Doc, table: dict[str, str]) -> Doc:
        result = dict(value)
        for name, inner in value.items():
            spec = fields.get(name)
            if spec is None or not spec.fields:
                continue
            if spec.kind is Kind.LIST and isinstance(inner, list):
                result[name] = [self._element(spec, element, table) for element in inner]
            elif isinstance(inner, dict):
                result[name] = self._renamed(spec.fields, inner, table)
        return result

    def _element(self, spec: FieldSpec, element: Doc, table: dict[str, str]) -> Doc:
        renamed = self._renamed(spec.fields, element, table)
        identity = element.get("id")
        if identity:
            given = as_uuid(identity)
            renamed["id"] = given or table.setdefault(identity, self._make_id())
        return renamed

    def element(self, record_id: str, identity: str) -> str:
        """What an element id of a record is called now."""
        return as_uuid(identity) or self._elements.get(record_id, {}).get(identity, identity)

    def path(self, record_type: str, record_id: str, path: str) -> str | None:
        """A field path of a record with the element ids of now; None when there is no such field."""
        if parse_path(record_type, path) is None:
            return None
        table = self._elements.get(record_id, {})
        return "/".join(table.get(segment, segment) for segment in path.split("/"))


def follow(names: Names, record_type: str, record_id: str, doc: Doc, report: Report) -> Doc:
    """The document with what refers to elements rewritten: translations, paths of remarks, decisions and accounts."""
    result = dict(doc)
    if isinstance(doc.get("narratives"), list):
        result["narratives"] = _translations(names, record_id, doc["narratives"], report)
    for name in ("redactions", "accounts"):
        if isinstance(doc.get(name), list):
            own = (record_type, record_id) if name == "accounts" else None
            result[name] = [
                _with_path(names, element, f".{name}[{position}]", report, own)
                for position, element in enumerate(doc[name])
            ]
    if isinstance(doc.get("anchor"), dict):
        result["anchor"] = _with_path(names, doc["anchor"], ".anchor", report, None)
    if isinstance(doc.get("classes"), dict):
        result["classes"] = {
            names.path(record_type, record_id, path) or path: change
            for path, change in doc["classes"].items()
        }
    return result


def _translations(names: Names, record_id: str, narratives: list[Doc], report: Report) -> list[Doc]:
    present = {narrative.get("id") for narrative in narratives}
    result = []
    for position, narrative in enumerate(narratives):
        original = narrative.get("translation_of")
        if isinstance(original, str) and original not in _BLANKS:
            target = names.element(record_id, original)
            result.append({**narrative, "translation_of": target})
            if target not in present or target == narrative.get("id"):
                where = f".narratives[{position}].translation_of"
                report(
                    where,
                    msg("no other text of this interview has this id"),
                    msg("the id of the original text"),
                )
        else:
            result.append(narrative)
    return result


_BLANKS = frozenset({"unknown", "not_asked", "declined", "withheld", "not_applicable"})


def _with_path(names: Names, holder: Doc, where: str, report: Report, own: tuple[str, str] | None) -> Doc:
    path, record = holder.get("path"), holder.get("record")
    if not isinstance(path, str):
        return holder
    if own is None:
        target = names.type_of(record) if isinstance(record, str) else None
        if target is None or not isinstance(record, str):
            return holder
        own = (target, record)
    renamed = names.path(own[0], own[1], path)
    if renamed is None:
        report(f"{where}.path", msg("a field that does not exist"), msg("the path of a field of that record"))
        return holder
    return {**holder, "path": renamed}


PLURALS_IN_ORDER = tuple((record_type, PLURALS[record_type]) for record_type in INTERCHANGE_TYPES)
