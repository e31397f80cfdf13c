"""What every drawer of a dossier works with: scope, material, language, paragraph numbers. Must not draw anything itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from exports.dossier.material import Material
from exports.dossier.paths import Scope
from exports.dossier.tree import Origin, Paragraph, Run, Runs
from exports.dossier.values import Setting
from exports.records import Records


@dataclass
class Numbers:
    """The running paragraph number of one paper, and which paragraph tells which incident."""

    last: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def take(self) -> str:
        """The next paragraph number."""
        self.last += 1
        return str(self.last)


@dataclass(frozen=True)
class Writing:
    """One part being written."""

    scope: Scope
    setting: Setting
    material: Material
    numbers: Numbers
    date: str

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
