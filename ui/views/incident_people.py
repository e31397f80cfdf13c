"""People of an incident as chips, with a way to add one more. Must not read or write records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.theme.tokens import HANG
from ui.widgets.chips import Chip
from ui.widgets.choice import Choice
from ui.widgets.flow import FlowLayout
from ui.widgets.text import Label

People = Mapping[str, tuple[str, str]]


class PeopleChips(QWidget):
    """`added(person)` and `removed(person)`; pressing a chip takes the person out."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, look: Look, label: Message, add: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        stack = QVBoxLayout(self)
        stack.setContentsMargins(HANG, 0, HANG, 0)
        stack.setSpacing(6)
        stack.addWidget(Label(look, label, "quiet"))
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=8, line_gap=6)
        stack.addWidget(self._holder)
        self.choice = Choice(look, [], add)
        stack.addWidget(self.choice)
        self.choice.chosen.connect(self._chosen)
        self._drawn: tuple[object, ...] = ()

    def show_people(self, members: Sequence[Any], people: People, *, discreet: bool) -> None:
        """Draw who is in, offer who is not."""
        wanted = (tuple(map(str, members)), tuple(people.items()), discreet)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for member in members:
            self._flow.addWidget(self._chip(member, people, discreet))
        self._holder.setVisible(bool(members))
        left = [(key, self._words(entry, discreet)) for key, entry in people.items() if key not in members]
        self.choice.set_choices(left)
        self.choice.set_value("")
        self.choice.setEnabled(bool(left))

    def _chip(self, member: object, people: People, discreet: bool) -> Chip:
        if isinstance(member, Mapping):
            words = str(member.get("words", ""))
        else:
            words = self._words(people.get(str(member), ("", "")), discreet)
        chip = Chip(self.look, words or msg("Somebody"), "x")
        chip.explain(msg("Take out of the list"))
        chip.setProperty("member", member if isinstance(member, str) else "")
        chip.clicked.connect(self._pressed)
        return chip

    def _words(self, entry: tuple[str, str], discreet: bool) -> str:
        code, name = entry
        return code if discreet or not name else f"{name}  {code}"

    def _chosen(self, value: str) -> None:
        self.choice.set_value("")
        self.added.emit(value)

    def _pressed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip) and chip.property("member"):
            self.removed.emit(str(chip.property("member")))
