"""Adds to a case: something the notebook already holds, something new, or a file. Must not write anything itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from i18n.message import Message, msg
from storage import Row as StoredRow
from ui.context import Context
from ui.theme.tokens import HANG
from ui.viewmodels.case_desk import CaseDeskModel, CaseState
from ui.widgets.button import Button, IconButton
from ui.widgets.file_chooser import FileChooser
from ui.widgets.row import Row
from ui.widgets.search_field import SearchField
from ui.widgets.side_panel import Column, inset, scrolled
from ui.widgets.text import Hairline, Label

ENDINGS = (
    ".pdf",
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".heic",
    ".tif",
    ".tiff",
    ".ogg",
    ".opus",
    ".mp3",
    ".m4a",
    ".wav",
    ".mp4",
    ".3gp",
)
_TITLES: dict[str, Message] = {
    "person": msg("Add a person to the case"),
    "interview": msg("Add an interview to the case"),
    "incident": msg("Add an incident to the case"),
    "proceeding": msg("Add a step before an authority"),
    "evidence": msg("Add a document or a file to the case"),
}
_NEW: dict[str, Message] = {
    "person": msg("A new person"),
    "interview": msg("A new interview"),
    "incident": msg("A new incident"),
    "proceeding": msg("A new step"),
    "evidence": msg("A file from this computer"),
}
_SHOWN = 30


class AddPanel(QWidget):
    """Shown above the timeline while somebody is choosing."""

    def __init__(self, context: Context, model: CaseDeskModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        look = context.look
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 16)
        stack.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(HANG, 0, HANG, 0)
        self._title = Label(look, "", "body")
        self._close = IconButton(look, "x", msg("Stop adding"), side=32)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        stack.addLayout(head)
        self.search = SearchField(look, msg("Find by code or words"))
        self.new = Button(look, "", "link", "plus")
        find = QHBoxLayout()
        find.setContentsMargins(HANG, 0, HANG, 0)
        find.addWidget(self.search, 1)
        find.addWidget(self.new)
        stack.addLayout(find)
        self.rows = Column(gap=2)
        self.rows.push_up()
        self._area = scrolled(self.rows)
        self._area.setFixedHeight(220)
        stack.addWidget(self._area)
        self.chooser = FileChooser(look, "file", None, ENDINGS, msg("Encrypt into the notebook"))
        self._chooser_line = inset(self.chooser)
        self._chooser_line.hide()
        stack.addWidget(self._chooser_line)
        stack.addWidget(Hairline())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._drawn: tuple[str, tuple[StoredRow, ...]] = ("", ())
        self._close.clicked.connect(self._stop)
        self.search.edited.connect(self._filter)
        self.new.clicked.connect(self._begin_new)
        self.chooser.chosen.connect(self._file_chosen)
        self.chooser.given_up.connect(self._stop)
        self.hide()

    def show_state(self, state: CaseState) -> None:
        """Draw what can be added."""
        self.setVisible(bool(state.choosing))
        if not state.choosing:
            self._drawn = ("", ())
            return
        wanted = (state.choosing, state.choices)
        if wanted == self._drawn:
            return
        fresh = state.choosing != self._drawn[0]
        self._drawn = wanted
        self._title.say(_TITLES[state.choosing])
        self.new.setVisible(state.choosing in _NEW)
        self.new.say(_NEW.get(state.choosing, ""))
        if fresh:
            self._chooser_line.hide()
            self._area.show()
            self.search.set_text("")
            self.search.setFocus()
        self._filter(self.search.text())

    def _filter(self, typed: str) -> None:
        self.rows.clear()
        wanted = typed.casefold().strip()
        choices = self._drawn[1]
        found = [row for row in choices if wanted in f"{row.code or ''} {row.title}".casefold()]
        for stored in found[:_SHOWN]:
            hidden = self._context.discreet.on and bool(stored.code)
            row = Row(
                self._context.look,
                stored.code or stored.title,
                "",
                "" if hidden or not stored.code else stored.title,
            )
            row.setProperty("record", stored.id)
            row.clicked.connect(self._picked)
            self.rows.add(row)
        if not found:
            text = (
                msg("Nothing fits.")
                if choices
                else msg("There is nothing in the notebook that could be added.")
            )
            label = Label(self._context.look, text, "quiet")
            self.rows.add(inset(label, top=4, bottom=4))

    def _picked(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self._model.add(self._drawn[0], str(row.property("record")))

    def _begin_new(self) -> None:
        kind = self._drawn[0]
        if kind == "evidence":
            self._area.hide()
            self._chooser_line.show()
            self.chooser.list.setFocus()
        else:
            self._model.begin_new(kind)

    def _file_chosen(self, path: Path) -> None:
        self._model.attach(path, path.stem)
        self._stop()

    def _stop(self) -> None:
        self._chooser_line.hide()
        self._model.choose("")
