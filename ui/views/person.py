"""The person page: names, who they are, how they are protected, where they are mentioned. Must not decide what a copy shows.

What is asked most stands open; the rest lies folded under words that say what it is. Nothing has to be filled in.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n.message import Message, msg, pmsg
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH, HANG, MARGIN_LEFT
from ui.viewmodels.person import PersonEditor, shown_name
from ui.viewmodels.person_answers import Answer, Doc
from ui.viewmodels.person_names import completed
from ui.viewmodels.person_record import RecordState
from ui.viewmodels.person_words import COUNTRIES, NEAR, country_words
from ui.views.person_chips import ChoiceChips
from ui.views.person_fields import FieldSet
from ui.views.person_folds import Fold, PlaceFields, heading
from ui.views.person_lists import ElementList, Part
from ui.views.person_names import NamesSection
from ui.views.person_side import PersonSide
from ui.views.person_specs import answer_grid, choices_of, parts_of, spec_at
from ui.views.person_summaries import (
    Line,
    address_summary,
    contact_summary,
    document_summary,
    host_summary,
    relation_summary,
    route_summary,
)
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.message_bar import MessageBar
from ui.widgets.side_panel import Column, scrolled

# Which fields stand side by side, group by group.
_IDENTITY: tuple[tuple[str, ...], ...] = (("sex", "minor"), ("birth_date", "age_estimate"))
_CITIZENSHIP: tuple[tuple[str, ...], ...] = (("stateless", "deceased"),)
_WORK: tuple[tuple[str, ...], ...] = (("occupation", "activity"),)
_SPECIAL: tuple[tuple[str, ...], ...] = (
    ("ethnicity", "religion"),
    ("political_opinion", "orientation"),
    ("disability",),
)
_PAPERS: tuple[tuple[str, ...], ...] = (("identity_basis", "no_document_reason"),)


class PersonScreen(Screen):
    """Saves each answer by itself; `PersonScreen(context, "")` begins a new person."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        self.model = PersonEditor(context, self)
        self._fields = FieldSet(self)
        self._lists: dict[str, ElementList] = {}
        self._places: dict[str, PlaceFields] = {}
        self._done = Button(context.look, pmsg("button", "Done"), "primary")
        self._bar = MessageBar(context.look)
        self.names = NamesSection(context.look)
        self.side = PersonSide(context)
        self._build()
        self._done.clicked.connect(context.navigator.back)
        self.names.changed.connect(self._name_changed)
        self.names.removed.connect(self._name_removed)
        self.names.proposals_taken.connect(self.model.take_proposals)
        self.side.protection_chosen.connect(self._protection_chosen)
        self._fields.answered.connect(self.model.answer)
        self.model.changed.connect(self._draw)
        context.discreet.changed.connect(self._redraw)
        self.model.load(record_id)

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN_LEFT - HANG, 0, 0, 0)
        line.setSpacing(24)
        column = Column(gap=28)
        column.stack.setContentsMargins(0, 8, 12, 48)
        column.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
        column.add(self._bar)
        column.add(self.names)
        column.add(self._identity())
        column.add(self._exile())
        column.add(self._reach())
        column.add(self._papers())
        column.add(self._special())
        column.push_up()
        holder = QWidget()
        middle = QHBoxLayout(holder)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(column, 1)
        middle.setAlignment(Qt.AlignmentFlag.AlignLeft)
        line.addWidget(scrolled(holder), 1)
        line.addWidget(self.side)

    def _identity(self) -> QWidget:
        part = Column(gap=12)
        part.add(heading(self.context.look, msg("Who this is")))
        part.add(self._grid(_IDENTITY))
        part.add(self._place("birth_place"))
        self.citizenships = self._chips("citizenships", msg("Add a citizenship"))
        part.add(self.citizenships)
        part.add(self._grid(_CITIZENSHIP))
        part.add(self._grid(_WORK))
        return part

    def _exile(self) -> QWidget:
        fold = Fold(
            self.context.look,
            msg("Where they are now, and the way there"),
            msg("Whereabouts, status in host countries, route. To a secretariat only."),
        )
        self.categories = self._chips("exile_category", msg("Add a category"))
        fold.add(self.categories)
        fold.add(self._place("whereabouts"))
        fold.add(
            self._list(
                "host_status",
                ("country", "status", "from", "until", "decided_on"),
                self._host_line,
                msg("Add a status"),
            )
        )
        fold.add(
            self._list(
                "route",
                ("country", "basis", "arrived", "left"),
                self._route_line,
                msg("Add a country on the way"),
            )
        )
        return fold

    def _reach(self) -> QWidget:
        fold = Fold(
            self.context.look,
            msg("How to reach them, and whom they are close to"),
            msg("Safe contacts, addresses, relatives. To a secretariat only."),
        )
        fold.add(
            self._list(
                "contacts",
                ("channel", "value", "safe_hours", "code_phrase", "never_call"),
                contact_summary,
                msg("Add a safe way of contact"),
            )
        )
        fold.add(self._list("addresses", ("kind", "country", "text"), address_summary, msg("Add an address")))
        fold.add(
            self._list(
                "relations", ("kind",), self._relation_line, msg("Add a relative or another close person")
            )
        )
        return fold

    def _papers(self) -> QWidget:
        fold = Fold(
            self.context.look, msg("How the identity is known"), msg("Documents seen, or why there is none.")
        )
        fold.add(self._grid(_PAPERS))
        fold.add(
            self._list(
                "identity_documents",
                ("type", "number", "issuer", "issued_on", "expires_on"),
                document_summary,
                msg("Add a document"),
            )
        )
        return fold

    def _special(self) -> QWidget:
        fold = Fold(
            self.context.look,
            msg("Only if it matters for the case"),
            msg("Ethnicity, religion, opinion and the like. Ask only what the case needs."),
        )
        fold.add(self._grid(_SPECIAL))
        return fold

    def _grid(self, rows: Sequence[Sequence[str]]) -> QWidget:
        return answer_grid(self.context.look, "person", self._fields, rows)

    def _place(self, name: str) -> QWidget:
        fields = PlaceFields(self.context.look, "person", name)
        fields.answered.connect(self._place_answered)
        self._places[name] = fields
        return fields

    def _list(self, name: str, parts: tuple[str, ...], summary: object, add: Message) -> QWidget:
        made = ElementList(self.context.look, parts_of("person", name, parts), summary, add)  # type: ignore[arg-type]
        made.setObjectName(name)
        made.changed.connect(self._element_changed)
        made.removed.connect(self._element_removed)
        self._lists[name] = made
        return made

    def _chips(self, name: str, add: Message) -> ChoiceChips:
        chips = ChoiceChips(
            self.context.look, spec_at("person", name).label, add, NEAR if name == "citizenships" else None
        )
        chips.setObjectName(name)
        chips.added.connect(self._value_added)
        chips.removed.connect(self._value_removed)
        return chips

    # the screen's shape

    def heading(self) -> Heading:
        """The code; the name only where names are shown."""
        state = self.model.state
        name = "" if self.context.discreet.on else shown_name(state.doc)
        return Heading(
            name or msg("New person") if not state.code else name or msg("Person"), state.code, rail="people"
        )

    def header_actions(self) -> list[QWidget]:
        """One way out."""
        return [self._done]

    def wants_first_focus(self) -> QWidget | None:
        """A new person begins with the name."""
        return None if self.record_id else self.names.add_button

    # drawing

    def _draw(self) -> None:
        state = self.model.state
        self._bar.show_problem(state.problem)
        self.names.show_names(
            state.elements("names"), self.model.proposals(), discreet=self.context.discreet.on
        )
        for name, field in self._fields.fields.items():
            field.set_answer(state.answer(name, field.shape))
            field.show_problem(state.faults.get(name, ""))
        for name, rows in self._lists.items():
            if name == "relations":
                continue
            rows.set_elements(state.elements(name))
        for name, place in self._places.items():
            value = state.doc.get(name)
            place.show_place(value if isinstance(value, dict) else {})
        self._draw_chips(state)
        self._draw_relations(state)
        self.side.show_state(state)
        self.record_id = state.id
        self.heading_changed.emit()

    def _redraw(self, _on: bool) -> None:
        self._draw()

    def _draw_chips(self, state: RecordState) -> None:
        held = [str(code) for code in state.values("citizenships")]
        self.citizenships.show_values([(code, country_words(code)) for code in held], COUNTRIES)
        kinds = choices_of(spec_at("person", "exile_category"))
        chosen = [str(value) for value in state.values("exile_category")]
        self.categories.show_values([(value, dict(kinds).get(value, value)) for value in chosen], kinds)

    def _draw_relations(self, state: RecordState) -> None:
        people = [(key, words) for key, words in self._people(state).items() if key != state.id]
        who = Part("person", spec_at("person", "relations/person").label, "choice", tuple(people))
        self._lists["relations"].set_parts((who, *parts_of("person", "relations", ("kind",))))
        self._lists["relations"].set_elements(state.elements("relations"))

    def _relation_line(self, element: Doc) -> Line:
        return relation_summary(element, self._people(self.model.state))

    def _host_line(self, element: Doc) -> Line:
        return host_summary(element, self.context.look.words.code)

    def _route_line(self, element: Doc) -> Line:
        return route_summary(element, self.context.look.words.code)

    def _people(self, state: RecordState) -> dict[str, str]:
        """People by name, or by code while names are hidden."""
        known = state.around.get("people", {})
        return {
            key: code if self.context.discreet.on or not name else name for key, (code, name) in known.items()
        }

    # answers

    def _name_changed(self, element: Doc) -> None:
        self.model.set_element("names", completed(element))

    def _name_removed(self, element_id: str) -> None:
        self.model.remove_element("names", element_id)

    def _element_changed(self, element: Doc) -> None:
        sender = self.sender()
        if sender is not None:
            self.model.set_element(sender.objectName(), element)

    def _element_removed(self, element_id: str) -> None:
        sender = self.sender()
        if sender is not None:
            self.model.remove_element(sender.objectName(), element_id)

    def _value_added(self, value: str) -> None:
        name = self.sender().objectName()
        self.model.put({name: [*self.model.state.values(name), value]})

    def _value_removed(self, value: str) -> None:
        name = self.sender().objectName()
        self.model.put({name: [each for each in self.model.state.values(name) if each != value]})

    def _place_answered(self, name: str, value: Doc) -> None:
        self.model.put({name: value})

    def _protection_chosen(self, value: str) -> None:
        self.model.answer("protection", "choice", Answer(value, None))
