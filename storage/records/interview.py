"""The record type `interview`: testimony of one interviewee, in one or more sittings. Must not hold identities."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import msgspec

from i18n.message import Message, msg, pmsg
from storage.records import choices as c
from storage.records.common import Accounts, Place
from storage.records.kinds import (
    LANGUAGE_ITEM,
    PERSON_ITEM,
    TEXT_ITEM,
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
    K,
    Kind,
    Language,
    Many,
    Number,
    PersonRef,
    Record,
    Text,
    YesNo,
    id_of,
    one_of,
    sequence_of,
    set_of,
)


class Session(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One sitting."""

    from_: Annotated[DateTime, F(msg("From"))] = msgspec.field(name="from", default=None)
    to: Annotated[DateTime, F(pmsg("time", "To"))] = None
    mode: Annotated[Choice, one_of(c.SESSION_MODE), F(msg("Manner"))] = None
    channel: Annotated[Text, F(msg("Channel"), suggestions=c.CONTACT_CHANNEL)] = None
    place: Annotated[Place | None, F(msg("Place"))] = None


class Interpreter(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How interpreting was done and how far it can be relied on."""

    mode: Annotated[Text, F(msg("Manner"), suggestions=c.SESSION_MODE)] = None
    pair: Annotated[Items, sequence_of(LANGUAGE_ITEM), F(msg("From and into"))] = None
    how_found: Annotated[Text, F(msg("How found"))] = None
    relation: Annotated[Text, F(msg("Relation to the interviewee"))] = None
    undertaking: Annotated[YesNo, F(msg("Undertaking signed"))] = None
    agreed_in_private: Annotated[YesNo, F(msg("Interviewee agreed in private"))] = None
    quality: Annotated[Text, F(msg("Quality"))] = None


class Conditions(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Under which conditions the interview was held."""

    private: Annotated[YesNo, F(msg("In private"))] = None
    who_could_hear: Annotated[Text, F(msg("Who could hear"))] = None
    promised_or_paid: Annotated[Text, F(msg("Promised or paid"))] = None
    preferred: Annotated[Text, F(msg("Preferred interviewer"))] = None


class Narrative(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One text of the testimony, in one language."""

    language: Annotated[Language, F(msg("Language"))] = None
    kind: Annotated[Choice, one_of(c.NARRATIVE_KIND), F(msg("Kind of text"))] = None
    text: Annotated[Text, F(msg("Text"), widget="narrative")] = None
    translation_of: Annotated[
        Id, K(Kind.ID, refs=("narratives",), form="element"), F(msg("Translation of"))
    ] = None
    translator: Annotated[PersonRef, F(msg("Translator"), "C3")] = None
    paragraphs: Annotated[
        Items, sequence_of(one_of(c.PARAGRAPH_STATE)), F(msg("State of each paragraph"))
    ] = None
    declaration: Annotated[YesNo, F(msg("Translator’s declaration"))] = None


class Answer(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The answer to one question of the guide or of a questionnaire."""

    question: Annotated[Text, F(msg("Question"))] = None
    value: Annotated[Any, K(Kind.ANSWER), F(msg("Answer"))] = None


class OffRecord(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something said that was not meant for the paper."""

    text: Annotated[Text, F(msg("Text"), widget="lines")] = None
    decision: Annotated[Choice, one_of(c.OFF_RECORD), F(msg("Decision at close"))] = None


class Break(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A pause."""

    at: Annotated[DateTime, F(msg("Began"))] = None
    minutes: Annotated[Number, F(msg("Minutes"))] = None


class EarlierStatement(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the interviewee said to somebody before, and where it differs."""

    to: Annotated[Text, F(msg("Said to"))] = None
    on: Annotated[Date, F(msg("Date"))] = None
    copy: Annotated[YesNo, F(msg("Copy held"))] = None
    differences: Annotated[Text, F(msg("Differences explained"), widget="lines")] = None


class ReadBack(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """When and by whom the statement was read back."""

    on: Annotated[Date, F(msg("Date"))] = None
    by: Annotated[PersonRef, F(msg("By"))] = None


class Review(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How far the check by a second person has come."""

    state: Annotated[Choice, one_of(c.REVIEW_STATE), F(msg("State"))] = None
    by: Annotated[PersonRef, F(msg("By"))] = None
    checklist: Annotated[Items, set_of(TEXT_ITEM), F(msg("Checklist"))] = None


class Interview(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who spoke, how it was taken down, and the words."""

    type_name: ClassVar[str] = "interview"
    plural: ClassVar[str] = "interviews"
    label: ClassVar[Message] = msg("Interview")
    default_class: ClassVar[Class] = "C1"

    code: Annotated[Code, F(msg("Code"), "C3")] = None
    interviewee: Annotated[PersonRef, F(msg("Interviewee"))] = None
    sessions: Annotated[tuple[Session, ...] | Group | None, F(msg("Sittings"), "C3")] = None
    joint_with: Annotated[Many, set_of(PERSON_ITEM), F(msg("Interviewed together with"))] = None
    languages: Annotated[Items, set_of(LANGUAGE_ITEM), F(msg("Languages"))] = None
    interviewer: Annotated[PersonRef, F(msg("Interviewer"), "C3")] = None
    interpreter: Annotated[Interpreter | None, F(msg("Interpreter"), "C3")] = None
    interpreter_conflict_check: Annotated[
        Text, F(msg("Check for a conflict of interest of the interpreter"), "C3")
    ] = None
    others_present: Annotated[Many, set_of(PERSON_ITEM), F(msg("Others present"), "C3")] = None
    conditions: Annotated[Conditions | None, F(msg("Conditions"))] = None
    narratives: Annotated[tuple[Narrative, ...] | Group | None, F(msg("Testimony"))] = None
    answers: Annotated[tuple[Answer, ...] | Group | None, F(msg("Answers"))] = None
    recordings: Annotated[Items, set_of(id_of("evidence")), F(msg("Recordings"), "C3")] = None
    off_record: Annotated[tuple[OffRecord, ...] | Group | None, F(msg("Off the record"), "C3")] = None
    breaks: Annotated[tuple[Break, ...] | Group | None, F(msg("Breaks"))] = None
    distress_noted: Annotated[YesNo, F(msg("Distress noted"))] = None
    duress: Annotated[Choice, one_of(c.DURESS), F(msg("Signs of duress"))] = None
    earlier_statements: Annotated[
        tuple[EarlierStatement, ...] | Group | None, F(msg("Earlier statements"))
    ] = None
    reliability: Annotated[Text, F(msg("Reliability"), "C3")] = None
    safety_plan: Annotated[Text, F(msg("Safety plan"), "C3")] = None
    risk: Annotated[Text, F(msg("Risk"), "C3")] = None
    read_back: Annotated[ReadBack | None, F(msg("Read back"))] = None
    signature: Annotated[Text, F(msg("Signature"), suggestions=c.SIGNATURE)] = None
    review: Annotated[Review | None, F(msg("Review"), "C3")] = None
    accounts: Accounts = None
