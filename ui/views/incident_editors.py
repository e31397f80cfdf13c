"""Editors for answers that are several values or a moment: bodies, countries, a day with its hour. Must not save anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import edtf, formatting
from i18n.message import Message, msg
from ui.look import Look
from ui.viewmodels.person_words import COUNTRIES, NEAR, body_name, country_words
from ui.views.person_fields import Editor
from ui.widgets.chips import Chip
from ui.widgets.choice import Choice
from ui.widgets.date_words_reading import read_date
from ui.widgets.fields import LineField
from ui.widgets.flow import FlowLayout
from ui.widgets.text import Label

_ONE_MORE = msg("Add one more")
_MOMENT = msg("27.03.2015 14:05")
_NOT_A_MOMENT = msg(
    "Write the day and the hour, for example 27.03.2015 14:05. Until then nothing is stored here."
)


class SetEditor(Editor):
    """Several values as chips; pressing one takes it out. `answered` carries the whole list."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._values: list[Any] = []
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(6)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=8, line_gap=6)
        self.stack.addWidget(self._holder)

    def words_of(self, value: Any) -> Message | str:
        """What a person reads for one value."""
        raise NotImplementedError

    def value(self) -> list[Any]:
        """The values in the order they were added."""
        return list(self._values)

    def set_value(self, value: Any) -> None:
        """Show what is stored."""
        self._values = list(value) if isinstance(value, list) else []
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, each in enumerate(self._values):
            chip = Chip(self.look, self.words_of(each), "x")
            chip.explain(msg("Take out of the list"))
            chip.setProperty("place", place)
            chip.clicked.connect(self._pressed)
            self._flow.addWidget(chip)
        self._holder.setVisible(bool(self._values))

    def add(self, value: Any) -> None:
        """Take one value in, once."""
        if value not in self._values:
            self.set_value([*self._values, value])
            self.answered.emit(self.value())

    def _pressed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            gone = int(chip.property("place"))
            self.set_value([each for place, each in enumerate(self._values) if place != gone])
            self.answered.emit(self.value())


class CountriesEditor(SetEditor):
    """Countries by code."""

    def __init__(self, look: Look, label: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.choice = Choice(look, COUNTRIES, label)
        self.choice.set_empty(_ONE_MORE)
        self.choice.order_by_alphabet(NEAR)
        self.choice.chosen.connect(self._chosen)
        self.stack.addWidget(self.choice)
        self.setFocusProxy(self.choice)

    def words_of(self, value: Any) -> Message | str:
        """The country's name."""
        return country_words(str(value))

    def _chosen(self, code: str) -> None:
        self.choice.set_value("")
        self.add(code)


class BodiesEditor(SetEditor):
    """Bodies in words; those of the lexicon keep their key."""

    def __init__(self, look: Look, label: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.field = LineField(look, label)
        self.field.explain(_ONE_MORE)
        self.stack.addWidget(self.field)
        self.field.submitted.connect(self._typed)
        self.field.left.connect(self._typed)
        self.setFocusProxy(self.field)

    def words_of(self, value: Any) -> Message | str:
        """The body's name, or the words it was named with."""
        words = value.get("words", "") if isinstance(value, Mapping) else value
        return body_name(str(words), self.look.words.code)

    def _typed(self) -> None:
        words = self.field.text().strip()
        if words:
            self.field.set_text("")
            self.add({"words": words})


class MomentEditor(Editor):
    """A day and an hour, stored with the zone of this computer; what is not one stays in the field and is not stored."""

    def __init__(self, look: Look, label: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._stored = ""
        self.field = LineField(look, label)
        self.field.explain(_MOMENT)
        self.note = Label(look, _NOT_A_MOMENT, "amber")
        self.note.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.field)
        rows.addWidget(self.note)
        self.setFocusProxy(self.field)
        self.field.left.connect(self._finish)
        self.field.submitted.connect(self._finish)

    def value(self) -> str:
        """The stored moment, as a record writes it."""
        return self._stored

    def set_value(self, value: Any) -> None:
        """Show a stored moment; what somebody is typing right now stays."""
        self._stored = value if isinstance(value, str) else ""
        if not self.field.hasFocus():
            self.field.set_text(self._shown())
            self.note.hide()

    def _shown(self) -> str:
        return (
            formatting.date_time(datetime.fromisoformat(self._stored), self.look.words.code)
            if self._stored
            else ""
        )

    def _finish(self) -> None:
        typed = self.field.text().strip()
        if typed == self._shown():
            return
        read = moment_of(typed)
        self.note.setVisible(bool(typed) and not read)
        if read or not typed:
            self._stored = read
            self.answered.emit(read or None)


def moment_of(typed: str) -> str:
    """A typed day and hour as a record writes it, in this computer's zone; empty when it is not both."""
    words: Sequence[str] = typed.replace(",", " ").split()
    if len(words) < 2:
        return ""
    reading = read_date(" ".join(words[:-1]))
    day: date | None = edtf.parse(reading.edtf).exact if reading.edtf else None
    try:
        hour = datetime.strptime(words[-1], "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone yet
    except ValueError:
        return ""
    return datetime.combine(day, hour).astimezone().isoformat(timespec="minutes") if day else ""
