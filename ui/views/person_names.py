"""Names of a person in all scripts, and the spellings proposed for the others. Must not generate spellings itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n import language_name
from i18n.message import Message, msg, nmsg
from storage import choice_label
from ui.look import Look
from ui.theme.tokens import HANG
from ui.views.person_folds import heading
from ui.views.person_lists import ElementList
from ui.views.person_specs import parts_of
from ui.widgets.button import Button
from ui.widgets.side_panel import Column
from ui.widgets.text import Label

_PARTS = (
    "full",
    "kind",
    "language",
    "script",
    "family",
    "given",
    "patronymic",
    "document",
    "valid_from",
    "valid_until",
)
_SHOWN = 8


def name_summary(name: Mapping[str, Any]) -> tuple[Message | str, Message | str, Message | str]:
    """The name, how it came here, and what kind of name it is."""
    full = name.get("full")
    title: Message | str = full if isinstance(full, str) and full else msg("Name not written yet")
    right = msg("proposed by the program") if name.get("generated") is True else ""
    kind, language = name.get("kind"), name.get("language")
    kind_words = choice_label("person", "names/kind", kind) if isinstance(kind, str) else None
    language_words = language_name(language) if isinstance(language, str) else None
    if kind_words and language_words:
        return title, right, msg("{kind} · {language}", kind=kind_words, language=language_words)
    return title, right, kind_words or language_words or ""


class NamesSection(Column):
    """`changed(name)`, `removed(id)` for one name; `proposals_taken` when all proposals are to be kept."""

    changed = Signal(object)
    removed = Signal(str)
    proposals_taken = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=10)
        self.look = look
        self._discreet = False
        self.add(heading(look, msg("Names")))
        self.list = ElementList(
            look,
            parts_of("person", "names", _PARTS),
            self._summary,
            msg("Add a name or a spelling"),
            msg("No name yet. A person may stay without one: the code is enough."),
        )
        self.add_button = self.list.add_button
        self.list.changed.connect(self.changed)
        self.list.removed.connect(self.removed)
        self.add(self.list)
        self.add(self._proposal_box())

    def _summary(self, name: Mapping[str, Any]) -> tuple[Message | str, Message | str, Message | str]:
        title, right, detail = name_summary(name)
        return (msg("Name hidden") if self._discreet else title), right, detail

    def _proposal_box(self) -> QWidget:
        self._box = QWidget()
        rows = QVBoxLayout(self._box)
        rows.setContentsMargins(HANG, 4, HANG, 0)
        rows.setSpacing(6)
        self._proposed = Label(self.look, "", "body")
        rows.addWidget(
            Label(
                self.look,
                msg(
                    "In other scripts this may be written as follows. Keep the spellings so that redaction finds them too."
                ),
                "quiet",
            )
        )
        rows.addWidget(self._proposed)
        line = QHBoxLayout()
        self.take = Button(self.look, msg("Keep these spellings"), "quiet", "plus")
        self.take.clicked.connect(self.proposals_taken)
        line.addWidget(self.take)
        line.addStretch(1)
        rows.addLayout(line)
        self._box.hide()
        return self._box

    def show_names(
        self, names: Sequence[Mapping[str, Any]], proposals: Sequence[Mapping[str, Any]], *, discreet: bool
    ) -> None:
        """Show the names and what could be added; while names are hidden only that there are some."""
        self._discreet = discreet
        self.list.set_elements(names)
        self._box.setVisible(bool(proposals) and not discreet)
        texts = [str(proposal["full"]) for proposal in proposals]
        shown = " · ".join(texts[:_SHOWN])
        self._proposed.say(
            shown
            if len(texts) <= _SHOWN
            else msg("{spellings} and {count} more", spellings=shown, count=len(texts) - _SHOWN)
        )
        self.take.say(nmsg("Keep this spelling", "Keep these {count} spellings", len(texts)))
