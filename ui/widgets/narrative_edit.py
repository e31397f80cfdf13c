"""The editor of a narrative: 17 px on 27, time marks in the margin, nothing else. Must not copy outside or format.

Time marks are kept with their paragraph and stand in the stored text as `[00:12] ` at its beginning; on screen they are in
the margin. A paragraph is laid out as a whole: up to 4 kB meets the key-to-paint figure, a far longer one is shown in
pieces (`LONGEST`) that are joined again when the text is read.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from i18n.message import Message, msg
from ui.look import Look, must_speak
from ui.widgets import copying
from ui.widgets.fields import SENSITIVE

LONGEST = 16_000  # characters of a paragraph laid out at once
_MARK = re.compile(r"\[(\d{1,3}):(\d{2})\] ?")
_GUTTER = 72
_RIGHT = 48
_TOP = 4
_BOTTOM = 32
_PARAGRAPH_GAP = 14
# A paragraph's user state: 0 and more are seconds of a time mark, -2 a piece of the paragraph before.
_NO_MARK, _PIECE = -1, -2


class NarrativeEdit(QTextEdit):
    """`typed` after each change by a person; `left` when the focus goes elsewhere."""

    typed = Signal()
    left = Signal()

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._name = name
        self._loading = False
        self.marks_shown = True
        self._own_document: QTextDocument | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("frame", "narrative")
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setInputMethodHints(SENSITIVE)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().contentsChange.connect(self._contents_change)
        look.theme.changed.connect(self.restyle)
        self.restyle()
        self.speak()

    def speak(self) -> None:
        """Accessible name in the language in force."""
        self.setAccessibleName(self.look.t(self._name))

    def restyle(self) -> None:
        """Line height and margins at the text size in force; the style sheet sets the type."""
        self._loading = True
        self._format_frame(self.document())
        self._format_all()
        self._loading = False

    def _written_document(self, text: str) -> QTextDocument:
        """A document formatted before it is shown: formatting one on screen lays all of it out, twice."""
        fresh = QTextDocument(self)
        fresh.setUndoRedoEnabled(False)
        fresh.setDefaultFont(self.font())
        cursor = QTextCursor(fresh)
        cursor.setBlockFormat(self._block_format())
        cursor.insertText(text)
        self._format_frame(fresh)
        return fresh

    def _format_frame(self, document: QTextDocument) -> None:
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(self._gutter())
        frame.setRightMargin(_RIGHT)
        frame.setTopMargin(_TOP)
        frame.setBottomMargin(_BOTTOM)
        document.rootFrame().setFrameFormat(frame)

    # -- text in and out

    def show_text(self, text: str) -> None:
        """Replace the whole text; no `typed`, nothing to undo."""
        self._loading = True
        states: list[int] = []
        lines: list[str] = []
        for line in text.split("\n"):
            found = _MARK.match(line)
            rest = line[found.end() :] if found else line
            states.append(int(found[1]) * 60 + int(found[2]) if found else _NO_MARK)
            pieces = _pieces(rest)
            lines.extend(pieces)
            states.extend([_PIECE] * (len(pieces) - 1))
        old, fresh = self._own_document, self._written_document("\n".join(lines))
        self.setDocument(fresh)
        self._own_document = fresh
        if old is not None:
            old.deleteLater()
        self._set_states(states)
        fresh.setUndoRedoEnabled(True)
        fresh.contentsChange.connect(self._contents_change)
        self._loading = False

    def stored_text(self) -> str:
        """The text as it is kept, with marks, pieces joined. A few ms per MB."""
        plain = self.toPlainText()
        if not self._has_states():
            return plain
        parts: list[str] = []
        block = self.document().firstBlock()
        for line in plain.split("\n"):
            state = block.userState()
            if state == _PIECE and parts:
                parts[-1] += line
            else:
                parts.append((_mark_text(state) if state >= 0 else "") + line)
            block = block.next()
        return "\n".join(parts)

    def mark_time(self, seconds: int) -> None:
        """Set a time mark at the paragraph of the caret."""
        self.textCursor().block().setUserState(max(0, seconds))
        self.viewport().update()
        self.typed.emit()

    def insert_letter(self, letter: str) -> None:
        """Insert a letter of the palette at the caret."""
        self.textCursor().insertText(letter)
        self.setFocus()

    # -- clipboard inside the program

    def createMimeDataFromSelection(self) -> QMimeData:
        """Nothing: selections and drags would carry testimony outside."""
        return QMimeData()

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
            (msg("Copy inside Daftar"), self.copy_inside, chosen and open_),
            (msg("Paste"), self.paste_inside, open_),
            (msg("Undo"), self.undo, self.document().isUndoAvailable() and open_),
        )
        copying.open_menu(self, self.look, entries, event.globalPos())

    # -- events

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text was left; menus do not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's notice of a new language."""
        if must_speak(self, event):
            self.speak()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, then the time marks of the paragraphs in sight."""
        super().paintEvent(event)
        if not self.marks_shown:
            return
        painter = QPainter(self.viewport())
        theme = self.look.theme
        painter.setFont(theme.font(13, tabular=True))
        painter.setPen(QColor(theme.palette.quiet))
        layout = self.document().documentLayout()
        shift = self.verticalScrollBar().value()
        block = self.cursorForPosition(self.viewport().rect().topLeft()).block()
        while block.isValid():
            box = layout.blockBoundingRect(block)
            top = box.top() - shift
            if top > self.viewport().height():
                break
            if block.userState() >= 0:
                self._paint_mark(painter, block, top)
            block = block.next()

    def _paint_mark(self, painter: QPainter, block: QTextBlock, top: float) -> None:
        line = block.layout().lineAt(0) if block.layout().lineCount() else None
        baseline = top + (line.y() + line.ascent() if line is not None else self.look.theme.px(20))
        painter.drawText(QPointF(self.look.theme.px(16), baseline), _clock(block.userState()))

    # -- inside

    def _gutter(self) -> int:
        return self.look.theme.px(_GUTTER)

    def _block_format(self) -> QTextBlockFormat:
        style = QTextBlockFormat()
        style.setLineHeight(self.look.theme.px(27.2), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        style.setBottomMargin(self.look.theme.px(_PARAGRAPH_GAP))
        return style

    def _format_all(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(self._block_format())

    def _set_states(self, states: list[int]) -> None:
        block = self.document().firstBlock()
        for state in states:
            if state != _NO_MARK:
                block.setUserState(state)
            block = block.next()

    def _has_states(self) -> bool:
        block = self.document().firstBlock()
        while block.isValid():
            if block.userState() != _NO_MARK:
                return True
            block = block.next()
        return False

    def _contents_change(self, position: int, _removed: int, added: int) -> None:
        if self._loading:
            return
        if added > LONGEST:
            self._cut_long(position, added)
        self.typed.emit()

    def _cut_long(self, position: int, added: int) -> None:
        """A pasted paragraph too long to lay out at once is cut into pieces, which are joined when read."""
        block = self.document().findBlock(position)
        if block.length() > 2 * LONGEST:
            self._loading = True
            text = self.stored_text()
            place = min(position + added, len(text))
            self._loading = False
            self.show_text(text)
            cursor = self.textCursor()
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(cursor)


def _pieces(line: str) -> list[str]:
    """A paragraph cut after spaces into pieces short enough to lay out."""
    if len(line) <= LONGEST:
        return [line]
    pieces = []
    start = 0
    while len(line) - start > LONGEST:
        cut = line.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        pieces.append(line[start:cut])
        start = cut
    return [*pieces, line[start:]]


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def _mark_text(seconds: int) -> str:
    return f"[{_clock(seconds)}] "
