"""The record type `incident`: one thing done to someone. Must not judge; labels are allegations (rule 6)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from i18n.message import Message, msg, pmsg
from storage.records import choices as c
from storage.records.common import Accounts, Place, Sources
from storage.records.incident_details import Details
from storage.records.kinds import (
    PERSON_ITEM,
    TEXT_ITEM,
    VICTIM_ITEM,
    AgencyRef,
    Choice,
    Class,
    Country,
    Date,
    Element,
    F,
    Group,
    Id,
    Items,
    K,
    Kind,
    Many,
    Number,
    PersonRef,
    Record,
    Text,
    YesNo,
    id_of,
    one_of,
    set_of,
)


class RelativeTo(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """When, told by another incident."""

    incident: Annotated[Id, id_of("incident"), F(msg("Incident"))] = None
    relation: Annotated[Choice, one_of(c.RELATION_IN_TIME), F(msg("Before or after"))] = None
    by: Annotated[Text, F(msg("By how much"))] = None


class Perpetrator(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who is said to have done it."""

    agency: Annotated[AgencyRef, F(msg("Body"))] = None
    person: Annotated[PersonRef, F(msg("Person"))] = None
    role: Annotated[Text, F(msg("Role"), suggestions=c.PERPETRATOR_ROLE)] = None
    acting_for_country: Annotated[Country, F(msg("Acting for country"))] = None
    host_collusion: Annotated[YesNo, F(msg("Host State took part"))] = None
    certainty: Annotated[Text, F(msg("How certain"), suggestions=c.CERTAINTY)] = None


class Incident(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What happened, to whom, where, when, by whom, and how it is known."""

    type_name: ClassVar[str] = "incident"
    plural: ClassVar[str] = "incidents"
    label: ClassVar[Message] = msg("Incident")
    default_class: ClassVar[Class] = "C0"

    kind: Annotated[Choice, K(Kind.CHOICE, lexicon="kinds"), F(msg("Kind"), widget="taxonomy")] = None
    title: Annotated[Text, F(msg("Title"))] = None
    when: Annotated[Date, F(msg("When"))] = None
    when_words: Annotated[Text, F(msg("When, in the speaker’s words"))] = None
    time_of_day: Annotated[Text, F(msg("Time of day"))] = None
    relative_to: Annotated[RelativeTo | None, F(msg("Before or after another incident"))] = None
    where: Annotated[Place | None, F(msg("Where"))] = None
    victims: Annotated[Many, set_of(VICTIM_ITEM), F(msg("Victims"), "C1")] = None
    perpetrators: Annotated[tuple[Perpetrator, ...] | Group | None, F(msg("Alleged perpetrators"))] = None
    description: Annotated[Text, F(msg("Description"), widget="lines")] = None
    stage: Annotated[Number, K(Kind.NUMBER, form="stage"), F(msg("Stage"))] = None
    channel: Annotated[Choice, one_of(c.CHANNEL), F(pmsg("incident", "Channel"))] = None
    stage_reason: Annotated[Text, F(msg("Reason for another stage or channel"))] = None
    attempt: Annotated[YesNo, F(msg("Attempt only"))] = None
    extraterritorial: Annotated[YesNo, F(msg("Outside the home country"))] = None
    outcome: Annotated[Text, F(msg("Outcome"))] = None
    outcome_disputed: Annotated[YesNo, F(msg("Outcome is disputed"))] = None
    witnesses: Annotated[Many, set_of(PERSON_ITEM), F(msg("Witnesses"), "C2")] = None
    injuries: Annotated[Text, F(msg("Injuries"), "C2")] = None
    methods: Annotated[Items, set_of(TEXT_ITEM), F(msg("Methods"), "C2")] = None
    medical: Annotated[Text, F(msg("Medical findings"), "C2")] = None
    sexual_violence: Annotated[Text, F(msg("Sexual violence"), "C2", special=True)] = None
    reprisal_for: Annotated[Id, id_of("incident"), F(msg("In reprisal for"))] = None
    details: Annotated[Details | None, F(msg("Details"))] = None
    sources: Sources = None
    accounts: Accounts = None
