"""Hand over evidence: for whom, which files, whose consent keeps one back, where to. Must not write a file itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

import exports
from i18n import formatting
from i18n.message import Message, msg
from storage import choice_label
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH, HANG
from ui.viewmodels.evidence_package import EvidencePackageModel, PackageState
from ui.viewmodels.evidence_package_working import SAID, Missing, PackageItem
from ui.views.care_page import Inset, PlaceWarning
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.fields import Field
from ui.widgets.file_chooser import FileChooser
from ui.widgets.message_bar import MessageBar
from ui.widgets.progress import Progress
from ui.widgets.row import Row, SectionHead
from ui.widgets.side_panel import Column, inset, scrolled
from ui.widgets.text import Label


class EvidencePackageScreen(Screen):
    """`EvidencePackageScreen(context, id)` of an evidence or a case."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.model = EvidencePackageModel(context, self)
        # critical
        self.write = Button(look, msg("Write the package"), "primary")
        self.outcome = MessageBar(look, closable=False)
        self.progress = Progress(look)
        purposes = [
            (name, choice_label("consent", "grants/purpose", name)) for name in exports.PACKAGE_PURPOSES
        ]
        self.purpose = Choice(look, purposes, msg("For whom"), exports.PACKAGE_PURPOSES[0])
        self.refusal = Label(look, "", "amber")
        self.items = Column(gap=4)
        self.rows: dict[str, Row] = {}
        # critical
        self.chooser = FileChooser(look, "new_folder", None, (), msg("Write unprotected files here"))
        self.chooser.name.set_text(context.program.today().isoformat())
        self.warning = PlaceWarning(context)
        self._drawn: object = None
        self._build()
        self._connect()
        self.model.load(record_id)
        self._draw()

    def _build(self) -> None:
        look = self.context.look
        column = Column(gap=16)
        column.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
        column.stack.setContentsMargins(0, 8, 0, 32)
        column.push_up()
        # critical
        warning = msg(
            "The files will lie in the folder unprotected: whoever finds them can read and hear them, and the files"
            " themselves may name people. What proves them is written beside them; it holds no names."
        )
        parts: tuple[QWidget, ...] = (
            self.outcome,
            self.progress,
            Label(look, warning, "body"),
            Field(look, msg("For whom"), self.purpose),
            SectionHead(look, msg("Files")),
            self.refusal,
        )
        for widget in parts:
            column.add(Inset(widget))
        column.add(self.items)
        column.add(Inset(self.warning))
        column.add(Inset(self.chooser))
        for widget in (self.outcome, self.progress, self.refusal, self.warning, self.chooser):
            widget.hide()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(self.margin_left - HANG, 0, self.margin_right - HANG, 0)
        stack.addWidget(scrolled(column))

    def _connect(self) -> None:
        self.write.clicked.connect(self._ask_folder)
        self.progress.stopped.connect(self.model.stop)
        self.purpose.chosen.connect(self.model.choose_purpose)
        self.chooser.given_up.connect(self.chooser.hide)
        self.chooser.chosen.connect(self._chosen)
        self.model.changed.connect(self._draw)
        self.context.look.words.changed.connect(self._draw)
        self.context.discreet.changed.connect(self._draw)

    def heading(self) -> Heading:
        """The case by code."""
        reading = self.model.state.reading
        return Heading(msg("Hand over evidence"), reading.case_code if reading else "", rail="cases")

    def header_actions(self) -> list[QWidget]:
        """The one primary action."""
        return [self.write]

    def who_sees(self) -> Message:
        """What leaves."""
        outcome = self.model.state.outcome
        if outcome is not None and outcome.tone == "amber" and not self.model.state.running:
            # critical
            return msg("Files that were handed over lie outside the notebook")
        return msg("Nothing has left the notebook yet")

    def wants_first_focus(self) -> QWidget | None:
        """For whom."""
        return self.purpose

    def leave(self) -> None:
        """Writing goes on only while somebody sees it."""
        self.model.stop()

    def _draw(self) -> None:
        state = self.model.state
        self.write.setEnabled(state.may_write)
        self.purpose.setEnabled(not state.running)
        self.progress.setVisible(state.running)
        if state.running:
            self.chooser.hide()
            self.progress.show_progress(state.fraction, state.doing)
            self.progress.stop.setEnabled(not state.stopping)
        if state.outcome is not None:
            self.outcome.show_message(state.outcome.message, state.outcome.tone, state.outcome.hint or "")
        else:
            self.outcome.hide()
        now = (state.reading, self.context.look.words.code, self.context.discreet.on, state.running)
        if now != self._drawn:
            self._drawn = now
            self._draw_items(state)
        for evidence_id, row in self.rows.items():
            taken = evidence_id in state.chosen
            row.setChecked(taken)
            row.set_icon("circle-check" if taken else "circle", "accent" if taken else "quiet")
        self.heading_changed.emit()
        self.who_sees_changed.emit()

    def _draw_items(self, state: PackageState) -> None:
        look, reading = self.context.look, state.reading
        self.items.clear()
        self.rows = {}
        victim = reading.victim if reading is not None else None
        self.refusal.setVisible(victim is not None)
        if victim is not None:
            # critical
            words = msg(
                "Nothing can be handed over: the consent of the main victim is missing ({who}).",
                who=_missing(victim),
            )
            self.refusal.say(words)
        if reading is not None and not reading.items:
            self.items.add(inset(Label(look, msg("There is no evidence in this case yet."), "quiet")))
        for number, item in enumerate(reading.items if reading is not None else (), 1):
            self.items.add(self._row(number, item, held=victim is not None or state.running))

    def _row(self, number: int, item: PackageItem, *, held: bool) -> Row:
        code = self.context.look.words.code
        title: Message | str = msg("Document {number}", number=number)
        if item.title and not self.context.discreet.on:
            title = item.title
        size = formatting.file_size(item.size, code) if item.has_file else ""
        row = Row(self.context.look, title, size, _why_not(item), "circle", tone="quiet")
        row.setEnabled(item.may_leave and not held)
        if item.may_leave:
            row.setCheckable(True)
            row.clicked.connect(partial(self._toggle, item.id))
            self.rows[item.id] = row
        else:
            row.set_icon("minus", "amber")
        return row

    def _toggle(self, evidence_id: str, _checked: bool = False) -> None:
        self.model.toggle(evidence_id)

    def _ask_folder(self) -> None:
        self.chooser.show()
        self.chooser.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, folder: object) -> None:
        if isinstance(folder, Path) and self.warning.accepts(folder):
            self.chooser.hide()
            self.model.write(folder)


def _why_not(item: PackageItem) -> Message | str:
    """What keeps a file back; or that nobody is named, so that nobody could be asked."""
    if not item.has_file:
        return msg("There is no file in the notebook.")
    if item.missing:
        # critical
        return msg(
            "Stays here, a consent is missing: {people}", people=[_missing(one) for one in item.missing]
        )
    if item.nobody:
        # critical
        return msg("Nobody is named whom this concerns. Look whether somebody must be asked.")
    return ""


def _missing(one: Missing) -> Message:
    # critical
    return msg("{code}: {said}", code=one.code or "–", said=SAID.get(one.decision, SAID["not_asked"]))
