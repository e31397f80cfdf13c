"""A notebook out of a copy: from where, to where, its passphrase, progress and a way to stop. Must not touch the copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.context import Program
from ui.look import Look
from ui.viewmodels.gate import GateModel
from ui.views.gate_new import PlaceBlock
from ui.views.gate_page import WIDE, Page
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.file_chooser import FileChooser
from ui.widgets.passphrase import PassphraseBox
from ui.widgets.progress import Progress
from ui.widgets.row import Row
from ui.widgets.text import Label


class RestorePage(Page):
    """The copy stays as it is; a new notebook is made beside it."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look, model, msg("A notebook out of a copy"), WIDE)
        # critical
        how = msg(
            "The copy stays as it is. What comes out is a notebook of its own; go on writing in one of the two only."
        )
        self.add(Label(look, how, "bodyquiet"), 8)
        self.source = Row(look, msg("The copy"), msg("none chosen"), icon="history", chevron=True)
        self.source.clicked.connect(self._toggle)
        self.add(self.source, 16)
        self.chooser = FileChooser(look, "folder", program.default_folder, action=msg("Take this copy"))
        self.chooser.hide()
        self.chooser.chosen.connect(self._chosen)
        self.chooser.given_up.connect(self.chooser.hide)
        self.add(self.chooser)
        self.place = PlaceBlock(look, program, model)
        self.add(self.place, 8)
        self.box = PassphraseBox(look, msg("Passphrase of the copy"), with_plain=True)
        self.box.submitted.connect(self._restore)
        self.add(Field(look, msg("Passphrase of the copy"), self.box), 16)
        self.file = Row(look, msg("Key file"), msg("none chosen"), icon="key-round", chevron=True)
        self.file.clicked.connect(self._toggle_file)
        self.add(self.file, 8)
        self.file_chooser = FileChooser(look, "file", program.default_folder, action=msg("Take this file"))
        self.file_chooser.hide()
        self.file_chooser.chosen.connect(self._file_chosen)
        self.file_chooser.given_up.connect(self._no_file)
        self.add(self.file_chooser)
        self.problem = Label(look, "", "amber")
        self.add(self.problem, 8)
        self.add(self.bar)
        self.restore = Button(look, msg("Restore the notebook"), "primary")
        self.restore.clicked.connect(self._restore)
        self.add(self.restore, 12)
        self.progress = Progress(look)
        self.progress.stopped.connect(model.stop)
        self.add(self.progress, 8)
        self.add_back()

    def first_focus(self) -> QWidget:
        """The copy."""
        return self.source

    def return_focus(self) -> QWidget:
        """The passphrase, most often."""
        return self.box.focus()

    def leave(self) -> None:
        """Nothing stays."""
        self.box.wipe()
        for chooser in (self.chooser, self.file_chooser):
            chooser.hide()
        self.place.close_chooser()

    def draw(self) -> None:
        """Show what the model says."""
        state = self.model.state
        if state.backup is None:
            self.source.update_texts(msg("The copy"), msg("none chosen"))
        else:
            self.source.update_texts(msg("The copy"), "", str(state.backup))
        if state.key_file is None:
            self.file.update_texts(msg("Key file"), msg("none chosen"))
        else:
            self.file.update_texts(msg("Key file"), "", state.key_file.name)
        self.place.draw(state)
        self.restore.setEnabled(not state.busy)
        self.restore.say(msg("Restoring…") if state.busy else msg("Restore the notebook"))
        for button in (self.back, self.source, self.file, self.place.row):
            button.setEnabled(not state.busy)
        self.progress.setVisible(state.busy)
        self.progress.stop.setEnabled(not state.stopping)
        if state.busy:
            self.progress.show_progress(state.fraction, _doing(state.fraction, state.stopping))
        self._say(state.problem)
        self.show_error(state)

    def _say(self, problem: Message | None) -> None:
        self.problem.say(problem or "")
        self.problem.setVisible(problem is not None)
        announce(self.problem)

    def _toggle(self) -> None:
        self.chooser.setVisible(self.chooser.isHidden())

    def _toggle_file(self) -> None:
        self.file_chooser.setVisible(self.file_chooser.isHidden())

    def _chosen(self, folder: object) -> None:
        if isinstance(folder, Path):
            self.chooser.hide()
            self.model.choose_backup(folder)

    def _file_chosen(self, path: object) -> None:
        if isinstance(path, Path):
            self.file_chooser.hide()
            self.model.choose_key_file(path)

    def _no_file(self) -> None:
        self.file_chooser.hide()
        self.model.choose_key_file(None)

    def _restore(self) -> None:
        if self.model.state.busy:
            return
        if self.model.state.backup is None:
            self._say(msg("Choose the folder of the copy first."))
        elif (missing := self.model.missing()) is not None:
            self._say(missing)
        elif self.box.is_empty:
            self._say(msg("Type the passphrase of the copy."))
        else:
            self.model.restore(self.box.take())


def _doing(fraction: float, stopping: bool) -> Message:
    if stopping:
        return msg("Stopping; what was written is removed…")
    if fraction < 0:
        return msg("Opening the copy…")
    return msg("Copying and checking…") if fraction < 1 else msg("Checking the notebook…")
