"""What is asked about an incident beyond the common fields, one group per details form. Must not know the taxonomy."""

from __future__ import annotations

from typing import Annotated

import msgspec

from i18n.message import msg
from storage.records import choices as c
from storage.records.common import Place
from storage.records.kinds import (
    AGENCY_ITEM,
    COUNTRY_ITEM,
    AgencyRef,
    Choice,
    Date,
    DateTime,
    Element,
    F,
    Group,
    Id,
    Items,
    Language,
    Many,
    Number,
    PartyRef,
    Text,
    YesNo,
    id_of,
    one_of,
    set_of,
)


class Charge(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One charge as it was stated."""

    article: Annotated[Text, F(msg("Article"))] = None
    stated_on: Annotated[Date, F(msg("Stated on"))] = None


class HeldAt(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One place of detention and its time."""

    place: Annotated[Place | None, F(msg("Place"))] = None
    from_: Annotated[Date, F(msg("From"))] = msgspec.field(name="from", default=None)
    until: Annotated[Date, F(msg("Until"))] = None


class Detention(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Arrest and detention, as the Working Group’s questionnaire asks."""

    warrant_shown: Annotated[YesNo, F(msg("Warrant shown"))] = None
    warrant_authority: Annotated[Text, F(msg("Authority that issued the warrant"))] = None
    reasons_given: Annotated[Text, F(msg("Reasons given"))] = None
    legal_basis: Annotated[Text, F(msg("Legal basis"))] = None
    charges: Annotated[tuple[Charge, ...] | Group | None, F(msg("Charges"))] = None
    holding_forces: Annotated[Many, set_of(AGENCY_ITEM), F(msg("Forces that hold the person"))] = None
    ordering_authority: Annotated[AgencyRef, F(msg("Authority that ordered the detention"))] = None
    places: Annotated[tuple[HeldAt, ...] | Group | None, F(msg("Places of detention"))] = None
    incommunicado_until: Annotated[Date, F(msg("Without contact until"))] = None
    family_informed_on: Annotated[Date, F(msg("Family informed on"))] = None
    lawyer_access_on: Annotated[Date, F(msg("Lawyer admitted on"))] = None
    brought_before_judge_on: Annotated[Date, F(msg("Brought before a judge on"))] = None
    custody_limit: Annotated[Date, F(msg("Custody ends on"))] = None
    conditions: Annotated[Text, F(msg("Conditions of detention"))] = None
    released_on: Annotated[Date, F(msg("Released on"))] = None
    release_form: Annotated[Text, F(msg("Form of release"))] = None


class SentenceStep(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A sentence, or a later change of it."""

    on: Annotated[Date, F(msg("Date"))] = None
    text: Annotated[Text, F(msg("Sentence"))] = None


class Trial(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A trial and its outcome."""

    court: Annotated[AgencyRef, F(msg("Court"))] = None
    charge: Annotated[Text, F(msg("Charge"))] = None
    closed: Annotated[YesNo, F(msg("Closed to the public"))] = None
    in_absentia: Annotated[YesNo, F(msg("In absentia"))] = None
    lawyer: Annotated[Text, F(msg("Lawyer"))] = None
    verdict: Annotated[Text, F(msg("Verdict"))] = None
    sentence: Annotated[tuple[SentenceStep, ...] | Group | None, F(msg("Sentence and later changes"))] = None


class LastSeen(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where and when the person was last seen."""

    when: Annotated[Date, F(msg("When"))] = None
    time_of_day: Annotated[Text, F(msg("Time of day"))] = None
    place: Annotated[Place | None, F(msg("Place"))] = None


class SearchStep(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing done to find the person."""

    on: Annotated[Date, F(msg("Date"))] = None
    body: Annotated[AgencyRef, F(msg("Body addressed"))] = None
    result: Annotated[Text, F(msg("Result"))] = None


class Disappearance(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A disappearance and the search."""

    last_seen: Annotated[LastSeen | None, F(msg("Last seen"))] = None
    clothes: Annotated[Text, F(msg("Clothes"))] = None
    taken_by: Annotated[PartyRef, F(msg("Taken by"))] = None
    vehicle: Annotated[Text, F(msg("Vehicle"))] = None
    first_sign_of_custody: Annotated[Date, F(msg("First sign of custody"))] = None
    acknowledged_on: Annotated[Date, F(msg("Acknowledged on"))] = None
    search_steps: Annotated[tuple[SearchStep, ...] | Group | None, F(msg("Steps of the search"))] = None
    fate: Annotated[Text, F(msg("Fate"))] = None


class Transfer(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A handing over from one State to another."""

    instrument: Annotated[Choice, one_of(c.INSTRUMENT), F(msg("Treaty or ground"))] = None
    scheduled_at: Annotated[DateTime, F(msg("Scheduled at"))] = None
    flight: Annotated[Text, F(msg("Flight"))] = None
    border_formalities: Annotated[YesNo, F(msg("Border formalities"))] = None
    interim_measure_in_force: Annotated[YesNo, F(msg("Interim measure in force"))] = None
    assurances: Annotated[Text, F(msg("Assurances"))] = None


class Interpol(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A notice or diffusion and what it set off."""

    notice_type: Annotated[Text, F(msg("Type of notice"))] = None
    number: Annotated[Text, F(msg("Number"))] = None
    seen_on: Annotated[Date, F(msg("Seen on"))] = None
    issued_on: Annotated[Date, F(msg("Issued on"))] = None
    learnt_how: Annotated[Text, F(msg("How learnt"))] = None
    countries_triggered: Annotated[Items, set_of(COUNTRY_ITEM), F(msg("Countries that acted on it"))] = None
    ccf_request: Annotated[Text, F(msg("Request to the Commission for the Control of INTERPOL’s Files"))] = (
        None
    )


class Digital(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An attack on an account or a device."""

    target: Annotated[Text, F(msg("Account or device"))] = None
    attack: Annotated[Text, F(msg("Attack"))] = None
    proof: Annotated[Id, id_of("evidence"), F(msg("Proof"))] = None
    provider_told: Annotated[YesNo, F(msg("Provider told"))] = None


class Border(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A stop at a border or airport."""

    airport: Annotated[Text, F(msg("Airport or crossing"))] = None
    hours_held: Annotated[Number, F(msg("Hours held"))] = None
    questions: Annotated[Text, F(msg("Questions asked"))] = None
    photos_shown: Annotated[YesNo, F(msg("Photographs shown"))] = None
    signed_papers: Annotated[YesNo, F(msg("Papers signed"))] = None


class Relative(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was done to a relative because of the person."""

    relation: Annotated[Text, F(msg("Relation"), suggestions=c.RELATIVE)] = None
    what_happened: Annotated[Text, F(msg("What happened"))] = None
    disowning_statement: Annotated[YesNo, F(msg("Statement of disowning"))] = None
    duress: Annotated[Choice, one_of(c.DURESS), F(msg("Signs of duress"))] = None


class Attack(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An attack on the body."""

    weapon: Annotated[Text, F(msg("Weapon"))] = None
    injury: Annotated[Text, F(msg("Injury"), "C2")] = None
    suspects: Annotated[Text, F(msg("Suspects"))] = None
    police_report: Annotated[YesNo, F(msg("Police report"))] = None
    protection_refused: Annotated[YesNo, F(msg("Protection refused"))] = None


class Threat(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A threat and its words."""

    channel: Annotated[Text, F(msg("Channel"), suggestions=c.CONTACT_CHANNEL)] = None
    language: Annotated[Language, F(msg("Language"))] = None
    speaker: Annotated[Text, F(msg("Speaker"))] = None
    quote: Annotated[Text, F(msg("Words of the threat"), widget="lines")] = None
    repeated: Annotated[YesNo, F(msg("Repeated"))] = None
    reported_to: Annotated[Text, F(msg("Reported to"))] = None


class Property(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Property taken or closed."""

    what: Annotated[Text, F(msg("What"))] = None
    order: Annotated[Text, F(msg("Order"))] = None
    body: Annotated[AgencyRef, F(msg("Body"))] = None


class Details(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All details forms; an incident fills the one its kind names."""

    detention: Annotated[Detention | None, F(msg("Detention"))] = None
    trial: Annotated[Trial | None, F(msg("Trial"))] = None
    disappearance: Annotated[Disappearance | None, F(msg("Disappearance"))] = None
    transfer: Annotated[Transfer | None, F(msg("Transfer"))] = None
    interpol: Annotated[Interpol | None, F(msg("INTERPOL"))] = None
    digital: Annotated[Digital | None, F(msg("Digital attack"))] = None
    border: Annotated[Border | None, F(msg("Border"))] = None
    relative: Annotated[Relative | None, F(msg("Relative"))] = None
    attack: Annotated[Attack | None, F(msg("Attack"))] = None
    threat: Annotated[Threat | None, F(msg("Threat"))] = None
    property: Annotated[Property | None, F(msg("Property"))] = None
