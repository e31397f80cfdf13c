"""Cut, copy and paste that stay inside the program. Must never hand testimony to the system's clipboard.

Other programs and cloud histories read the system clipboard (security page 2.4); text cut here goes into a private
buffer, which paste prefers until another program has copied something newer.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication


class PrivateClipboard(QObject):
    """One buffer for the whole window; forgotten with the process."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text: str | None = None
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.dataChanged.connect(self._other_copied)

    def put(self, text: str) -> None:
        """Keep a cut or copied text."""
        if text:
            self._text = text

    def text(self) -> str:
        """What paste inserts: the private text, else the system's."""
        if self._text is not None:
            return self._text
        clipboard = QGuiApplication.clipboard()
        return clipboard.text() if clipboard is not None else ""

    def _other_copied(self) -> None:
        self._text = None


_shared: list[PrivateClipboard] = []


def private_clipboard() -> PrivateClipboard:
    """The window's buffer; one, because cut and paste must meet."""
    if not _shared:
        _shared.append(PrivateClipboard())
    return _shared[0]
