"""What every drawer of a dossier works with: scope, material, language, paragraph numbers. Must not draw anything itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from exports.dossier.material import Material
from exports.dossier.paths import Scope
from exports.dossier.people import person_run
from exports.dossier.tree import Origin, Paragraph, Run, Runs
from exports.dossier.values import Setting
from exports.records import Doc, Records, text_of


@dataclass
class Numbers:
    """The running paragraph number of one paper, which paragraph tells which incident, and who was named before."""

    last: int = 0
    told: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def take(self) -> str:
        """The next paragraph number."""
        self.last += 1
        return str(self.last)


@dataclass(frozen=True)
class Writing:
    """One part being written. `printed` says how many pages each document takes in the bundle, where that was counted."""

    scope: Scope
    setting: Setting
    material: Material
    numbers: Numbers
    date: str
    printed: Mapping[str, int] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of the paper."""
        return self.setting.language

    @property
    def records(self) -> Records:
        """The records the paper is drawn from."""
        return self.scope.records

    def numbered(self, text: Runs, about: str | None = None, style: str = "body") -> Paragraph:
        """A paragraph with the next number; `about` remembers which incident it tells."""
        number = self.numbers.take()
        if about is not None:
            self.numbers.told.setdefault(about, number)
        return Paragraph(text, number, style)

    def person(self, person: object) -> Runs:
        """A person named in a sentence; at the first mention a name carried into other letters keeps its own beside it."""
        first = isinstance(person, str) and person not in self.numbers.named
        if isinstance(person, str):
            self.numbers.named.add(person)
        return person_run(self.records, person, self.language, original=first)

    def pages_of(self, document: Doc) -> int | None:
        """How many pages a document takes in the bundle: as counted, else as recorded, else None."""
        recorded = document.get("pages")
        counted = self.printed.get(str(document.get("id")))
        return counted if counted is not None else recorded if isinstance(recorded, int) else None

    def first_page_of(self, document: Doc) -> int | None:
        """The page of the bundle a document begins on; None where it is not in it or a length before it is not known."""
        page = 1
        for doc in self.material.documents:
            pages = self.pages_of(doc)
            if doc is document:
                return page if pages != 0 else None
            if pages is None:
                return None
            page += pages
        return None

    def annex_number(self, document: object) -> str | None:
        """The number a document has in the index of annexes; None where it does not go along."""
        ids = [str(doc["id"]) for doc in self.material.documents]
        return str(ids.index(document) + 1) if isinstance(document, str) and document in ids else None


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text typed by a person: one per line that holds anything."""
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def prose(text: str, language: str, origin: Origin | None = None) -> Runs:
    """Running text of a record or of the lawyer."""
    return (Run(text, "text", language, origin=origin),)


def sentences(parts: Iterable[Runs]) -> Runs:
    """Whole sentences one after another."""
    runs: list[Run] = []
    for part in parts:
        if part and runs:
            runs.append(Run(" "))
        runs.extend(part)
    return tuple(runs)


def own_text(writing: Writing, *keys: str) -> tuple[Paragraph, ...]:
    """The lawyer's own text for a section or field, in numbered paragraphs; the first of `keys` that has one."""
    sections = writing.material.petition.get("sections")
    for key in keys:
        text = text_of(sections.get(key)) if isinstance(sections, dict) and key else ""
        if text:
            origin = Origin(str(writing.material.petition.get("id", "")), f"sections/{key}")
            return tuple(writing.numbered(prose(t, writing.language, origin)) for t in paragraphs_of(text))
    return ()
