"""Right of the case desk: readiness for a procedure, deadlines, gaps. Must not compute them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

import exports
from i18n import language_name
from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.look import Look
from ui.screens import SCREEN_OF_TYPE
from ui.viewmodels.case_desk import CaseDeskModel, CaseState, Check
from ui.viewmodels.case_desk_words import deadline_words, procedure_words
from ui.widgets.choice import Choice
from ui.widgets.row import Row
from ui.widgets.side_panel import Section, SidePanel
from ui.widgets.text import Label

_SHOWN = 6


class CaseSide(SidePanel):
    """The panel; `show_state` draws it anew where something changed."""

    def __init__(self, context: Context, model: CaseDeskModel, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        self._context, self._model = context, model
        look = context.look
        self.ready = Section(look, msg("Ready for paper?"))
        self.procedure = Choice(
            look, [(form.id, procedure_words(form)) for form in exports.forms()], msg("Procedure")
        )
        self.language = Choice(look, [], msg("Language of the petition"))
        self.ready.rows.stack.setSpacing(8)
        self.ready.inset(self.procedure)
        self.ready.inset(self.language)
        self._checks = Section(look, "")
        self._checks.head.hide()
        self.ready.rows.add(self._checks)
        self.due = Section(look, msg("Deadlines"))
        self.gaps = Section(look, msg("Gaps"))
        for section in (self.ready, self.due, self.gaps):
            self.add(section)
        self.procedure.chosen.connect(self._procedure_chosen)
        self.language.chosen.connect(self._language_chosen)
        self._drawn: CaseState | None = None

    def show_state(self, state: CaseState) -> None:
        """Draw the state."""
        before, self._drawn = self._drawn, state
        if state.contents is None or before == state:
            return
        form = exports.form(state.procedure)
        self.procedure.set_value(state.procedure)
        self.language.set_choices([(code, language_name(code)) for code in form.languages])
        self.language.set_value(state.language)
        self._draw_checks(state)
        self._draw_deadlines(state)
        self._draw_gaps(state)

    def _draw_checks(self, state: CaseState) -> None:
        self._checks.rows.clear()
        if state.ready:
            self._checks.rows.add(
                Row(self.look, msg("Nothing keeps the paper back"), "", "", "circle-check", tone="accent")
            )
        protective = [check for check in state.checks if check.protective]
        formal = [check for check in state.checks if check.holds and not check.protective]
        warned = [check for check in state.checks if not check.holds]
        self._add_checks(msg("Keeps the paper back, to protect somebody"), protective)
        self._add_checks(msg("Keeps the paper back; can be set aside with a written reason"), formal)
        self._add_checks(msg("Look at"), warned)

    def _add_checks(self, title: Message, checks: list[Check]) -> None:
        if not checks:
            return
        self._checks.inset(Label(self.look, title, "quiet"))
        for check in checks[:_SHOWN]:
            self._checks.rows.add(check_row(self.look, check))
        if len(checks) > _SHOWN:
            more = len(checks) - _SHOWN
            self._checks.inset(
                Label(
                    self.look,
                    nmsg(
                        "and {count} more, shown when the petition is written",
                        "and {count} more, shown when the petition is written",
                        more,
                    ),
                    "quiet",
                )
            )

    def _draw_deadlines(self, state: CaseState) -> None:
        self.due.rows.clear()
        for deadline in state.deadlines:
            title, right, detail = deadline_words(deadline, self.look.words.code)
            self.due.rows.add(
                Row(self.look, title, right, detail, "clock", tone="amber" if deadline.estimated else "quiet")
            )
        if not state.deadlines:
            self.due.inset(Label(self.look, msg("No time limit can be computed yet."), "quiet"))

    def _draw_gaps(self, state: CaseState) -> None:
        contents = state.contents
        self.gaps.rows.clear()
        for gap in contents.gaps if contents else ():
            row = Row(self.look, gap.text, "", "", "circle")
            row.setProperty("target", [gap.type, gap.id])
            row.clicked.connect(self._go)
            self.gaps.rows.add(row)
        if contents is None or not contents.gaps:
            self.gaps.inset(Label(self.look, msg("No gaps that the program can see."), "quiet"))

    def _procedure_chosen(self, value: str) -> None:
        self._model.look_at(value, self._model.state.language)

    def _language_chosen(self, value: str) -> None:
        self._model.look_at(self._model.state.procedure, value)

    def _go(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            record_type, record_id = row.property("target")
            if record_type in SCREEN_OF_TYPE and record_type != "case":
                self._context.navigator.go(SCREEN_OF_TYPE[record_type], record_id)


def check_row(look: Look, check: Check, *, explained: bool = False) -> Row:
    """One line of readiness: what holds the paper back is told apart from what only warns, by icon and words."""
    icon, tone = (
        ("shield", "amber")
        if check.protective
        else ("circle-dot", "amber")
        if check.holds
        else ("info", "quiet")
    )
    detail: Message | str = ""
    if explained and check.holds:
        detail = (
            msg("keeps the paper back, to protect somebody")
            if check.protective
            else msg("keeps the paper back; can be set aside with a written reason")
        )
    return Row(look, check.message, "", detail, icon, tone=tone)
