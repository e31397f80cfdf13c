"""The requests a form lets the lawyer write: anonymity, a State that is not told. Must not decide what stands on paper."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.views.person_fields import TextEditor
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label

_TITLES: dict[str, Message] = {
    # critical
    "anonymity": msg("Why the public must not learn who the applicant is"),
    # critical
    "nationality": msg("Why the State of nationality must not be told"),
}
_LEAVE_OUT = msg("“-” leaves the request out of the paper.")


class Sections(Column):
    """One field for each text; `written(name, text)` when one was left or changed."""

    written = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=6)
        self.look = look
        self.editors: dict[str, TextEditor] = {}

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show the texts; no text, no field."""
        if tuple(texts) != tuple(self.editors):
            self._draw(tuple(texts))
        for name, text in texts.items():
            self.editors[name].set_value(text)
        self.setVisible(bool(texts))

    def _draw(self, names: tuple[str, ...]) -> None:
        self.clear()
        self.editors = {}
        for name in names:
            editor = TextEditor(self.look, _TITLES[name], 3)
            editor.setObjectName(name)
            editor.answered.connect(self._answered)
            self.editors[name] = editor
            self.add(inset(Label(self.look, _TITLES[name], "quiet"), top=8))
            self.add(inset(editor))
        if names:
            self.add(inset(Label(self.look, _LEAVE_OUT, "quiet")))

    def _answered(self, text: object) -> None:
        self.written.emit(self.sender().objectName(), str(text))
