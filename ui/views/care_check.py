"""The topic "Check the notebook": is everything whole, in plain words. Must not repair without being asked."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.care import CareModel, CareState
from ui.viewmodels.care_words import only_derived, report_lines
from ui.views.care_page import CarePage
from ui.widgets.button import Button
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, inset


class CheckPage(CarePage):
    """Reads everything; what was found stands below, part by part."""

    topic = "check"

    def __init__(self, context: Context, model: CareModel) -> None:
        words = (
            msg(
                "Daftar reads every page, every attached file and every signature, and compares them with the log. Nothing"
                " is changed. With many recordings this takes a while; it can be stopped."
            ),
            msg(
                "A part of this is done by itself while you are not writing; if something is found then, it is said on"
                " every screen."
            ),
        )
        super().__init__(context, model, msg("Check the notebook"), words)
        self._lines = Column(gap=4)
        self.add(self._lines)
        self.heal = Button(context.look, msg("Build lists and search anew"), "quiet", "refresh-cw")
        self.heal.clicked.connect(self.model.rebuild)
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.heal)
        line.addStretch(1)
        self.add(inset(holder))
        self.heal.hide()
        self._drawn: object = None

    def show_state(self, state: CareState) -> None:
        """The parts of the last check."""
        super().show_state(state)
        report = state.report
        if report != self._drawn:
            self._drawn = report
            self._lines.clear()
            for words, whole in report_lines(report) if report is not None else []:
                icon, tone = ("circle-check", "accent") if whole else ("circle-alert", "red")
                row = Row(self.context.look, words, "", "", icon, tone=tone)
                row.setEnabled(False)
                self._lines.add(row)
        self.heal.setVisible(report is not None and only_derived(report) and not state.busy)

    def action(self, state: CareState) -> Message | None:
        """Named by what happens."""
        return msg("Check everything")

    def act(self) -> None:
        """Check."""
        self.model.check()
