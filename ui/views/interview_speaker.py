"""Who speaks: somebody new, with or without a name, or somebody the notebook already knows. Must not write anything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.theme.tokens import HANG
from ui.viewmodels.person import shown_name
from ui.widgets.button import Button
from ui.widgets.fields import Field, LineField
from ui.widgets.row import Row
from ui.widgets.search_field import SearchField
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label

if TYPE_CHECKING:
    from storage import Vault

_MOST = 6
_SEARCHED = 60
Known = tuple[str, str, str]


def find_people(text: str, vault: Vault) -> tuple[Known, ...]:
    """Id, code and name of people that fit, in any script; the newest first where nothing is typed."""
    if text:
        ids = [hit.id for hit in vault.search(text, _SEARCHED).hits if hit.type == "person"][:_MOST]
    else:
        ids = [row.id for row in vault.rows("person", 0, _MOST)]
    return tuple(
        (doc["id"], str(doc.get("code") or ""), shown_name(doc)) for doc in vault.docs("person", ids)
    )


class SpeakerPicker(QWidget):
    """`speaker` is the id of somebody chosen, empty for somebody new; `name` what is typed for somebody new."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.speaker = ""
        look = context.look
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        self.name_field = LineField(look, msg("What the person is called"))
        self.name_field.explain(msg("May stay empty"))
        self._new = inset(
            Field(
                look,
                msg("What the person is called"),
                self.name_field,
                msg("A code is drawn; the name may come later or never."),
            )
        )
        self.known = Button(look, msg("Somebody already in the notebook"), "link", "user")
        self._known_line = inset(self.known, left=HANG - 4)
        self.search = SearchField(look, msg("Find by code or words"))
        self._search_line = inset(self.search)
        self.rows = Column(gap=2)
        self.chosen = Row(look, "")
        self.chosen.setCheckable(True)
        self.other = Button(look, msg("Somebody else"), "link")
        self._other_line = inset(self.other, left=HANG - 4)
        for widget in (
            self._new,
            self._known_line,
            self._search_line,
            self.rows,
            self.chosen,
            self._other_line,
        ):
            stack.addWidget(widget)
        self._found: tuple[Known, ...] = ()
        self.known.clicked.connect(self.open)
        self.search.wished.connect(self.look_for)
        self.other.clicked.connect(self._somebody_new)
        self.chosen.clicked.connect(self._keep_chosen)
        context.discreet.changed.connect(self._names_changed)
        self._new_again()

    @property
    def name(self) -> str:
        """The name typed for somebody new."""
        return "" if self.speaker else self.name_field.text()

    def open(self) -> None:
        """Offer who is in the notebook."""
        self._show_parts(searching=True)
        self.search.setFocus()
        self.look_for("")

    def look_for(self, text: str) -> None:
        """Look for people by code or words."""
        self.context.jobs.vault(partial(find_people, text), self._show_found)

    def choose(self, person_id: str, code: str, name: str) -> None:
        """Take somebody known."""
        self.speaker = person_id
        self._found = ((person_id, code, name),)
        self._show_parts(searching=False)
        self._names_changed(self.context.discreet.on)
        self.chosen.setFocus()

    def _show_found(self, found: tuple[Known, ...]) -> None:
        if self.speaker or self._search_line.isHidden():
            return
        self._found = found
        self._draw_rows()

    def _draw_rows(self) -> None:
        self.rows.clear()
        for person_id, code, name in self._found:
            row = Row(self.context.look, code, "", "" if self.context.discreet.on else name)
            row.setProperty("person", person_id)
            row.clicked.connect(self._picked)
            self.rows.add(row)
        if not self._found:
            words: Message = msg("Nothing fits.") if self.search.text() else msg("Nobody yet.")
            self.rows.add(inset(Label(self.context.look, words, "quiet")))

    def _picked(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self.choose(*next(known for known in self._found if known[0] == row.property("person")))

    def _new_again(self) -> None:
        self.speaker = ""
        self._found = ()
        self.search.set_text("")
        self._show_parts(searching=False)

    def _somebody_new(self) -> None:
        self._new_again()
        self.name_field.setFocus()

    def _keep_chosen(self) -> None:
        self.chosen.setChecked(True)

    def _names_changed(self, _on: bool) -> None:
        if self.speaker:
            _id, code, name = self._found[0]
            self.chosen.update_texts(code, "", "" if self.context.discreet.on else name)
            self.chosen.setChecked(True)
        elif not self._search_line.isHidden():
            self._draw_rows()

    def _show_parts(self, *, searching: bool) -> None:
        self.rows.clear()
        self._new.setVisible(not self.speaker and not searching)
        self._known_line.setVisible(not self.speaker and not searching)
        self._search_line.setVisible(searching)
        self.rows.setVisible(searching)
        self.chosen.setVisible(bool(self.speaker))
        self._other_line.setVisible(bool(self.speaker) or searching)
