"""The export assistant: what is written, who will learn what, redaction, where it goes; beside it the page as its reader gets it.

Must not decide or write: it draws `ExportModel` and calls its commands.
"""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

import exports
from i18n import language_name
from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.theme.tokens import HANG, MARGIN_LEFT, SIDE_WIDE
from ui.viewmodels.export import STEPS, ExportModel, ExportState
from ui.viewmodels.page_preview import PagePreview
from ui.views.export_cases import CasePicker
from ui.views.export_steps import RedactionStep, WhatStep, WhoStep, WriteStep
from ui.views.redaction_review import AUDIENCES
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.page_view_panel import PagePanel
from ui.widgets.row import Row
from ui.widgets.segmented import Segmented
from ui.widgets.side_panel import Column, inset, scrolled
from ui.widgets.text import Hairline, Label

_TITLES: dict[str, Message] = {
    "what": msg("What is written"),
    "who": msg("Who will learn what"),
    "redaction": msg("Redaction review"),
    "write": msg("Where it goes"),
}
_AS_RECEIVED: dict[str, Message] = {
    "filing": msg("as the secretariat receives it"),
    "government": msg("as the Government receives it"),
    "public": msg("as anybody reads it"),
    "interviewee": msg("as the interviewee carries it"),
}


class ExportAssistant(Screen):
    """`ExportAssistant(context, id)` of a petition or a case; with "" it asks for the case."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.model = ExportModel(context, self)
        self.preview = PagePreview(context, self)
        self.write_button = Button(look, msg("Write the petition"), "primary")
        self.picker = CasePicker(context)
        self.steps: dict[str, Row] = {}
        self.what = WhatStep(context, self.model)
        self.who = WhoStep(context)
        self.redaction = RedactionStep(context, self.model)
        self.write = WriteStep(context, self.model)
        self.copy = Segmented(look, [("public", AUDIENCES["public"])], msg("Which copy is shown"))
        self.pages = PagePanel(look)
        self._drawn = ExportState()
        self._shown_pages: tuple[object, ...] = ()
        self._drawn_copies: tuple[str, ...] = ()
        self._build()
        self._connect()
        self.model.load(record_id)
        self._draw()

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN_LEFT - HANG, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.picker, 1)
        self._left = self._step_list()
        self._stack = QStackedWidget()
        for step in (self.what, self.who, self.redaction, self.write):
            column = Column()
            column.stack.setContentsMargins(24, 8, 24, 32)
            column.push_up()
            column.add(step)
            self._stack.addWidget(scrolled(column))
        self._right = self._preview_panel()
        line.addWidget(self._left)
        line.addWidget(self._stack, 1)
        line.addWidget(self._right)

    def _step_list(self) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(256)
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 8, 0, 24)
        rows.setSpacing(4)
        head = Label(self.context.look, msg("From here to paper"), "quiet")
        rows.addWidget(inset(head, top=4, bottom=8))
        self._group = QButtonGroup(self)
        for name in STEPS:
            row = Row(self.context.look, _TITLES[name], "", " ", "circle")
            row.setCheckable(True)
            row.setObjectName(name)
            row.clicked.connect(self._step_pressed)
            self._group.addButton(row)
            self.steps[name] = row
            rows.addWidget(row)
        rows.addStretch(1)
        return holder

    def _preview_panel(self) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(SIDE_WIDE + 36)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(Hairline(upright=True))
        rows = QVBoxLayout()
        rows.setContentsMargins(24, 4, 24, 16)
        rows.setSpacing(12)
        rows.addWidget(self.copy)
        rows.addWidget(self.pages, 1)
        line.addLayout(rows, 1)
        return holder

    def _connect(self) -> None:
        self.write_button.clicked.connect(self._write_pressed)
        self.picker.chosen.connect(self.model.choose_case)
        self.copy.chosen.connect(self._copy_chosen)
        self.model.changed.connect(self._draw)
        self.model.petition_changed.connect(self._refresh_preview)
        self.preview.changed.connect(self._draw_preview)

    # the screen's shape

    def heading(self) -> Heading:
        """The procedure, the case by code, the language."""
        contents = self.model.state.contents
        if contents is None:
            return Heading(msg("Write a petition"), rail="cases")
        title = Message(_form_title(contents.procedure))
        language = msg("in {language}", language=language_name(contents.language))
        return Heading(title, contents.case_code, self.context.t(language), rail="cases")

    def header_actions(self) -> list[QWidget]:
        """The one primary action."""
        return [self.write_button]

    def who_sees(self) -> Message:
        """Whether copies were written, now or before; who will read is said in the second step."""
        contents = self.model.state.contents
        left = self.model.state.files or (contents is not None and contents.left)
        return (
            msg("The written copies lie outside the notebook")
            if left
            else msg("Nothing has left the notebook yet")
        )

    def place(self) -> str:
        """The step."""
        return self.model.state.step

    def follow_place(self, place: str) -> None:
        """Back to the step."""
        self.model.go(place)

    # drawing

    def _draw(self) -> None:
        state = self.model.state
        before, self._drawn = self._drawn, state
        here = state.contents is not None
        self.picker.setVisible(not here)
        for part in (self._left, self._stack, self._right):
            part.setVisible(here)
        self.write_button.setVisible(here)
        self.write_button.setEnabled(not state.writing)
        self.write_button.say(_write_words(state))
        self.picker.show_cases(state.cases, busy=state.busy)
        if state.contents is not None:
            self.record_id = state.contents.petition
            self._draw_steps(state)
            self._draw_copies(state)
            self._stack.setCurrentIndex(STEPS.index(state.step))
            for part in (self.what, self.who, self.redaction, self.write):
                part.show_state(state)
        if before.contents != state.contents or before.files != state.files:
            self.heading_changed.emit()
            self.who_sees_changed.emit()

    def _draw_steps(self, state: ExportState) -> None:
        for name, row in self.steps.items():
            icon, detail = _step_words(name, state)
            row.setChecked(name == state.step)
            row.set_icon(icon)
            row.update_texts(_TITLES[name], "", detail)

    def _draw_copies(self, state: ExportState) -> None:
        contents = state.contents
        if contents is None:
            return
        offered = [(name, AUDIENCES[name]) for name in contents.copies]
        if contents.copies != self._drawn_copies:
            self._drawn_copies = contents.copies
            self.copy.set_choices(offered)
            self.copy.set_value(contents.copies[0])

    def _refresh_preview(self) -> None:
        contents = self.model.state.contents
        if contents is not None and self.copy.value:
            self.preview.show(contents.petition, self.copy.value)

    def _draw_preview(self) -> None:
        state = self.preview.state
        if state.pages != self._shown_pages:
            self._shown_pages = state.pages
            images = [
                QImage(page.data, page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888).copy()
                for page in state.pages
            ]
            self.pages.show_pages(images, _AS_RECEIVED.get(state.audience, ""))
        if state.problem is not None:
            self.pages.say(state.problem)
        elif state.busy and not state.pages:
            self.pages.say(msg("Setting the pages…"))
        elif state.pages:
            self.pages.say("")

    # acts

    def _step_pressed(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self.model.go(row.objectName())

    def _copy_chosen(self, _value: str) -> None:
        self._refresh_preview()

    def _write_pressed(self) -> None:
        """Write when everything is known; else go to the first step that still needs somebody."""
        state = self.model.state
        needs = first_step_in_need(state)
        if needs:
            self.model.go(needs)
        else:
            self.model.go("write")
            self.model.write()


def first_step_in_need(state: ExportState) -> str:
    """The step that keeps the copies from being written; empty when none does."""
    contents = state.contents
    if contents is None or not state.audiences or not contents.ready:
        return "what"
    if state.open_places:
        return "redaction"
    return "" if state.folder is not None else "write"


def _write_words(state: ExportState) -> Message:
    """The primary action, named by what happens."""
    contents = state.contents
    leads = exports.form(contents.procedure).leads_with if contents else "case"
    return msg("Write the petition") if leads == "case" else msg("Write the statement")


def _step_words(name: str, state: ExportState) -> tuple[str, Message | str]:
    contents = state.contents
    assert contents is not None
    if name == "what":
        holding = sum(check.holds for check in contents.checks)
        if holding:
            return "circle-dot", nmsg("{count} thing keeps it back", "{count} things keep it back", holding)
        return "circle-check", nmsg("{count} copy", "{count} copies", len(state.audiences))
    if name == "who":
        readers = {reader.recipient for reader in contents.readers if reader.audience in state.audiences}
        return "eye", nmsg("{count} reader", "{count} readers", len(readers))
    if name == "redaction":
        waiting = sum(
            count.open for audience, count in contents.counts.items() if audience in state.audiences
        )
        if waiting:
            return "circle-dot", nmsg("{count} place to look at", "{count} places to look at", waiting)
        return "circle-check", msg("nothing left to look at")
    if state.files:
        return "circle-check", nmsg("{count} file written", "{count} files written", len(state.files))
    return ("circle-check", msg("folder chosen")) if state.folder else ("circle", msg("choose a folder"))


def _form_title(procedure: str) -> str:
    return exports.form(procedure).title.en
