"""What a form file may say: procedures, parts, fields, capacities, States. Must not know any procedure by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["protective", "formal", "warning"]
Status = Literal["verified", "unverified"]
FieldAs = Literal[
    "text",
    "name",
    "person",
    "date",
    "place",
    "country",
    "choice",
    "yes_no",
    "identifier",
    "contact",
    "agency",
    "charge",
]


@dataclass(frozen=True)
class Words:
    """A text of a form file: English source (the msgid of the catalogs) and its French."""

    en: str
    fr: str = ""


@dataclass(frozen=True)
class Field:
    """One printed item of a form, in the form's own order.

    `fills` are paths tried in turn (see `exports.dossier.paths`); `draws` names a drawer for composed texts.
    `capacity_*` measure the printed box; `flow` joins boxes that continue one text. `demanded` marks what the form
    itself asks for although a State reads it.
    """

    number: str
    label: Words
    fills: tuple[str, ...] = ()
    shown_as: FieldAs = "text"
    draws: str = ""
    mandatory: bool = False
    severity: Severity = "formal"
    klass: str = "C0"
    demanded: bool = False
    capacity_characters: int | None = None
    capacity_lines: int | None = None
    capacity_per_line: int | None = None
    flow: str = ""
    column: Words | None = None
    status: Status = "verified"
    only_if: str = ""
    join: str = ", "
    help: Words = Words("")
    choice_of: str = ""


@dataclass(frozen=True)
class Part:
    """A section of the paper: who receives it, on which sheet it stands, in which copies, and its fields.

    An `optional` part in which nothing is drawn is left out. `repeat` is a path: the part is written once for each thing found there, known to its fields as `each`.
    """

    id: str
    title: Words
    sheet: str
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    fields: tuple[Field, ...]
    draws: str = ""
    intro: Words = Words("")
    section: str = ""
    repeat: str = ""
    mandatory: bool = False
    help: Words = Words("")
    severity: Severity = "formal"
    optional: bool = False


@dataclass(frozen=True)
class Category:
    """A ground a petition may rely on: its id in `arguments[].provision`, title and the articles it rests on."""

    id: str
    title: Words
    articles: tuple[str, ...]
    status: Status
    protocol: str = "convention"


@dataclass(frozen=True)
class State:
    """A State that can be addressed, and from (to) which day each treaty binds it; "no" = not bound."""

    code: str
    iso3: str
    name: Words
    treaties: dict[str, str]
    until: str = ""


@dataclass(frozen=True)
class PageLimit:
    """How many pages a part may have. `severity` says whether going over refuses, can be overridden or warns."""

    part: str
    pages: int
    severity: Severity
    status: Status


@dataclass(frozen=True)
class Form:
    """One procedure: everything code needs to know of it."""

    id: str
    title: Words
    body: Words
    languages: tuple[str, ...]
    unsure_languages: tuple[str, ...]
    form_version: str
    checked_on: str
    source: str
    copies: tuple[str, ...]
    purpose: str
    bases: tuple[str, ...]
    parts: tuple[Part, ...]
    roots: dict[str, tuple[str, ...]]
    categories: tuple[Category, ...] = ()
    states: tuple[State, ...] = ()
    page_limits: tuple[PageLimit, ...] = ()
    source_word: str = "source"
    excluded_kinds: tuple[str, ...] = ()
    capacity_font: str = ""
    other_matters: tuple[str, ...] = ()
    leads_with: str = "case"
    texts: dict[str, tuple[Words, ...]] = field(default_factory=dict)

    def fields(self) -> tuple[Field, ...]:
        """Every field in the form's order."""
        return tuple(item for part in self.parts for item in part.fields)

    def state(self, code: str) -> State | None:
        """The State with this ISO 3166-1 alpha-2 code, where the form knows it."""
        return next((state for state in self.states if state.code == code), None)

    def recipients(self, audience: str) -> tuple[str, ...]:
        """Who reads at least one part of the copy for `audience`, in the form's words."""
        seen = [name for part in self.parts if audience in part.copies for name in part.recipients]
        return tuple(dict.fromkeys(seen))
