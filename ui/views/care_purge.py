"""The topic "Make deletion final": what it does, what it cannot do, and a second yes. Must not begin without it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n import formatting
from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.viewmodels.care import CareModel, CareState
from ui.views.care_page import CarePage
from ui.widgets.button import Button
from ui.widgets.text import Label


class PurgePage(CarePage):
    """Two steps: the header's act asks, the button below begins."""

    topic = "purge"

    def __init__(self, context: Context, model: CareModel) -> None:
        words = (
            # critical
            msg(
                "When you delete a record, its texts stay encrypted in the notebook so that it can be brought back. Here"
                " they are taken out for good: what lives is written anew under a new key, and the old key is overwritten."
            ),
            # critical
            msg(
                "All passphrases, the recovery kit and its shares keep opening the notebook. The copies inside are removed"
                " and one new copy is made."
            ),
            # critical
            msg(
                "It does not reach copies elsewhere, papers, bundles already sent, or files written out. On SSD, USB and SD"
                " memory a laboratory may still find old pieces; without the old key they cannot be read."
            ),
        )
        # critical
        super().__init__(context, model, msg("Make deletion final"), words)
        look = context.look
        self.count = Label(look, "", "body")
        self.room = Label(look, "", "quiet")
        self.letters = Label(look, "", "quiet")
        # critical
        self.yes = Button(look, msg("Yes, make deletion final"), "danger", "trash-2")
        self.no = Button(look, msg("Cancel"), "plain")
        self._ask = QWidget()
        line = QHBoxLayout(self._ask)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.yes)
        line.addWidget(self.no)
        line.addStretch(1)
        for widget in (self.count, self.room, self._ask, self.letters):
            self.put(widget)
        self._ask.hide()
        self.yes.clicked.connect(self._begin)
        self.no.clicked.connect(self._ask.hide)

    def show_state(self, state: CareState) -> None:
        """What is kept of deleted records, the room needed, what the folder shows."""
        super().show_state(state)
        facts, code = state.facts, self.context.look.words.code
        if facts is None:
            return
        self.count.say(
            # critical
            nmsg(
                "{count} deleted record is still kept with texts or files.",
                "{count} deleted records are still kept with texts or files.",
                facts.deleted,
            )
        )
        self.room.say(
            msg(
                "It needs {needed} of room on this disk while it works; {free} are free.",
                needed=formatting.file_size(facts.purge_room, code),
                free=formatting.file_size(facts.free, code),
            )
        )
        self.room.set_kind("amber" if facts.free < facts.purge_room else "quiet")
        differ = bool(facts.other) and facts.own[1:] != facts.other[1:]
        self.letters.setVisible(differ)
        if differ:
            # critical
            words = msg(
                "The folder of this notebook now holds {own} beside {other}. The letters differ because deletion was made"
                " final; whoever looks into the folder can see that this was done, and which of the two is in use.",
                own=facts.own,
                other=facts.other,
            )
            self.letters.say(words)
        if state.busy:
            self._ask.hide()

    def action(self, state: CareState) -> Message | None:
        """Named by what happens; the dots of a second step are in the button below."""
        # critical
        return msg("Make deletion final")

    def act(self) -> None:
        """Ask once more. The keys are on the way back: Enter pressed twice must not begin."""
        self._ask.show()
        self.no.setFocus()

    def _begin(self) -> None:
        self._ask.hide()
        self.model.purge()
