"""Several values of one kind as chips, with a field to add one more. Must not know what the values are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.theme.tokens import HANG
from ui.widgets.chips import Chip
from ui.widgets.choice import Choice
from ui.widgets.flow import FlowLayout
from ui.widgets.text import Label

Value = tuple[str, Message | str]
"""What is stored, and what a person reads; an empty stored value cannot be taken out here."""


class ChoiceChips(QWidget):
    """`added(value)` and `removed(value)`; pressing a chip takes its value out."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(
        self,
        look: Look,
        label: Message,
        add: Message,
        front: frozenset[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
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
        self.choice.set_empty(add)
        if front is not None:
            self.choice.order_by_alphabet(front)
        stack.addWidget(self.choice)
        self.choice.chosen.connect(self._chosen)
        self._drawn: tuple[object, ...] = ()

    def show_values(self, members: Sequence[Value], choices: Sequence[Value]) -> None:
        """Draw what is in; offer what is not."""
        wanted = (tuple(members), tuple(choices))
        if wanted == self._drawn:
            return
        self._drawn = wanted
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for value, words in members:
            self._flow.addWidget(self._chip(value, words))
        self._holder.setVisible(bool(members))
        held = {value for value, _ in members}
        left = [choice for choice in choices if choice[0] not in held]
        self.choice.set_choices(left)
        self.choice.set_value("")
        self.choice.setEnabled(bool(left))

    def _chip(self, value: str, words: Message | str) -> Chip:
        chip = Chip(self.look, words, "x" if value else "")
        if value:
            chip.explain(msg("Take out of the list"))
        chip.setProperty("value", value)
        chip.clicked.connect(self._pressed)
        return chip

    def _chosen(self, value: str) -> None:
        self.choice.set_value("")
        self.added.emit(value)

    def _pressed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip) and chip.property("value"):
            self.removed.emit(str(chip.property("value")))
