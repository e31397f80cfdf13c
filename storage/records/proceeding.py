"""The record type `proceeding`: one step before an authority. Must not compute time-limits."""

from __future__ import annotations

from typing import Annotated, ClassVar

from i18n.message import Message, msg
from storage.records import choices as c
from storage.records.common import Accounts, Sources
from storage.records.kinds import AgencyRef, Choice, Class, Country, Date, F, Record, Text, YesNo, one_of


class Proceeding(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was lodged, decided and received."""

    type_name: ClassVar[str] = "proceeding"
    plural: ClassVar[str] = "proceedings"
    label: ClassVar[Message] = msg("Proceeding")
    default_class: ClassVar[Class] = "C0"

    kind: Annotated[Choice, one_of(c.PROCEEDING_KIND), F(msg("Kind"))] = None
    body: Annotated[AgencyRef, F(msg("Body"))] = None
    country: Annotated[Country, F(msg("Country"))] = None
    reference: Annotated[Text, F(msg("Reference of the body"))] = None
    complaint: Annotated[Text, F(msg("Complaint it concerns"))] = None
    lodged_on: Annotated[Date, F(msg("Lodged on"))] = None
    decided_on: Annotated[Date, F(msg("Decided on"))] = None
    received_on: Annotated[Date, F(msg("Received on"))] = None
    other_received_on: Annotated[Date, F(msg("Received by the other of the two on"))] = None
    received_by: Annotated[Choice, one_of(c.RECEIVED_BY), F(msg("Received by"))] = None
    outcome: Annotated[Text, F(msg("Outcome"))] = None
    is_final: Annotated[YesNo, F(msg("Final"))] = None
    not_used_reason: Annotated[Text, F(msg("Why the remedy was not used"))] = None
    sources: Sources = None
    accounts: Accounts = None
