"""Which case a petition is about: a list to choose from. Must not read the vault."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.message import msg
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH
from ui.viewmodels.export_reading import CaseChoice
from ui.widgets.empty_state import EmptyState
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, inset, scrolled
from ui.widgets.text import Label


class CasePicker(QWidget):
    """`chosen(case)` when one is pressed."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._drawn: tuple[object, ...] = ()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 16, 24, 16)
        self._head = Label(context.look, "", "body")
        stack.addWidget(inset(self._head, bottom=8))
        self.rows = Column(gap=2)
        self.rows.push_up()
        self.rows.setMaximumWidth(CONTENT_WIDTH)
        stack.addWidget(scrolled(self.rows), 1)

    def show_cases(self, cases: Sequence[CaseChoice], *, busy: bool) -> None:
        """Draw the cases."""
        wanted = (tuple(cases), busy)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self._head.say(msg("Reading the texts…") if busy else msg("Which case is it about?"))
        self.rows.clear()
        for case in cases:
            row = Row(self._context.look, case.code, "", case.title, chevron=True)
            row.setProperty("case", case.id)
            row.clicked.connect(self._pressed)
            self.rows.add(row)
        if not cases and not busy:
            empty = EmptyState(
                self._context.look,
                msg("A petition is drawn from a case, and there is none yet."),
                msg("Make a case"),
                "folder-plus",
            )
            if empty.button is not None:
                empty.button.clicked.connect(self._make_case)
            self.rows.add(inset(empty))

    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self.chosen.emit(str(row.property("case")))

    def _make_case(self) -> None:
        self._context.navigator.go("case")
