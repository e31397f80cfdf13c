"""Chooses an incident kind: what is chosen, and on demand a field to search with the kinds that fit. Must not load the taxonomy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import fold
from i18n.message import Message, msg
from ui.look import Look, Speaking
from ui.theme.tokens import HANG
from ui.widgets.button import Button
from ui.widgets.row import Row
from ui.widgets.search_field import SearchField
from ui.widgets.side_panel import Column, inset, scrolled
from ui.widgets.taxonomy_picker_search import KindEntry, KindIndex
from ui.widgets.text import Label

_SHOWN = 40
Kind = tuple[str, Message | str, Message | str, Message | str]
"""Code, name, group, definition."""


def words_of(text: str) -> list[str]:
    """The keys of a text's words, the same in every script and spelling."""
    return [fold.t_key(token.text) for token in fold.tokens(text)]


class TaxonomyPicker(Speaking):
    """`chosen(code)` when a person chooses. Kinds are given once, as messages, and indexed anew in each language."""

    chosen = Signal(str)

    def __init__(self, look: Look, kinds: Sequence[Kind], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._kinds = tuple(kinds)
        self._code = ""
        self._index: KindIndex | None = None
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(6)
        self._name = Label(look, "", "body")
        self._definition = Label(look, "", "quiet")
        self.change = Button(look, msg("Choose what happened"), "quiet", "list")
        edge = QVBoxLayout()
        edge.setContentsMargins(HANG, 0, HANG, 0)
        edge.setSpacing(6)
        edge.addWidget(self._name)
        edge.addWidget(self._definition)
        edge.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.search = SearchField(look, msg("Find a kind of incident"))
        self.results = Column(gap=2)
        self.results.push_up()
        self._area = scrolled(self.results)
        self._area.setFixedHeight(280)
        edge.addWidget(self.search)
        stack.addLayout(edge)
        stack.addWidget(self._area)
        self.change.clicked.connect(self.open)
        self.search.edited.connect(self._look_up)
        self.search.submitted.connect(self._take_first)
        self._fold()
        self.set_code("")

    def set_code(self, code: str) -> None:
        """Show what is chosen."""
        self._code = code
        entry = next((kind for kind in self._kinds if kind[0] == code), None)
        self._name.say(entry[1] if entry else msg("Not chosen yet"))
        self._definition.say(entry[3] if entry else "")
        self._definition.setVisible(entry is not None)
        self.change.say(msg("Choose another kind") if entry else msg("Choose what happened"))

    def open(self) -> None:
        """Show the field and the list."""
        self.search.set_text("")
        self.search.show()
        self._area.show()
        self.change.hide()
        self._look_up("")
        self.search.setFocus()

    def speak(self) -> None:
        """Another language: another index."""
        self._index = None

    def found(self) -> list[str]:
        """Codes of the rows in sight, in order."""
        return [row.property("code") for row in self.results.findChildren(Row) if row.parent() is not None]

    def _entries(self) -> KindIndex:
        if self._index is None:
            t = self.look.t
            made = [
                KindEntry(code, t(name), t(group), t(text), _source(name))
                for code, name, group, text in self._kinds
            ]
            self._index = KindIndex.build(made, words_of)
        return self._index

    def _look_up(self, typed: str) -> None:
        self.results.clear()
        hits = self._entries().find(typed)
        group = ""
        for entry in hits[:_SHOWN] if typed else hits:
            if entry.group != group and not typed:
                group = entry.group
                self.results.add(inset(Label(self.look, group, "quiet"), top=8, bottom=2))
            row = Row(self.look, entry.label, "", entry.definition if typed else "")
            row.setProperty("code", entry.code)
            row.setCheckable(True)
            row.setChecked(entry.code == self._code)
            row.explain(entry.definition)
            row.clicked.connect(self._pressed)
            self.results.add(row)
        if not hits:
            self.results.add(
                inset(
                    Label(
                        self.look,
                        msg("No kind fits these words. Try one word, or describe it below without a kind."),
                        "bodyquiet",
                    )
                )
            )

    def _take_first(self) -> None:
        found = self._entries().find(self.search.text())
        if found and self.search.text().strip():
            self._choose(found[0].code)

    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self._choose(str(row.property("code")))

    def _choose(self, code: str) -> None:
        self.set_code(code)
        self._fold()
        self.chosen.emit(code)

    def _fold(self) -> None:
        self.search.hide()
        self._area.hide()
        self.change.show()


def _source(name: Message | str) -> str:
    return name.source if isinstance(name, Message) else name
