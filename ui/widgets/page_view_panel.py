"""A page view with its controls: which page, back and forth, larger and smaller. Must not make pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look
from ui.widgets.button import IconButton
from ui.widgets.page_view import PageView
from ui.widgets.text import Label


class PagePanel(QWidget):
    """`show_pages(images, as_read)`; while there are none, `say` what is going on."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._reader: Message | str = ""
        self.view = PageView(look)
        self.view.setAccessibleName(look.t(msg("Page preview")))
        self.view.setMinimumHeight(240)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        self._note = Label(look, "", "quiet")
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        stack.addWidget(self._note)
        stack.addWidget(self.view, 1)
        line = QHBoxLayout()
        self.back = IconButton(look, "chevron-left", msg("Page before"), side=32)
        self.on = IconButton(look, "chevron-right", msg("Next page"), side=32)
        self.smaller = IconButton(look, "minus", msg("Smaller"), side=32)
        self.larger = IconButton(look, "plus", msg("Larger"), side=32)
        self.words = Label(look, "", "quiet")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.addWidget(self.back)
        line.addWidget(self.words, 1)
        line.addWidget(self.smaller)
        line.addWidget(self.larger)
        line.addWidget(self.on)
        stack.addLayout(line)
        self.back.clicked.connect(self._back)
        self.on.clicked.connect(self._on)
        self.smaller.clicked.connect(self.view.zoom_out)
        self.larger.clicked.connect(self.view.zoom_in)
        self.view.page_changed.connect(self._page_changed)
        self.say("")

    def say(self, message: Message | str) -> None:
        """Say why there are no pages."""
        self._note.say(message)
        self._note.setVisible(bool(message))

    def show_pages(self, images: Sequence[QImage], reader: Message | str) -> None:
        """Show pages and, under them, who receives them so."""
        self._reader = reader
        self.say("")
        self.view.set_pages(images)

    def _back(self) -> None:
        self.view.turn(-1)

    def _on(self) -> None:
        self.view.turn(1)

    def _page_changed(self, page: int) -> None:
        count = self.view.count
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page < count - 1)
        self.words.say(
            msg("Page {number} of {count}, {reader}", number=page + 1, count=count, reader=self._reader)
            if count
            else ""
        )
