"""A date in the witness's words: one field, and under it how the words were understood. Must not guess or round.

What is understood becomes EDTF; what is not stays as words, and the field says so.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import edtf, formatting
from i18n.message import Message, msg
from ui.look import Look, Speaking
from ui.widgets.date_words_reading import read_date
from ui.widgets.fields import LineField
from ui.widgets.text import Label

EXAMPLE = msg("2015, spring 2015, 27.03.2015")
KEPT_AS_WORDS = msg("Not read as a date; kept in these words.")


class DateWords(Speaking):
    """Emits `answered(edtf, words)` when the field is left or Enter is pressed and something changed."""

    answered = Signal(str, str)

    def __init__(self, look: Look, label: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._label = label
        self._stored = ("", "")
        self.field = LineField(look, label, self)
        self.field.explain(EXAMPLE)
        self.understood = Label(look, "", "quiet")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.field)
        rows.addWidget(self.understood)
        self.setFocusProxy(self.field)
        self.field.edited.connect(self._show_reading)
        self.field.left.connect(self._finish)
        self.field.submitted.connect(self._finish)
        self.speak()

    def set_value(self, value: str, words: str = "") -> None:
        """Show what is stored: the witness's words where there are any, else the date in words one can type again."""
        self._stored = (value, words)
        self.field.set_text(words or self._typed(value))
        self._show_reading()

    def value(self) -> tuple[str, str]:
        """The EDTF text ("" when not understood) and the words ("" when they say no more than the date)."""
        typed = self.field.text().strip()
        if typed == self._stored[1] or (typed == self._typed(self._stored[0]) and not self._stored[1]):
            return self._stored
        reading = read_date(typed)
        plain = all(not letter.isalpha() for letter in typed)
        return reading.edtf, "" if reading and plain else typed

    def speak(self) -> None:
        """Say how the words were understood in the language in force."""
        self._show_reading()

    def _typed(self, value: str) -> str:
        return self._said(value) if value and edtf.is_valid(value) else value

    def _said(self, value: str) -> str:
        return formatting.partial_date(value, self.look.words.code) if value else ""

    def _show_reading(self, _text: str = "") -> None:
        typed = self.field.text().strip()
        value = self.value()[0]
        kind = "accent" if value else "amber"
        message = msg("Understood: {date}", date=self._said(value)) if value else KEPT_AS_WORDS
        self.understood.setVisible(bool(typed) and typed != self._said(value))
        self.understood.say(message)
        self.understood.set_kind(kind)
        self.field.setAccessibleDescription(self.look.t(message if typed else EXAMPLE))

    def _finish(self) -> None:
        value = self.value()
        if value != self._stored:
            self._stored = value
            self.answered.emit(*value)
