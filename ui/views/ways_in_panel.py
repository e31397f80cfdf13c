"""What the steps of the ways in have in common. Must not decide which step comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.ways_in import WaysInModel
from ui.widgets.button import Button
from ui.widgets.side_panel import Column


def at_left(button: Button) -> QWidget:
    """A button in its own width at the left; an alignment of the column would squeeze wrapped words instead."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(button)
    line.addStretch(1)
    return holder


class Panel(Column):
    """One step: a headline, one action for the header, fields. `changed` when headline, action or readiness changed."""

    changed = Signal()
    step = "list"
    kind = "primary"
    """How the action looks: `danger` for what takes something away."""

    def __init__(self, context: Context, model: WaysInModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=20)
        self.context, self.look, self.model = context, context.look, model
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def headline(self) -> Message:
        """What the header says."""
        return msg("Ways in")

    def action(self) -> Message | None:
        """The words of the primary action; None without one."""
        return None

    def ready(self) -> bool:
        """Whether the action can be taken now."""
        return True

    def act(self) -> None:
        """Take the action."""

    def back(self) -> None:
        """Leave the step; nothing is changed."""
        self.model.back()

    def escapes(self) -> bool:
        """Whether Escape may leave the step; not where it would cost what was written on paper or typed from it."""
        return True

    def draw(self) -> None:
        """Show the model's state."""

    def first_focus(self) -> QWidget | None:
        """What gets the focus."""
        return None

    def take_focus(self) -> None:
        """Go to where one types; else stay in the step, so that the keys do not end up in the rail."""
        (self.first_focus() or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        """Overwrite every secret; the panel goes next."""
