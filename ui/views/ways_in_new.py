"""A new passphrase with what may belong to it: a key file, an existing one or one made now. Must not keep what is typed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from i18n.message import Message, msg
from storage.errors import DaftarError
from ui.context import Context
from ui.widgets.button import Button
from ui.widgets.file_chooser import FileChooser
from ui.widgets.passphrase_new import PassphraseChoice
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label


class KeyFileRow(Column):
    """Which file has to be there beside the passphrase; `path` is None without one. `makes`: a new file can be made.

    `wanted`: there was one before, so that doing without has to be said; `given_up` is true once it was.
    """

    changed = Signal()

    def __init__(
        self,
        context: Context,
        *,
        makes: bool = False,
        notebook: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, gap=8)
        look, start = context.look, context.program.default_folder
        self._notebook = notebook
        self.path: Path | None = None
        self.wanted = self.given_up = False
        self._makes = makes
        self.row = Row(look, msg("Key file"), msg("none"), icon="key-round", chevron=True)
        self.row.clicked.connect(self._toggle)
        self.buttons = QWidget()
        line = QHBoxLayout(self.buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.choose = Button(look, msg("Choose a file"), "quiet", "file")
        self.make = Button(look, msg("Make one"), "quiet", "plus")
        self.without = Button(look, msg("Without a key file"), "plain")
        for button in (self.choose, self.make, self.without):
            line.addWidget(button)
        line.addStretch(1)
        self.old = FileChooser(look, "file", start, action=msg("Take this file"))
        self.new = FileChooser(look, "new_file", start, action=msg("Make the file here"))
        self.choose.clicked.connect(self._open_old)
        self.make.clicked.connect(self._open_new)
        self.without.clicked.connect(self._without)
        self.old.chosen.connect(self._chosen)
        self.new.chosen.connect(self._made)
        self.problem = Label(look, "", "amber")
        self.near = Label(
            look, msg("It lies on the same disk as the notebook: who takes one takes both."), "amber"
        )
        self.add(self.row)
        for widget in (self.buttons, self.old, self.new, self.problem, self.near):
            self.add(inset(widget))
            widget.hide()
        for chooser in (self.old, self.new):
            chooser.given_up.connect(chooser.hide)

    def _toggle(self) -> None:
        on = self.buttons.isHidden()
        self.buttons.setVisible(on)
        self.make.setVisible(self._makes)
        self.without.setVisible(self.path is not None or self.wanted)
        if not on:
            self.old.hide()
            self.new.hide()

    def _open_old(self) -> None:
        self.new.hide()
        self.old.setVisible(self.old.isHidden())

    def _open_new(self) -> None:
        self.old.hide()
        self.new.setVisible(self.new.isHidden())

    def _chosen(self, path: object) -> None:
        if isinstance(path, Path):
            self._take(path)

    def _made(self, path: object) -> None:
        from storage import make_key_file

        if not isinstance(path, Path):
            return
        try:
            make_key_file(path)
        except DaftarError as error:
            self.problem.say(error.message)
            self.problem.show()
        else:
            self._take(path)

    def _without(self) -> None:
        self._take(None)
        self.given_up = True

    def _take(self, path: Path | None) -> None:
        from storage import lies_on_one_disk

        self.path, self.given_up = path, False
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):  # it is about to be hidden
            self.row.setFocus(Qt.FocusReason.OtherFocusReason)
        together = path is not None and self._notebook is not None and lies_on_one_disk(path, self._notebook)
        self.near.setVisible(together)
        for widget in (self.buttons, self.old, self.new, self.problem):
            widget.hide()
        none = msg("none") if path is None else ""
        self.row.update_texts(msg("Key file"), none, "" if path is None else path.name)
        self.changed.emit()


class NewPassphrase(Column):
    """The whole form but its action. `edited` on each change, `submitted` on Enter in the last field."""

    edited = Signal()
    submitted = Signal()

    def __init__(
        self,
        context: Context,
        notebook: Path | None = None,
        *,
        with_key_file: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, gap=16)
        self.choice = PassphraseChoice(context.look)
        self.choice.begin()
        self.choice.changed.connect(self._edited)
        self.choice.submitted.connect(self.submitted)
        self.problem = Label(context.look, "", "amber")
        self.problem.hide()
        self.key_file = KeyFileRow(context, makes=True, notebook=notebook)
        self.key_file.setVisible(with_key_file)
        self.key_note = Label(
            context.look,
            # critical
            msg(
                "Then nobody opens the notebook without this file, also not with the passphrase. If the file is lost or one"
                " byte of it changes, only a recovery kit helps. Keep it on a card of its own, apart from the computer."
            ),
            "quiet",
        )
        self.key_note.hide()
        self.key_file.changed.connect(self._key_file_changed)
        self.add(inset(self.choice))
        self.add(inset(self.problem))
        self.add(self.key_file)
        self.add(inset(self.key_note))

    def secret(self) -> bytearray | None:
        """A copy that the caller wipes; None where something is missing, which is then said.

        What was typed stays until `wipe`: a full disk must not cost what was just learnt.
        """
        problem = self.choice.problem()
        self.show_problem(problem)
        return self.choice.copy_bytes() if problem is None else None

    def show_problem(self, problem: Message | None) -> None:
        """Say what is wrong."""
        self.problem.say(problem or "")
        self.problem.setVisible(problem is not None)

    def first_focus(self) -> QWidget:
        """Where one begins."""
        return self.choice.focus()

    def wipe(self) -> None:
        """Overwrite everything."""
        self.choice.wipe()

    def _edited(self) -> None:
        self.show_problem(None)
        self.edited.emit()

    def _key_file_changed(self) -> None:
        self.key_note.setVisible(self.key_file.path is not None)
        self.edited.emit()
