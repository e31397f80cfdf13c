"""One share typed from paper: 23 words or their numbers. Must not show which word would have been right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.viewmodels.ways_in_kit import GROUP, GROUPS, WORD, WORDS
from ui.widgets.secret_cells import Judge, SecretCells
from ui.widgets.side_panel import Column
from ui.widgets.text import Label


def digit_cells(look: Look, judge: Judge) -> SecretCells:
    """Eleven groups of five."""
    cells = SecretCells(look, msg("Recovery digits"), GROUPS, GROUP)
    cells.judge = judge
    return cells


def typed_shares(places: Sequence[int]) -> Message | str:
    """Which shares were typed already."""
    return msg("Typed: share {numbers}", numbers=", ".join(map(str, places))) if places else ""


class ShareEntry(Column):
    """Cells for a share and what was typed before. `edited` after each key, `submitted` on Enter when it is complete."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, look: Look, judge: Judge, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self.before = Label(look, "", "accent")
        self.before.hide()
        self.cells = SecretCells(look, msg("Words of a share"), WORDS, WORD, words=True)
        self.cells.judge = judge
        self.cells.edited.connect(self.edited)
        self.cells.submitted.connect(self.submitted)
        self.add(self.before)
        self.add(self.cells)

    def hand_over(self, take: Callable[[list[str]], tuple[int, ...] | None]) -> None:
        """Give the words to `take`; where it finds some wrong they are marked, else the cells are emptied."""
        wrong = take(self.cells.tokens())
        if wrong is None:
            self.cells.wipe()
        else:
            self.cells.mark_wrong(wrong)

    def show_typed(self, places: Sequence[int]) -> None:
        """Say which shares were typed."""
        self.before.say(typed_shares(places))
        self.before.setVisible(bool(places))
