"""The lists of interviews, people and cases, by code. Must not read records itself."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.screens import SCREEN_OF_TYPE
from ui.theme.tokens import CONTENT_WIDTH, HANG
from ui.viewmodels.record_rows import ROW_ROLE, RecordRows
from ui.viewmodels.row_words import line_of
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.record_list import RecordList


class _ListScreen(Screen):
    """A list of one type: the newest first, fetched as one scrolls."""

    type: ClassVar[str]
    title: ClassVar[Message]
    rail: ClassVar[str]
    empty: ClassVar[Message]
    action: ClassVar[Message]

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.begin = Button(look, self.action, "primary", "plus")
        self.begin.clicked.connect(self.begin_new)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(self.margin_left - HANG, 8, self.margin_right - HANG, 0)
        self.model = RecordRows(context, self.type, self)
        self.list = RecordList(look, self._say, ROW_ROLE, self.title)
        self.list.setModel(self.model)
        self.list.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
        self.list.opened.connect(self._open)
        self.nothing = EmptyState(look, self.empty)
        self.nothing.setContentsMargins(HANG, 0, HANG, 0)
        stack.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        stack.addWidget(self.list, 1)
        self.model.filled.connect(self._filled)
        context.discreet.changed.connect(self._names_changed)
        self.nothing.hide()

    def heading(self) -> Heading:
        """How many there are."""
        count = self.model.total
        return Heading(self.title, detail=self.counted(count) if count >= 0 else "", rail=self.rail)

    def header_actions(self) -> list[QWidget]:
        """One action: begin a new one."""
        return [self.begin]

    def wants_first_focus(self) -> QWidget | None:
        """The list."""
        return self.list

    def counted(self, count: int) -> Message:
        """The number in words."""
        raise NotImplementedError

    def begin_new(self) -> None:
        """Go to a new record's screen."""
        self.context.navigator.go(SCREEN_OF_TYPE[self.type])

    def _say(self, row: object) -> tuple[Message | str, Message | str, Message | str]:
        line = line_of(self.type, row, names=not self.context.discreet.on)  # type: ignore[arg-type]
        return line.title, line.trailing, line.detail

    def _filled(self) -> None:
        if self.model.total == 0 and self.list.hasFocus():
            self.begin.setFocus()
        self.nothing.setVisible(self.model.total == 0)
        self.list.setVisible(self.model.total != 0)
        if self.model.total and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.heading_changed.emit()

    def _names_changed(self, _on: bool) -> None:
        self.list.measure()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.context.navigator.go(SCREEN_OF_TYPE[self.type], row.id)


class InterviewList(_ListScreen):
    """All interviews."""

    type = "interview"
    title = msg("Interviews")
    rail = "interviews"
    empty = msg("No interview yet. It begins with what the person allows.")
    action = msg("Begin an interview")

    def counted(self, count: int) -> Message:
        """How many interviews."""
        return nmsg("{count} interview", "{count} interviews", count)


class PeopleList(_ListScreen):
    """All people."""

    type = "person"
    title = msg("People")
    rail = "people"
    empty = msg("Nobody yet. People are added here or beside an interview.")
    action = msg("Add a person")

    def counted(self, count: int) -> Message:
        """How many people."""
        return nmsg("{count} person", "{count} people", count)


class CaseList(_ListScreen):
    """All cases."""

    type = "case"
    title = msg("Cases")
    rail = "cases"
    empty = msg("No case yet. A case gathers victims, interviews and documents for a petition.")
    action = msg("Open a case")

    def counted(self, count: int) -> Message:
        """How many cases."""
        return nmsg("{count} case", "{count} cases", count)
