"""The record type `evidence`: one file or object. Must not read the file."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from i18n.message import Message, msg, pmsg
from storage.records import choices as c
from storage.records.common import Accounts, FileRef
from storage.records.kinds import (
    Choice,
    Class,
    Date,
    DateTime,
    Element,
    F,
    Group,
    Id,
    Items,
    K,
    Kind,
    Language,
    Number,
    PersonRef,
    Record,
    Sha256,
    Text,
    YesNo,
    id_of,
    one_of,
    set_of,
)


class Custody(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One step of custody; steps are only ever added."""

    who: Annotated[PersonRef, F(msg("Who"))] = None
    at: Annotated[DateTime, F(msg("When"))] = None
    what: Annotated[Text, F(msg("What was done"))] = None
    tool: Annotated[Text, F(msg("Tool"))] = None
    hash: Annotated[Sha256, F(msg("SHA-256 afterwards"))] = None


class Evidence(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A document, picture, recording or object, and how it came here."""

    type_name: ClassVar[str] = "evidence"
    plural: ClassVar[str] = "evidence"
    label: ClassVar[Message] = pmsg("record", "Evidence")
    default_class: ClassVar[Class] = "C0"

    title: Annotated[Text, F(msg("Title"), "C1")] = None
    neutral_title: Annotated[Text, F(msg("Neutral title, may leave"))] = None
    kind: Annotated[Choice, K(Kind.CHOICE, lexicon="document_types"), F(msg("Kind"))] = None
    dated: Annotated[Date, F(msg("Date of the document"))] = None
    author: Annotated[Text, F(msg("Author"), "C1")] = None
    language: Annotated[Language, F(msg("Language"))] = None
    pages: Annotated[Number, F(msg("Pages"))] = None
    file: Annotated[FileRef | None, F(msg("File"))] = None
    origin: Annotated[Text, F(msg("Origin"), "C1")] = None
    device_owner: Annotated[PersonRef, F(msg("Owner of the device"), "C1")] = None
    captured_by: Annotated[PersonRef, F(msg("Made by"), "C1")] = None
    whole_or_part: Annotated[Choice, one_of(c.WHOLE_OR_PART), F(msg("Whole or part"))] = None
    obtained_how: Annotated[Text, F(msg("How obtained"), "C1")] = None
    lawful_basis: Annotated[Text, F(msg("Lawful basis"))] = None
    duress: Annotated[Choice, one_of(c.DURESS), F(msg("Signs of duress"))] = None
    custody: Annotated[tuple[Custody, ...] | Group | None, F(msg("Chain of custody"), "C3")] = None
    translation_of: Annotated[Id, id_of("evidence"), F(msg("Translation of"))] = None
    derived_from: Annotated[Items, set_of(id_of("evidence")), F(msg("Made from"))] = None
    class_: Annotated[Choice, one_of(c.CONFIDENTIALITY), F(msg("Confidentiality of the file"))] = (
        msgspec.field(name="class", default=None)
    )
    not_to_ncb: Annotated[YesNo, F(msg("Not to the national bureau of INTERPOL"))] = None
    concerns: Annotated[
        Items, set_of(id_of("incident", "person", "proceeding")), F(msg("Concerns"), "C1")
    ] = None
    keep_until: Annotated[Text, F(msg("Keep until"), "C3")] = None
    accounts: Accounts = None
