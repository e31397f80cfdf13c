"""The drill: the kit is typed from paper and proven. Must not change anything, and does not say which sign would be right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.ways_in import WaysInModel, day_of
from ui.viewmodels.ways_in_drill import DrillModel
from ui.views.ways_in_panel import Panel
from ui.views.ways_in_share import ShareEntry, digit_cells
from ui.widgets.announcing import announce
from ui.widgets.segmented import Segmented
from ui.widgets.side_panel import inset
from ui.widgets.text import Label


class DrillPanel(Panel):
    """Digits, or two shares one after the other."""

    step = "drill"

    def __init__(self, context: Context, model: WaysInModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        look = self.look
        self.drill = DrillModel(context, model.state.kit_form, self)
        # critical
        text = msg(
            "Every 90 days: type the kit from its paper, to see that it still opens the notebook. Nothing is changed by it."
        )
        self.add(inset(Label(look, text, "bodyquiet")))
        last = model.state.last_drill_ms
        if last is not None:
            self.add(inset(Label(look, msg("Last proven: {day}", day=day_of(last)), "quiet")))
        self.form = Segmented(
            look, [("digits", msg("Digits")), ("shares", msg("Two shares"))], msg("Form of the kit")
        )
        self.form.set_value(self.drill.state.form)
        self.form.chosen.connect(self.drill.choose)
        self.add(inset(self.form))
        self.cells = digit_cells(look, self.drill.judge_group)
        self.entry = ShareEntry(look, self.drill.judge_word)
        for part in (self.cells, self.entry):
            part.edited.connect(self.changed)
            part.submitted.connect(self.act)
        self._digits = inset(self.cells)
        self._shares = inset(self.entry)
        self.add(self._digits)
        self.add(self._shares)
        self.problem = Label(look, "", "amber")
        self.add(inset(self.problem))
        self.drill.changed.connect(self.draw)
        self.drill.proven.connect(self._proven)
        self.drill.failed.connect(self.model.fail)
        self._form = ""
        self.draw()

    def headline(self) -> Message:
        """What is tried."""
        return msg("Try the recovery kit")

    def action(self) -> Message | None:
        """Try it, or go on to the second share."""
        state = self.drill.state
        if state.busy:
            return msg("Trying…")
        return msg("Next share") if state.form == "shares" and not state.typed else msg("Try it")

    def ready(self) -> bool:
        """Everything is typed."""
        shares = self.drill.state.form == "shares"
        return not self.drill.state.busy and (self.entry.cells if shares else self.cells).is_complete

    def act(self) -> None:
        """Hand it over."""
        if not self.ready():
            return
        if self.drill.state.form == "shares":
            self.entry.hand_over(self.drill.take_share)
        else:
            self.cells.mark_wrong(self.drill.try_digits(self.cells.copy_bytes()))

    def draw(self) -> None:
        """Show the form and what is wrong."""
        state = self.drill.state
        if state.form != self._form:
            self._form = state.form
            self.cells.wipe()
            self.entry.cells.wipe()
            self._digits.setVisible(state.form == "digits")
            self._shares.setVisible(state.form == "shares")
        self.entry.show_typed(state.typed)
        self.problem.say(state.problem or "")
        self.problem.setVisible(state.problem is not None)
        announce(self.problem)
        self.changed.emit()

    def first_focus(self) -> QWidget | None:
        """The first cell."""
        return self.entry.cells if self.drill.state.form == "shares" else self.cells

    def escapes(self) -> bool:
        """Only before something is typed."""
        return self.cells.is_empty and self.entry.cells.is_empty and not self.drill.state.typed

    def wipe(self) -> None:
        """Overwrite what was typed."""
        self.cells.wipe()
        self.entry.cells.wipe()
        self.drill.wipe()

    def _proven(self) -> None:
        # critical
        self.model.finished(
            msg(
                "The kit opens the notebook, by both copies of its header. Nothing was changed. Try it again in 90 days."
            )
        )
