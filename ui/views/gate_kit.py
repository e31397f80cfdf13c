"""The recovery kit at the door: digits, shares, and the new passphrase that follows. Must not keep what was entered."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.viewmodels.gate import GateModel
from ui.views.gate_page import WIDE, Page
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.passphrase_kit import GROUPS, WORDS, DigitCells, WordCells
from ui.widgets.passphrase_new import PassphraseChoice
from ui.widgets.text import Label

_KIT_WIDTH = 720


_Cells = TypeVar("_Cells", DigitCells, WordCells)


class _KitPage(Page, Generic[_Cells]):
    """What typing a kit has in common: cells, a note below them, one button."""

    cells: _Cells
    note: Label
    go_on: Button

    def first_focus(self) -> QWidget:
        """The cells."""
        return self.cells

    def arrive(self) -> None:
        """Empty."""
        self.leave()

    def _draw_button(self) -> None:
        busy = self.model.state.busy
        self.go_on.setEnabled(not busy)
        self.go_on.say(msg("Checking…") if busy else msg("Continue"))

    def _say(self, words: Message, kind: str) -> None:
        self.note.say(words)
        self.note.set_kind(kind)
        if kind == "amber":
            announce(self.note)


class DigitsPage(_KitPage[DigitCells]):
    """Eleven groups, each checked when it is full."""

    def __init__(self, look: Look, model: GateModel) -> None:
        super().__init__(look, model, msg("With the recovery digits"), _KIT_WIDTH)
        # critical
        how = msg(
            "Type the eleven groups from the paper, in any keyboard. Nothing is changed before you choose a new passphrase."
        )
        self.add(Label(look, how, "bodyquiet"), 8)
        self.cells = DigitCells(look, msg("Recovery digits"))
        self.cells.edited.connect(self._edited)
        self.cells.submitted.connect(self._go_on)
        self.add(self.cells, 16)
        self.note = Label(look, "", "quiet")
        self.add(self.note, 8)
        self.add(self.bar, 8)
        self.go_on = Button(look, msg("Continue"), "primary")
        self.go_on.clicked.connect(self._go_on)
        self.add(self.go_on, 16)
        self.add_back()

    def leave(self) -> None:
        """Wipe."""
        self.cells.wipe()
        self._edited()

    def draw(self) -> None:
        """What the check said; the group to compare first is marked."""
        state = self.model.state
        self._draw_button()
        self.show_error(state)
        if state.problem is not None:
            if state.cell is not None:
                self.cells.mark_wrong([state.cell])
            self._say(state.problem, "amber")

    def _edited(self) -> None:
        wrong = self.cells.wrong
        if wrong:
            self._say(_wrong_groups(wrong), "amber")
        else:
            self._say(
                msg("{done} of {count} groups", done=self.cells.marks.count("good"), count=GROUPS), "quiet"
            )

    def _go_on(self) -> None:
        if not self.cells.is_complete:
            self._say(msg("All eleven groups are needed."), "amber")
        elif not self.model.state.busy:
            self.model.read_digits(self.cells.copy_bytes())


def _wrong_groups(wrong: list[int]) -> Message:
    if len(wrong) == 1:
        # critical
        return msg("Group {number} cannot be right. Compare it with the paper.", number=wrong[0])
    # critical
    return msg(
        "Groups {numbers} cannot be right. Compare them with the paper.", numbers=", ".join(map(str, wrong))
    )


class SharesPage(_KitPage[WordCells]):
    """One share after the other, word by word."""

    def __init__(self, look: Look, model: GateModel) -> None:
        super().__init__(look, model, msg("With two of three shares"), _KIT_WIDTH)
        # critical
        how = msg(
            "Type the words of one share, or their numbers. Three or four letters of a word are enough. Nothing is changed"
            " before you choose a new passphrase."
        )
        self.add(Label(look, how, "bodyquiet"), 8)
        self.done = Label(look, "", "accent")
        self.add(self.done, 8)
        self.cells = WordCells(look, msg("Words of a share"))
        self.cells.edited.connect(self._edited)
        self.cells.suggested.connect(self._suggest)
        self.cells.submitted.connect(self._go_on)
        self.add(self.cells, 16)
        self.suggestion = Label(look, " ", "quiet")
        self.add(self.suggestion, 8)
        self.note = Label(look, "", "quiet")
        self.add(self.note, 4)
        self.add(self.bar, 8)
        self.go_on = Button(look, msg("Continue"), "primary")
        self.go_on.clicked.connect(self._go_on)
        self.add(self.go_on, 16)
        self.anew = Button(look, msg("Begin again with the first share"), "link", "rotate-ccw")
        self.anew.clicked.connect(self._begin_again)
        self.add_left(self.anew, 8)
        self.add_back()
        self._read = 0

    def leave(self) -> None:
        """Wipe."""
        self._read = 0
        self.cells.wipe()
        self._edited()

    def draw(self) -> None:
        """What the check said; an accepted share empties the cells for the next."""
        state = self.model.state
        self._draw_button()
        self.anew.setVisible(bool(state.shares))
        self.done.setVisible(bool(state.shares))
        if len(state.shares) > self._read:
            self.done.say(msg("Share {number} is right. Now another one.", number=state.shares[-1]))
            self.cells.wipe()
            self._edited()
            self.cells.setFocus()
        self._read = len(state.shares)
        self.show_error(state)
        if state.problem is not None:
            if state.anew:
                self.cells.wipe()
            if state.cell is not None:
                self.cells.mark_wrong([state.cell])
            self._say(state.problem, "amber")

    def _suggest(self, words: str) -> None:
        self.suggestion.say(words or " ")

    def _edited(self) -> None:
        wrong = self.cells.wrong
        if wrong:
            numbers = ", ".join(map(str, wrong))
            # critical
            self._say(
                msg("No such word in the list, at: {numbers}. Compare with the paper.", numbers=numbers),
                "amber",
            )
        else:
            self._say(
                msg("{done} of {count} words", done=self.cells.marks.count("good"), count=WORDS), "quiet"
            )

    def _go_on(self) -> None:
        if not self.cells.is_complete or self.cells.wrong:
            self._say(msg("All 23 words of the share are needed."), "amber")
        elif not self.model.state.busy:
            self.model.read_share(self.cells.numbers())

    def _begin_again(self) -> None:
        self.model.forget_shares()
        self.leave()
        self.draw()


class RenewPage(Page):
    """The kit opens the notebook: a new passphrase takes the place of the forgotten one."""

    def __init__(self, look: Look, model: GateModel) -> None:
        super().__init__(look, model, msg("A new passphrase"), WIDE)
        # critical
        how = msg(
            "The kit opens this notebook. The new passphrase takes the place of the old one, which opens it no more."
        )
        self.add(Label(look, how, "bodyquiet"), 8)
        self.choice = PassphraseChoice(look)
        self.choice.submitted.connect(self._renew)
        self.choice.changed.connect(self._clear)
        self.add(self.choice, 16)
        self.problem = Label(look, "", "amber")
        self.add(self.problem, 8)
        self.add(self.bar)
        self.renew = Button(look, msg("Open with the new passphrase"), "primary")
        self.renew.clicked.connect(self._renew)
        self.add(self.renew, 16)
        self.add_back()

    def first_focus(self) -> QWidget:
        """The choice."""
        return self.choice.focus()

    def arrive(self) -> None:
        """Propose."""
        self.choice.begin()

    def leave(self) -> None:
        """Wipe."""
        self.choice.wipe()

    def draw(self) -> None:
        """What the model says."""
        state = self.model.state
        self.renew.setEnabled(not state.busy)
        self.renew.say(msg("Opening…") if state.busy else msg("Open with the new passphrase"))
        self.show_error(state)

    def _clear(self) -> None:
        self.problem.say("")

    def _renew(self) -> None:
        problem = self.choice.problem()
        self.problem.say(problem or "")
        announce(self.problem)
        if problem is None and not self.model.state.busy:
            self.model.renew(self.choice.copy_bytes())
