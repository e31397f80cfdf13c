"""Reads the shipped tables once, when first asked. Must not keep anything about people but public office-holders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files

from i18n.message import Message
from storage.reference.model import (
    AgencyEntry,
    DocumentType,
    IncidentKind,
    Instrument,
    NamedGroup,
    NamedPlace,
    Official,
)

Row = dict[str, str]


class Lexicon:
    """The shipped tables by slug or code, each read when first used."""

    @cached_property
    def kinds(self) -> Mapping[str, IncidentKind]:
        """Incident kinds by code, in the order of the taxonomy."""
        return {row["code"]: _kind(row) for row in _rows("kinds.tsv")}

    @cached_property
    def agencies(self) -> Mapping[str, AgencyEntry]:
        """Bodies and other actors by slug."""
        return {row["slug"]: _agency(row) for row in _rows("agencies.tsv")}

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Laws, articles and conventions by slug."""
        return {
            row["slug"]: Instrument(row["slug"], row["country"] or None, row["title"], row["article"] or None)
            for row in _rows("instruments.tsv")
        }

    @cached_property
    def groups(self) -> Mapping[str, NamedGroup]:
        """Labelled parties and movements by slug."""
        return {
            row["slug"]: NamedGroup(row["slug"], row["name"], _split(row["variants"]), row["country"] or None)
            for row in _rows("groups.tsv")
        }

    @cached_property
    def places(self) -> Mapping[str, NamedPlace]:
        """Places by slug."""
        return {
            row["slug"]: NamedPlace(
                row["slug"], row["name"], _split(row["variants"]), row["country"] or None, row["kind"]
            )
            for row in _rows("places.tsv")
        }

    @cached_property
    def document_types(self) -> Mapping[str, DocumentType]:
        """Kinds of evidence by slug."""
        return {
            row["slug"]: DocumentType(row["slug"], Message(row["name_en"]), row["priority"] == "core")
            for row in _rows("document_types.tsv")
        }

    @cached_property
    def officials(self) -> Mapping[str, Official]:
        """Public office-holders by slug."""
        return {row["slug"]: _official(row) for row in _rows("officials.tsv")}

    def agency_name(self, slug: str, language: str) -> str:
        """The name of a body in a language; the slug itself where it is not known."""
        entry = self.agencies.get(slug)
        return slug if entry is None else entry.name_in(language)

    def table(self, name: str) -> Mapping[str, object]:
        """The table a record definition names (`kinds`, `agencies`, `groups`, `document_types`)."""
        if name == "kinds":
            return self.kinds
        if name == "agencies":
            return self.agencies
        return self.groups if name == "groups" else self.document_types


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of this process."""
    return Lexicon()


def _rows(name: str) -> Iterator[Row]:
    text = files("storage.reference").joinpath("data", name).read_text(encoding="utf-8")
    header, *lines = text.splitlines()
    columns = header.split("\t")
    for line in lines:
        yield dict(zip(columns, line.split("\t"), strict=True))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _kind(row: Row) -> IncidentKind:
    return IncidentKind(
        row["code"],
        row["group"],
        Message(row["name_en"]),
        int(row["stage"]) if row["stage"] else None,
        row["channel"] or None,
        _split(row["maps_to"]),
        _split(row["instruments"]),
        None if row["details_form"] in ("", "none") else row["details_form"],
    )


def _agency(row: Row) -> AgencyEntry:
    local = dict(part.split(":", 1) for part in _split(row["names_local"]))
    return AgencyEntry(
        row["slug"],
        row["country"] or None,
        row["name"],
        _split(row["abbreviations"]),
        local,
        row["kind"],
        row["successor_of"] or None,
    )


def _official(row: Row) -> Official:
    return Official(
        row["slug"],
        row["office"],
        row["country"] or None,
        row["from"] or None,
        row["to"] or None,
        row["name"],
        _split(row["spellings"]),
    )
