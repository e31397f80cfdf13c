"""Rows, legend and key hints beside the redaction text. Must not know the review; they show what they are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from i18n.message import Message
from ui.icons import paint_icon
from ui.look import Look, Speaking
from ui.theme.tokens import BODY, HANG, QUIET
from ui.widgets.button import PaintedButton
from ui.widgets.flow import FlowLayout
from ui.widgets.painting import LaidText, fill_rounded, focus_ring, natural_width
from ui.widgets.redaction_text_marks import MarkColours, MarkKind
from ui.widgets.text import Label

_MARK_ROOM = 30
_GAP = 12


def paint_swatch(painter: QPainter, kind: MarkKind, box: QRectF, colours: MarkColours, font: QFont) -> None:
    """The mark in small, 20 x 14 px."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind is MarkKind.HIDDEN:
        painter.setBrush(colours.accent)
        painter.drawRoundedRect(box.adjusted(0, 1, -1, -1), 2, 2)
    elif kind is MarkKind.PSEUDONYM:
        painter.setPen(QPen(colours.accent, 1.5))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
    elif kind is MarkKind.KEPT:
        side = box.height()
        paint_icon(painter, "check", QRectF(box.left() + 1, box.top(), side, side), colours.quiet)
    else:
        painter.setPen(colours.ink)
        painter.setFont(font)
        painter.drawText(
            box.adjusted(0, -4, 0, -3), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "Aa"
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.amber)
        for number in range(3):
            painter.drawRect(QRectF(box.left() + number * 6, box.bottom() - 1, 3, 3))


class Swatch(Speaking):
    """One mark with its word, for the legend."""

    def __init__(self, look: Look, kind: MarkKind, word: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._kind, self._word = kind, word
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.speak()

    def speak(self) -> None:
        """The word is also the accessible name."""
        self.setAccessibleName(self.look.t(self._word))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Mark, gap, word."""
        theme = self.look.theme
        width = natural_width(self.look.t(self._word), theme.font(QUIET)) + 28
        return QSize(round(width), round(max(20, theme.line_height(QUIET))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Mark and word."""
        painter = QPainter(self)
        theme = self.look.theme
        font = theme.font(QUIET)
        box = QRectF(0, (self.height() - 14) / 2, 20, 14)
        paint_swatch(painter, self._kind, box, MarkColours.of(theme), font)
        painter.setFont(font)
        painter.setPen(theme.color("quiet"))
        painter.drawText(
            QRectF(26, 0, self.width() - 26, self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            self.look.t(self._word),
        )


@dataclass(frozen=True)
class Finding:
    """What one row says. `aside` stands quiet beside the title, `note` quiet below, `right` at the edge."""

    key: str
    title: str
    aside: str = ""
    note: str = ""
    right: str = ""
    kind: MarkKind | None = None
    dim: bool = False


class FindingRow(PaintedButton):
    """A row that can be pressed; the one in hand lies on accent soft and hangs outside the text edge."""

    def __init__(self, look: Look, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(look, finding.title, parent)
        self.finding = finding
        self._chosen = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.speak()

    def speak(self) -> None:
        """All words of the row are its accessible name."""
        super().speak()
        parts = (self.finding.title, self.finding.aside, self.finding.note, self.finding.right)
        self.setAccessibleName(". ".join(part for part in parts if part))

    def set_chosen(self, chosen: bool) -> None:
        """Put the row in hand."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def sizeHint(self) -> QSize:
        """As wide as a side panel."""
        return QSize(320, self.settled_height(320))

    def minimumSizeHint(self) -> QSize:
        """Narrow panels wrap more."""
        return QSize(160, self.heightForWidth(320))

    def _parts(self, width: float) -> tuple[LaidText, LaidText | None, float, float]:
        theme = self.look.theme
        right = natural_width(self.finding.right, self._right_font()) if self.finding.right else 0.0
        room = width - 2 * HANG - (_MARK_ROOM if self.finding.kind else 0)
        title = LaidText(
            self.finding.title, theme.font(BODY, tabular=True), room - right - (_GAP if right else 0)
        )
        note_room = width - 2 * HANG
        note = LaidText(self.finding.note, theme.font(QUIET), note_room) if self.finding.note else None
        return title, note, right, room

    def heightForWidth(self, width: int) -> int:
        """Title and note, wrapped."""
        title, note, right, room = self._parts(width)
        return round(16 + self._head_height(title, right, room) + (note.height + 2 if note else 0))

    def _aside_below(self, title: LaidText, right: float, room: float) -> bool:
        return (
            title.width + _GAP + natural_width(self.finding.aside, self.look.theme.font(BODY))
            > room - right - _GAP
        )

    def _head_height(self, title: LaidText, right: float, room: float) -> float:
        if self.finding.aside and self._aside_below(title, right, room):
            return title.height + LaidText(self.finding.aside, self.look.theme.font(BODY), room).height
        return title.height

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, mark, words, count."""
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        if self._chosen or self.underMouse():
            fill_rounded(painter, box, theme.color("accent_soft"))
        title, note, right, room = self._parts(box.width())
        x, y = float(HANG), 8.0
        if self.finding.kind is not None:
            line = theme.line_height(BODY)
            swatch = QRectF(x, y + (line - 14) / 2, 20, 14)
            paint_swatch(painter, self.finding.kind, swatch, MarkColours.of(theme), theme.font(QUIET))
            x += _MARK_ROOM
        title.draw(painter, x, y, theme.color("quiet" if self.finding.dim else "ink"))
        self._paint_aside(painter, title, x, y, right, room)
        if self.finding.right:
            self._paint_right(painter, right, y)
        if note is not None:
            note.draw(painter, HANG, y + self._head_height(title, right, room) + 2, theme.color("quiet"))
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))

    def _paint_aside(
        self, painter: QPainter, title: LaidText, x: float, y: float, right: float, room: float
    ) -> None:
        if not self.finding.aside:
            return
        theme = self.look.theme
        aside = LaidText(self.finding.aside, theme.font(BODY), room)
        if self._aside_below(title, right, room):
            aside.draw(painter, x, y + title.height, theme.color("quiet"))
        else:
            aside.draw(painter, x + title.width + _GAP, y, theme.color("quiet"))

    def _paint_right(self, painter: QPainter, width: float, y: float) -> None:
        theme = self.look.theme
        laid = LaidText(self.finding.right, self._right_font(), width + 2)
        down = (theme.line_height(BODY) - laid.height) / 2
        laid.draw(painter, self.width() - HANG - width, y + down, theme.color("quiet"))

    def _right_font(self) -> QFont:
        """Counts stand in the size of the title, words in the quiet size."""
        size = BODY if self.finding.right.isdecimal() else QUIET
        return self.look.theme.font(size, tabular=True)


class KeyHint(Speaking):
    """Key caps with what they do."""

    def __init__(self, look: Look, keys: Sequence[str], word: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._keys = tuple(keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key in self._keys:
            row.addWidget(_KeyCap(look, key, self))
        row.addWidget(Label(look, word, "quiet", wrap=False))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class _KeyCap(Speaking):
    def __init__(self, look: Look, key: str, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(round(max(theme.px(22), natural_width(self._key, theme.font(QUIET)) + 12)), theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self.look.theme
        fill_rounded(painter, QRectF(self.rect()), theme.color("sheet"), theme.color("line"), 4)
        painter.setFont(theme.font(QUIET))
        painter.setPen(theme.color("ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._key)


class KeyHints(QWidget):
    """All key hints, wrapped."""

    def __init__(
        self, look: Look, hints: Sequence[tuple[Sequence[str], Message]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, gap=24, line_gap=8)
        for keys, word in hints:
            flow.addWidget(KeyHint(look, keys, word, self))
