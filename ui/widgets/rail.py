"""The rail at the left: places above, handbook, discreet mode and lock below. Must not know screens, only names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.theme.tokens import RAIL
from ui.widgets.button import IconButton

# name of the place, icon, words
Entry = tuple[str, str, Message]
PLACES: tuple[Entry, ...] = (
    ("home", "house", msg("Today")),
    ("interviews", "mic", msg("Interviews")),
    ("people", "users", msg("People")),
    ("cases", "folder", msg("Cases")),
)
TOOLS: tuple[Entry, ...] = (
    ("settings", "sliders-horizontal", msg("Settings")),
    ("discreet", "eye-off", msg("Hide names")),
    ("lock", "lock", msg("Lock")),
)


class Rail(QWidget):
    """`pressed(name)`; `mark(name)` shows where one is. 64 px wide with 44 px icon buttons."""

    pressed = Signal(str)

    def __init__(self, look: Look, places: Sequence[Entry] = PLACES, tools: Sequence[Entry] = TOOLS) -> None:
        super().__init__()
        self.look = look
        self.setFixedWidth(RAIL)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons: dict[str, IconButton] = {}
        stack = QVBoxLayout(self)
        stack.setContentsMargins(10, 8, 10, 8)
        stack.setSpacing(4)
        for entry in places:
            stack.addWidget(self._make(entry), 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(1)
        for entry in tools:
            stack.addWidget(self._make(entry), 0, Qt.AlignmentFlag.AlignHCenter)
        self._group.buttonClicked.connect(self._clicked)

    def mark(self, name: str) -> None:
        """Show that one is at a place."""
        for key, button in self.buttons.items():
            if key != "discreet":
                button.setChecked(key == name)

    def show_discreet(self, on: bool) -> None:
        """Show whether names are hidden."""
        button = self.buttons["discreet"]
        button.setChecked(on)
        button.set_icon("eye-off" if on else "eye")
        button.say(msg("Show names") if on else msg("Hide names"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline at the right."""
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self.look.theme.color("line"))

    def _make(self, entry: Entry) -> IconButton:
        name, icon, words = entry
        button = IconButton(self.look, icon, words, side=44)
        button.setCheckable(True)
        button.setObjectName(name)
        self._group.addButton(button)
        self.buttons[name] = button
        return button

    def _clicked(self, button: object) -> None:
        if isinstance(button, IconButton):
            button.setChecked(False)
            self.pressed.emit(button.objectName())
