"""The ways in: passphrases, key file, recovery kit; the steps that change them. Must not hold a secret outside its fields."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH, HANG
from ui.viewmodels.ways_in import WaysInModel
from ui.views.screen import Heading, Screen
from ui.views.ways_in_list import ListPanel
from ui.views.ways_in_panel import Panel
from ui.widgets.button import Button
from ui.widgets.message_bar import MessageBar
from ui.widgets.side_panel import Column, inset, scrolled

PLACES = ("kit", "drill")
"""Steps that may be opened at once from another screen."""


def _panel_makers() -> dict[str, Callable[[Context, WaysInModel], Panel]]:
    from ui.views.ways_in_drill import DrillPanel
    from ui.views.ways_in_forms import AddPanel, AskPanel, ChangePanel, RemovePanel
    from ui.views.ways_in_kit import KitPanel

    kinds: tuple[type[Panel], ...] = (
        ListPanel,
        AskPanel,
        ChangePanel,
        AddPanel,
        RemovePanel,
        KitPanel,
        DrillPanel,
    )
    return {kind.step: kind for kind in kinds}


class WaysInScreen(Screen):
    """One step at a time; the primary action of the step stands top right, the way back beside it."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.model = self.make_model()
        self.primary = Button(look, "", "primary")
        self.primary.clicked.connect(self._act)
        self.cancel = Button(look, msg("Cancel"), "plain")
        self.cancel.clicked.connect(self._go_back)
        self.bar = MessageBar(look)
        self._column = Column(gap=16)
        self._column.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
        self._column.stack.setContentsMargins(0, 8, 0, 32)
        self._column.push_up()
        self._column.add(inset(self.bar))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(self.margin_left - HANG, 0, self.margin_right - HANG, 0)
        stack.addWidget(scrolled(self._column))
        self.panel = self.make_panel("list")
        self._column.add(self.panel)
        self.model.changed.connect(self.draw)
        self.panel.changed.connect(self._draw_actions)
        self.draw()

    def make_model(self) -> WaysInModel:
        """The model of the steps."""
        return WaysInModel(self.context, self)

    def make_panel(self, step: str) -> Panel:
        """The panel of a step; the list for one that is none."""
        return _panel_makers().get(step, ListPanel)(self.context, self.model)

    def heading(self) -> Heading:
        """The title of the step."""
        return Heading(self.panel.headline(), rail="settings")

    def header_actions(self) -> list[QWidget]:
        """Back, and what happens."""
        return [self.cancel, self.primary]

    def wants_first_focus(self) -> QWidget | None:
        """The first field of the step."""
        return self.panel.first_focus()

    def who_sees(self) -> Message:
        """Where the list lies."""
        return msg("Nobody can see this list before unlocking")

    def follow_place(self, place: str) -> None:
        """Open the kit or the drill at once, as the gate and Today ask for."""
        if place in PLACES:
            self.model.begin(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the step, as the button does."""
        possible = not self.cancel.isHidden() and self.cancel.isEnabled() and self.panel.escapes()
        if event.key() == Qt.Key.Key_Escape and possible:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """No secret stays behind."""
        self.panel.wipe()

    def draw(self) -> None:
        """Show the step; another step is another panel."""
        state = self.model.state
        if state.step != self.panel.step:
            self._show_panel(state.step)
        self.panel.draw()
        if state.error is not None:
            self.bar.show_message(state.error.message, "amber", state.hint or "")
        elif state.done is not None and state.step == "list":
            self.bar.show_message(state.done, "good")
        else:
            self.bar.hide()
        self._draw_actions()

    def _show_panel(self, step: str) -> None:
        old = self.panel
        old.wipe()
        old.hide()
        self._column.stack.removeWidget(old)
        old.deleteLater()
        self.panel = self.make_panel(step)
        self.panel.changed.connect(self._draw_actions)
        self._column.add(self.panel)
        self.panel.show()
        self.heading_changed.emit()
        self.panel.take_focus()

    def _draw_actions(self) -> None:
        action, busy = self.panel.action(), self.model.state.busy
        if busy and (self.primary.hasFocus() or self.cancel.hasFocus()):
            self.panel.setFocus(Qt.FocusReason.OtherFocusReason)  # else the keys would end up in the rail
        self.primary.setVisible(action is not None)
        self.primary.kind = self.panel.kind
        self.primary.say(action or "")
        self.primary.setEnabled(self.panel.ready() and not busy)
        self.cancel.setVisible(self.panel.step != "list")
        self.cancel.setEnabled(not busy)
        self.heading_changed.emit()

    def _act(self) -> None:
        self.panel.act()

    def _go_back(self) -> None:
        self.panel.back()
