"""The words in which a record type is defined: kinds of fields, labels, confidentiality. Must not know any record type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, ClassVar, Literal

import msgspec

from i18n.message import Message

Class = Literal["C0", "C1", "C2", "C3"]
CLASSES: tuple[Class, ...] = ("C0", "C1", "C2", "C3")
BLANKS: tuple[str, ...] = ("unknown", "not_asked", "declined", "withheld", "not_applicable")


class Kind(Enum):
    """What a field holds. The value is the name used in documentation and questionnaires."""

    TEXT = "text"
    CHOICE = "choice"
    YESNO = "yes_no"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"
    ID = "id"
    PERSON = "person"
    AGENCY = "agency"
    GROUP = "group"
    LIST = "list"
    SET = "set"
    SEQUENCE = "sequence"
    TEXTS = "texts"
    ANSWER = "answer"
    CUSTOM = "custom"
    CLASS_CHANGES = "class_changes"


# Kinds that write a blank as the bare word; all others write {"blank": word}.
BARE_BLANK = frozenset(
    {Kind.CHOICE, Kind.YESNO, Kind.DATE, Kind.DATETIME, Kind.NUMBER, Kind.ID, Kind.PERSON, Kind.AGENCY}
)

Choices = Mapping[str, Message]


@dataclass(frozen=True)
class K:
    """The kind of one value. `refs` are the record types an id may name; `form` the written form of a text."""

    kind: Kind
    choices: Choices = field(default_factory=dict, hash=False, compare=False)
    refs: tuple[str, ...] = ()
    form: str = ""
    lexicon: str = ""
    item: K | None = None


@dataclass(frozen=True)
class F:
    """What a person reads about a field, and who may read the field. `cls` None: the default of the record type."""

    label: Message
    cls: Class | None = None
    widget: str = ""
    special: bool = False
    internal: bool = False
    suggestions: Choices = field(default_factory=dict, hash=False, compare=False)


class Group(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A group of fields; like every answer it may be blank as a whole."""

    blank: str | None = None


class Element(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A group that stands in a list and keeps its id through every edit."""

    id: str | None = None


class ClassChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A confidentiality class changed for one field of one record, with the reason."""

    class_: str = msgspec.field(name="class")
    reason: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of all record types: identity, own fields, changed classes. `type_name` etc. are read by `spec`."""

    type_name: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    label: ClassVar[Message] = Message("")
    default_class: ClassVar[Class] = "C1"
    in_interchange: ClassVar[bool] = True

    id: str
    classes: dict[str, ClassChange] | None = None
    custom: dict[str, Any] | None = None


class Blank(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stands where a text or a list would: only the reason why there is none."""


class Words(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody or something known by words only."""

    words: str | None = None


Text = Annotated[str | Blank | None, K(Kind.TEXT)]
Language = Annotated[str | Blank | None, K(Kind.TEXT, form="language")]
Country = Annotated[str | Blank | None, K(Kind.TEXT, form="country")]
Script = Annotated[str | Blank | None, K(Kind.TEXT, form="script")]
Sha256 = Annotated[str | None, K(Kind.TEXT, form="sha256")]
Code = Annotated[str | None, K(Kind.TEXT, form="code")]
FieldPath = Annotated[str | None, K(Kind.TEXT, form="path")]
YesNo = Annotated[bool | str | None, K(Kind.YESNO)]
Date = Annotated[str | None, K(Kind.DATE)]
DateTime = Annotated[str | None, K(Kind.DATETIME)]
Number = Annotated[int | str | None, K(Kind.NUMBER)]
PersonRef = Annotated[str | Words | None, K(Kind.PERSON, refs=("person", "colleague"))]
AgencyRef = Annotated[str | Words | None, K(Kind.AGENCY, refs=("agency", "organisation"), lexicon="agencies")]
# Somebody who writes or receives: a person, a colleague, or a body.
PartyRef = Annotated[
    str | Words | None,
    K(Kind.AGENCY, refs=("person", "colleague", "agency", "organisation"), lexicon="agencies"),
]
GroupRef = Annotated[str | Words | None, K(Kind.AGENCY, refs=("organisation", "agency"), lexicon="groups")]
Texts = Annotated[dict[str, str] | None, K(Kind.TEXTS)]
Languages = Annotated[dict[str, str] | None, K(Kind.TEXTS, form="language")]
# Annotated in a definition as `Annotated[Choice, one_of(...)]`.
Choice = str | None
Id = str | None
Many = tuple[str | Words, ...] | Blank | None
Items = tuple[str, ...] | Blank | None


def one_of(choices: Choices) -> K:
    """A choice from a closed list."""
    return K(Kind.CHOICE, choices)


def id_of(*types: str) -> K:
    """The id of a record of one of these types; without types, of any record."""
    return K(Kind.ID, refs=types)


def set_of(item: K) -> K:
    """Different values in an order; members are added and removed by value."""
    return K(Kind.SET, item=item)


def sequence_of(item: K) -> K:
    """Values in an order that may repeat; changed as a whole."""
    return K(Kind.SEQUENCE, item=item)


TEXT_ITEM = K(Kind.TEXT)
LANGUAGE_ITEM = K(Kind.TEXT, form="language")
COUNTRY_ITEM = K(Kind.TEXT, form="country")
SHA256_ITEM = K(Kind.TEXT, form="sha256")
PERSON_ITEM = K(Kind.PERSON, refs=("person", "colleague"))
AGENCY_ITEM = K(Kind.AGENCY, refs=("agency", "organisation"), lexicon="agencies")
# One who is wronged or applies: people, and organisations too.
VICTIM_ITEM = K(Kind.PERSON, refs=("person", "organisation"))
