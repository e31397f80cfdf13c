"""Today: begin or continue, drafts, cases, time limits; a search over everything. Must not show a name while none is asked for."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from exports import deadline_title
from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.screens import SCREEN_OF_TYPE
from ui.theme.tokens import CONTENT_WIDTH, HANG
from ui.viewmodels.home import DraftLine, Hit, HomeModel, saved_at
from ui.viewmodels.row_words import joined, line_of, type_words
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.row import Row
from ui.widgets.search_field import SearchField
from ui.widgets.side_panel import Column, Section, SidePanel, scrolled
from ui.widgets.text import Label


class Home(Screen):
    """The first page after unlocking."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.model = HomeModel(context, self)
        self.begin = Button(look, msg("Begin an interview"), "primary", "plus")
        self.begin.clicked.connect(self._begin)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addLayout(self._middle(context), 1)
        self.side = SidePanel(look)
        self.limits = Section(look, msg("Within 30 days"))
        self.holds = Section(look, msg("In this notebook"))
        self.side.add(self.limits)
        self.side.add(self.holds)
        line.addWidget(self.side)
        self.model.changed.connect(self.draw)
        context.discreet.changed.connect(self._names_changed)
        self.draw()

    def heading(self) -> Heading:
        """Today, with the date."""
        return Heading(msg("Today"), detail=msg("{day}", day=self.context.program.today()), rail="home")

    def header_actions(self) -> list[QWidget]:
        """Begin an interview."""
        return [self.begin]

    def wants_first_focus(self) -> QWidget | None:
        """The search field."""
        return self.search

    def draw(self) -> None:
        """Show the state."""
        state = self.model.state
        self.main.clear()
        if state.hits is not None:
            self._draw_hits(state.hits, state.total)
        elif state.loaded:
            self._draw_today()
        self._draw_side()

    def _middle(self, context: Context) -> QVBoxLayout:
        stack = QVBoxLayout()
        stack.setContentsMargins(self.margin_left - HANG, 8, self.margin_right - HANG, 0)
        stack.setSpacing(16)
        self.search = SearchField(context.look, msg("Search in everything that was written"))
        self.search.wished.connect(self.model.search)
        holder = QHBoxLayout()
        holder.setContentsMargins(HANG, 0, HANG, 0)
        holder.addWidget(self.search, 100)
        holder.addStretch(1)
        self.search.setMaximumWidth(CONTENT_WIDTH)
        stack.addLayout(holder)
        self.main = Column(gap=24)
        self.main.push_up()
        self.main.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
        stack.addWidget(scrolled(self.main), 1)
        return stack

    def _draw_today(self) -> None:
        look, state = self.context.look, self.model.state
        if state.drill:
            self._drill_row(state.drill)
        if not state.interviews and not state.case_count:
            holder = QWidget()
            inset = QVBoxLayout(holder)
            inset.setContentsMargins(HANG, 0, HANG, 0)
            empty = EmptyState(
                look,
                msg("This notebook is empty. The first interview begins with what the person allows."),
                msg("Begin an interview"),
            )
            if empty.button is not None:
                empty.button.clicked.connect(self._begin)
            inset.addWidget(empty)
            self.main.add(holder)
            return
        if state.open_interviews:
            section = Section(look, msg("Continue"))
            for found in state.open_interviews:
                said = line_of("interview", found, names=False)
                self._row(section, said.title, said.trailing, said.detail, "interview", found.id)
            self.main.add(section)
        if state.drafts:
            section = Section(look, msg("Drafts not yet taken over"))
            for draft in state.drafts:
                self._draft_row(section, draft)
            self.main.add(section)
        if state.cases:
            section = Section(look, msg("Cases"))
            for found in state.cases:
                said = line_of("case", found, names=False)
                self._row(section, said.title, said.trailing, said.detail, "case", found.id)
            self.main.add(section)

    def _drill_row(self, form: str) -> None:
        """Every ninety days, one row: nothing in it says what the kit is."""
        words = msg("Try two recovery shares") if form == "shares" else msg("Try the recovery digits")
        row = Row(self.context.look, words, icon="shield-check", chevron=True)
        row.setObjectName("drill")
        row.clicked.connect(self._try_kit)
        self.main.add(row)

    def _try_kit(self) -> None:
        self.context.navigator.go("ways_in", "", "drill")

    def _draft_row(self, section: Section, draft: DraftLine) -> None:
        when = msg("saved {when}", when=saved_at(draft))
        self._row(section, draft.code, when, "", draft.type, draft.record_id)

    def _draw_hits(self, hits: tuple[Hit, ...], total: int) -> None:
        section = Section(self.context.look, nmsg("Found {count}", "Found {count}", total))
        for hit in hits:
            snippet = "" if self.context.discreet.on else hit.snippet
            title = hit.code or type_words(hit.type)
            self._row(section, title, type_words(hit.type) if hit.code else "", snippet, hit.type, hit.id)
        if not hits:
            section.inset(
                Label(
                    self.context.look,
                    msg("Nothing found. Try another spelling or only the beginning."),
                    "bodyquiet",
                )
            )
        self.main.add(section)

    def _draw_side(self) -> None:
        look, state = self.context.look, self.model.state
        self.limits.rows.clear()
        if state.deadlines is None:
            self.limits.inset(Label(look, msg("Looking…"), "quiet"))
        elif not state.deadlines:
            self.limits.inset(Label(look, msg("No time limit and no task is due."), "bodyquiet"))
        for item in (state.deadlines or ())[:12]:
            due = date.fromisoformat((item.due or "")[:10])
            left = (due - self.context.program.today()).days
            detail = joined([_days_left(left), *item.flags])
            title = joined([item.case or "", deadline_title(item)])
            row = Row(
                look,
                title,
                Message("{day}", {"day": due}),
                detail,
                "clock",
                tone="amber" if left <= 7 else "quiet",
            )
            row.setObjectName(f"case/{item.case_id}" if item.case_id else "")
            row.clicked.connect(self._open_row)
            self.limits.rows.add(row)
        self.holds.rows.clear()
        for screen, words, count in (
            ("interviews", msg("Interviews"), state.interviews),
            ("people", msg("People"), state.people),
            ("cases", msg("Cases"), state.case_count),
        ):
            row = Row(look, words, Message("{count}", {"count": count}) if state.loaded else "")
            row.setObjectName(f"{screen}/")
            row.clicked.connect(self._open_row)
            self.holds.rows.add(row)

    def _row(
        self,
        section: Section,
        title: Message | str,
        trailing: Message | str,
        detail: Message | str,
        type_: str,
        record: str,
    ) -> None:
        row = Row(self.context.look, title, trailing, detail)
        screen = SCREEN_OF_TYPE.get(type_, "")
        row.setObjectName(f"{screen}/{record}" if screen else "")
        row.setEnabled(bool(screen))
        row.clicked.connect(self._open_row)
        section.rows.add(row)

    def _open_row(self) -> None:
        sender = self.sender()
        screen, _, record = sender.objectName().partition("/") if sender is not None else ("", "", "")
        if screen:
            self.context.navigator.go(screen, record)

    def _names_changed(self, _on: bool) -> None:
        self.draw()

    def _begin(self) -> None:
        self.context.navigator.go("interview")


def _days_left(days: int) -> Message:
    if days < 0:
        return msg("This day has passed.")
    return nmsg("in {count} day", "in {count} days", days) if days else msg("today")
