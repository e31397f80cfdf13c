"""Beside a person: how they are protected, in plain words, and where they are mentioned. Must not decide protection."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from i18n.message import msg
from storage import type_label
from ui.context import Context
from ui.screens import SCREEN_OF_TYPE
from ui.viewmodels.person import PROTECTION, UNDECIDED, Mentioned
from ui.viewmodels.person_record import RecordState
from ui.widgets.options import Options
from ui.widgets.row import Row
from ui.widgets.side_panel import Section, SidePanel
from ui.widgets.text import Label

_EXPLAINED = {value: words for value, _, words in PROTECTION}


class PersonSide(SidePanel):
    """`protection_chosen(value)` when somebody decides."""

    protection_chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        self._context = context
        look = context.look
        protection = Section(look, msg("Protection"))
        self.options = Options(
            look, [(value, words) for value, words, _ in PROTECTION], msg("Protection"), size=15
        )
        self._explained = Label(look, UNDECIDED, "quiet")
        protection.inset(self.options)
        protection.inset(self._explained)
        self.add(protection)
        self.mentioned = Section(look, msg("Where mentioned"))
        self.add(self.mentioned)
        self._drawn: tuple[Mentioned, ...] | None = None
        self.options.chosen.connect(self.protection_chosen)

    def show_state(self, state: RecordState) -> None:
        """Draw protection and mentions."""
        value = state.doc.get("protection")
        self.options.set_value(value if isinstance(value, str) else "")
        self._explained.say(_EXPLAINED.get(str(value), UNDECIDED))
        mentioned: tuple[Mentioned, ...] = state.around.get("mentioned", ())
        if mentioned == self._drawn:
            return
        self._drawn = mentioned
        self.mentioned.rows.clear()
        for place in mentioned:
            row = Row(
                self.look,
                place.code or type_label(place.type),
                type_label(place.type) if place.code else "",
                place.part,
            )
            row.setProperty("target", [SCREEN_OF_TYPE.get(place.type, ""), place.id])
            row.setEnabled(place.type in SCREEN_OF_TYPE)
            row.clicked.connect(self._go)
            self.mentioned.rows.add(row)
        if not mentioned:
            self.mentioned.inset(Label(self.look, msg("Nowhere yet."), "bodyquiet"))

    def _go(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            screen, record_id = row.property("target")
            self._context.navigator.go(screen, record_id)
