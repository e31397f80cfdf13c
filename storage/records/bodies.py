"""The record types `organisation`, `agency` and `colleague`. Must not hold the shipped lexicon."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from i18n.message import Message, msg
from storage.records import choices as c
from storage.records.common import Accounts
from storage.records.kinds import (
    TEXT_ITEM,
    AgencyRef,
    Choice,
    Class,
    Country,
    Date,
    F,
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


class Organisation(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An organisation, party or company as victim or applicant."""

    type_name: ClassVar[str] = "organisation"
    plural: ClassVar[str] = "organisations"
    label: ClassVar[Message] = msg("Organisation")
    default_class: ClassVar[Class] = "C0"

    name: Annotated[Text, F(msg("Name of the organisation"))] = None
    number: Annotated[Text, F(msg("Registration number"))] = None
    registered_on: Annotated[Date, F(msg("Registered on"))] = None
    activity: Annotated[Text, F(msg("Activity"))] = None
    address: Annotated[Text, F(msg("Address"), "C1", widget="lines")] = None
    official: Annotated[PersonRef, F(msg("Official who acts for it"), "C1")] = None
    proof: Annotated[Id, id_of("evidence"), F(msg("Proof"))] = None
    accounts: Accounts = None


class Agency(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A body of a State or another actor that the shipped lexicon does not have."""

    type_name: ClassVar[str] = "agency"
    plural: ClassVar[str] = "agencies"
    label: ClassVar[Message] = msg("Body or other actor")
    default_class: ClassVar[Class] = "C0"

    name: Annotated[Languages, F(msg("Name by language"))] = None
    abbreviations: Annotated[Items, set_of(TEXT_ITEM), F(msg("Abbreviations"))] = None
    country: Annotated[Country, F(msg("Country"))] = None
    kind: Annotated[Text, F(msg("Kind of body"))] = None
    successor_of: Annotated[AgencyRef, F(msg("Successor of"))] = None
    accounts: Accounts = None


class Colleague(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Someone with a key, known by a pseudonym."""

    type_name: ClassVar[str] = "colleague"
    plural: ClassVar[str] = "colleagues"
    label: ClassVar[Message] = msg("Colleague")
    default_class: ClassVar[Class] = "C3"
    in_interchange: ClassVar[bool] = False

    label_: Annotated[Text, F(msg("Pseudonym"))] = msgspec.field(name="label", default=None)
    keycard: Annotated[Text, F(msg("Key card"))] = None
    verified_on: Annotated[Date, F(msg("Verified on"))] = None
    verified_how: Annotated[Text, F(msg("How verified"))] = None
    revoked_on: Annotated[Date, F(msg("Revoked on"))] = None
    role: Annotated[Choice, one_of(c.ROLE), F(msg("Role"))] = None
    cases: Annotated[Items, set_of(id_of("case")), F(msg("Cases"))] = None
