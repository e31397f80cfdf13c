"""Lists of groups (names, contacts, documents …): one quiet row each, opened in place to edit. Must not know which list it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.theme.tokens import HANG
from ui.views.person_fields import (
    BodyEditor,
    ChoiceEditor,
    DateEditor,
    Editor,
    SuggestedEditor,
    TextEditor,
    YesNoEditor,
)
from ui.widgets.button import Button
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label

Element = Mapping[str, Any]
Summary = Callable[[Element], tuple[Message | str, Message | str, Message | str]]


@dataclass(frozen=True)
class Part:
    """One field of an element: text, lines, choice, suggested, yes_no, date or body; `wide` takes the whole width.

    A suggested part is free text whose known words stand in `choices`; `front` orders a choice by the alphabet.

    A name like `place/locality` is a field of a group within the element.
    """

    name: str
    label: Message
    kind: str = "text"
    choices: Sequence[tuple[str, Message | str]] = ()
    wide: bool = False
    front: frozenset[str] | None = None


def editor_for(look: Look, part: Part) -> Editor:
    """The editor a part is filled in with."""
    if part.kind == "choice":
        return ChoiceEditor(look, part.label, part.choices, part.front)
    if part.kind == "suggested":
        return SuggestedEditor(look, part.label, part.choices)
    if part.kind == "body":
        return BodyEditor(look, part.label)
    if part.kind == "yes_no":
        return YesNoEditor(look, part.label)
    if part.kind == "date":
        return DateEditor(look, part.label)
    return TextEditor(look, part.label, 3 if part.kind == "lines" else 1)


def part_of(element: Element, name: str) -> Any:
    """What an element says for a part; None where it is blank or nothing is said."""
    outer, _, inner = name.partition("/")
    value = element.get(outer)
    if isinstance(value, Mapping) and "blank" in value:
        return None
    if inner:
        return part_of(value, inner) if isinstance(value, Mapping) else None
    return value


def with_part(element: Element, name: str, value: Any) -> dict[str, Any]:
    """The element with one part answered; what is empty is left out."""
    outer, _, inner = name.partition("/")
    held = element.get(outer)
    made = (
        with_part(held if isinstance(held, Mapping) and "blank" not in held else {}, inner, value)
        if inner
        else value
    )
    return {key: each for key, each in {**element, outer: made}.items() if each not in (None, "", {})}


class ElementList(QWidget):
    """Rows of elements. `changed(element)` when a field of one was answered, `removed(id)` when one was taken out."""

    changed = Signal(object)
    removed = Signal(str)

    def __init__(
        self,
        look: Look,
        parts: Sequence[Part],
        summary: Summary,
        add: Message,
        empty: Message | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._parts, self._summary, self._empty = tuple(parts), summary, empty
        self._elements: list[dict[str, Any]] = []
        self._open = ""
        self._begun = ""
        self._drawn: list[str] = []
        self._forms: dict[str, _Form] = {}
        self._rows: dict[str, Row] = {}
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        self._column = Column(gap=2)
        stack.addWidget(self._column)
        self.add_button = Button(look, add, "link", "plus")
        self.add_button.clicked.connect(self.begin)
        line = QHBoxLayout()
        line.setContentsMargins(HANG - 4, 0, 0, 0)
        line.addWidget(self.add_button)
        line.addStretch(1)
        stack.addLayout(line)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Ask for other fields from now on; an open form is drawn anew only when they differ."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self._draw(self._drawn)

    def set_elements(self, elements: Sequence[Element]) -> None:
        """Show what is stored; a form that is open stays open and keeps what is being typed."""
        fresh = [dict(element) for element in elements]
        known = {str(element.get("id", "")) for element in fresh}
        self._begun = self._begun if self._begun not in known else ""
        if self._begun:
            fresh.append({"id": self._begun})
        ids = [str(element.get("id", "")) for element in fresh]
        self._elements = fresh
        if ids != self._drawn or (not ids and self._column.stack.count() == 0):
            self._draw(ids)
        for element in fresh:
            self._fill(element)

    def begin(self) -> None:
        """Open an empty form; nothing is stored until something is answered in it."""
        stored = [element for element in self._elements if element.get("id") != self._begun]
        self._begun = self._open = str(uuid4())
        self.set_elements(stored)
        self._forms[self._begun].focus_first()

    def open(self, element_id: str) -> None:
        """Open one element, or close it when it is open."""
        self._open = "" if self._open == element_id else element_id
        self._draw(self._drawn)
        for element in self._elements:
            self._fill(element)

    def _draw(self, ids: Sequence[str]) -> None:
        self._column.clear()
        self._drawn = list(ids)
        self._forms, self._rows = {}, {}
        for element in self._elements:
            key = str(element.get("id", ""))
            row = Row(self.look, "")
            row.setProperty("element", key)
            row.setCheckable(True)
            row.clicked.connect(self._row_pressed)
            self._rows[key] = row
            self._column.add(row)
            if key == self._open:
                self._add_form(key)
        if not self._elements and self._empty:
            self._column.add(inset(Label(self.look, self._empty, "quiet")))

    def _add_form(self, key: str) -> None:
        form = _Form(self.look, self._parts, key, removable=True)
        form.answered.connect(self._part_answered)
        form.removed.connect(self._take_out)
        self._forms[key] = form
        self._column.add(form)

    def _fill(self, element: Element) -> None:
        key = str(element.get("id", ""))
        row = self._rows.get(key)
        if row is not None:
            title, right, detail = self._summary(element)
            row.update_texts(title, right, detail)
            row.setChecked(key == self._open)
        form = self._forms.get(key)
        if form is not None:
            form.fill(element)

    def _row_pressed(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self.open(str(row.property("element")))

    def _take_out(self, key: str) -> None:
        """An element that was only begun is not stored anywhere: it goes at once."""
        if key == self._begun:
            stored = [element for element in self._elements if element.get("id") != key]
            self._begun = self._open = ""
            self.set_elements(stored)
        else:
            self.removed.emit(key)

    def _part_answered(self, key: str, name: str, value: object) -> None:
        known = next((element for element in self._elements if element.get("id") == key), {})
        self.changed.emit({"id": key, **with_part(known, name, value)})


class _Form(QWidget):
    """The open form of one element."""

    answered = Signal(str, str, object)
    removed = Signal(str)

    def __init__(self, look: Look, parts: Sequence[Part], key: str, *, removable: bool) -> None:
        super().__init__()
        self._key = key
        self._editors: dict[str, Editor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(HANG, 4, HANG, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        place = 0
        for part in parts:
            cell = self._cell(look, part)
            place += place % 2 if part.wide else 0
            grid.addWidget(
                cell,
                place // 2,
                0 if part.wide else place % 2,
                1,
                2 if part.wide else 1,
                Qt.AlignmentFlag.AlignTop,
            )
            place += 2 if part.wide else 1
        if not removable:
            return
        away = Button(look, msg("Take out of the list"), "link")
        away.clicked.connect(self._remove)
        grid.addWidget(away, (place + 1) // 2, 0, Qt.AlignmentFlag.AlignLeft)

    def _cell(self, look: Look, part: Part) -> QWidget:
        cell = QWidget()
        rows = QVBoxLayout(cell)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(Label(look, part.label, "quiet"))
        editor = editor_for(look, part)
        editor.setProperty("part", part.name)
        editor.answered.connect(self._answered)
        self._editors[part.name] = editor
        rows.addWidget(editor)
        return cell

    def focus_first(self) -> None:
        """Begin with the first field."""
        first = next(iter(self._editors.values()), None)
        if first is not None:
            first.setFocus()

    def fill(self, element: Element) -> None:
        """Show what is stored."""
        for name, editor in self._editors.items():
            editor.set_value(part_of(element, name))

    def editor(self, name: str) -> Editor:
        """One editor, for tests and for the first focus."""
        return self._editors[name]

    def _answered(self, value: object) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.answered.emit(self._key, str(editor.property("part")), value)

    def _remove(self) -> None:
        self.removed.emit(self._key)


class GroupForm(QWidget):
    """The fields of one group, always open; `changed(name, group)` after each answer, an emptied group as {}."""

    changed = Signal(str, object)

    def __init__(self, look: Look, parts: Sequence[Part], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group: dict[str, Any] = {}
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        self._form = _Form(look, parts, name, removable=False)
        self._form.answered.connect(self._answered)
        stack.addWidget(self._form)

    def fill(self, group: Element) -> None:
        """Show what is stored."""
        self._group = dict(group)
        self._form.fill(group)

    def editor(self, name: str) -> Editor:
        """One editor."""
        return self._form.editor(name)

    def _answered(self, key: str, part: str, value: object) -> None:
        self._group = with_part(self._group, part, value)
        self.changed.emit(key, dict(self._group))
