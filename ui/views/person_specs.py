"""Answer fields and list parts made from the storage's field specifications. Must not decide order or grouping: pages do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from i18n.message import Message
from storage import FieldSpec, Kind, lexicon, spec_of
from ui.look import Look
from ui.theme.tokens import HANG
from ui.viewmodels.person_answers import Shape
from ui.viewmodels.person_words import COUNTRIES, LANGUAGES, NEAR, SCRIPTS
from ui.views.person_fields import (
    AnswerField,
    BodyEditor,
    ChoiceEditor,
    DateEditor,
    Editor,
    FieldSet,
    NumberEditor,
    SuggestedEditor,
    TextEditor,
    YesNoEditor,
)
from ui.views.person_lists import Part

_SHAPES: dict[Kind, Shape] = {
    Kind.CHOICE: "choice",
    Kind.YESNO: "bool",
    Kind.DATE: "date",
    Kind.DATETIME: "date",
    Kind.NUMBER: "number",
    Kind.ID: "id",
    Kind.PERSON: "id",
    Kind.AGENCY: "id",
    Kind.SET: "list",
    Kind.SEQUENCE: "list",
    Kind.LIST: "list",
    Kind.GROUP: "group",
}
_FORMS = {"country": COUNTRIES, "language": LANGUAGES, "script": SCRIPTS}


def spec_at(record_type: str, path: str) -> FieldSpec:
    """The specification of a field by its path (`details/detention/warrant_shown`). KeyError where there is none."""
    first, *rest = path.split("/")
    spec = spec_of(record_type).fields[first]
    for name in rest:
        spec = spec.fields[name]
    return spec


def shape_of(spec: FieldSpec) -> Shape:
    """How a blank of this field is written."""
    return _SHAPES.get(spec.kind, "text")


def choices_of(spec: FieldSpec) -> tuple[tuple[str, Message | str], ...]:
    """What can be chosen: the closed list, or countries, languages, scripts."""
    if spec.k.lexicon == "document_types":
        return tuple((key, entry.label) for key, entry in lexicon().document_types.items())
    return tuple(spec.choices.items()) or tuple(_FORMS.get(spec.k.form, ()))


def front_of(spec: FieldSpec) -> frozenset[str] | None:
    """The choices that come before the others in a list by the reader's alphabet; None where the list has its own order."""
    return NEAR if spec.k.form == "country" else None


def editor_of(look: Look, spec: FieldSpec) -> Editor:
    """The editor a field is filled in with."""
    if spec.kind is Kind.YESNO:
        return YesNoEditor(look, spec.label)
    if spec.kind is Kind.DATE:
        return DateEditor(look, spec.label)
    if spec.kind is Kind.AGENCY:
        return BodyEditor(look, spec.label)
    if spec.kind is Kind.NUMBER:
        return NumberEditor(look, spec.label)
    choices = choices_of(spec)
    if choices and spec.kind in (Kind.CHOICE, Kind.TEXT):
        return ChoiceEditor(look, spec.label, choices, front_of(spec))
    if spec.suggestions:
        return SuggestedEditor(look, spec.label, tuple(spec.suggestions.items()))
    return TextEditor(look, spec.label, 4 if spec.widget in ("lines", "narrative") else 1)


def answer_field(look: Look, record_type: str, path: str, help_text: Message | str = "") -> AnswerField:
    """One answerable field; its name is the last part of the path."""
    spec = spec_at(record_type, path)
    return AnswerField(
        look, spec.name, shape_of(spec), spec.label, editor_of(look, spec), help_text=help_text
    )


def parts_of(record_type: str, path: str, names: Sequence[str]) -> tuple[Part, ...]:
    """Parts of a list's form, in the order of `names`; texts of several lines take the whole width."""
    return tuple(_part(spec_at(record_type, f"{path}/{name}")) for name in names)


def _part(spec: FieldSpec) -> Part:
    choices = choices_of(spec)
    if spec.kind is Kind.YESNO:
        return Part(spec.name, spec.label, "yes_no")
    if spec.kind is Kind.DATE:
        return Part(spec.name, spec.label, "date")
    if choices and spec.kind in (Kind.CHOICE, Kind.TEXT):
        return Part(spec.name, spec.label, "choice", choices, front=front_of(spec))
    if spec.suggestions:
        return Part(spec.name, spec.label, "suggested", tuple(spec.suggestions.items()))
    lines = spec.widget == "lines"
    return Part(spec.name, spec.label, "lines" if lines else "text", wide=lines)


def answer_grid(
    look: Look, record_type: str, fields: FieldSet, rows: Sequence[Sequence[str]], *, fill: bool = False
) -> QWidget:
    """Answers in rows of one or two, registered in `fields`; with `fill` a row of one takes the whole width."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(HANG, 0, HANG, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    for number, names in enumerate(rows):
        for place, name in enumerate(names):
            field = fields.add(answer_field(look, record_type, name))
            span = 3 - len(names) if fill and place == len(names) - 1 else 1
            grid.addWidget(field, number, place, 1, span, Qt.AlignmentFlag.AlignTop)
    return holder
