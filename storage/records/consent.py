"""The record types `consent` and `authority`: what a person allowed. Must not decide whether something may leave."""

from __future__ import annotations

from typing import Annotated, ClassVar

from i18n.message import Message, msg, pmsg
from storage.records import choices as c
from storage.records.common import Accounts, FileRef
from storage.records.kinds import (
    PERSON_ITEM,
    Choice,
    Class,
    Date,
    Element,
    F,
    Group,
    Id,
    Items,
    Language,
    Many,
    PartyRef,
    PersonRef,
    Record,
    Text,
    YesNo,
    id_of,
    one_of,
    set_of,
)


class Grant(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One decision for one purpose; without `recipient` it holds for all recipients."""

    purpose: Annotated[Choice, one_of(c.PURPOSE), F(msg("Purpose"))] = None
    recipient: Annotated[Text, F(msg("Recipient"))] = None
    decision: Annotated[Choice, one_of(c.DECISION), F(msg("Decision"))] = None
    limits: Annotated[Text, F(msg("Limits"))] = None
    expires_on: Annotated[Date, F(msg("Valid until"))] = None


class Consent(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was allowed for one person, once."""

    type_name: ClassVar[str] = "consent"
    plural: ClassVar[str] = "consents"
    label: ClassVar[Message] = msg("Consent")
    default_class: ClassVar[Class] = "C2"

    person: Annotated[PersonRef, F(msg("Person"))] = None
    interview: Annotated[Id, id_of("interview"), F(msg("Interview"))] = None
    given_by: Annotated[PersonRef, F(msg("Given by"))] = None
    capacity: Annotated[Choice, one_of(c.CAPACITY), F(msg("In the capacity of"))] = None
    assent: Annotated[Choice, one_of(c.ASSENT), F(msg("Assent of the minor"))] = None
    why_not_self: Annotated[Choice, one_of(c.WHY_NOT_SELF), F(msg("Why not the person"))] = None
    reason: Annotated[Text, F(msg("Reason"))] = None
    wishes_known: Annotated[Text, F(msg("Known wishes of the person"))] = None
    decided_by: Annotated[Many, set_of(PERSON_ITEM), F(msg("Decided by"))] = None
    given_on: Annotated[Date, F(msg("Given on"))] = None
    manner: Annotated[Choice, one_of(c.CONSENT_MANNER), F(msg("Manner"))] = None
    told_back: Annotated[YesNo, F(msg("Told back in own words"))] = None
    text_language: Annotated[Language, F(msg("Language of the text"))] = None
    text_version: Annotated[Text, F(msg("Version of the text"))] = None
    grants: Annotated[tuple[Grant, ...] | Group | None, F(msg("Decisions"))] = None
    withdrawn_on: Annotated[Date, F(msg("Withdrawn on"))] = None
    withdrawal_scope: Annotated[Choice, one_of(c.WITHDRAWAL_SCOPE), F(msg("What is withdrawn"))] = None
    accounts: Accounts = None


class Authority(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A power to act for somebody."""

    type_name: ClassVar[str] = "authority"
    plural: ClassVar[str] = "authorities"
    label: ClassVar[Message] = msg("Authority to act")
    default_class: ClassVar[Class] = "C1"

    given_by: Annotated[PersonRef, F(msg("Given by"))] = None
    capacity: Annotated[Choice, one_of(c.CAPACITY), F(msg("In the capacity of"))] = None
    to: Annotated[PartyRef, F(msg("Given to"))] = None
    scope: Annotated[Items, set_of(one_of(c.AUTHORITY_SCOPE)), F(pmsg("authority", "Scope"))] = None
    language: Annotated[Language, F(msg("Language"))] = None
    signed_on: Annotated[Date, F(msg("Signed on"))] = None
    signature: Annotated[Choice, one_of(c.SIGNATURE), F(msg("Signature"))] = None
    original_at: Annotated[Text, F(msg("Where the original is"), "C2")] = None
    expires_on: Annotated[Date, F(msg("Valid until"), "C2")] = None
    revoked_on: Annotated[Date, F(msg("Revoked on"), "C2")] = None
    file: Annotated[FileRef | None, F(msg("File"), "C2")] = None
    obstacle: Annotated[Text, F(msg("Why there is no original"), "C2")] = None
    accounts: Accounts = None
