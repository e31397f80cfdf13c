"""Pages of a step before an authority and of a document: what the paper asks of them, in the order people tell it. Must not decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n import formatting
from i18n.message import Message, msg, pmsg
from storage import AttachFile, choice_label
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH, HANG, MARGIN_LEFT
from ui.viewmodels.person_record import RecordEditor, RecordState
from ui.views.case_desk_add import ENDINGS
from ui.views.evidence_custody import CustodySection
from ui.views.person_fields import FieldSet
from ui.views.person_folds import heading
from ui.views.person_specs import answer_grid
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.file_chooser import FileChooser
from ui.widgets.message_bar import MessageBar
from ui.widgets.side_panel import Column, scrolled
from ui.widgets.text import Label

if TYPE_CHECKING:
    from storage import Vault

Groups = Sequence[tuple[Message, Sequence[Sequence[str]]]]


def _nothing(_record_id: str, _vault: Vault) -> Mapping[str, Any]:
    return {}


class RecordPage(Screen):
    """A page of groups of fields for one record type; saves each answer by itself."""

    record_type = ""
    groups: Groups = ()

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        self.model = RecordEditor(context, self.record_type, _nothing, self)
        self.fields = FieldSet(self)
        self._done = Button(context.look, pmsg("button", "Done"), "primary")
        self._bar = MessageBar(context.look)
        self.column = Column(gap=28)
        self._build()
        self._done.clicked.connect(context.navigator.back)
        self.fields.answered.connect(self.model.answer)
        self.model.changed.connect(self._draw)
        self.model.load(record_id)

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN_LEFT - HANG, 0, 0, 0)
        self.column.stack.setContentsMargins(0, 8, 12, 48)
        self.column.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
        self.column.push_up()
        self.column.add(self._bar)
        for title, rows in self.groups:
            part = Column(gap=12)
            part.add(heading(self.context.look, title))
            part.add(answer_grid(self.context.look, self.record_type, self.fields, rows, fill=True))
            self.column.add(part)
        holder = QWidget()
        middle = QHBoxLayout(holder)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.column, 1)
        middle.setAlignment(Qt.AlignmentFlag.AlignLeft)
        line.addWidget(scrolled(holder), 1)

    def header_actions(self) -> list[QWidget]:
        """One way out."""
        return [self._done]

    def _draw(self) -> None:
        state = self.model.state
        self._bar.show_problem(state.problem)
        for name, field in self.fields.fields.items():
            field.set_answer(state.answer(name, field.shape))
            field.show_problem(state.faults.get(name, ""))
        self.draw_more(state)
        self.record_id = state.id
        self.heading_changed.emit()

    def draw_more(self, state: RecordState) -> None:
        """What a page has beside its fields."""


class ProceedingScreen(RecordPage):
    """A complaint, an appeal, a trial: what was lodged, decided, received. Time limits are counted from here."""

    record_type = "proceeding"
    groups = (
        (msg("Which step"), (("kind", "country"), ("body",), ("complaint",), ("reference",))),
        (msg("When"), (("lodged_on", "decided_on"), ("received_on", "received_by"), ("other_received_on",))),
        (msg("How it ended"), (("outcome",), ("is_final",), ("not_used_reason",))),
    )

    def heading(self) -> Heading:
        """The kind of step."""
        kind = self.model.state.doc.get("kind")
        title = (
            choice_label("proceeding", "kind", kind)
            if isinstance(kind, str)
            else msg("Step before an authority")
        )
        return Heading(title, rail="cases")


class EvidenceScreen(RecordPage):
    """A document, picture or recording: what it is, how it came here, and its file, encrypted in the notebook."""

    record_type = "evidence"
    groups = (
        (msg("What it is"), (("title",), ("neutral_title",), ("kind", "language"), ("dated", "author"))),
        (
            msg("How it came here"),
            (("origin", "obtained_how"), ("whole_or_part", "duress"), ("lawful_basis",)),
        ),
        (msg("Who may see it"), (("class",), ("not_to_ncb",), ("keep_until",))),
    )

    def _build(self) -> None:
        super()._build()
        look = self.context.look
        part = Column(gap=12)
        part.add(heading(look, msg("The file")))
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(HANG, 0, HANG, 0)
        self._file = Label(look, "", "body")
        self._hash = Label(look, "", "quiet")
        self.attach = Button(look, msg("Take in a file"), "quiet", "paperclip")
        self.chooser = FileChooser(look, "file", None, ENDINGS, msg("Encrypt into the notebook"))
        self.chooser.hide()
        for widget in (self._file, self._hash):
            rows.addWidget(widget)
        rows.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.chooser)
        part.add(holder)
        self.column.add(part)
        self.custody = CustodySection(self.context)
        self.column.add(self.custody)
        self.attach.clicked.connect(self.chooser.show)
        self.chooser.given_up.connect(self.chooser.hide)
        self.chooser.chosen.connect(self._chosen)

    def heading(self) -> Heading:
        """The title, unless names are hidden: it may tell somebody."""
        title = self.model.state.doc.get("title")
        shown = title if isinstance(title, str) and not self.context.discreet.on else ""
        return Heading(shown or msg("Document"), rail="cases", detail_is_testimony=True)

    def draw_more(self, state: RecordState) -> None:
        """The file, by name, size and hash."""
        file = state.doc.get("file")
        held = file if isinstance(file, dict) else {}
        size = held.get("size")
        code = self.context.look.words.code
        amount = formatting.file_size(size, code) if isinstance(size, int) else ""
        words: Message | str = (
            msg("{name}, {size}", name=str(held.get("name") or msg("File")), size=amount)
            if held
            else msg("No file yet.")
        )
        self._file.say(words)
        self._hash.say(str(held.get("sha256") or ""))
        self._hash.setVisible(bool(held.get("sha256")))
        self.attach.setVisible(bool(state.id) and not held)
        self.custody.show_evidence(state.id, state.doc)

    def _chosen(self, path: object) -> None:
        self.chooser.hide()
        if isinstance(path, Path) and self.model.state.id:
            self.context.jobs.write(
                AttachFile(self.model.state.id, path, path.name), None, self.context.navigator.say
            )
