"""Finds every fault of a record and gives its normal form. Must not stop at the first fault, nor quote content.

A decoder stops at the first fault; a person who mends a file wants all of them, as `path: what is wrong: what was
expected`. One pass reads a record, lists its faults and builds the document that would be stored.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from i18n.message import Message, msg
from storage.errors import Fault
from storage.records import forms, limits
from storage.records.classes import is_lowering_without_reason
from storage.records.kinds import BARE_BLANK, BLANKS, CLASSES, K, Kind
from storage.records.paths import parse_path
from storage.records.spec import FieldSpec, spec_of

Doc = dict[str, Any]


class _Nothing:
    """A value that is absent, or faulty and already reported."""


NOTHING = _Nothing()


class References(Protocol):
    """Who a reference means: the import's table of new ids, or the notebook."""

    def resolve(self, identity: str) -> tuple[str, str] | None:
        """(id to store, record type) of what a file calls `identity`; None when there is no such record."""


@dataclass(frozen=True)
class OwnFieldType:
    """One own field as a questionnaire defines it."""

    record_type: str | None
    kind: str


@dataclass
class Walker:
    """Checks records one after another and gathers their faults.

    `in_file`: the record comes from an interchange file (files have a `path`, none has `blobs`); otherwise from the
    window or the notebook. `patch`: null stays, as "cleared".
    """

    references: References
    own_fields: Mapping[str, OwnFieldType] = field(default_factory=dict)
    in_file: bool = True
    new_id: Callable[[], str] = lambda: str(uuid.uuid4())
    faults: list[Fault] = field(default_factory=list)

    def record(self, record_type: str, raw: Mapping[str, Any], path: str, *, patch: bool = False) -> Doc:
        """The normal form of a record (without its id), as far as it has no faults; faults are appended."""
        spec = spec_of(record_type)
        doc: Doc = {}
        for name, value in raw.items():
            where = _join(path, name)
            if name == "id":
                continue
            if name in ("classes", "custom"):
                result: Any = self._extra(name, record_type, value, where)
            elif name == "accounts" and isinstance(value, list):
                result = self._accounts(record_type, spec.fields.get(name), value, where)
            elif (known := spec.fields.get(name)) is None or (known.internal and self.in_file):
                self._unknown(where, spec.fields)
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
            where = _join(path, name)
            known = fields.get(name)
            if name == skip and name:
                continue
            if (
                known is None
                or (known.internal and self.in_file)
                or (name == "path" and self._is_stored_file(known))
            ):
                self._unknown(where, fields)
                continue
            result = self.value(known, inner, where)
            if result is not NOTHING:
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
        for position, raw in enumerate(value):
            where = f"{path}[{position}]"
            element = self._group(spec.fields, raw, where, skip="id")
            identity = self._element_id(raw, where, seen) if isinstance(raw, dict) else None
            if element is not NOTHING and identity is not None:
                elements.append({"id": identity, **element})
            elif isinstance(raw, dict) and not raw:
                self._fault(where, msg("an empty element"), msg("at least one field"))
        return elements or NOTHING

    def _element_id(self, raw: Doc, path: str, seen: set[str]) -> str | None:
        identity = raw.get("id")
        if identity is None:
            return ""
        if not isinstance(identity, str) or not 0 < len(identity) <= forms.ID_LENGTH or "/" in identity:
            self._wrong(_join(path, "id"), identity, msg("a short text without a slash"))
            return None
        if forms.has_lone_surrogate(identity) or "\0" in identity:
            self._fault(_join(path, "id"), msg("letters that are not Unicode text"), msg("plain text"))
            return None
        if identity in seen:
            self._fault(
                _join(path, "id"), msg("the same id twice in a list"), msg("a different id for each element")
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

    # -- single values --

    def _blank(self, k: K, value: Doc, path: str) -> Any:
        word = value["blank"]
        if len(value) > 1:
            return self._fault(
                path, msg("a blank together with other fields"), msg("either a blank or a value")
            )
        if not isinstance(word, str) or word not in BLANKS:
            return self._fault(_join(path, "blank"), msg("not the word of a blank"), _listed(BLANKS))
        if k.kind in (Kind.PERSON, Kind.AGENCY):
            return word
        if k.kind in BARE_BLANK:
            return self._fault(
                path, msg("a blank written as a group"), msg("the bare word, such as “unknown”")
            )
        return {"blank": word}

    def _scalar(self, k: K, value: Any, path: str) -> Any:
        return _SCALARS[k.kind](self, k, value, path)

    def _text(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, dict) and "blank" in value:
            return self._blank(k, value, path)
        if not isinstance(value, str):
            return self._wrong(path, value, msg("a text"))
        if not self._is_storable(value, path):
            return NOTHING
        if k.form and (expected := forms.expected_form(k.form, value)) is not None:
            return self._fault(path, msg("not of the form this field has"), expected)
        return value

    def _is_storable(self, text: str, path: str) -> bool:
        if len(text) * 4 > limits.TEXT_BYTES and forms.utf8_length(text) > limits.TEXT_BYTES:
            self._fault(path, msg("the text is too long"), msg("at most 8 MiB of text"))
            return False
        if forms.has_lone_surrogate(text):
            self._fault(path, msg("letters that are not Unicode text"), msg("plain text"))
            return False
        if "\0" in text:
            self._fault(path, msg("a zero character in a text"), msg("plain text"))
            return False
        return True

    def _choice(self, k: K, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            return self._wrong(path, value, _choice_hint(k))
        if value in k.choices or value in BLANKS or (k.lexicon and value in forms.lexicon_table(k.lexicon)):
            return value
        return self._fault(path, msg("a word that is not in the list"), _choice_hint(k))

    def _yes_no(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, bool) or (isinstance(value, str) and value in BLANKS):
            return value
        return self._wrong(path, value, msg("true, false or the word of a blank"))

    def _date(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, str) and (value in BLANKS or forms.is_date(value)):
            return value
        return self._wrong(
            path, value, msg("a date such as 2015-03-27, 2015-03, 2015~ or [2015..2016]"), "date"
        )

    def _datetime(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, str) and (value in BLANKS or forms.is_datetime(value)):
            return value
        return self._wrong(
            path, value, msg("a date and time with zone such as 2026-05-01T10:00+02:00"), "date"
        )

    def _number(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, str) and value in BLANKS:
            return value
        if isinstance(value, bool) or not isinstance(value, int):
            return self._wrong(path, value, msg("a whole number"))
        if abs(value) > limits.NUMBER_MAX or (k.form == "stage" and value not in (1, 2, 3)):
            expected = msg("1, 2 or 3") if k.form == "stage" else msg("a smaller number")
            return self._fault(path, msg("a number out of range"), expected)
        return value

    def _id(self, k: K, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            return self._wrong(path, value, msg("the id of a record"))
        if value in BLANKS or k.form == "element":
            return value
        return self._reference(k, value, path)

    def _person(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, dict):
            return self._words(value, path)
        if not isinstance(value, str):
            return self._wrong(path, value, msg("the id of a person, or a group with “words”"))
        return value if value in BLANKS else self._reference(k, value, path)

    def _agency(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, dict):
            return self._words(value, path)
        if not isinstance(value, str):
            return self._wrong(path, value, msg("the short name or id of a body, or a group with “words”"))
        if value in BLANKS or value in forms.lexicon_table(k.lexicon):
            return value
        return self._reference(k, value, path)

    def _words(self, value: Doc, path: str) -> Any:
        if "blank" in value:
            return self._blank(K(Kind.PERSON), value, path)
        for name in value:
            if name != "words":
                self._fault(_join(path, name), msg("a field that does not exist"), msg("only “words”"))
        words = value.get("words")
        if set(value) != {"words"}:
            return NOTHING
        if not isinstance(words, str) or not words:
            return self._wrong(_join(path, "words"), words, msg("a text"))
        return {"words": words} if self._is_storable(words, _join(path, "words")) else NOTHING

    def _reference(self, k: K, value: str, path: str) -> Any:
        found = self.references.resolve(value)
        if found is None:
            return self._fault(path, msg("no record has this id"), _reference_hint(k))
        identity, record_type = found
        if k.refs and record_type not in k.refs:
            problem = msg(
                "this id belongs to another type of record ({type})", type=spec_of(record_type).label
            )
            return self._fault(path, problem, _reference_hint(k))
        return identity

    def _texts(self, k: K, value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            return self._wrong(path, value, msg("a group of texts"))
        texts: Doc = {}
        for name, inner in value.items():
            where = _join(path, name)
            if not self._is_storable(name, where) or inner is None or inner == "":
                continue
            if "/" in name or not name:
                self._fault(where, msg("a name that cannot be used"), msg("a name without a slash"))
            elif k.form and (expected := forms.expected_form(k.form, name)) is not None:
                self._fault(where, msg("not of the form this field has"), expected)
            elif not isinstance(inner, str):
                self._wrong(where, inner, msg("a text"))
            elif self._is_storable(inner, where):
                texts[name] = inner
        return texts or NOTHING

    def _answer(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, dict):
            if set(value) != {"blank"}:
                return self._fault(
                    path, msg("a group where an answer was expected"), msg("a value or a blank")
                )
            return self._blank(K(Kind.TEXT), value, path)
        if isinstance(value, list):
            return self._members(K(Kind.SEQUENCE, item=K(Kind.TEXT)), value, path) if value else NOTHING
        if isinstance(value, bool):
            return value
        return (
            self._text(K(Kind.TEXT), value, path) if isinstance(value, str) else self._number(k, value, path)
        )

    # -- what stands beside the fields --

    def _extra(self, name: str, record_type: str, value: Any, path: str) -> Any:
        if value is None or value == {}:
            return NOTHING
        if not isinstance(value, dict):
            return self._wrong(path, value, msg("a group of fields"))
        read = self._class_change if name == "classes" else self._own_field
        result = {}
        for key, inner in value.items():
            where = _join(path, key)
            if not self._is_storable(key, path):
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
            return self._fault(_join(path, "class"), msg("a word that is not in the list"), _listed(CLASSES))
        reason = value.get("reason") or ""
        if not isinstance(reason, str) or not self._is_storable(reason, _join(path, "reason")):
            return self._wrong(_join(path, "reason"), reason, msg("a text"))
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
        """Other accounts are checked against the field they are about."""
        if spec is None:
            self._unknown(path, {})
            return NOTHING
        result = self._list(spec, value, path)
        if result is NOTHING:
            return NOTHING
        for position, raw in enumerate(value):
            about = raw.get("path") if isinstance(raw, dict) else None
            at = parse_path(record_type, about) if isinstance(about, str) else None
            where = f"{path}[{position}]"
            if at is None or at.is_element:
                self._fault(
                    _join(where, "path"),
                    msg("a field that does not exist"),
                    msg("the path of a field of this record"),
                )
            elif "value" in raw and position < len(result):
                checked = self.value(at.spec, raw["value"], _join(where, "value"))
                if checked is not NOTHING:
                    result[position]["value"] = checked
        return result

    # -- faults --

    def _check_size(self, doc: Doc, path: str) -> None:
        try:
            size = len(msgspec.json.encode(doc))
        except (UnicodeEncodeError, TypeError, ValueError):
            return  # reported already, at the text itself
        if size > limits.RECORD_BYTES:
            self._fault(path, msg("the record is too large"), msg("at most 32 MiB in one record"))

    def _unknown(self, path: str, fields: Mapping[str, Any]) -> None:
        self._fault(
            path,
            msg("a field that does not exist"),
            msg("a field of this record; see the description of the format"),
        )

    def _wrong(self, path: str, value: Any, expected: Message, wanted: str = "") -> Any:
        problem = msg("not a valid date") if wanted == "date" and isinstance(value, str) else _found(value)
        return self._fault(path, problem, expected)

    def _fault(self, path: str, problem: Message, expected: Message) -> Any:
        self.faults.append(Fault(forms.printable(path), problem, expected))
        return NOTHING


_SCALARS: dict[Kind, Callable[[Walker, K, Any, str], Any]] = {
    Kind.TEXT: Walker._text,
    Kind.CHOICE: Walker._choice,
    Kind.YESNO: Walker._yes_no,
    Kind.DATE: Walker._date,
    Kind.DATETIME: Walker._datetime,
    Kind.NUMBER: Walker._number,
    Kind.ID: Walker._id,
    Kind.PERSON: Walker._person,
    Kind.AGENCY: Walker._agency,
    Kind.TEXTS: Walker._texts,
    Kind.ANSWER: Walker._answer,
}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _found(value: Any) -> Message:
    if value is None:
        return msg("nothing")
    if isinstance(value, bool):
        return msg("true or false")
    if isinstance(value, int | float):
        return msg("a number")
    if isinstance(value, str):
        return msg("a text")
    return msg("a list") if isinstance(value, list) else msg("a group")


def _listed(words: Any) -> Message:
    return msg("one of: {words}", words=", ".join(words))


def _choice_hint(k: K) -> Message:
    if k.lexicon == "kinds":
        return msg("a code of the taxonomy, such as {example}", example="detention.incommunicado")
    if k.lexicon:
        return msg("a document type, such as {example}", example="doc-verdict")
    return _listed(k.choices)


def _reference_hint(k: K) -> Message:
    if not k.refs:
        return msg("the id of a record")
    if k.lexicon:
        return msg("the short name or id of a body, or a group with “words”")
    return msg("the id of a record of type {types}", types=", ".join(k.refs))
