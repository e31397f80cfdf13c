"""The list of ways into the notebook. Must not show a secret; it has none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.viewmodels.row_words import joined
from ui.viewmodels.ways_in import WaysInModel, WaysInState, day_of
from ui.viewmodels.ways_in_paper import PaperModel
from ui.views.ways_in_panel import Panel, at_left
from ui.views.ways_in_paper import PagesLeft
from ui.widgets.button import Button, IconButton
from ui.widgets.side_panel import Column, Section, inset
from ui.widgets.status_line import IconMark
from ui.widgets.text import Label

if TYPE_CHECKING:
    from storage import WayIn

_ICONS = {"passphrase": "keyboard", "key-file": "key-round", "recovery": "shield"}


def kind_words(way: WayIn) -> Message:
    """What a way in is."""
    if way.kind == "key-file":
        return msg("Passphrase with a key file")
    if way.kind == "recovery":
        return msg("Recovery code in three shares") if way.in_shares else msg("Recovery digits")
    return msg("Passphrase")


def way_details(way: WayIn) -> list[Message]:
    """Since when, by which one came in, who keeps the shares, what is uncertain: one sentence each."""
    lines = [msg("since {day}", day=day_of(way.added_ms))]
    if way.current:
        lines.append(msg("You came in by this."))
    holders = [name for name in way.holders if name]
    if holders:
        lines.append(msg("Shares: {names}", names=", ".join(holders)))
    if not way.certain:
        # critical
        lines.append(
            msg("The program stopped while this was being made. It may not open the notebook: remove it.")
        )
    return lines


class WayLine(QWidget):
    """One way in: icon, kind and label, details, and a button that removes it."""

    def __init__(self, panel: ListPanel, way: WayIn, *, removable: bool) -> None:
        super().__init__()
        look = panel.look
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(
            IconMark(look, _ICONS.get(way.kind, "key-round"), side=18), 0, Qt.AlignmentFlag.AlignTop
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        title = joined([kind_words(way), way.label]) if way.label else kind_words(way)
        words.addWidget(Label(look, title, "body"))
        for detail in way_details(way)[: None if way.certain else -1]:
            words.addWidget(Label(look, detail, "quiet"))
        if not way.certain:
            words.addWidget(Label(look, way_details(way)[-1], "amber"))
        line.addLayout(words, 1)
        self.remove = IconButton(look, "trash-2", msg("Remove this way in"), side=32)
        self.remove.clicked.connect(partial(panel.wish_removal, way.slot))
        line.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.remove.setVisible(removable)


class ListPanel(Panel):
    """Every way in; what can be done."""

    step = "list"

    def __init__(self, context: Context, model: WaysInModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        self._drawn: WaysInState | None = None

    def action(self) -> Message | None:
        """The kit where there is none; else the passphrase."""
        state = self.model.state
        if not state.loaded or state.read_only:
            return None
        return msg("Make a recovery kit") if state.kit is None else msg("Change the passphrase")

    def act(self) -> None:
        """Begin it."""
        self.model.begin("kit" if self.model.state.kit is None else "change")

    def draw(self) -> None:
        """Build the list anew when it is another one."""
        state = self.model.state
        if state == self._drawn or not state.loaded:
            return
        self._drawn = state
        self.clear()
        section = Section(self.look, msg("These open the notebook"))
        section.rows.stack.setSpacing(16)
        passphrases = sum(way.kind != "recovery" and way.certain for way in state.ways)
        for way in state.ways:
            last = way.kind != "recovery" and way.certain and passphrases == 1
            section.inset(WayLine(self, way, removable=not last and not state.read_only))
        self.add(section)
        room = nmsg("Room for {count} more way in.", "Room for {count} more ways in.", state.room)
        full = msg("There is no room for another way in. Remove one that is not used.")
        section.inset(Label(self.look, room if state.room > 0 else full, "quiet"))
        if state.pages:
            self.add(inset(PagesLeft(self.context, PaperModel(self.context, state.pages, self))))
        if state.read_only:
            self.add(
                inset(
                    Label(
                        self.look, msg("The notebook can only be read; nothing can be changed here."), "amber"
                    )
                )
            )
            return
        self.add(self._doing(state))
        self.changed.emit()

    def wish_removal(self, slot: int, _checked: bool = False) -> None:
        """Ask before a way in is removed."""
        self.model.begin("remove", slot)

    def _doing(self, state: WaysInState) -> QWidget:
        holder = Column(gap=8)
        offers = [("add", msg("Add a passphrase or a key file"), "plus")] if state.room > 0 else []
        if state.kit is None:
            offers.append(("change", msg("Change the passphrase"), "pencil"))
        else:
            offers.append(("drill", msg("Try the recovery kit"), "shield-check"))
            offers.append(("kit", msg("Replace the recovery kit"), "refresh-cw"))
        for step, words, icon in offers:
            button = Button(self.look, words, "quiet", icon)
            button.setObjectName(step)
            button.clicked.connect(partial(self._begin, step))
            holder.add(at_left(button))
        return inset(holder)

    def _begin(self, step: str, _checked: bool = False) -> None:
        self.model.begin(step)
