"""Groups of fields that several record types share. Must not define a record type."""

from __future__ import annotations

from typing import Annotated, Any

from i18n.message import msg, pmsg
from storage.records import choices as c
from storage.records.kinds import (
    Choice,
    Country,
    Element,
    F,
    FieldPath,
    Group,
    Id,
    Items,
    K,
    Kind,
    Number,
    PersonRef,
    Sha256,
    Text,
    id_of,
    one_of,
    set_of,
)


class Place(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where something is or was; `words` when nothing better is known."""

    country: Annotated[Country, F(msg("Country"))] = None
    region: Annotated[Text, F(msg("Region"))] = None
    locality: Annotated[Text, F(msg("Town or village"))] = None
    facility: Annotated[Text, F(msg("Building or facility"))] = None
    words: Annotated[Text, F(msg("In the speaker’s words"))] = None


class Source(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a fact comes from, and how the speaker knows it (rule 5)."""

    interview: Annotated[Id, id_of("interview"), F(msg("Interview"))] = None
    evidence: Annotated[Id, id_of("evidence"), F(pmsg("record", "Evidence"))] = None
    passage: Annotated[Text, F(msg("Passage"))] = None
    basis: Annotated[Choice, one_of(c.BASIS), F(msg("How the speaker knows"))] = None
    told_by: Annotated[PersonRef, F(msg("Told by"))] = None
    supports: Annotated[Choice, one_of(c.SUPPORTS), F(msg("Supports the statement"))] = None
    confidence: Annotated[Choice, one_of(c.CONFIDENCE), F(msg("Confidence"))] = None


class Account(Element, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Another value somebody gave for a field; the field itself holds the preferred one."""

    path: Annotated[FieldPath, F(msg("Field"))] = None
    value: Annotated[Any, K(Kind.ANSWER), F(msg("Other value"))] = None
    sources: Annotated[tuple[Source, ...] | None, F(msg("Sources"))] = None


class FileRef(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A file: `path` only in an interchange file, `blobs` only in a notebook."""

    path: Annotated[Text, F(msg("Path of the file"))] = None
    name: Annotated[Text, F(msg("File name"))] = None
    media_type: Annotated[Text, F(msg("Type of file"))] = None
    size: Annotated[Number, F(msg("Size in bytes"))] = None
    sha256: Annotated[Sha256, F(msg("SHA-256 of the file"))] = None
    blobs: Annotated[Items, set_of(K(Kind.TEXT)), F(msg("Stored parts"), "C3", internal=True)] = None


class Anchor(Group, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A field or passage of some record that a remark is about."""

    record: Annotated[Id, id_of(), F(msg("Record"))] = None
    path: Annotated[FieldPath, F(msg("Field"))] = None


Sources = Annotated[tuple[Source, ...] | Group | None, F(msg("Sources"))]
Accounts = Annotated[tuple[Account, ...] | None, F(msg("Other accounts"))]
