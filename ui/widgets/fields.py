"""Text fields for records: one line, several lines, and a labelled field with room for what is wrong. Must not copy outside.

Both are plain-text editors so that selections never reach the system's clipboards; input methods are asked not to learn.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look, must_speak
from ui.widgets import copying
from ui.widgets.text import Label

SENSITIVE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class SafeTextEdit(QPlainTextEdit):
    """A plain-text editor whose cut and copy stay in the program. `left` comes when the focus goes elsewhere."""

    left = Signal()

    def __init__(self, look: Look, name: Message | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._name = name
        self._hint: Message | str = ""
        self.setInputMethodHints(SENSITIVE)
        self.setTabChangesFocus(True)
        self.speak()

    def explain(self, hint: Message | str) -> None:
        """Set the words shown while the field is empty."""
        self._hint = hint
        self.speak()

    def speak(self) -> None:
        """Accessible name and hint in the language in force."""
        self.setAccessibleName(self.look.t(self._name))
        self.setPlaceholderText(self.look.t(self._hint))

    def text(self) -> str:
        """The whole text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace the whole text."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Nothing: the mouse selection of X11 and drags would carry testimony outside."""
        return QMimeData()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Plain text only."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain text only."""
        self.textCursor().insertText(source.text())

    def copy_inside(self) -> None:
        """Copy the selection into the program's own buffer."""
        copying.copy_inside(self)

    def cut_inside(self) -> None:
        """Copy and remove the selection."""
        copying.cut_inside(self)

    def paste_inside(self) -> None:
        """Insert the buffer, else the system's text."""
        copying.paste_inside(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cut, copy and paste go our way."""
        if not copying.handled(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Our own small menu."""
        chosen, open_ = self.textCursor().hasSelection(), not self.isReadOnly()
        entries = (
            (msg("Cut"), self.cut_inside, chosen and open_),
            (msg("Copy inside Daftar"), self.copy_inside, chosen),
            (msg("Paste"), self.paste_inside, open_),
            (msg("Undo"), self.undo, self.document().isUndoAvailable() and open_),
            (msg("Select all"), self.selectAll, True),
        )
        copying.open_menu(self, self.look, entries, event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Qt's notice of a new language."""
        if must_speak(self, event):
            self.speak()
        super().changeEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left; menus do not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LineField(SafeTextEdit):
    """One line. `edited(text)` on every change by anybody, `submitted` on Enter."""

    edited = Signal(str)
    submitted = Signal()

    def __init__(self, look: Look, name: Message | str, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        self.setProperty("frame", "field")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._tell)
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line high."""
        theme = self.look.theme
        return QSize(240, round(theme.line_height(15)) + 2 * theme.px(8) + 4)

    def minimumSizeHint(self) -> QSize:
        """May be narrow."""
        return QSize(80, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter submits; no new line ever."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Line breaks become spaces."""
        self.textCursor().insertText(" ".join(source.text().split()))

    def _tell(self) -> None:
        self.edited.emit(self.toPlainText())


class AreaField(SafeTextEdit):
    """Several lines in a frame; `lines` high, scrolls beyond."""

    edited = Signal(str)

    def __init__(
        self, look: Look, name: Message | str, lines: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, name, parent)
        self.setProperty("frame", "field")
        self._lines = lines
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._tell)
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """So many lines high."""
        theme = self.look.theme
        return QSize(320, round(theme.line_height(15) * self._lines) + 2 * theme.px(8) + 4)

    def minimumSizeHint(self) -> QSize:
        """May be narrow."""
        return QSize(120, self.sizeHint().height())

    def _tell(self) -> None:
        self.edited.emit(self.toPlainText())


class Field(QWidget):
    """A label above an editor, quiet help below, and what is wrong in its place when something is."""

    def __init__(
        self,
        look: Look,
        label: Message | str,
        editor: QWidget,
        help_text: Message | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._help = help_text
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(6)
        self.label = Label(look, label, "quiet")
        self.note = Label(look, help_text, "quiet")
        stack.addWidget(self.label)
        stack.addWidget(editor)
        stack.addWidget(self.note)
        self.note.setVisible(bool(help_text))
        self.setFocusProxy(editor)

    def show_problem(self, problem: Message | str) -> None:
        """Say what is wrong, or with an empty text take it back."""
        self.note.say(problem or self._help)
        self.note.set_kind("amber" if problem else "quiet")
        self.note.setVisible(bool(problem or self._help))
