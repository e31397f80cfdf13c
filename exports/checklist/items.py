"""What the checks of the checklist look at, and the line each of them gives. Must not check anything itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exports.dossier.build import build, states_reading, writings
from exports.dossier.material import Material
from exports.dossier.tree import Dossier, Policy
from exports.dossier.writing import Writing
from exports.form_model import Form
from exports.records import Doc, Records
from i18n.message import Message
from storage.errors import ConsentMissing

Severity = Literal["protective", "formal", "warning"]


@dataclass(frozen=True)
class Item:
    """One line of the checklist: the field's printed number or the subject it concerns, what is wrong, how grave."""

    field: str
    message: Message
    severity: Severity


@dataclass(frozen=True)
class Looked:
    """What the checks look at."""

    records: Records
    form: Form
    petition: Doc
    material: Material
    language: str
    audience: Policy
    today: date

    @property
    def states(self) -> tuple[str, ...]:
        """The States that read parts of the paper."""
        return states_reading(self.form, self.material)


def writings_of(looked: Looked) -> Iterator[tuple[Writing, str]]:
    """Each section with the mark of its sheet, where there are several."""
    audience = looked.audience
    for writing, sheet in writings(
        looked.records, looked.form, looked.material, looked.language, audience, ""
    ):
        yield writing, f" ({sheet[0]})" if sheet and sheet[0] > 1 else ""


def drawn_up(looked: Looked) -> Dossier | None:
    """The paper as it would be printed today; None where consent forbids it."""
    try:
        return build(
            looked.records,
            looked.petition,
            language=looked.language,
            audience=looked.audience,
            date="",
            on=looked.today,
        )
    except ConsentMissing:
        return None
