"""The rows of the shipped data as types. Must not read files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from i18n.message import Message


@dataclass(frozen=True)
class IncidentKind:
    """One kind of incident of the taxonomy; `stage` and `channel` are defaults for one incident of this kind."""

    code: str
    group: str
    label: Message
    stage: int | None
    channel: str | None
    maps_to: tuple[str, ...]
    instruments: tuple[str, ...]
    details_form: str | None


@dataclass(frozen=True)
class AgencyEntry:
    """A body of a State or another actor. `names_local` by BCP 47 tag."""

    slug: str
    country: str | None
    name: str
    abbreviations: tuple[str, ...]
    names_local: Mapping[str, str] = field(hash=False)
    kind: str
    successor_of: str | None

    def name_in(self, language: str) -> str:
        """The name in a language (program code or tag), else in English."""
        tag = language.replace("_", "-")
        return self.names_local.get(tag) or self.names_local.get(tag.split("-")[0]) or self.name


@dataclass(frozen=True)
class Instrument:
    """A law, article or convention."""

    slug: str
    country: str | None
    title: str
    article: str | None


@dataclass(frozen=True)
class NamedGroup:
    """An organisation or movement that somebody banned or labelled; the label is an allegation."""

    slug: str
    name: str
    variants: tuple[str, ...]
    country: str | None


@dataclass(frozen=True)
class NamedPlace:
    """A facility, a city of exile, the site of an event."""

    slug: str
    name: str
    variants: tuple[str, ...]
    country: str | None
    kind: str


@dataclass(frozen=True)
class DocumentType:
    """A kind of evidence; core kinds stand first in lists."""

    slug: str
    label: Message
    core: bool


@dataclass(frozen=True)
class Official:
    """A public office-holder; only lowers the rank of a redaction suggestion, never a way to search people."""

    slug: str
    office: str
    country: str | None
    from_year: str | None
    to_year: str | None
    name: str
    spellings: tuple[str, ...]
