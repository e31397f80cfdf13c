"""The topic "What happened": the log in words, the latest first, page by page. Must not show names or texts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from i18n.message import Message, msg
from storage import Happened
from ui.context import Context
from ui.viewmodels.care import CareModel, CareState
from ui.viewmodels.care_words import happened_detail, happened_words, moment_words
from ui.views.care_page import CarePage
from ui.widgets.button import Button
from ui.widgets.side_panel import Column
from ui.widgets.text import Label


class HappenedPage(CarePage):
    """A list of events: when by the laptop's clock, what, how many."""

    topic = "happened"

    def __init__(self, context: Context, model: CareModel) -> None:
        words = (
            msg(
                "Every change is noted in a chain that cannot be altered without being noticed. The order is certain; the"
                " times are those of this computer’s clock."
            ),
        )
        super().__init__(context, model, msg("What was done"), words)
        self._list = Column(gap=8)
        self.put(self._list)
        self.more = Button(context.look, msg("Show earlier entries"), "quiet")
        self.more.clicked.connect(model.show_more)
        self.put(self.more)
        self._drawn: tuple[object, ...] = ()

    def show_state(self, state: CareState) -> None:
        """The entries read so far."""
        super().show_state(state)
        now = (state.events, self.context.look.words.code)
        if now != self._drawn and state.topic == self.topic:
            self._drawn = now
            self._list.clear()
            for event in state.events:
                self._list.add(self._line(event))
        self.more.setVisible(state.more)

    def _line(self, event: Happened) -> QWidget:
        look = self.context.look
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        when = Label(look, moment_words(event.at_ms, look.words.code), "quiet", wrap=False)
        when.setFixedWidth(look.theme.px(190))
        grid.addWidget(when, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(look, happened_words(event), "small"), 0, 1)
        detail = happened_detail(event)
        if detail:
            grid.addWidget(Label(look, detail, "quiet"), 1, 1)
        grid.setColumnStretch(1, 1)
        return line

    def action(self, state: CareState) -> Message | None:
        """Reading only."""
        return None

    def act(self) -> None:
        """Nothing to do."""
