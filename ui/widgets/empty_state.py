"""What an empty list says: one sentence and at most one button. Must not scold."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.message import Message
from ui.look import Look
from ui.widgets.button import Button
from ui.widgets.text import Label


class EmptyState(QWidget):
    """A sentence, and a button where there is something to begin (`button` is None without)."""

    def __init__(
        self,
        look: Look,
        sentence: Message | str,
        action: Message | str = "",
        icon: str = "plus",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 16, 0, 16)
        stack.setSpacing(12)
        self.label = Label(look, sentence, "bodyquiet")
        stack.addWidget(self.label)
        self.button: Button | None = None
        if action:
            self.button = Button(look, action, "quiet", icon)
            stack.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
