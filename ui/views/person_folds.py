"""Headings, folded groups and places for editor pages. Must not know records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from i18n.message import Message
from ui.look import Look
from ui.theme.tokens import HANG
from ui.viewmodels.person_answers import Answer, read_answer, write_answer
from ui.views.person_fields import AnswerField, FieldSet
from ui.views.person_specs import answer_field, spec_at
from ui.widgets.row import Row
from ui.widgets.side_panel import Column
from ui.widgets.text import Label


def heading(look: Look, words: Message) -> QWidget:
    """The title of a group of a page, on the text edge."""
    holder = QWidget()
    line = QVBoxLayout(holder)
    line.setContentsMargins(HANG, 0, HANG, 0)
    line.addWidget(Label(look, words, "section"))
    return holder


class Fold(Column):
    """A group that lies folded under its title; what it holds is said below the title."""

    def __init__(self, look: Look, title: Message, holds: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=12)
        self.head = Row(look, title, "", holds, "chevron-right")
        self.head.setCheckable(False)
        self.head.clicked.connect(self.toggle)
        super().add(self.head)
        self.inside = Column(gap=16)
        self.inside.stack.setContentsMargins(30, 0, 0, 8)
        super().add(self.inside)
        self.inside.hide()

    def add(self, widget: QWidget) -> None:
        """Put something inside."""
        self.inside.add(widget)

    def toggle(self) -> None:
        """Open or close."""
        self.unfold(self.inside.isHidden())

    def unfold(self, open_: bool) -> None:
        """Open, or close."""
        self.inside.setVisible(open_)
        self.head.set_icon("chevron-down" if open_ else "chevron-right")


class PlaceFields(QWidget):
    """Country, region, town, building of one place field; `answered(field, place)` with the whole place."""

    answered = Signal(str, object)

    def __init__(self, look: Look, record_type: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._place: dict[str, Any] = {}
        self._fields = FieldSet(self)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(HANG, 0, HANG, 0)
        stack.setSpacing(6)
        stack.addWidget(Label(look, spec_at(record_type, name).label, "body"))
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for number, part in enumerate(("country", "region", "locality", "facility")):
            field: AnswerField = self._fields.add(answer_field(look, record_type, f"{name}/{part}"))
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(number % 2, 1)
        stack.addWidget(holder)
        self._fields.answered.connect(self._answered)

    def show_place(self, place: Mapping[str, Any]) -> None:
        """Show what is stored."""
        self._place = dict(place)
        for name, field in self._fields.fields.items():
            field.set_answer(read_answer(self._place, name, field.shape))

    def _answered(self, name: str, shape: str, answer: Answer) -> None:
        self._place = write_answer(self._place, name, shape, answer)  # type: ignore[arg-type]
        self.answered.emit(self._name, dict(self._place))
