"""The case desk: people, interviews and papers left, what happened in the middle, what is missing right. Must not compute any of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.screens import SCREEN_OF_TYPE
from ui.theme.tokens import HANG, MARGIN_LEFT, SIDE_NARROW
from ui.viewmodels.case_desk import NO_TITLE, CaseDeskModel
from ui.viewmodels.case_desk_reading import CaseContents, Line
from ui.views.case_desk_add import AddPanel
from ui.views.case_desk_side import CaseSide
from ui.views.case_desk_timeline import Timeline
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.fields import Field, LineField
from ui.widgets.flow import FlowLayout
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, Section, inset, scrolled
from ui.widgets.text import Hairline, Label


class CaseDesk(Screen):
    """`CaseDesk(context, "")` asks for a title and makes a case."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        self.model = CaseDeskModel(context, self)
        look = context.look
        self.start = Button(look, msg("Start the petition"), "primary")
        self.people = Section(look, msg("Victims"), "plus", msg("Add a person to the case"))
        self.interviews = Section(look, msg("Interviews"), "plus", msg("Add an interview to the case"))
        self.evidence = Section(look, msg("Evidence"), "plus", msg("Add a document or a file to the case"))
        self.petitions = Section(look, msg("Petitions"), "plus", msg("Start another petition"))
        self.timeline = Timeline(look)
        self.panel = AddPanel(context, self.model)
        self.side = CaseSide(context, self.model)
        self._drawn: CaseContents | None = None
        self._build()
        self._connect()
        if record_id:
            self.model.load(record_id)
        self._draw()

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN_LEFT - HANG, 0, 0, 0)
        line.setSpacing(0)
        self._new = self._new_case()
        line.addWidget(self._new, 1)
        self._left = Column(gap=20)
        self._left.stack.setContentsMargins(0, 8, 12, 24)
        self._left.push_up()
        for section in (self.people, self.interviews, self.evidence, self.petitions):
            self._left.add(section)
        left = scrolled(self._left)
        left.setFixedWidth(SIDE_NARROW - 24)
        self._parts: list[QWidget] = [left, Hairline(upright=True), self._middle(), self.side]
        line.addWidget(left)
        line.addWidget(self._parts[1])
        line.addWidget(self._parts[2], 1)
        line.addWidget(self.side)

    def _middle(self) -> QWidget:
        column = Column(gap=8)
        column.stack.setContentsMargins(20, 8, 12, 32)
        column.push_up()
        column.add(self.panel)
        column.add(inset(Label(self.context.look, msg("What happened, and what proves it"), "quiet")))
        head = QWidget()
        row = FlowLayout(head, gap=16, line_gap=0)
        self._add_event = Button(self.context.look, msg("Add an incident"), "link", "plus")
        row.addWidget(self._add_event)
        self._add_step = Button(self.context.look, msg("Add a step before an authority"), "link", "plus")
        row.addWidget(self._add_step)
        column.add(inset(head, left=HANG - 4))
        column.add(self.timeline)
        self._empty = Label(
            self.context.look,
            msg(
                "Nothing is on the timeline yet. Add what the interviews tell: each thing that was done, when and where."
            ),
            "bodyquiet",
        )
        self._empty_line = inset(self._empty, top=8)
        column.add(self._empty_line)
        return scrolled(column)

    def _new_case(self) -> QWidget:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(HANG, 24, 0, 0)
        rows.setSpacing(12)
        look = self.context.look
        self.title_field = LineField(look, msg("Title of the case"))
        self.title_field.setMaximumWidth(480)
        rows.addWidget(
            Field(
                look,
                msg("Title of the case"),
                self.title_field,
                msg("A neutral title without names: it may be seen on the screen by others."),
            )
        )
        self._make = Button(look, msg("Make the case"), "quiet", "folder-plus")
        rows.addWidget(self._make, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        return holder

    def _connect(self) -> None:
        for section, record_type in (
            (self.people, "person"),
            (self.interviews, "interview"),
            (self.evidence, "evidence"),
        ):
            if section.head.button is not None:
                section.head.button.setObjectName(record_type)
                section.head.button.clicked.connect(self._add_pressed)
        self._add_event.setObjectName("incident")
        self._add_event.clicked.connect(self._add_pressed)
        self._add_step.setObjectName("proceeding")
        self._add_step.clicked.connect(self._add_pressed)
        self.timeline.picked.connect(self._go)
        self.start.clicked.connect(self.model.open_petition)
        if self.petitions.head.button is not None:
            self.petitions.head.button.clicked.connect(self.model.start_petition)
        self._make.clicked.connect(self._create)
        self.title_field.submitted.connect(self._create)
        self.model.changed.connect(self._draw)
        self.context.discreet.changed.connect(self._redraw)

    # the screen's shape

    def heading(self) -> Heading:
        """The neutral title and the code."""
        contents = self.model.state.contents
        if contents is None:
            return Heading(msg("New case"), rail="cases")
        return Heading(contents.title or NO_TITLE, contents.code, rail="cases")

    def header_actions(self) -> list[QWidget]:
        """The petition."""
        return [self.start]

    def wants_first_focus(self) -> QWidget | None:
        """A new case begins with its title."""
        return None if self.record_id else self.title_field

    # drawing

    def _draw(self) -> None:
        state = self.model.state
        contents = state.contents
        for part in self._parts:
            part.setVisible(contents is not None)
        self._new.setVisible(contents is None and not state.id)
        self.start.setVisible(contents is not None)
        self.start.say(msg("Open the petition") if state.petition else msg("Start the petition"))
        self.panel.show_state(state)
        self.side.show_state(state)
        if contents is not None and contents != self._drawn:
            self._drawn = contents
            self.record_id = contents.id
            self._draw_contents(contents)
        self.heading_changed.emit()

    def _redraw(self, _on: bool) -> None:
        if self._drawn is not None:
            self._draw_contents(self._drawn)

    def _draw_contents(self, contents: CaseContents) -> None:
        self._fill(self.people, contents.people, msg("Nobody yet."))
        self._fill(self.interviews, contents.interviews, msg("None yet."))
        self._fill(self.evidence, contents.evidence, msg("None yet."))
        if contents.evidence:
            hand_over = Row(self.context.look, msg("Hand over evidence"), "", "", "package", chevron=True)
            hand_over.clicked.connect(self._hand_over)
            self.evidence.rows.add(hand_over)
        self._fill(self.petitions, contents.petitions, msg("None yet."))
        self.timeline.show_events(contents.events)
        self._empty_line.setVisible(not contents.events)

    def _fill(self, section: Section, lines: Sequence[Line], empty: Message) -> None:
        section.rows.clear()
        for line in lines:
            name = "" if self.context.discreet.on else line.name
            title, under = (line.code, name) if line.code else (name or msg("Document"), "")
            note = line.note or ""
            detail: Message | str = (
                msg("{name} · {note}", name=under, note=note) if under and note else under or note
            )
            row = Row(self.context.look, title, "", detail)
            row.setProperty("target", [line.type, line.id])
            row.clicked.connect(self._row_pressed)
            section.rows.add(row)
        if not lines:
            section.inset(Label(self.context.look, empty, "quiet"))

    # going

    def _create(self) -> None:
        title = self.title_field.text().strip()
        if title:
            self.model.create(title)

    def _hand_over(self) -> None:
        self.context.navigator.go("evidence_package", self.record_id)

    def _add_pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.model.choose(sender.objectName())

    def _row_pressed(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self._go(*row.property("target"))

    def _go(self, record_type: str, record_id: str) -> None:
        if record_type == "petition":
            self.context.navigator.go("export", record_id)
        elif record_type in SCREEN_OF_TYPE:
            self.context.navigator.go(SCREEN_OF_TYPE[record_type], record_id)
