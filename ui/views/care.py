"""Looking after the notebook: topics at the left, one topic at the right, its act top right. Must not do the work itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH, HANG, MARGIN_LEFT
from ui.viewmodels.care import CareModel, CareState
from ui.viewmodels.care_words import moment_words
from ui.views.care_check import CheckPage
from ui.views.care_copies import CopyPage, InsidePage
from ui.views.care_happened import HappenedPage
from ui.views.care_page import CarePage
from ui.views.care_purge import PurgePage
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, scrolled
from ui.widgets.text import Hairline, Label

_LIST_WIDTH = 288
TITLES: dict[str, tuple[Message, str]] = {
    "copy": (msg("A copy elsewhere"), "hard-drive"),
    "inside": (msg("Copies inside"), "history"),
    "check": (msg("Check the notebook"), "shield-check"),
    # critical
    "purge": (msg("Make deletion final"), "trash-2"),
    "happened": (msg("What was done"), "list"),
}


class CareScreen(Screen):
    """Topics with how they stand; each can be gone to at once by its name as the route's extra."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        self.model = CareModel(context, self)
        self.act = Button(context.look, "", "primary")
        self.rows: dict[str, Row] = {}
        self.pages: dict[str, CarePage] = {
            "copy": CopyPage(context, self.model),
            "inside": InsidePage(context, self.model),
            "check": CheckPage(context, self.model),
            "purge": PurgePage(context, self.model),
            "happened": HappenedPage(context, self.model),
        }
        self._build()
        self.act.clicked.connect(self._act)
        self.model.changed.connect(self._draw)
        context.look.words.changed.connect(self._draw)
        context.look.theme.changed.connect(self._measure)
        self._measure()
        self.model.load()
        self._draw()

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN_LEFT - HANG, 0, 0, 0)
        line.setSpacing(0)
        self._left = scrolled(self._topics())
        line.addWidget(self._left)
        line.addWidget(Hairline(upright=True))
        self._stack = QStackedWidget()
        for page in self.pages.values():
            page.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
            self._stack.addWidget(scrolled(page))
        line.addWidget(self._stack, 1)

    def _measure(self) -> None:
        """Larger text, a wider list; but never as much wider."""
        scale = self.context.look.theme.scale
        self._left.setFixedWidth(round(_LIST_WIDTH * (1 + max(0, scale - 100) / 400)))

    def _topics(self) -> QWidget:
        look = self.context.look
        holder = Column(gap=4)
        holder.stack.setContentsMargins(0, 8, 12, 24)
        holder.push_up()
        self._group = QButtonGroup(self)
        for name, (title, icon) in TITLES.items():
            row = Row(look, title, "", " ", icon)
            row.setCheckable(True)
            row.setObjectName(name)
            row.clicked.connect(self._topic_pressed)
            self._group.addButton(row)
            self.rows[name] = row
            holder.add(row)
        self.closing_code = Label(look, "", "quiet")
        code = QWidget()
        inside = QVBoxLayout(code)
        inside.setContentsMargins(HANG, 24, HANG, 0)
        inside.addWidget(self.closing_code, 0, Qt.AlignmentFlag.AlignTop)
        holder.add(code)
        return holder

    # the screen's shape

    def heading(self) -> Heading:
        """The title."""
        return Heading(msg("Copies, check, clean up"), rail="settings")

    def header_actions(self) -> list[QWidget]:
        """The one primary action of the topic."""
        return [self.act]

    def who_sees(self) -> Message:
        """Where this is known."""
        return msg("What stands here is kept inside the notebook")

    def wants_first_focus(self) -> QWidget | None:
        """The topic that is shown."""
        return self.rows.get(self.model.state.topic)

    def place(self) -> str:
        """The topic."""
        return self.model.state.topic

    def follow_place(self, place: str) -> None:
        """Go to a topic."""
        self.model.go(place)

    def leave(self) -> None:
        """Long work goes on only while somebody sees it: leaving stops it."""
        self.model.stop()

    # drawing

    def _draw(self) -> None:
        state = self.model.state
        for name, row in self.rows.items():
            title, icon = TITLES[name]
            row.setChecked(name == state.topic)
            row.update_texts(title, "", self._detail(name, state))
            row.set_icon("refresh-cw" if state.running == name else icon)
        shown = self.pages.get(state.topic)
        if shown is not None:
            self._stack.setCurrentIndex(list(self.pages).index(state.topic))
        for page in self.pages.values():
            page.show_state(state)
        action = shown.action(state) if shown is not None else None
        self.act.setVisible(action is not None)
        self.act.say(action or "")
        self.act.setEnabled(action is not None and not state.busy and state.facts is not None)
        if state.facts is not None:
            code = msg(
                "Closing code: {code}. Note it when you lock; if it is another one when you unlock, somebody else wrote"
                " in the notebook.",
                code=state.facts.closing_code,
            )
            self.closing_code.say(code)

    def _detail(self, name: str, state: CareState) -> Message | str:
        facts = state.facts
        if facts is None:
            return " "
        if name == "copy":
            if facts.last_copy_ms is None:
                return msg("never copied yet")
            return msg("last on {when}", when=moment_words(facts.last_copy_ms, self.context.look.words.code))
        if name == "inside":
            return nmsg("{count} copy inside", "{count} copies inside", len(facts.rolling))
        if name == "purge":
            return nmsg(
                "{count} deleted record still kept", "{count} deleted records still kept", facts.deleted
            )
        if name == "check":
            outcome = state.outcomes.get("check")
            return (
                outcome.message if outcome is not None and outcome.tone != "plain" else msg("not checked now")
            )
        return msg("without names and texts")

    # acts

    def _topic_pressed(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self.model.go(row.objectName())

    def _act(self) -> None:
        page = self.pages.get(self.model.state.topic)
        if page is not None:
            page.act()
