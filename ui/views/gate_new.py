"""A new notebook: where, whose, which passphrase, with a key file or not; then the offer of a recovery kit. Must not keep it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Program
from ui.look import Look
from ui.viewmodels.gate import ROLES, GateModel, GateState
from ui.views.gate_page import WIDE, Page
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.file_chooser import FileChooser
from ui.widgets.options import Option, Options
from ui.widgets.passphrase_new import PassphraseChoice
from ui.widgets.progress import Bar
from ui.widgets.row import Row
from ui.widgets.text import Label


class PlaceBlock(QWidget):
    """Where the notebook will lie, what is to be known of that place, and the decision to take it all the same."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__()
        self._model = model
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(6)
        self.row = Row(look, msg("Where it lies"), icon="folder", chevron=True)
        self.row.clicked.connect(self._toggle)
        self.chooser = FileChooser(look, "new_folder", program.default_folder, action=msg("Put it here"))
        self.chooser.hide()
        self.chooser.chosen.connect(self._chosen)
        self.chooser.given_up.connect(self.chooser.hide)
        self.warning = Label(look, "", "amber")
        # critical
        self.accept = Option(look, "accept", msg("I know this and want it here all the same"), square=True)
        self.accept.toggled.connect(self._accept)
        for widget in (self.row, self.chooser, self.warning, self.accept):
            stack.addWidget(widget)

    def draw(self, state: GateState) -> None:
        """The folder and what is said of it."""
        self.row.update_texts(msg("Where it lies"), "", str(state.folder or ""))
        self.warning.say(state.place or "")
        self.warning.setVisible(state.place is not None)
        self.accept.setVisible(state.place is not None and not state.place_impossible)
        self.accept.setChecked(state.place_accepted)

    def close_chooser(self) -> None:
        """Nothing open."""
        self.chooser.hide()

    def _toggle(self) -> None:
        self.chooser.setVisible(self.chooser.isHidden())

    def _chosen(self, folder: object) -> None:
        if isinstance(folder, Path):
            self.chooser.hide()
            self._model.choose_new_folder(folder)

    def _accept(self, on: bool) -> None:
        if on != self._model.state.place_accepted:
            self._model.accept_place(on)


class KeyFileBlock(QWidget):
    """A key file beside the passphrase, if wanted: an existing file, or one made of random bytes on a card."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__()
        self._model = model
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        self.wanted = Option(look, "key", msg("A key file is needed too"), square=True, size=15)
        self.wanted.toggled.connect(self._want)
        # critical
        self.cost = Label(
            look,
            msg(
                "Then nobody opens the notebook without this file, also not with the passphrase. If the file is lost or one"
                " byte of it changes, only a recovery kit helps. Keep it on a card of its own, apart from the computer."
            ),
            "quiet",
        )
        self.file = Label(look, "", "body")
        self.near = Label(
            look, msg("It lies on the same disk as the notebook: who takes one takes both."), "amber"
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.choose = Button(look, msg("Choose a file"), "quiet", "file")
        self.choose.clicked.connect(self._choose)
        self.make = Button(look, msg("Make one"), "quiet", "plus")
        self.make.clicked.connect(self._make)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.make)
        buttons.addStretch(1)
        start = program.default_folder
        self.old = FileChooser(look, "file", start, action=msg("Take this file"))
        self.new = FileChooser(look, "new_file", start, action=msg("Make the file here"))
        for chooser in (self.old, self.new):
            chooser.hide()
            chooser.given_up.connect(chooser.hide)
        self.old.chosen.connect(self._chosen)
        self.new.chosen.connect(self._made)
        for widget in (self.wanted, self.cost, self.file, self.near):
            stack.addWidget(widget)
        stack.addLayout(buttons)
        stack.addWidget(self.old)
        stack.addWidget(self.new)

    def draw(self, state: GateState) -> None:
        """What is chosen."""
        from storage import lies_on_one_disk

        on, path = state.with_key_file, state.key_file
        self.wanted.setChecked(on)
        for widget in (self.cost, self.choose, self.make):
            widget.setVisible(on)
        self.file.setVisible(path is not None)
        if path is not None:
            self.file.say(msg("Key file: {name}", name=path.name))
        self.near.setVisible(
            path is not None and state.folder is not None and lies_on_one_disk(path, state.folder)
        )
        if not on:
            self.close_choosers()

    def close_choosers(self) -> None:
        """Nothing open."""
        self.old.hide()
        self.new.hide()

    def _want(self, on: bool) -> None:
        if on != self._model.state.with_key_file:
            self._model.want_key_file(on)

    def _choose(self) -> None:
        self.new.hide()
        self.old.setVisible(self.old.isHidden())

    def _make(self) -> None:
        self.old.hide()
        self.new.setVisible(self.new.isHidden())

    def _chosen(self, path: object) -> None:
        if isinstance(path, Path):
            self.old.hide()
            self._model.choose_key_file(path)

    def _made(self, path: object) -> None:
        if isinstance(path, Path):
            self.new.hide()
            self._model.make_key_file(path)


class CreatePage(Page):
    """Everything a new notebook needs, on one page; the passphrase last."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look, model, msg("A new notebook"), WIDE)
        self.place = PlaceBlock(look, program, model)
        self.add(self.place, 20)
        self.role = Options(look, ROLES, msg("What I do"), columns=2, size=15)
        self.role.chosen.connect(model.choose_role)
        self.add(Field(look, msg("What I do"), self.role), 16)
        self.choice = PassphraseChoice(look)
        self.choice.submitted.connect(self._create)
        self.choice.changed.connect(self._clear)
        self.add(self.choice, 20)
        self.key_file = KeyFileBlock(look, program, model)
        self.add(self.key_file, 16)
        self.problem = Label(look, "", "amber")
        self.add(self.problem, 12)
        self.add(self.bar)
        self.make = Button(look, msg("Make the notebook"), "primary")
        self.make.clicked.connect(self._create)
        self.add(self.make, 12)
        self.busy = Bar(look)
        self.busy.set_fraction(-1)
        self.busy.hide()
        self.add(self.busy, 8)
        self.add_back()
        self.role.set_value(model.state.role)

    def first_focus(self) -> QWidget:
        """The words, where there is nothing to know of the place first."""
        return self.place.accept if self.place.accept.isVisibleTo(self) else self.choice.focus()

    def arrive(self) -> None:
        """Propose."""
        self.choice.own = False
        self.choice.begin()
        self._clear()

    def leave(self) -> None:
        """Wipe."""
        self.choice.wipe()
        self.place.close_chooser()
        self.key_file.close_choosers()

    def draw(self) -> None:
        """Show what the model says."""
        state = self.model.state
        self.place.draw(state)
        self.key_file.draw(state)
        self.role.set_value(state.role)
        self.make.setEnabled(not state.busy)
        self.busy.setVisible(state.busy)
        self.make.say(msg("Making the notebook…") if state.busy else msg("Make the notebook"))
        self.show_error(state)

    def _clear(self) -> None:
        self._say(None)

    def _say(self, problem: Message | None) -> None:
        self.problem.say(problem or "")
        self.problem.setVisible(problem is not None)
        announce(self.problem)

    def _create(self) -> None:
        problem = self.model.missing() or self.choice.problem()
        self._say(problem)
        if problem is None and not self.model.state.busy:
            self.model.create(self.choice.copy_bytes())


class MadePage(Page):
    """The notebook is made and empty: the best moment for a recovery kit."""

    def __init__(self, look: Look, model: GateModel) -> None:
        super().__init__(look, model, msg("The notebook is made"), WIDE)
        # critical
        why = msg(
            "A recovery kit opens the notebook when the passphrase is forgotten or the key file is lost: eleven groups of"
            " digits on paper, or three shares for three people. Without a kit nobody can open it then, also not us."
        )
        self.add(Label(look, why, "body"), 16)
        self.kit = Button(look, msg("Make the recovery kit now"), "primary")
        self.kit.clicked.connect(model.make_kit)
        self.add(self.kit, 24)
        self.later = Button(look, msg("Later"), "plain")
        self.later.clicked.connect(model.skip_kit)
        self.add_left(self.later, 8)
        # critical
        self.add(Label(look, msg("Until then the passphrase is the only way in."), "quiet"), 4)
        self.end()

    def first_focus(self) -> QWidget:
        """The kit."""
        return self.kit
