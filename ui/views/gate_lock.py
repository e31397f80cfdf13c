"""The first page, the lock screen, the other ways in, the key file. Must not tell which ways in a notebook has.

Every way is offered for every notebook: whether there is a kit, a key file or a second passphrase stands nowhere here.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.context import Program
from ui.look import Look
from ui.viewmodels.gate import GateModel
from ui.views.gate_page import COLUMN, WIDE, Page, practise_row
from ui.views.interview_session_word import RecordingWord
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.file_chooser import FileChooser
from ui.widgets.passphrase import PassphraseBox
from ui.widgets.progress import Bar
from ui.widgets.row import Row
from ui.widgets.text import Label

WAYS: tuple[tuple[str, Message, Message, str], ...] = (
    ("key_file", msg("With a key file"), msg("and the passphrase"), "key-round"),
    ("digits", msg("With the recovery digits"), msg("eleven groups of five digits"), "type"),
    ("shares", msg("With two of three shares"), msg("words, or their numbers"), "users"),
)


class FirstPage(Page):
    """No notebook is known: make one, open one, or bring one back from a copy."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look, model, width=WIDE)
        about = msg(
            "A notebook for what people tell. Everything in it lies encrypted on this computer and nowhere else."
        )
        self.add(Label(look, about, "bodyquiet"), 16)
        self.new = Button(look, msg("Make a new notebook"), "primary")
        self.new.clicked.connect(model.begin_create)
        self.add(self.new, 24)
        self.existing = Row(look, msg("Open a notebook"), icon="folder-open", chevron=True)
        self.existing.clicked.connect(self._choose)
        self.add(self.existing, 24)
        self.chooser = FileChooser(look, "folder", program.default_folder, action=msg("Open this notebook"))
        self.chooser.hide()
        self.chooser.chosen.connect(self._chosen)
        self.chooser.given_up.connect(self.chooser.hide)
        self.add(self.chooser)
        self.restore = Row(look, msg("Bring a notebook back from a copy"), icon="history", chevron=True)
        self.restore.clicked.connect(model.begin_restore)
        self.add(self.restore)
        self.practise = practise_row(look, program)
        if self.practise is not None:
            self.add(self.practise)
        self.end()

    def first_focus(self) -> QWidget:
        """The button."""
        return self.new

    def leave(self) -> None:
        """The chooser is closed."""
        self.chooser.hide()

    def _choose(self) -> None:
        self.chooser.setVisible(self.chooser.isHidden())

    def _chosen(self, folder: object) -> None:
        if isinstance(folder, Path):
            self.chooser.hide()
            self.model.choose_existing(folder)


class _Unlocking(Page):
    """A passphrase, a button, a bar while it works: the lock screen and the one with a key file."""

    def _build_field(self, look: Look) -> None:
        self.add(Label(look, msg("Passphrase"), "body"), 24)
        self.box = PassphraseBox(look, msg("Passphrase"), with_plain=True)
        self.box.submitted.connect(self._unlock)
        self.add(self.box, 8)
        self.problem = Label(look, "", "amber")
        self.add(self.problem, 6)
        self.add(self.bar)
        self.open = Button(look, msg("Open the notebook"), "primary")
        self.open.least_height = 44
        self.open.clicked.connect(self._unlock)
        self.add(self.open, 16)
        self.busy = Bar(look)
        self.busy.set_fraction(-1)
        keep = self.busy.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(keep)
        self.add(self.busy, 8)

    def first_focus(self) -> QWidget:
        """The field."""
        return self.box.focus()

    def return_focus(self) -> QWidget:
        """The field, to type it once more."""
        return self.box.focus()

    def leave(self) -> None:
        """Nothing typed stays."""
        self.box.wipe()

    def draw(self) -> None:
        """Show what the model says."""
        state = self.model.state
        self.problem.say(state.problem or "")
        self.problem.setVisible(state.problem is not None)
        announce(self.problem)
        self.busy.setVisible(state.busy)
        self.open.setEnabled(not state.busy)
        self.open.say(msg("Opening…") if state.busy else msg("Open the notebook"))
        self.show_error(state)

    def _unlock(self) -> None:
        if not self.box.is_empty and not self.model.state.busy:
            self.model.unlock(self.box.take())


class LockPage(_Unlocking):
    """The lock screen: one field, one button; other ways below."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look, model, width=COLUMN)
        self._coded = program.folder
        self._code_parts: list[QWidget] = []
        if program.closing_code:
            self._build_code(look, program.closing_code)
        self._build_field(look)
        self.ways = Row(look, msg("Other ways in"), icon="key-round", chevron=True)
        self.ways.clicked.connect(partial(model.go, "ways"))
        self.add(self.ways, 24)
        self.other = Row(look, msg("Another notebook"), icon="book-open", chevron=True)
        self.other.clicked.connect(model.back)
        self.add(self.other)
        self.practise = practise_row(look, program)
        if self.practise is not None:
            self.add(self.practise)
        self.recording = RecordingWord(look, program, model)
        self.add(self.recording, 24)
        self.end()
        self.draw()

    def _build_code(self, look: Look, code: str) -> None:
        self.code = Label(look, code, "codebody")
        how = Label(look, msg("Note it on paper; compare it when you open the notebook."), "quiet")
        self._code_parts = [Label(look, msg("Closing code"), "quiet"), self.code, how]
        for part in self._code_parts:
            self.add(part, 4)

    def draw(self) -> None:
        """The code is that of the notebook that was locked, not of another one."""
        super().draw()
        for part in self._code_parts:
            part.setVisible(self.model.state.folder == self._coded)


class WaysPage(Page):
    """The ways in beside the plain passphrase; the same list for every notebook."""

    def __init__(self, look: Look, model: GateModel) -> None:
        super().__init__(look, model, msg("Other ways in"), COLUMN)
        self.stack.addSpacing(16)
        self.rows: dict[str, Row] = {}
        for step, title, detail, icon in WAYS:
            self.rows[step] = row = Row(look, title, "", detail, icon, chevron=True)
            row.clicked.connect(partial(model.go, step))
            self.add(row)
        self.rows["restore"] = copy = Row(
            look, msg("From a copy of the notebook"), "", msg("into a new folder"), "history", chevron=True
        )
        copy.clicked.connect(model.begin_restore)
        self.add(copy)
        self.add_back()

    def first_focus(self) -> QWidget:
        """The first row."""
        return self.rows["key_file"]


class KeyFilePage(_Unlocking):
    """The passphrase and a file that is chosen anew each time."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look, model, msg("With a key file"), WIDE)
        self.file = Row(look, msg("Key file"), msg("none chosen"), icon="key-round", chevron=True)
        self.file.clicked.connect(self._choose)
        self.add(self.file, 20)
        self.chooser = FileChooser(look, "file", program.default_folder, action=msg("Take this file"))
        self.chooser.hide()
        self.chooser.chosen.connect(self._chosen)
        self.chooser.given_up.connect(self.chooser.hide)
        self.add(self.chooser)
        self.add(
            Label(look, msg("Daftar does not remember where the file lies: choose it each time."), "quiet"),
            4,
        )
        self._build_field(look)
        self.add_back()

    def first_focus(self) -> QWidget:
        """The file, then the passphrase."""
        return self.file if self.model.state.key_file is None else self.box.focus()

    def leave(self) -> None:
        """Nothing stays."""
        super().leave()
        self.chooser.hide()

    def draw(self) -> None:
        """The chosen file by its name."""
        super().draw()
        path = self.model.state.key_file
        if path is None:
            self.file.update_texts(msg("Key file"), msg("none chosen"))
        else:
            self.file.update_texts(msg("Key file"), "", path.name)

    def _choose(self) -> None:
        self.chooser.setVisible(self.chooser.isHidden())

    def _chosen(self, path: object) -> None:
        if isinstance(path, Path):
            self.chooser.hide()
            self.model.choose_key_file(path)
            self.box.focus().setFocus()

    def _unlock(self) -> None:
        if self.model.state.key_file is None:
            self.problem.say(msg("Choose the key file first."))
            self.problem.show()
        else:
            super()._unlock()
