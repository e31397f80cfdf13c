"""One line that says what is allowed and what is not, with a tick or a dash before each. Must not rely on colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.widgets.button import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.status_line import IconMark
from ui.widgets.text import Label

# words, and whether it is allowed
Item = tuple[Message | str, bool]


class ConsentStrip(QWidget):
    """`show_items`; `change_wished` from the link at its end."""

    change_wished = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self._flow = FlowLayout(holder, gap=16, line_gap=4)
        line.addWidget(holder, 1, Qt.AlignmentFlag.AlignVCenter)
        # critical
        self.change = Button(look, msg("Change"), "link")
        self.change.clicked.connect(self.change_wished)
        line.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show decisions in order."""
        while (old := self._flow.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        # critical
        self._flow.addWidget(Label(self.look, msg("Consent:"), "quiet", wrap=False))
        for words, allowed in items:
            self._flow.addWidget(_Decision(self.look, words, allowed))
        self._flow.invalidate()
        self.updateGeometry()


class _Decision(QWidget):
    def __init__(self, look: Look, words: Message | str, allowed: bool) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(IconMark(look, "check" if allowed else "minus", "accent" if allowed else "quiet", 14))
        line.addWidget(Label(look, words, "accent" if allowed else "quiet", wrap=False))
