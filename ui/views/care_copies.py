"""Two topics: a copy of the whole notebook elsewhere, and the copies inside it. Must not write a file itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from i18n import formatting
from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.care import CareModel, CareState
from ui.viewmodels.care_words import moment_words
from ui.views.care_page import CarePage, PlaceWarning
from ui.widgets.file_chooser import FileChooser
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label


def _folder_chooser(context: Context, action: Message) -> FileChooser:
    """A chooser of a new folder, with the day as its name: nothing about what lies in it."""
    chooser = FileChooser(context.look, "new_folder", None, (), action)
    chooser.name.set_text(context.program.today().isoformat())
    chooser.hide()
    return chooser


class CopyPage(CarePage):
    """Copy the whole notebook, locked as it is, to another disk."""

    topic = "copy"

    def __init__(self, context: Context, model: CareModel) -> None:
        words = (
            # critical
            msg(
                "A copy is the whole notebook, encrypted as it is. It opens with the passphrases and codes of today, also"
                " when you change them here later."
            ),
            # critical
            msg(
                "A copy keeps what you delete later. Keep it away from this computer: with a lawyer, on another disk."
            ),
        )
        super().__init__(context, model, msg("A copy elsewhere"), words)
        look = context.look
        self.last = Label(look, "", "quiet")
        self.room = Label(look, "", "quiet")
        self.warning = PlaceWarning(context)
        self.chooser = _folder_chooser(context, msg("Copy into this folder"))
        for widget in (self.last, self.room, self.warning, self.chooser):
            self.put(widget)
        self.chooser.given_up.connect(self.chooser.hide)
        self.chooser.chosen.connect(self._chosen)

    def show_state(self, state: CareState) -> None:
        """When the last copy was made, and how large one is."""
        super().show_state(state)
        facts, code = state.facts, self.context.look.words.code
        if facts is None:
            return
        if facts.last_copy_ms is None:
            # critical
            self.last.say(
                msg("This notebook was never copied. If this disk fails, everything in it is lost.")
            )
        else:
            when = moment_words(facts.last_copy_ms, code)
            self.last.say(msg("Last copied: {when}, by the clock of this computer.", when=when))
        self.room.say(msg("A copy needs {size}.", size=formatting.file_size(facts.size, code)))
        if state.busy:
            self.chooser.hide()

    def action(self, state: CareState) -> Message | None:
        """Named by what happens."""
        return msg("Copy the notebook")

    def act(self) -> None:
        """Ask where to."""
        self.chooser.show()
        self.chooser.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, folder: object) -> None:
        if isinstance(folder, Path) and self.warning.accepts(folder):
            self.chooser.hide()
            self.model.copy(folder)


class InsidePage(CarePage):
    """The three rolling copies of the database, and the way back to one of them."""

    topic = "inside"

    def __init__(self, context: Context, model: CareModel) -> None:
        words = (
            msg(
                "Once a day, while you are not writing, Daftar keeps a copy of its database inside the notebook. The last"
                " three are kept. They help when the database is damaged; they do not help when the disk is lost."
            ),
            # critical
            msg(
                "What you delete stays in these copies until they are older than three, or until deletion is made final."
            ),
        )
        super().__init__(context, model, msg("Copies inside"), words)
        self._list = Column(gap=4)
        self.add(self._list)
        self._going_back = 0
        self.guide = Label(context.look, "", "body")
        self.chooser = _folder_chooser(context, msg("Make the older notebook here"))
        self.warning = PlaceWarning(context)
        for widget in (self.guide, self.warning, self.chooser):
            self.put(widget)
        self.guide.hide()
        self.chooser.given_up.connect(self._give_up)
        self.chooser.chosen.connect(self._chosen)
        self._drawn: object = None

    def show_state(self, state: CareState) -> None:
        """One row for each copy."""
        super().show_state(state)
        facts = state.facts
        if facts is None:
            return
        now = (facts.rolling, self.context.look.words.code, state.busy)
        if now != self._drawn:
            self._drawn = now
            self._draw_rows(facts.rolling, busy=state.busy)
        if state.busy:
            self._give_up()

    def _draw_rows(self, rolling: tuple[tuple[int, int], ...], *, busy: bool) -> None:
        look = self.context.look
        self._list.clear()
        if not rolling:
            self._list.add(
                inset(Label(look, msg("No copy yet. The first is made by itself, or now."), "quiet"))
            )
        for number, when in rolling:
            words = msg("Copy of {when}", when=moment_words(when, look.words.code))
            row = Row(
                look, words, "", msg("Go back to this state, in a new folder"), "rotate-ccw", chevron=True
            )
            row.setEnabled(not busy)
            row.clicked.connect(partial(self.ask, number, when))
            self._list.add(row)

    def action(self, state: CareState) -> Message | None:
        """Named by what happens."""
        return msg("Make a copy now")

    def act(self) -> None:
        """Make one."""
        self._give_up()
        self.model.keep()

    def ask(self, number: int, when: int, _checked: bool = False) -> None:
        """Say what going back to a copy means, and ask where the older notebook shall lie."""
        self._going_back = number
        # critical
        words = msg(
            "A notebook with everything as it was on {when} is made in a new folder; files erased since are missing there."
            " This notebook stays as it is. Choose where the new one shall lie.",
            when=moment_words(when, self.context.look.words.code),
        )
        self.guide.say(words)
        self.guide.show()
        self.chooser.show()
        self.chooser.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_up(self) -> None:
        self.guide.hide()
        self.warning.hide()
        self.chooser.hide()

    def _chosen(self, folder: object) -> None:
        if isinstance(folder, Path) and self._going_back and self.warning.accepts(folder):
            self._give_up()
            self.model.go_back(self._going_back, folder)
