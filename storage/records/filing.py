"""The record types `case` and `petition`: what a lawyer files. Must not know the forms of the procedures."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from i18n.message import Message, msg, pmsg
from storage.records import choices as c
from storage.records.common import Accounts, FileRef
from storage.records.kinds import (
    COUNTRY_ITEM,
    PERSON_ITEM,
    VICTIM_ITEM,
    Choice,
    Class,
    Code,
    Country,
    Date,
    DateTime,
    Element,
    F,
    FieldPath,
    Group,
    Id,
    Items,
    K,
    Kind,
    Language,
    Many,
    Number,
    PartyRef,
    PersonRef,
    Record,
    Sha256,
    Text,
    Texts,
    id_of,
    one_of,
    set_of,
)


class Case(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a lawyer files about; the first victim is the main one."""

    type_name: ClassVar[str] = "case"
    plural: ClassVar[str] = "cases"
    label: ClassVar[Message] = msg("Case")
    default_class: ClassVar[Class] = "C3"

    code: Annotated[Code, F(msg("Code"))] = None
    title: Annotated[Text, F(msg("Neutral title"))] = None
    victims: Annotated[Many, set_of(VICTIM_ITEM), F(msg("Victims"))] = None
    interviews: Annotated[Items, set_of(id_of("interview")), F(msg("Interviews"))] = None
    incidents: Annotated[Items, set_of(id_of("incident")), F(msg("Incidents"))] = None
    proceedings: Annotated[Items, set_of(id_of("proceeding")), F(msg("Proceedings"))] = None
    evidence: Annotated[Items, set_of(id_of("evidence")), F(pmsg("record", "Evidence"))] = None
    country: Annotated[Country, F(msg("Country"))] = None
    respondents: Annotated[Items, set_of(COUNTRY_ITEM), F(msg("Respondent States"))] = None
    status: Annotated[Text, F(msg("Status"), suggestions=c.CASE_STATUS)] = None
    project: Annotated[Text, F(msg("Project"))] = None
    team: Annotated[Many, set_of(PERSON_ITEM), F(msg("Team"))] = None
    excluded: Annotated[Many, set_of(PERSON_ITEM), F(msg("Kept out of this case"))] = None
    accounts: Accounts = None


class Argument(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One provision or category, why it is violated, and the facts."""

    provision: Annotated[Text, F(msg("Provision or category"))] = None
    explanation: Annotated[Text, F(msg("Explanation"), widget="lines")] = None
    facts: Annotated[Items, set_of(id_of("incident", "proceeding", "evidence")), F(msg("Facts"))] = None


class Redaction(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The decision about one mention."""

    record: Annotated[Id, id_of(), F(msg("Record"))] = None
    path: Annotated[FieldPath, F(msg("Field"))] = None
    quote: Annotated[Text, F(msg("Words"))] = None
    before: Annotated[Text, F(msg("Text before"))] = None
    after: Annotated[Text, F(msg("Text after"))] = None
    action: Annotated[Text, F(msg("Decision"), suggestions=c.REDACTION_ACTION)] = None
    subject: Annotated[Id, K(Kind.ID, form="subject"), F(msg("Who is meant"))] = None
    by: Annotated[PersonRef, F(msg("By"))] = None
    reason: Annotated[Text, F(msg("Reason"))] = None


class Override(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A formal block set aside by a lawyer, with the reason."""

    field: Annotated[Text, F(msg("Field of the form"))] = None
    reason: Annotated[Text, F(msg("Reason"))] = None


class Letter(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One letter of the correspondence after filing."""

    from_: Annotated[PartyRef, F(pmsg("sender", "From"))] = msgspec.field(name="from", default=None)
    dated: Annotated[Date, F(msg("Date of the letter"))] = None
    received_on: Annotated[Date, F(msg("Received on"))] = None
    file: Annotated[FileRef | None, F(msg("File"))] = None
    reply_due: Annotated[DateTime, F(msg("Reply due"))] = None


class Filing(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What became of the petition."""

    status: Annotated[Text, F(msg("Status"), suggestions=c.FILING_STATUS)] = None
    sent_on: Annotated[Date, F(msg("Sent on"))] = None
    channel: Annotated[Text, F(msg("Channel"))] = None
    proof: Annotated[Id, id_of("evidence"), F(msg("Proof of sending"))] = None
    reference: Annotated[Text, F(msg("Reference of the body"))] = None
    correspondence: Annotated[tuple[Letter, ...] | Group | None, F(msg("Correspondence"))] = None
    outcome: Annotated[Text, F(msg("Outcome"))] = None


class Export(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One file that left."""

    at: Annotated[DateTime, F(msg("When"))] = None
    audience: Annotated[Choice, one_of(c.AUDIENCE), F(msg("Copy for"))] = None
    to: Annotated[PartyRef, F(msg("Given to"))] = None
    sha256: Annotated[Sha256, F(msg("SHA-256 of the file"))] = None
    pages: Annotated[Number, F(msg("Pages"))] = None
    where: Annotated[Text, F(msg("Where the file is"))] = None


class Petition(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One filing drawn from a case."""

    type_name: ClassVar[str] = "petition"
    plural: ClassVar[str] = "petitions"
    label: ClassVar[Message] = msg("Petition")
    default_class: ClassVar[Class] = "C0"

    case: Annotated[Id, id_of("case"), F(msg("Case"), "C3")] = None
    procedure: Annotated[Text, F(msg("Procedure"))] = None
    form_version: Annotated[Text, F(msg("Version of the form"))] = None
    language: Annotated[Language, F(msg("Language"))] = None
    reference: Annotated[Text, F(msg("Reference of this petition"))] = None
    label_seed: Annotated[Text, F(msg("Seed of the pseudonyms"), "C3")] = None
    date: Annotated[Date, F(msg("Date of the petition"))] = None
    submitter: Annotated[PartyRef, F(msg("Submitter"), "C2")] = None
    applicants: Annotated[Many, set_of(VICTIM_ITEM), F(msg("Applicants"), "C1")] = None
    sections: Annotated[Texts, F(msg("Texts of the form"))] = None
    arguments: Annotated[tuple[Argument, ...] | Group | None, F(msg("Arguments"))] = None
    annexes: Annotated[Items, set_of(id_of("evidence")), F(msg("Annexes"))] = None
    redactions: Annotated[tuple[Redaction, ...] | Group | None, F(msg("Decisions about mentions"), "C3")] = (
        None
    )
    overrides: Annotated[tuple[Override, ...] | Group | None, F(msg("Blocks set aside"), "C3")] = None
    filing: Annotated[Filing | None, F(msg("Filing"), "C3")] = None
    exports: Annotated[tuple[Export, ...] | Group | None, F(msg("Files that left"), "C3")] = None
    accounts: Accounts = None
