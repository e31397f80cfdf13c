"""Finds every fault of a record and gives its normal form. Must not stop at the first fault, nor quote content.

A decoder stops at the first fault; a person who mends a file wants all of them, as `path: what is wrong: what was
expected`. One pass reads a record, lists its faults and builds the document that would be stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from i18n.message import msg
from storage.records import forms, limits
from storage.records.classes import is_lowering_without_reason
from storage.records.kinds import BARE_BLANK, BLANKS, CLASSES, K, Kind
from storage.records.own_fields import OwnFieldType
from storage.records.paths import parse_path
from storage.records.spec import FieldSpec, spec_of
from storage.records.values import NOTHING, References, ValueChecker, join, listed

__all__ = ["OwnFieldType", "References", "Walker"]

Doc = dict[str, Any]


@dataclass
class Walker(ValueChecker):
    """Checks records one after another and gathers their faults.

    `in_file`: the record comes from an interchange file (files have a `path`, none has `blobs`); otherwise from the
    window or the notebook. `patch`: null stays, as "cleared".
    """

    own_fields: Mapping[str, OwnFieldType] = field(default_factory=dict)
    in_file: bool = True

    def record(self, record_type: str, raw: Mapping[str, Any], path: str, *, patch: bool = False) -> Doc:
        """The normal form of a record (without its id), as far as it has no faults; faults are appended."""
        spec = spec_of(record_type)
        doc: Doc = {}
        self.keep_null = patch
        for name, value in raw.items():
            where = join(path, name)
            if name == "id":
                continue
            if name in ("classes", "custom"):
                result: Any = self._extra(name, record_type, value, where)
            elif name == "accounts" and isinstance(value, list):
                result = self._accounts(record_type, spec.fields.get(name), value, where)
            elif (known := spec.fields.get(name)) is None or (known.internal and self.in_file):
                self._unknown(where)
                continue
            else:
                result = self.value(known, value, where)
            if value is None and patch:
                doc[name] = None
            elif result is not NOTHING:
                doc[name] = result
        self._check_size(doc, path)
        return doc

    def value(self, spec: FieldSpec, value: Any, path: str) -> Any:
        """The normal form of one field's value, or NOTHING."""
        if value is None or value == "" or (isinstance(value, list | dict) and not value):
            return NOTHING
        kind = spec.k.kind
        if isinstance(value, dict) and "blank" in value and kind is not Kind.ANSWER:
            return self._blank(spec.k, value, path)
        if kind is Kind.GROUP:
            return self._group(spec.fields, value, path)
        if kind is Kind.LIST:
            return self._list(spec, value, path)
        if kind in (Kind.SET, Kind.SEQUENCE):
            return self._members(spec.k, value, path)
        return self._scalar(spec.k, value, path)

    # -- groups, lists, sets --

    def _group(self, fields: Mapping[str, FieldSpec], value: Any, path: str, skip: str = "") -> Any:
        if not isinstance(value, dict):
            return self._wrong(path, value, msg("a group of fields"))
        group: Doc = {}
        for name, inner in value.items():
            where = join(path, name)
            known = fields.get(name)
            if name == skip and name:
                continue
            if (
                known is None
                or (known.internal and self.in_file)
                or (name == "path" and self._is_stored_file(known))
            ):
                self._unknown(where)
                continue
            result = self.value(known, inner, where)
            if inner is None and self.keep_null:
                group[name] = None
            elif result is not NOTHING:
                group[name] = result
        return group or NOTHING

    def _is_stored_file(self, known: FieldSpec) -> bool:
        return not self.in_file and known.path.endswith("file/path")

    def _list(self, spec: FieldSpec, value: Any, path: str) -> Any:
        if not isinstance(value, list):
            return self._wrong(path, value, msg("a list"))
        if not self._fits(value, path):
            return NOTHING
        seen: set[str] = set()
        elements: list[Doc] = []
        outer, self.keep_null = self.keep_null, False
        for position, raw in enumerate(value):
            where = f"{path}[{position}]"
            element = self._group(spec.fields, raw, where, skip="id")
            identity = self._element_id(raw, where, seen) if isinstance(raw, dict) else None
            if element is not NOTHING and identity is not None:
                elements.append({"id": identity, **element})
            elif isinstance(raw, dict) and not raw:
                self._fault(where, msg("an empty element"), msg("at least one field"))
        self.keep_null = outer
        return elements or NOTHING

    def _element_id(self, raw: Doc, path: str, seen: set[str]) -> str | None:
        identity = raw.get("id")
        if identity is None:
            return ""
        if not isinstance(identity, str) or not 0 < len(identity) <= forms.ID_LENGTH or "/" in identity:
            self._wrong(join(path, "id"), identity, msg("a short text without a slash"))
            return None
        if forms.has_lone_surrogate(identity) or "\0" in identity:
            self._fault(join(path, "id"), msg("letters that are not Unicode text"), msg("plain text"))
            return None
        if identity in seen:
            self._fault(
                join(path, "id"), msg("the same id twice in a list"), msg("a different id for each element")
            )
            return None
        seen.add(identity)
        return identity

    def _members(self, k: K, value: Any, path: str) -> Any:
        assert k.item is not None
        if not isinstance(value, list):
            return self._wrong(path, value, msg("a list"))
        if not self._fits(value, path):
            return NOTHING
        members: list[Any] = []
        seen: set[bytes] = set()
        for position, raw in enumerate(value):
            where = f"{path}[{position}]"
            if raw is None or raw == "" or raw == {}:
                self._fault(where, msg("an empty element"), msg("a value"))
                continue
            if (
                isinstance(raw, str)
                and raw in BLANKS
                and raw not in k.item.choices
                and k.item.kind in BARE_BLANK
            ):
                self._fault(where, msg("a blank inside a list"), msg("the blank in place of the whole list"))
                continue
            member = self._scalar(k.item, raw, where)
            if member is NOTHING:
                continue
            key = msgspec.json.encode(member, order="sorted")
            if k.kind is Kind.SET and key in seen:
                self._fault(where, msg("the same value twice"), msg("each value once"))
                continue
            seen.add(key)
            members.append(member)
        return members or NOTHING

    def _fits(self, value: list[Any], path: str) -> bool:
        if len(value) <= limits.LIST_ELEMENTS:
            return True
        self._fault(
            path,
            msg("{count} elements", count=len(value)),
            msg("at most {limit} elements", limit=limits.LIST_ELEMENTS),
        )
        return False

    # -- what stands beside the fields --

    def _extra(self, name: str, record_type: str, value: Any, path: str) -> Any:
        if value is None or value == {}:
            return NOTHING
        if not isinstance(value, dict):
            return self._wrong(path, value, msg("a group of fields"))
        read = self._class_change if name == "classes" else self._own_field
        result: Doc = {}
        for key, inner in value.items():
            where = join(path, key)
            if not self._is_storable(key, path):
                continue
            if inner is None and self.keep_null:
                result[key] = None
                continue
            found = read(record_type, key, inner, where)
            if found is not NOTHING:
                result[key] = found
        return result or NOTHING

    def _class_change(self, record_type: str, key: str, value: Any, path: str) -> Any:
        at = parse_path(record_type, key)
        if at is None and key not in self.own_fields:
            return self._fault(
                path, msg("a field that does not exist"), msg("the path of a field of this record")
            )
        if not isinstance(value, dict) or not set(value) <= {"class", "reason"} or "class" not in value:
            return self._wrong(path, value, msg("a group with “class” and “reason”"))
        if value["class"] not in CLASSES:
            return self._fault(join(path, "class"), msg("a word that is not in the list"), listed(CLASSES))
        reason = value.get("reason") or ""
        if not isinstance(reason, str) or not self._is_storable(reason, join(path, "reason")):
            return self._wrong(join(path, "reason"), reason, msg("a text"))
        if at is not None and is_lowering_without_reason(at.spec.cls, value):
            return self._fault(
                path,
                msg("a class below the default without a reason"),
                msg("a reason beside the lower class"),
            )
        return {"class": value["class"], "reason": reason} if reason else {"class": value["class"]}

    def _own_field(self, record_type: str, key: str, value: Any, path: str) -> Any:
        own = self.own_fields.get(key)
        if own is None or own.record_type != record_type:
            return self._fault(
                path,
                msg("no questionnaire has this field for this type of record"),
                msg("a field of a questionnaire"),
            )
        if value is None or value == "" or value == []:
            return NOTHING
        if isinstance(value, dict):
            return self._answer(K(Kind.ANSWER), value, path)
        kind = {"choice": Kind.TEXT}.get(own.kind) or Kind(own.kind)
        if isinstance(value, str) and value in BLANKS and kind is not Kind.TEXT:
            return self._fault(
                path,
                msg("a bare word"),
                msg("a blank as a group, such as {example}", example='{"blank": "unknown"}'),
            )
        return self._scalar(K(kind), value, path)

    def _accounts(self, record_type: str, spec: FieldSpec | None, value: list[Any], path: str) -> Any:
        """Other accounts: each value is checked as a value of the field it is about, so it may be a place or a set too."""
        if spec is None:
            self._unknown(path)
            return NOTHING
        bare = [_without_value(raw) for raw in value]
        result = self._list(spec, bare, path)
        if result is NOTHING or len(result) != len(value):
            return result
        for position, raw in enumerate(value):
            where = f"{path}[{position}]"
            about = raw.get("path")
            at = parse_path(record_type, about) if isinstance(about, str) else None
            if at is None or at.is_element or at.spec.kind is Kind.LIST:
                expected = msg("the path of a field of this record that is no list")
                self._fault(join(where, "path"), msg("a field that does not exist"), expected)
            elif (checked := self.value(at.spec, raw.get("value"), join(where, "value"))) is not NOTHING:
                result[position]["value"] = checked
        return result

    def _check_size(self, doc: Doc, path: str) -> None:
        try:
            size = len(msgspec.json.encode(doc))
        except (UnicodeEncodeError, TypeError, ValueError):
            return  # reported already, at the text itself
        if size > limits.RECORD_BYTES:
            self._fault(path, msg("the record is too large"), msg("at most 32 MiB in one record"))


def _without_value(raw: Any) -> Any:
    return {name: inner for name, inner in raw.items() if name != "value"} if isinstance(raw, dict) else raw
