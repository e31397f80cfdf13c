"""The record types of our own work: task, note, loss, questionnaire, stub. Must not hold testimony."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from i18n.message import Message, msg, pmsg
from storage.records import choices as c
from storage.records.common import Accounts, Anchor
from storage.records.kinds import (
    SHA256_ITEM,
    Choice,
    Class,
    Code,
    Date,
    DateTime,
    Element,
    F,
    Group,
    Id,
    Items,
    Languages,
    PersonRef,
    Record,
    Text,
    id_of,
    one_of,
    set_of,
)


class Task(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something due."""

    type_name: ClassVar[str] = "task"
    plural: ClassVar[str] = "tasks"
    label: ClassVar[Message] = msg("Task")
    default_class: ClassVar[Class] = "C3"

    kind: Annotated[Choice, one_of(c.TASK_KIND), F(msg("Kind"))] = None
    about: Annotated[Id, id_of(), F(msg("About"))] = None
    due: Annotated[DateTime, F(msg("Due"))] = None
    responsible: Annotated[PersonRef, F(msg("Responsible"))] = None
    done_on: Annotated[Date, F(msg("Done on"))] = None
    outcome: Annotated[Text, F(msg("Outcome"))] = None
    accounts: Accounts = None


class Note(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A remark of ours on a field or passage."""

    type_name: ClassVar[str] = "note"
    plural: ClassVar[str] = "notes"
    label: ClassVar[Message] = msg("Note")
    default_class: ClassVar[Class] = "C3"

    anchor: Annotated[Anchor | None, F(msg("Place of the remark"))] = None
    kind: Annotated[Choice, one_of(c.NOTE_KIND), F(msg("Kind"))] = None
    audience: Annotated[Choice, one_of(c.NOTE_AUDIENCE), F(msg("Who may read it"))] = None
    text: Annotated[Text, F(msg("Text"), widget="lines")] = None
    accounts: Accounts = None


class Loss(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Damage, for just satisfaction later."""

    type_name: ClassVar[str] = "loss"
    plural: ClassVar[str] = "losses"
    label: ClassVar[Message] = msg("Loss")
    default_class: ClassVar[Class] = "C3"

    person: Annotated[PersonRef, F(msg("Person"))] = None
    date: Annotated[Date, F(msg("Date"))] = None
    item: Annotated[Text, F(msg("What was lost"))] = None
    amount: Annotated[Text, F(msg("Amount"))] = None
    currency: Annotated[Text, F(msg("Currency"))] = None
    proof: Annotated[Id, id_of("evidence"), F(msg("Proof"))] = None
    accounts: Accounts = None


class OwnField(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One field an organisation adds to a record type."""

    name: Annotated[Text, F(msg("Name of the field"))] = None
    type: Annotated[Choice, one_of(c.OWN_FIELD_TYPE), F(msg("Type of the field"))] = None
    label: Annotated[Languages, F(msg("Label by language"))] = None
    class_: Annotated[Choice, one_of(c.CONFIDENTIALITY), F(msg("Confidentiality"))] = msgspec.field(
        name="class", default=None
    )
    on: Annotated[Text, F(msg("Record it belongs to"))] = None


class Questionnaire(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An organisation's own questions."""

    type_name: ClassVar[str] = "questionnaire"
    plural: ClassVar[str] = "questionnaires"
    label: ClassVar[Message] = msg("Questionnaire")
    default_class: ClassVar[Class] = "C3"

    slug: Annotated[Text, F(msg("Short name"))] = None
    title: Annotated[Languages, F(msg("Title by language"))] = None
    fields: Annotated[tuple[OwnField, ...] | Group | None, F(msg("Fields"))] = None


class Stub(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What remains here of a sealed interview."""

    type_name: ClassVar[str] = "stub"
    plural: ClassVar[str] = "stubs"
    label: ClassVar[Message] = msg("Sealed interview")
    default_class: ClassVar[Class] = "C3"
    in_interchange: ClassVar[bool] = False

    code: Annotated[Code, F(msg("Code"))] = None
    hashes: Annotated[Items, set_of(SHA256_ITEM), F(msg("Checksums"))] = None
    call_back: Annotated[Text, F(msg("Safe call-back"))] = None
    tasks: Annotated[Items, set_of(id_of("task")), F(msg("Tasks"))] = None
    withdrawn_on: Annotated[Date, F(msg("Withdrawn on"))] = None
    withdrawal_scope: Annotated[Choice, one_of(c.WITHDRAWAL_SCOPE), F(msg("What is withdrawn"))] = None
    addendum: Annotated[Text, F(pmsg("stub", "Addendum"))] = None
    reprisal: Annotated[Text, F(msg("Reprisal"))] = None
    contact_change: Annotated[Text, F(msg("Changed contact"))] = None
