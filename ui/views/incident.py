"""The incident page: one thing done to someone, told in the order people tell it. Must not ask in the form's order or judge.

What happened, when, where, to whom, by whom, then what this kind of incident asks, then how it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg, pmsg
from storage import choice_label, kind_label
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH, HANG, MARGIN_LEFT
from ui.viewmodels.incident import IncidentEditor, details_form, incident_kinds
from ui.viewmodels.person_answers import Doc
from ui.viewmodels.person_words import body_name
from ui.views.incident_details import Details
from ui.views.incident_people import PeopleChips
from ui.views.person_fields import FieldSet
from ui.views.person_folds import Fold, PlaceFields, heading
from ui.views.person_lists import ElementList, Part
from ui.views.person_specs import answer_field, parts_of, spec_at
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.date_words import DateWords
from ui.widgets.message_bar import MessageBar
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, Section, SidePanel, inset, scrolled
from ui.widgets.taxonomy_picker import TaxonomyPicker
from ui.widgets.text import Label


class IncidentScreen(Screen):
    """Saves each answer by itself; with "" it begins a new incident."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.model = IncidentEditor(context, self)
        self._fields = FieldSet(self)
        self.details = Details(look)
        self._done = Button(look, pmsg("button", "Done"), "primary")
        self._bar = MessageBar(look)
        self.kind = TaxonomyPicker(look, incident_kinds())
        self.when = DateWords(look, msg("When"))
        self.where = PlaceFields(look, "incident", "where")
        self.victims = PeopleChips(look, msg("To whom it was done"), msg("Add a person"))
        self.witnesses = PeopleChips(look, msg("Who saw it"), msg("Add a witness"))
        self.perpetrators = ElementList(
            look,
            self._perpetrator_parts(),
            self._perpetrator_line,
            msg("Add who is said to have done it"),
            msg("Nobody is named. Unknown men in plain clothes may be named so."),
        )
        self.sources = ElementList(
            look,
            (),
            self._source_line,
            msg("Add how this is known"),
            msg("No source yet. A fact without a source weighs little on paper."),
        )
        self._build()
        self._connect()
        self.model.load(record_id)

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN_LEFT - HANG, 0, 0, 0)
        line.setSpacing(24)
        self._column = Column(gap=28)
        self._column.stack.setContentsMargins(0, 8, 12, 48)
        self._column.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
        for part in (
            self._bar,
            self._what(),
            self._when_part(),
            self.where,
            self._who(),
            self._by_whom(),
            self.details,
            self._more(),
        ):
            self._column.add(part)
        self._column.push_up()
        holder = QWidget()
        middle = QHBoxLayout(holder)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self._column, 1)
        middle.setAlignment(Qt.AlignmentFlag.AlignLeft)
        line.addWidget(scrolled(holder), 1)
        line.addWidget(self._side())

    def _what(self) -> QWidget:
        part = Column(gap=12)
        part.add(heading(self.context.look, msg("What happened")))
        part.add(self.kind)
        part.add(self._stacked("title", "description"))
        return part

    def _when_part(self) -> QWidget:
        part = Column(gap=12)
        part.add(heading(self.context.look, msg("When and where")))
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(HANG, 0, HANG, 0)
        rows.setSpacing(4)
        rows.addWidget(Label(self.context.look, msg("When, in the speaker’s words"), "quiet"))
        rows.addWidget(self.when)
        part.add(holder)
        part.add(self._stacked("time_of_day"))
        return part

    def _who(self) -> QWidget:
        part = Column(gap=14)
        part.add(heading(self.context.look, msg("Who")))
        part.add(self.victims)
        part.add(self.witnesses)
        return part

    def _by_whom(self) -> QWidget:
        part = Column(gap=8)
        head = Label(self.context.look, msg("Who is said to have done it"), "quiet")
        part.add(inset(head))
        part.add(self.perpetrators)
        return part

    def _more(self) -> QWidget:
        fold = Fold(
            self.context.look,
            msg("Injuries, methods, outcome"),
            msg("Medical findings go to a secretariat only. Nobody has to answer."),
        )
        fold.add(self._stacked("injuries", "medical", "outcome"))
        fold.add(self._pair("outcome_disputed", "attempt"))
        fold.add(self._pair("extraterritorial", "sexual_violence"))
        return fold

    def _side(self) -> QWidget:
        panel = SidePanel(self.context.look)
        self._sources_section = Section(self.context.look, msg("How do you know?"))
        self._sources_section.rows.add(self.sources)
        panel.add(self._sources_section)
        self._others = Section(self.context.look, msg("Before or after another incident"))
        panel.add(self._others)
        return panel

    def _stacked(self, *names: str) -> QWidget:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(HANG, 0, HANG, 0)
        rows.setSpacing(12)
        for name in names:
            rows.addWidget(self._fields.add(answer_field(self.context.look, "incident", name)))
        return holder

    def _pair(self, *names: str) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(HANG, 0, HANG, 0)
        grid.setHorizontalSpacing(24)
        for place, name in enumerate(names):
            grid.setColumnStretch(place, 1)
            grid.addWidget(
                self._fields.add(answer_field(self.context.look, "incident", name)),
                0,
                place,
                Qt.AlignmentFlag.AlignTop,
            )
        return holder

    def _connect(self) -> None:
        self._done.clicked.connect(self.context.navigator.back)
        self.kind.chosen.connect(self._kind_chosen)
        self.when.answered.connect(self.model.set_when)
        self.where.answered.connect(self._place_answered)
        for name, chips in (("victims", self.victims), ("witnesses", self.witnesses)):
            chips.setObjectName(name)
            chips.added.connect(self._member_added)
            chips.removed.connect(self._member_removed)
        for name, rows in (("perpetrators", self.perpetrators), ("sources", self.sources)):
            rows.setObjectName(name)
            rows.changed.connect(self._element_changed)
            rows.removed.connect(self._element_removed)
        self._fields.answered.connect(self.model.answer)
        self.details.answered.connect(self.model.answer_detail)
        self.details.element_changed.connect(self.model.set_detail_element)
        self.details.element_removed.connect(self.model.remove_detail_element)
        self.model.changed.connect(self._draw)
        self.context.discreet.changed.connect(self._redraw)

    # the screen's shape

    def heading(self) -> Heading:
        """The title somebody gave, else the kind."""
        doc = self.model.state.doc
        title, kind = doc.get("title"), doc.get("kind")
        shown: Message | str = (
            title
            if isinstance(title, str) and title
            else kind_label(kind)
            if isinstance(kind, str) and kind
            else msg("Incident")
        )
        return Heading(shown, rail="cases", detail_is_testimony=True)

    def header_actions(self) -> list[QWidget]:
        """One way out."""
        return [self._done]

    # drawing

    def _draw(self) -> None:
        state = self.model.state
        self._bar.show_problem(state.problem)
        doc, around = state.doc, state.around
        self.kind.set_code(str(doc.get("kind") or ""))
        self._draw_when(doc)
        where = doc.get("where")
        self.where.show_place(where if isinstance(where, dict) else {})
        people = around.get("people", {})
        for name, chips in (("victims", self.victims), ("witnesses", self.witnesses)):
            members = doc.get(name)
            chips.show_people(
                members if isinstance(members, list) else [], people, discreet=self.context.discreet.on
            )
        for name, field in self._fields.fields.items():
            field.set_answer(state.answer(name, field.shape))
            field.show_problem(state.faults.get(name, ""))
        self.perpetrators.set_elements(state.elements("perpetrators"))
        self._draw_sources(around)
        self.details.show_form(
            details_form(str(doc.get("kind") or "")),
            self.model.detail_group(),
            tuple(around.get("evidence", {}).items()),
        )
        self._draw_others(doc, around)
        self.record_id = state.id
        self.heading_changed.emit()

    def _redraw(self, _on: bool) -> None:
        self._draw()

    def _draw_when(self, doc: Mapping[str, Any]) -> None:
        when, words = doc.get("when"), doc.get("when_words")
        stored = (when if isinstance(when, str) else "", words if isinstance(words, str) else "")
        if stored != self.when.value() and not self.when.field.hasFocus():
            self.when.set_value(*stored)

    def _draw_sources(self, around: Mapping[str, Any]) -> None:
        interviews = tuple(around.get("interviews", {}).items())
        evidence = tuple(around.get("evidence", {}).items())
        basis = Part(
            "basis",
            msg("How the speaker knows"),
            "choice",
            tuple(spec_at("incident", "sources/basis").choices.items()),
            wide=True,
        )
        parts = (
            Part("interview", msg("Interview"), "choice", interviews, wide=True),
            *((Part("evidence", msg("Document"), "choice", evidence, wide=True),) if evidence else ()),
            Part("passage", msg("Passage"), wide=True),
            basis,
            *(
                Part(p.name, p.label, p.kind, p.choices, wide=True, front=p.front)
                for p in parts_of("incident", "sources", ("supports", "confidence"))
            ),
        )
        self.sources.set_parts(parts)
        self.sources.set_elements(self.model.state.elements("sources"))

    def _draw_others(self, doc: Mapping[str, Any], around: Mapping[str, Any]) -> None:
        self._others.rows.clear()
        relative = doc.get("relative_to")
        held = relative if isinstance(relative, dict) else {}
        for other, title in list(around.get("incidents", {}).items())[:12]:
            chosen = held.get("incident") == other
            relation = held.get("relation")
            detail = (
                choice_label("incident", "relative_to/relation", relation)
                if chosen and isinstance(relation, str)
                else ""
            )
            row = Row(self.context.look, title, "", detail)
            row.setCheckable(True)
            row.setChecked(chosen)
            row.setProperty("other", other)
            row.explain(msg("Press: after this incident; again: before it; again: not related in time"))
            row.clicked.connect(self._other_pressed)
            self._others.rows.add(row)
        if not around.get("incidents"):
            self._others.inset(Label(self.context.look, msg("No other incident yet."), "quiet"))

    @staticmethod
    def _perpetrator_parts() -> tuple[Part, ...]:
        words = Part("agency", spec_at("incident", "perpetrators/agency").label, "body", wide=True)
        return (
            words,
            *parts_of(
                "incident", "perpetrators", ("role", "certainty", "acting_for_country", "host_collusion")
            ),
        )

    def _perpetrator_line(
        self, element: Mapping[str, Any]
    ) -> tuple[Message | str, Message | str, Message | str]:
        agency = element.get("agency")
        words = agency.get("words", "") if isinstance(agency, dict) else agency
        name = body_name(words, self.context.look.words.code) if isinstance(words, str) else ""
        said = {
            part: choice_label("incident", f"perpetrators/{part}", element[part])
            for part in ("certainty", "role")
            if element.get(part)
        }
        return name or msg("Not named"), said.get("certainty", ""), said.get("role", "")

    def _source_line(self, element: Mapping[str, Any]) -> tuple[Message | str, Message | str, Message | str]:
        around = self.model.state.around
        basis = element.get("basis")
        title = around.get("interviews", {}).get(element.get("interview")) or around.get("evidence", {}).get(
            element.get("evidence")
        )
        how = (
            choice_label("incident", "sources/basis", basis)
            if isinstance(basis, str)
            else msg("how do you know?")
        )
        return title or msg("Source"), str(element.get("passage") or ""), how

    # answers

    def _kind_chosen(self, code: str) -> None:
        self.model.put({"kind": code})

    def _place_answered(self, name: str, value: Doc) -> None:
        self.model.put({name: value})

    def _member_added(self, person: str) -> None:
        self.model.add_member(self.sender().objectName(), person)

    def _member_removed(self, person: str) -> None:
        self.model.remove_member(self.sender().objectName(), person)

    def _element_changed(self, element: Doc) -> None:
        self.model.set_element(self.sender().objectName(), element)

    def _element_removed(self, element_id: str) -> None:
        self.model.remove_element(self.sender().objectName(), element_id)

    def _other_pressed(self) -> None:
        row = self.sender()
        if not isinstance(row, Row):
            return
        other = str(row.property("other"))
        relative = self.model.state.doc.get("relative_to")
        held = relative if isinstance(relative, dict) and relative.get("incident") == other else {}
        following = {"": "after", "after": "before", "before": ""}[str(held.get("relation") or "")]
        self.model.put({"relative_to": {"incident": other, "relation": following} if following else None})
