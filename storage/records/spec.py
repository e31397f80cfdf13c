"""The tree of fields of each record type, computed from the definitions. Must not be written by hand anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from i18n.message import Message
from storage.records.bodies import Agency, Colleague, Organisation
from storage.records.consent import Authority, Consent
from storage.records.evidence import Evidence
from storage.records.filing import Case, Petition
from storage.records.incident import Incident
from storage.records.interview import Interview
from storage.records.kinds import BARE_BLANK, Blank, Class, Element, F, Group, K, Kind, Record, Words
from storage.records.person import Person
from storage.records.proceeding import Proceeding
from storage.records.work import Loss, Note, Questionnaire, Stub, Task

# In the order an interchange file lists them.
RECORD_CLASSES: tuple[type[Record], ...] = (
    Person,
    Interview,
    Consent,
    Incident,
    Proceeding,
    Evidence,
    Authority,
    Organisation,
    Agency,
    Case,
    Petition,
    Task,
    Note,
    Loss,
    Questionnaire,
    Stub,
    Colleague,
)
TYPES: tuple[str, ...] = tuple(cls.type_name for cls in RECORD_CLASSES)
INTERCHANGE_TYPES: tuple[str, ...] = tuple(cls.type_name for cls in RECORD_CLASSES if cls.in_interchange)
PLURALS: dict[str, str] = {cls.type_name: cls.plural for cls in RECORD_CLASSES}
TYPE_OF_PLURAL: dict[str, str] = {cls.plural: cls.type_name for cls in RECORD_CLASSES if cls.in_interchange}

_WIDGETS: dict[Kind, str] = {
    Kind.TEXT: "line",
    Kind.CHOICE: "choice",
    Kind.YESNO: "yes_no",
    Kind.DATE: "date",
    Kind.DATETIME: "datetime",
    Kind.NUMBER: "number",
    Kind.ID: "record",
    Kind.PERSON: "person",
    Kind.AGENCY: "agency",
    Kind.GROUP: "group",
    Kind.LIST: "list",
    Kind.SET: "chips",
    Kind.SEQUENCE: "chips",
    Kind.TEXTS: "texts",
    Kind.ANSWER: "answer",
}


@dataclass(frozen=True)
class FieldSpec:
    """One field: what it holds, what a person reads, who may read it. `path` has no element ids (`names/full`)."""

    name: str
    path: str
    k: K
    label: Message
    cls: Class
    special: bool
    internal: bool
    widget: str
    suggestions: Mapping[str, Message] = field(hash=False, compare=False)
    fields: Mapping[str, FieldSpec] = field(hash=False, compare=False)
    is_place: bool = False

    @property
    def kind(self) -> Kind:
        """What the field holds."""
        return self.k.kind

    @property
    def choices(self) -> Mapping[str, Message]:
        """The closed list of words of a choice, or of the members of a set of choices."""
        return self.k.item.choices if self.k.item is not None else self.k.choices

    @property
    def bare_blank(self) -> bool:
        """Whether a blank is written as the bare word."""
        return self.k.kind in BARE_BLANK


@dataclass(frozen=True)
class RecordSpec:
    """One record type."""

    type: str
    plural: str
    label: Message
    default_class: Class
    in_interchange: bool
    fields: Mapping[str, FieldSpec] = field(hash=False, compare=False)

    def walk(self) -> Iterator[FieldSpec]:
        """Every field, parents before children, in the order of the definition."""
        stack = list(reversed(list(self.fields.values())))
        while stack:
            spec = stack.pop()
            yield spec
            stack.extend(reversed(list(spec.fields.values())))


@cache
def spec_of(record_type: str) -> RecordSpec:
    """The specification of a record type; KeyError for a type that does not exist."""
    cls = _BY_NAME[record_type]
    return RecordSpec(
        cls.type_name,
        cls.plural,
        cls.label,
        cls.default_class,
        cls.in_interchange,
        _fields(cls, "", cls.default_class),
    )


_BY_NAME: dict[str, type[Record]] = {cls.type_name: cls for cls in RECORD_CLASSES}
_OWN = frozenset({"id", "classes", "custom", "blank"})


def _fields(cls: type[msgspec.Struct], prefix: str, inherited: Class) -> dict[str, FieldSpec]:
    hints = get_type_hints(cls, include_extras=True)
    specs: dict[str, FieldSpec] = {}
    for info in msgspec.structs.fields(cls):
        if info.encode_name in _OWN and info.name in _OWN:
            continue
        specs[info.encode_name] = _field(info.encode_name, hints[info.name], prefix, inherited)
    return specs


def _field(name: str, hint: Any, prefix: str, inherited: Class) -> FieldSpec:
    base, extras = _unwrap(hint)
    facts = next(extra for extra in extras if isinstance(extra, F))
    path = f"{prefix}/{name}" if prefix else name
    cls: Class = facts.cls or inherited
    k = next((extra for extra in reversed(extras) if isinstance(extra, K)), None)
    children: dict[str, FieldSpec] = {}
    struct: type[Group] | None = None
    if k is None:
        k, struct = _structure(base)
        children = _fields(struct, path, cls)
    return FieldSpec(
        name,
        path,
        k,
        facts.label,
        cls,
        facts.special,
        facts.internal,
        facts.widget or _WIDGETS[k.kind],
        facts.suggestions,
        children,
        struct is not None and struct.__name__ == "Place",
    )


def _unwrap(hint: Any) -> tuple[Any, list[Any]]:
    """The bare type and everything annotated to it, outermost last."""
    if get_origin(hint) is not Annotated:
        return hint, []
    base, *extras = get_args(hint)
    inner, before = _unwrap(base)
    return inner, before + extras


def _structure(base: Any) -> tuple[K, type[Group]]:
    members = get_args(base) if get_origin(base) in (Union, UnionType) else (base,)
    for member in members:
        if get_origin(member) is tuple:
            return K(Kind.LIST), get_args(member)[0]
    for member in members:
        if (
            isinstance(member, type)
            and issubclass(member, Group)
            and member not in (Group, Element, Blank, Words)
        ):
            return K(Kind.GROUP), member
    raise TypeError("a field definition without a kind")
