"""Cut, copy and paste of the text editors, by key and by menu, through the private buffer. Must not touch the system's clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit

from i18n.message import Message
from ui.look import Look
from ui.widgets.clipboard import private_clipboard

Editor = QPlainTextEdit | QTextEdit
Entry = tuple[Message, Callable[[], object], bool]  # words, what it does, whether it can be chosen


def copy_inside(editor: Editor) -> None:
    """Copy the selection into the program's own buffer."""
    private_clipboard().put(editor.textCursor().selectedText().replace("\u2029", "\n"))


def cut_inside(editor: Editor) -> None:
    """Copy and remove the selection; only copy where nothing may be changed."""
    copy_inside(editor)
    if not editor.isReadOnly():
        editor.textCursor().removeSelectedText()


def paste_inside(editor: Editor) -> None:
    """Insert the buffer, else the system's text, the way the editor takes text."""
    data = QMimeData()
    data.setText(private_clipboard().text())
    if not editor.isReadOnly():
        editor.insertFromMimeData(data)


_KEYS: tuple[tuple[QKeySequence.StandardKey, Callable[[Editor], None]], ...] = (
    (QKeySequence.StandardKey.Copy, copy_inside),
    (QKeySequence.StandardKey.Cut, cut_inside),
    (QKeySequence.StandardKey.Paste, paste_inside),
)


def handled(editor: Editor, event: QKeyEvent) -> bool:
    """Do what a key of cut, copy or paste asks; False for every other key."""
    for key, act in _KEYS:
        if event.matches(key):
            act(editor)
            return True
    return False


def open_menu(editor: Editor, look: Look, entries: Sequence[Entry], place: QPoint) -> None:
    """Our own small menu in place of Qt's, which would copy to the system."""
    menu = QMenu(editor)
    for message, slot, on in entries:
        action = menu.addAction(look.t(message))
        action.triggered.connect(slot)
        action.setEnabled(on)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)
