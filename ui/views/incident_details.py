"""What one kind of incident asks beside the common questions: single answers, and lists such as charges or places held.

Must not know which kind asks what: that is the specification's. Saves nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from i18n import edtf, formatting
from i18n.message import Message, msg
from storage import FieldSpec, Kind, spec_of
from ui.look import Look
from ui.theme.tokens import HANG
from ui.viewmodels.person_answers import Answer, read_answer
from ui.viewmodels.person_words import body_name, country_words
from ui.views.incident_editors import BodiesEditor, CountriesEditor, MomentEditor
from ui.views.person_fields import AnswerField, ChoiceEditor, Editor, FieldSet
from ui.views.person_folds import heading
from ui.views.person_lists import ElementList, GroupForm, Part
from ui.views.person_specs import answer_field, parts_of, shape_of, spec_at
from ui.views.person_summaries import NOTHING
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label

_SINGLE = frozenset(
    {
        Kind.TEXT,
        Kind.CHOICE,
        Kind.YESNO,
        Kind.DATE,
        Kind.DATETIME,
        Kind.AGENCY,
        Kind.NUMBER,
        Kind.SET,
        Kind.ID,
    }
)
_ADD: dict[str, Message] = {
    "charges": msg("Add a charge"),
    "places": msg("Add a place of detention"),
    "sentence": msg("Add a sentence or a change of it"),
    "search_steps": msg("Add a step of the search"),
}
_ADD_ANY = msg("Add to the list")
_PLACE_FIRST = ("facility", "locality", "region", "words")


class Details(Column):
    """`answered(name, shape, answer)` for single questions; `element_changed(list, element)` and `element_removed(list, id)`."""

    answered = Signal(str, str, object)
    element_changed = Signal(str, object)
    element_removed = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=12)
        self.look = look
        self.fields = FieldSet(self)
        self.lists: dict[str, ElementList] = {}
        self.groups: dict[str, GroupForm] = {}
        self._pointing: list[ChoiceEditor] = []
        self._form = ""
        self.fields.answered.connect(self.answered)

    def show_form(self, form: str, group: Mapping[str, Any], papers: Sequence[tuple[str, str]] = ()) -> None:
        """Ask what this form asks, filled with what is stored; "" asks nothing. `papers`: documents one can point to."""
        if form != self._form:
            self._form = form
            self._draw(form)
        for editor in self._pointing:
            editor.offer(papers)
        for name, field in self.fields.fields.items():
            field.set_answer(read_answer(group, name, field.shape))
        for name, rows in self.lists.items():
            value = group.get(name)
            rows.set_elements(
                [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
            )
        for name, inner in self.groups.items():
            value = group.get(name)
            inner.fill(value if isinstance(value, dict) else {})

    def _draw(self, form: str) -> None:
        self.clear()
        self.fields.fields.clear()
        self.lists, self.groups, self._pointing = {}, {}, []
        if not form:
            return
        specs = spec_of("incident").fields["details"].fields[form].fields
        self.add(heading(self.look, spec_at("incident", f"details/{form}").label))
        self.add(self._grid(form, [name for name, spec in specs.items() if spec.kind in _SINGLE]))
        for spec in specs.values():
            if spec.kind is Kind.LIST:
                self.add(self._titled(spec.label, self._list(form, spec)))
            elif spec.kind is Kind.GROUP:
                self.add(self._titled(spec.label, self._group(form, spec)))

    def _grid(self, form: str, names: list[str]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(HANG, 0, HANG, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for place, name in enumerate(names):
            field = self.fields.add(self._field(f"details/{form}/{name}"))
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return holder

    def _field(self, path: str) -> AnswerField:
        """A question of the form; answers that are several values, a moment or a document have editors of their own."""
        spec = spec_at("incident", path)
        editor: Editor | None = None
        if spec.kind is Kind.SET:
            bodies = spec.k.item is not None and spec.k.item.kind is Kind.AGENCY
            editor = (BodiesEditor if bodies else CountriesEditor)(self.look, spec.label)
        elif spec.kind is Kind.DATETIME:
            editor = MomentEditor(self.look, spec.label)
        elif spec.kind is Kind.ID:
            editor = pointing = ChoiceEditor(self.look, spec.label, ())
            self._pointing.append(pointing)
        return (
            AnswerField(self.look, spec.name, shape_of(spec), spec.label, editor)
            if editor
            else answer_field(self.look, "incident", path)
        )

    def _titled(self, title: Message, inside: QWidget) -> QWidget:
        part = Column(gap=4)
        part.add(inset(Label(self.look, title, "quiet"), top=8))
        part.add(inside)
        return part

    def _list(self, form: str, spec: FieldSpec) -> ElementList:
        rows = ElementList(
            self.look,
            _parts(f"details/{form}/{spec.name}", spec),
            self._line,
            _ADD.get(spec.name, _ADD_ANY),
            msg("Nothing yet."),
        )
        rows.setObjectName(spec.name)
        rows.changed.connect(self._changed)
        rows.removed.connect(self._removed)
        self.lists[spec.name] = rows
        return rows

    def _group(self, form: str, spec: FieldSpec) -> GroupForm:
        inner = GroupForm(self.look, _parts(f"details/{form}/{spec.name}", spec), spec.name)
        inner.changed.connect(self._group_changed)
        self.groups[spec.name] = inner
        return inner

    def _line(self, element: Mapping[str, Any]) -> tuple[Message | str, Message | str, Message | str]:
        """The words, the dates, the body: whatever an element of these lists has of them."""
        code = self.look.words.code
        place, agency = element.get("place"), element.get("body")
        body = agency.get("words", "") if isinstance(agency, dict) else agency
        words = [element.get(name) for name in ("article", "text", "result")]
        titles = [word for word in words if isinstance(word, str) and word]
        under = body_name(body, code) if isinstance(body, str) else ""
        title = titles[0] if titles else _place_words(place) if isinstance(place, dict) else ""
        return title or under or NOTHING, _dates(element, code), under if title else ""

    def _changed(self, element: object) -> None:
        self.element_changed.emit(self.sender().objectName(), element)

    def _removed(self, element_id: str) -> None:
        self.element_removed.emit(self.sender().objectName(), element_id)

    def _group_changed(self, name: str, value: object) -> None:
        self.answered.emit(name, "group", Answer(value, None) if value else Answer())


def _parts(path: str, spec: FieldSpec) -> tuple[Part, ...]:
    """The fields of an element; those of a place stand among them as `place/locality`."""
    parts: list[Part] = []
    for name, inner in spec.fields.items():
        if inner.kind is Kind.GROUP:
            names = [name for name in ("country", "region", "locality", "facility") if name in inner.fields]
            parts += [
                Part(f"{inner.name}/{p.name}", p.label, p.kind, p.choices, front=p.front)
                for p in parts_of("incident", f"{path}/{inner.name}", names)
            ]
        elif inner.kind is Kind.AGENCY:
            parts.append(Part(name, inner.label, "body"))
        else:
            parts += parts_of("incident", path, (name,))
    return tuple(parts)


def _place_words(place: Mapping[str, Any]) -> Message | str:
    parts = [place.get(name) for name in _PLACE_FIRST]
    country = place.get("country")
    return next(
        (part for part in parts if isinstance(part, str) and part),
        country_words(country) if isinstance(country, str) else "",
    )


def _dates(element: Mapping[str, Any], language: str) -> str:
    """The day, or from when until when."""
    found = [element.get(name) for name in ("stated_on", "on", "from", "until")]
    told = [
        formatting.partial_date(day, language) for day in found if isinstance(day, str) and edtf.is_valid(day)
    ]
    return " – ".join(told)
