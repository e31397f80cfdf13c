"""Turned to the speaker: nothing but the text in large type, nothing else reachable until one returns. Must not be editable."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import msg
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH
from ui.widgets.button import Button
from ui.widgets.narrative_edit import NarrativeEdit


class SpeakerPage(QWidget):
    """Covers the window; Escape or the one button comes back. `closed` then."""

    closed = Signal()

    def __init__(self, context: Context, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        stack = QVBoxLayout(self)
        stack.setContentsMargins(48, 24, 48, 24)
        line = QHBoxLayout()
        line.addStretch(1)
        # The editor, read-only: it lays out what is in sight, so that a long text is there at once.
        self.area = NarrativeEdit(context.look, msg("What the person tells"))
        self.area.setProperty("frame", "speaker")
        self.area.setReadOnly(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.marks_shown = False
        self.area.setMaximumWidth(round(CONTENT_WIDTH * 1.4))
        self.area.show_text(text)
        line.addWidget(self.area, 20)
        line.addStretch(1)
        stack.addLayout(line, 1)
        self.back = Button(context.look, msg("Back"), "plain", "arrow-left")
        self.back.clicked.connect(self.close)
        stack.addWidget(self.back, 0, Qt.AlignmentFlag.AlignRight)
        parent.installEventFilter(self)

    def open_over(self) -> None:
        """Show over the whole window."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self.back.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape comes back; arrows and page keys scroll; all else goes nowhere."""
        bar = self.area.verticalScrollBar()
        step = {
            Qt.Key.Key_Down: 80,
            Qt.Key.Key_Up: -80,
            Qt.Key.Key_PageDown: 480,
            Qt.Key.Key_PageUp: -480,
        }.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif step is not None:
            bar.setValue(bar.value() + step)
        event.accept()

    def focusNextPrevChild(self, _next: bool) -> bool:
        """The focus stays here."""
        self.back.setFocus()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the window when its size changes."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the window back."""
        self.closed.emit()
        self.deleteLater()
        super().closeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper."""
        QPainter(self).fillRect(self.rect(), self.context.look.theme.color("sheet"))
