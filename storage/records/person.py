"""The record type `person`: anyone named, or known without a name. Must not hold testimony."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from i18n.message import Message, msg
from storage.records import choices as c
from storage.records.common import Accounts, Place, Sources
from storage.records.kinds import (
    COUNTRY_ITEM,
    AgencyRef,
    Choice,
    Class,
    Code,
    Country,
    Date,
    Element,
    F,
    Group,
    GroupRef,
    Items,
    Language,
    PersonRef,
    Record,
    Script,
    Text,
    YesNo,
    one_of,
    set_of,
)


class PersonName(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One name in one spelling, with the time and the paper it belongs to."""

    full: Annotated[Text, F(msg("Full name"))] = None
    family: Annotated[Text, F(msg("Family name"))] = None
    given: Annotated[Text, F(msg("Given name"))] = None
    patronymic: Annotated[Text, F(msg("Patronymic"))] = None
    script: Annotated[Script, F(msg("Script"))] = None
    language: Annotated[Language, F(msg("Language"))] = None
    kind: Annotated[Choice, one_of(c.NAME_KIND), F(msg("Kind of name"))] = None
    valid_from: Annotated[Date, F(msg("Used from"))] = None
    valid_until: Annotated[Date, F(msg("Used until"))] = None
    document: Annotated[Text, F(msg("Document with this name"))] = None
    generated: Annotated[YesNo, F(msg("Proposed by transliteration"))] = None


class Affiliation(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A party or movement somebody says the person belongs to (rule 6)."""

    group: Annotated[GroupRef, F(msg("Party or movement"))] = None
    alleged_by: Annotated[Text, F(msg("Alleged by"))] = None
    note: Annotated[Text, F(msg("Note"))] = None


class IdentityDocument(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A passport, card or other paper of identity."""

    type: Annotated[Text, F(msg("Type of document"), suggestions=c.IDENTITY_DOCUMENT)] = None
    issuer: Annotated[Text, F(msg("Issued by"))] = None
    issued_on: Annotated[Date, F(msg("Issued on"))] = None
    expires_on: Annotated[Date, F(msg("Valid until"))] = None
    number: Annotated[Text, F(msg("Number"), "C2")] = None


class Contact(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One safe way to reach the person."""

    channel: Annotated[Text, F(msg("Way of contact"), suggestions=c.CONTACT_CHANNEL)] = None
    value: Annotated[Text, F(msg("Number or address"))] = None
    safe_hours: Annotated[Text, F(msg("Safe hours"))] = None
    code_phrase: Annotated[Text, F(msg("Code phrase"))] = None
    never_call: Annotated[YesNo, F(msg("Never call"))] = None


class Address(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A postal address and what it may be used for."""

    kind: Annotated[Choice, one_of(c.ADDRESS_KIND), F(msg("Kind of address"))] = None
    country: Annotated[Country, F(msg("Country"))] = None
    text: Annotated[Text, F(msg("Address"), widget="lines")] = None


class Relation(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What another person is to this one."""

    person: Annotated[PersonRef, F(msg("Person"))] = None
    kind: Annotated[Text, F(msg("Relation"), suggestions=c.RELATIVE)] = None
    sources: Sources = None


class HostStatus(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The person's legal position in one country for one time."""

    country: Annotated[Country, F(msg("Country"))] = None
    from_: Annotated[Date, F(msg("From"))] = msgspec.field(name="from", default=None)
    until: Annotated[Date, F(msg("Until"))] = None
    status: Annotated[Choice, one_of(c.HOST_STATUS), F(msg("Status"))] = None
    body: Annotated[AgencyRef, F(msg("Body that decided"))] = None
    decided_on: Annotated[Date, F(msg("Decided on"))] = None
    sources: Sources = None


class RouteLeg(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One country on the way."""

    country: Annotated[Country, F(msg("Country"))] = None
    arrived: Annotated[Date, F(msg("Arrived"))] = None
    left: Annotated[Date, F(msg("Left"))] = None
    basis: Annotated[Text, F(msg("Basis of stay"))] = None


class PersonalAnchor(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A personal date by which other dates are remembered."""

    label: Annotated[Text, F(msg("What happened"))] = None
    date: Annotated[Date, F(msg("Date"))] = None


class Person(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Identity, kept apart from testimony (rule 2)."""

    type_name: ClassVar[str] = "person"
    plural: ClassVar[str] = "persons"
    label: ClassVar[Message] = msg("Person")
    default_class: ClassVar[Class] = "C1"

    code: Annotated[Code, F(msg("Code"), "C3")] = None
    names: Annotated[tuple[PersonName, ...] | Group | None, F(msg("Names"))] = None
    sex: Annotated[Choice, one_of(c.SEX), F(msg("Sex"), "C0")] = None
    birth_date: Annotated[Date, F(msg("Date of birth"))] = None
    age_estimate: Annotated[Text, F(msg("Estimated age"))] = None
    minor: Annotated[YesNo, F(msg("Minor"))] = None
    birth_place: Annotated[Place | None, F(msg("Place of birth"))] = None
    citizenships: Annotated[Items, set_of(COUNTRY_ITEM), F(msg("Citizenships"), "C0")] = None
    stateless: Annotated[YesNo, F(msg("Stateless"), "C0")] = None
    ethnicity: Annotated[Text, F(msg("Ethnicity"), special=True)] = None
    religion: Annotated[Text, F(msg("Religion"), special=True)] = None
    political_opinion: Annotated[Text, F(msg("Political opinion"), special=True)] = None
    orientation: Annotated[Text, F(msg("Sexual orientation or gender identity"), special=True)] = None
    disability: Annotated[Text, F(msg("Disability"), special=True)] = None
    occupation: Annotated[Text, F(msg("Occupation"), "C0")] = None
    activity: Annotated[Text, F(msg("Activity"), "C0")] = None
    affiliations: Annotated[
        tuple[Affiliation, ...] | Group | None, F(msg("Alleged affiliations"), special=True)
    ] = None
    exile_category: Annotated[Items, set_of(one_of(c.EXILE_CATEGORY)), F(msg("Category of exile"))] = None
    identity_basis: Annotated[Choice, one_of(c.IDENTITY_BASIS), F(msg("How the identity is known"))] = None
    no_document_reason: Annotated[Text, F(msg("Why there is no document"))] = None
    identity_documents: Annotated[
        tuple[IdentityDocument, ...] | Group | None, F(msg("Identity documents"))
    ] = None
    contacts: Annotated[tuple[Contact, ...] | Group | None, F(msg("Contacts"), "C2")] = None
    addresses: Annotated[tuple[Address, ...] | Group | None, F(msg("Addresses"), "C2")] = None
    whereabouts: Annotated[Place | None, F(msg("Whereabouts"), "C2")] = None
    relations: Annotated[tuple[Relation, ...] | Group | None, F(msg("Relatives and others"), "C2")] = None
    host_status: Annotated[
        tuple[HostStatus, ...] | Group | None, F(msg("Status in host countries"), "C2")
    ] = None
    route: Annotated[tuple[RouteLeg, ...] | Group | None, F(msg("Route"), "C2")] = None
    anchors: Annotated[tuple[PersonalAnchor, ...] | Group | None, F(msg("Personal dates"))] = None
    deceased: Annotated[YesNo, F(msg("Deceased"))] = None
    public_figure: Annotated[YesNo, F(msg("Public figure"))] = None
    protection: Annotated[Choice, one_of(c.PROTECTION), F(msg("Protection"))] = None
    accounts: Accounts = None
