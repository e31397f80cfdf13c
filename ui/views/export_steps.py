"""The four steps of the export assistant. Must not decide: each draws `ExportState` and calls the model's commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

import exports
from i18n import formatting, language_name
from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.theme.tokens import HANG
from ui.viewmodels.case_desk import Check
from ui.viewmodels.case_desk_words import procedure_words
from ui.viewmodels.export import ExportModel, ExportState
from ui.viewmodels.export_reading import RECIPIENTS, Counts, Reader
from ui.views.case_desk_side import check_row
from ui.views.export_sections import Sections
from ui.views.redaction_review import AUDIENCES, summary
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.date_words import DateWords
from ui.widgets.fields import Field, LineField
from ui.widgets.file_chooser import FileChooser
from ui.widgets.message_bar import MessageBar
from ui.widgets.options import Option
from ui.widgets.progress import Progress
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label

_READ_BY: dict[str, Message] = {
    # critical
    "filing": msg("For the body. Parts that the State reads follow the State’s rules."),
    # critical
    "government": msg("What may be passed to the State: nobody is named who did not say yes."),
    # critical
    "public": msg("Nobody can be recognised: names, days, places and numbers are replaced."),
    # critical
    "interviewee": msg("For the person to carry. Think of who may find it on them."),
}


class WhatStep(Column):
    """Procedure, language, copies, date; below it what holds the paper back."""

    def __init__(self, context: Context, model: ExportModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=20)
        self._context, self._model = context, model
        look = context.look
        self.procedure = Choice(
            look, [(form.id, procedure_words(form)) for form in exports.forms()], msg("Procedure")
        )
        self.language = Choice(look, [], msg("Language of the petition"))
        self.add(_labelled(look, msg("Procedure"), self.procedure))
        self.add(_labelled(look, msg("Language of the petition"), self.language))
        self._copies = Column(gap=6)
        self.copies: dict[str, Option] = {}
        self.add(_labelled(look, msg("Copies to be written"), self._copies))
        self.date = DateWords(look, msg("Date on the paper"))
        self.add(_labelled(look, msg("Date on the paper"), self.date))
        self.sections = Sections(look)
        self.sections.written.connect(model.write_section)
        self.add(self.sections)
        self._checks = Column(gap=2)
        self.add(_labelled(look, msg("What keeps the paper back, and what to look at"), self._checks))
        self._drawn_checks: tuple[Check, ...] | None = None
        self.procedure.chosen.connect(model.choose_procedure)
        self.language.chosen.connect(model.choose_language)
        self.date.answered.connect(self._date_answered)

    def show_state(self, state: ExportState) -> None:
        """Draw the state."""
        contents = state.contents
        if contents is None:
            return
        form = exports.form(contents.procedure)
        self.procedure.set_value(contents.procedure)
        self.language.set_choices([(code, language_name(code)) for code in form.languages])
        self.language.set_value(contents.language)
        if tuple(self.copies) != contents.copies:
            self._draw_copies(contents.copies)
        for name, option in self.copies.items():
            option.setChecked(name in state.audiences)
        if not self.date.field.hasFocus():
            self.date.set_value(contents.date)
        self.sections.show_texts(contents.sections)
        if contents.checks != self._drawn_checks:
            self._drawn_checks = contents.checks
            self._draw_checks(contents.checks, contents.overrides)

    def _draw_copies(self, copies: tuple[str, ...]) -> None:
        self._copies.clear()
        self.copies = {}
        for name in copies:
            option = Option(self._context.look, name, AUDIENCES[name], square=True, size=15)
            option.clicked.connect(self._copies_changed)
            self.copies[name] = option
            self._copies.add(option)
            words = Label(self._context.look, _READ_BY[name], "quiet")
            self._copies.add(inset(words, left=28, right=0, bottom=4))

    def _draw_checks(self, checks: tuple[Check, ...], overrides: object) -> None:
        self._checks.clear()
        for check in checks:
            self._checks.add(check_row(self._context.look, check, explained=True))
            if check.holds and not check.protective:
                self._checks.add(_OverrideLine(self._context, self._model, check))
        taken = dict(overrides) if isinstance(overrides, dict) else {}
        for field_name, reason in taken.items():
            text = msg("{field}: set aside, because: {reason}", field=field_name, reason=reason)
            self._checks.add(Row(self._context.look, text, "", "", "check"))
        if not checks and not taken:
            self._checks.add(
                Row(
                    self._context.look,
                    msg("Nothing. The copies can be written."),
                    "",
                    "",
                    "circle-check",
                    tone="accent",
                )
            )

    def _copies_changed(self) -> None:
        self._model.choose_copies(tuple(name for name, option in self.copies.items() if option.isChecked()))

    def _date_answered(self, value: str, _words: str) -> None:
        self._model.set_date(value)


class _OverrideLine(QWidget):
    """Sets one formal block aside, with a written reason."""

    def __init__(self, context: Context, model: ExportModel, check: Check) -> None:
        super().__init__()
        self._model, self._check = model, check
        line = QHBoxLayout(self)
        line.setContentsMargins(HANG + 30, 0, HANG, 8)
        self.reason = LineField(context.look, msg("Reason to go on without it"))
        self.reason.explain(msg("Reason to go on without it"))
        self.go = Button(context.look, msg("Set aside"), "link")
        line.addWidget(self.reason, 1)
        line.addWidget(self.go)
        self.go.clicked.connect(self._give)
        self.reason.submitted.connect(self._give)

    def _give(self) -> None:
        if self.reason.text().strip():
            self._model.override(self._check.field, self.reason.text())


class WhoStep(Column):
    """Every reader of every chosen copy: what they get, and whom they will know by name."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=24)
        self._context = context
        self._drawn: tuple[object, ...] = ()

    def show_state(self, state: ExportState) -> None:
        """Draw the readers."""
        contents = state.contents
        wanted = (contents.readers if contents else (), state.audiences)
        if contents is None or wanted == self._drawn:
            return
        self._drawn = wanted
        self.clear()
        for recipient in dict.fromkeys(reader.recipient for reader in contents.readers):
            mine = [
                reader
                for reader in contents.readers
                if reader.recipient == recipient and reader.audience in state.audiences
            ]
            if mine:
                self.add(self._recipient(recipient, mine))

    def _recipient(self, recipient: str, readers: list[Reader]) -> QWidget:
        look = self._context.look
        part = Column(gap=8)
        head = Label(look, RECIPIENTS.get(recipient, recipient), "section")
        part.add(inset(head))
        for reader in readers:
            titles = tuple(Message(title) for title in reader.parts)
            detail = self._named(reader)
            part.add(
                Row(
                    look,
                    AUDIENCES[reader.audience],
                    nmsg("{count} part", "{count} parts", len(titles)),
                    detail,
                    "file-text",
                )
            )
            listed = formatting.listing([look.t(title) for title in titles], look.words.code)
            words = Label(look, listed, "quiet")
            part.add(inset(words, left=HANG + 30, bottom=4))
        return part

    def _named(self, reader: Reader) -> Message:
        listed = formatting.listing(list(reader.named), self._context.look.words.code)
        if not reader.named:
            return msg("nobody of the victims and speakers by name")
        if not reader.replaced:
            # critical
            return msg("will know by name: {people}", people=listed)
        others = formatting.listing(list(reader.replaced), self._context.look.words.code)
        # critical
        return msg("will know by name: {people}; replaced: {others}", people=listed, others=others)


class RedactionStep(Column):
    """How far the review of each copy is, with the way to it."""

    def __init__(self, context: Context, model: ExportModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=16)
        self._context, self._model = context, model
        self._drawn: object = None
        self._buttons: dict[Button, str] = {}

    def show_state(self, state: ExportState) -> None:
        """Draw the copies."""
        contents = state.contents
        wanted = (dict(contents.counts) if contents else {}, state.audiences)
        if contents is None or wanted == self._drawn:
            return
        self._drawn = wanted
        self.clear()
        look = self._context.look
        lead = Label(
            look,
            msg("Possible places have to be looked at one by one before a public copy can be written."),
            "body",
        )
        self.add(inset(lead))
        for name, counts in contents.counts.items():
            if name in state.audiences:
                self.add(self._copy(name, counts))

    def _copy(self, name: str, counts: Counts) -> QWidget:
        look = self._context.look
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, HANG, 0)
        icon, tone = ("circle-dot", "amber") if counts.open else ("circle-check", "quiet")
        none = not counts.open and not counts.certain
        words = (
            msg("nothing is replaced in the texts of this copy")
            if none
            else summary(counts.certain, counts.open)
        )
        row = Row(look, AUDIENCES[name], "", words, icon, tone=tone)
        line.addWidget(row, 1)
        button = Button(look, msg("Review this copy"), "quiet", "redact")
        button.setObjectName(name)
        button.clicked.connect(self._review)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _review(self) -> None:
        button = self.sender()
        contents = self._model.state.contents
        if isinstance(button, Button) and contents is not None:
            self._context.navigator.go("redaction", contents.petition, button.objectName())


class WriteStep(Column):
    """The folder, progress with a way to stop, what was written, or why nothing was."""

    def __init__(self, context: Context, model: ExportModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=16)
        self._context, self._model = context, model
        look = context.look
        self.refusal = MessageBar(look, closable=False)
        self.progress = Progress(look)
        self.folder = Label(look, "", "body")
        self.change = Button(look, msg("Choose another folder"), "link", "folder-open")
        # critical
        self.chooser = FileChooser(look, "folder", None, (), msg("Write into this folder"))
        self._lead = Label(
            look,
            msg("Outside the notebook nothing is encrypted. Choose a folder that no cloud service copies."),
            "quiet",
        )
        self._files = Column(gap=2)
        self._holders: dict[QWidget, QWidget] = {}
        for widget in (
            self.refusal,
            self.progress,
            self._lead,
            self.folder,
            self.change,
            self.chooser,
            self._files,
        ):
            self._holders[widget] = inset(widget)
            self.add(self._holders[widget])
        self.chooser.chosen.connect(self._folder_chosen)
        self.chooser.given_up.connect(self._keep_folder)
        self.change.clicked.connect(self._choose_again)
        self.progress.stopped.connect(model.stop)
        self.refusal.acted.connect(self._open_review)
        self._drawn: tuple[object, ...] = ()
        self._choosing = True

    def show_state(self, state: ExportState) -> None:
        """Draw the state."""
        self._choosing = self._choosing or state.folder is None
        chosen = state.folder is not None and not self._choosing
        for widget, here in (
            (self.refusal, state.refusal is not None),
            (self.progress, state.writing),
            (self._lead, not state.files),
            (self.folder, chosen),
            (self.change, chosen and not state.writing),
            (self.chooser, self._choosing and not state.writing),
            (self._files, bool(state.files)),
        ):
            self._holders[widget].setVisible(here)
        if state.writing:
            self.progress.show_progress(state.fraction, state.doing)
        if state.refusal is not None:
            action: Message | str = msg("Open the review") if state.leak else ""
            self.refusal.show_message(state.refusal, "amber", state.hint or "", action)
        self.folder.say(msg("Into the folder {folder}", folder=str(state.folder)))
        if state.files != self._drawn:
            self._drawn = state.files
            self._draw_files(state)

    def _draw_files(self, state: ExportState) -> None:
        self._files.clear()
        if not state.files:
            return
        look = self._context.look
        self._files.add(Label(look, msg("Written, checked and counted:"), "quiet"))
        for item in state.files:
            pages: Message | str = nmsg("{count} page", "{count} pages", item.pages) if item.pages else ""
            self._files.add(Row(look, item.name, pages, item.sha256, "file-output"))
        # critical
        self._files.add(
            Label(
                look,
                msg("These files lie outside the notebook. Send them on a safe way and then remove them."),
                "quiet",
            )
        )

    def _folder_chosen(self, folder: object) -> None:
        self._choosing = False
        self._model.choose_folder(folder)  # type: ignore[arg-type]
        self.show_state(self._model.state)

    def _keep_folder(self) -> None:
        self._choosing = False
        self.show_state(self._model.state)

    def _choose_again(self) -> None:
        self._choosing = True
        self.show_state(self._model.state)

    def _open_review(self) -> None:
        contents = self._model.state.contents
        if contents is not None:
            self._context.navigator.go("redaction", contents.petition)


def _labelled(look: object, label: Message, editor: QWidget) -> QWidget:
    return inset(Field(look, label, editor))  # type: ignore[arg-type]
