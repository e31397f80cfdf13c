"""How a paragraph will read once hidden things are gone: every blank 72 px, whatever it hides. Must not hold what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look, Speaking
from ui.theme.tokens import BODY
from ui.widgets.redaction_text_layout import BLANK, ParagraphLayout, Stretch
from ui.widgets.redaction_text_marks import MarkColours


class PieceKind(Enum):
    """Words as they will stand, a blank, or a place that still waits for a decision."""

    WORDS = "words"
    HIDDEN = "hidden"
    POSSIBLE = "possible"


@dataclass(frozen=True)
class Piece:
    """A part of the paragraph as it will read; `words` is empty for blanks."""

    kind: PieceKind
    words: str = ""


_PITCH = 24


class RedactionPreview(Speaking):
    """A paragraph with its blanks, as tall as it needs to be."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pieces: tuple[Piece, ...] = ()
        self._font = look.theme.font(BODY)
        self._pitch = float(look.theme.px(_PITCH))
        self._colours = MarkColours.of(look.theme)
        self._laid: ParagraphLayout | None = None
        self._blanks: list[tuple[int, PieceKind]] = []

    def restyle(self) -> None:
        """Take type and colours from the theme in force."""
        self._font = self.look.theme.font(BODY)
        self._pitch = float(self.look.theme.px(_PITCH))
        self._colours = MarkColours.of(self.look.theme)
        self._refresh()

    def set_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show another paragraph."""
        self._pieces = tuple(pieces)
        self._refresh()

    def text(self) -> str:
        """The words a screen reader says; a blank is a low line."""
        return "".join(piece.words if piece.kind is PieceKind.WORDS else "_" for piece in self._pieces)

    def _refresh(self) -> None:
        self.setAccessibleDescription(self.text())
        self._laid = self._make(self.width())
        self.setMinimumHeight(int(self._laid.height))
        self.updateGeometry()
        self.update()

    def _make(self, width: int) -> ParagraphLayout:
        words = ""
        blanks: list[tuple[int, PieceKind]] = []
        for piece in self._pieces:
            if piece.kind is PieceKind.WORDS:
                words += piece.words
            else:
                blanks.append((len(words), piece.kind))
                words += BLANK
        laid = ParagraphLayout(words, self._font, self._pitch)
        laid.set_formats([Stretch(at, at + 1, blank=True) for at, _ in blanks])
        laid.lay_out(max(80, width))
        self._blanks = blanks
        return laid

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height its lines take at a width."""
        return int(self._make(width).height)

    def sizeHint(self) -> QSize:
        """A comfortable measure."""
        return QSize(480, self.heightForWidth(480))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width breaks the lines anew."""
        if event.size().width() != event.oldSize().width():
            self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, then the blanks."""
        if self._laid is None:
            self._laid = self._make(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._colours.ink)
        self._laid.draw(painter, QPointF(0, 0))
        for at, kind in self._blanks:
            for box in self._laid.rects(at, at + 1):
                self._paint_blank(painter, kind, box.adjusted(0, 4, 0, -5))
        painter.end()

    def _paint_blank(self, painter: QPainter, kind: PieceKind, box: QRectF) -> None:
        if kind is PieceKind.HIDDEN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colours.accent)
        else:
            painter.setPen(QPen(self._colours.amber, 1.2, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)
