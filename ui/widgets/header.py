"""The header: title, code, detail at the left; the screen's actions at the right. Must not act."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from i18n.message import Message
from ui.look import Look
from ui.theme.tokens import HEADER, MARGIN_LEFT, MARGIN_RIGHT
from ui.widgets.flow import FlowLayout
from ui.widgets.text import Label


class Header(QWidget):
    """At least 64 px high; grows when a long title or larger text needs it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setMinimumHeight(HEADER)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN_LEFT, 8, MARGIN_RIGHT, 8)
        line.setSpacing(16)
        words = QWidget()
        words_policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words_policy.setHeightForWidth(True)
        words.setSizePolicy(words_policy)
        flow = FlowLayout(words, gap=16, line_gap=2)
        self.title = Label(look, "", "section")
        self.code = Label(look, "", "codebody")
        self.detail = Label(look, "", "quiet")
        for label in (self.title, self.code, self.detail):
            flow.addWidget(label)
        line.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(16)
        line.addLayout(self._actions)

    def show_heading(self, title: Message | str, code: str, detail: Message | str) -> None:
        """Say the three texts; empty ones take no room."""
        self.title.say(title)
        self.code.say(code)
        self.detail.say(detail)
        self.code.setVisible(bool(code))
        self.detail.setVisible(bool(detail))

    def show_actions(self, widgets: Sequence[QWidget]) -> None:
        """Put a screen's widgets at the right; former ones go back to nobody."""
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
        for widget in widgets:
            self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
