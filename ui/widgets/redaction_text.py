"""The text under review, with its marks, as a sheet one can walk through and select in. Must not decide, load or store anything.

Paragraphs are laid out when they come into sight, so that a text of megabytes opens at once; the heights of the others
are estimated. Keys that are not for moving or selecting are left to the screen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.look import Look
from ui.theme.tokens import NARRATIVE
from ui.widgets.redaction_text_layout import ParagraphLayout, Stretch
from ui.widgets.redaction_text_marks import (
    PAINTERS,
    Mark,
    MarkColours,
    MarkKind,
    paint_current,
    paint_margin_bar,
    spacing,
)

_PITCH = 28
_SIDE = 40.0
_TOP = 20.0
_GAP = 12.0
_BAR_X = 16.0
_CORNER = 6.0
_Place = tuple[int, int]


class RedactionText(QAbstractScrollArea):
    """A read-only sheet of paragraphs: `set_paragraphs`, then `set_marks`, then walk with `set_current`."""

    mark_pressed = Signal(int)
    selection_changed = Signal(int, int, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAutoFillBackground(False)
        self._paragraphs: tuple[str, ...] = ()
        self._marks: dict[int, tuple[Mark, ...]] = {}
        self._laid: dict[int, ParagraphLayout] = {}
        self._heights: list[float] = []
        self._tops: list[float] = []
        self._current: int | None = None
        self._anchor: _Place | None = None
        self._caret: _Place | None = None
        self._pitch = float(_PITCH)
        self._text_font = look.theme.font(NARRATIVE)
        self._colours = MarkColours.of(look.theme)
        look.theme.changed.connect(self._restyle)

    # what it shows

    def _restyle(self) -> None:
        """Take type and colours from the theme in force."""
        theme = self._look.theme
        self._text_font = theme.font(NARRATIVE)
        self._pitch = float(theme.px(_PITCH))
        self._colours = MarkColours.of(theme)
        self._forget_layout()

    def set_paragraphs(self, paragraphs: Sequence[str]) -> None:
        """Replace the whole text; marks, selection and the place in hand are dropped."""
        self._paragraphs = tuple(paragraphs)
        self._marks, self._current, self._anchor, self._caret = {}, None, None, None
        self._forget_layout()
        self.verticalScrollBar().setValue(0)

    def set_marks(self, marks: Mapping[int, Sequence[Mark]]) -> None:
        """Marks by paragraph number. Only paragraphs whose marks changed are laid out again."""
        fresh = {number: tuple(found) for number, found in marks.items() if found}
        for number in self._laid.keys() | fresh.keys():
            if fresh.get(number) != self._marks.get(number):
                self._laid.pop(number, None)
        self._marks = fresh
        self.viewport().update()

    def set_current(self, key: int | None) -> None:
        """Put one mark in hand and bring it into sight."""
        self._current = key
        place = self._place_of(key)
        if place is not None:
            number, mark = place
            self._reveal(number, mark.start, mark.end)
            self.setAccessibleDescription(self._paragraphs[number][mark.start : mark.end])
        self.viewport().update()

    def selection(self) -> tuple[int, int, int] | None:
        """The selected stretch as (paragraph, start, end), within one paragraph; None when nothing is selected."""
        if self._anchor is None or self._caret is None or self._anchor[0] != self._caret[0]:
            return None
        start, end = sorted((self._anchor[1], self._caret[1]))
        return (self._anchor[0], start, end) if start < end else None

    def clear_selection(self) -> None:
        """Drop the selection."""
        self._anchor = self._caret = None
        self.viewport().update()

    # layout

    def _text_width(self) -> float:
        return max(80.0, self.viewport().width() - 2 * _SIDE)

    def _forget_layout(self) -> None:
        self._laid.clear()
        metrics = QFontMetricsF(self._text_font)
        per_line = max(8.0, self._text_width() / max(1.0, metrics.averageCharWidth()))
        self._heights = [self._pitch * (1 + len(text) // per_line) for text in self._paragraphs]
        self._stack()
        self.viewport().update()

    def _stack(self) -> None:
        self._tops = list(accumulate((height + _GAP for height in self._heights), initial=_TOP))
        total = (self._tops[-1] if self._tops else _TOP) - _GAP + _TOP
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(int(self._pitch))
        bar.setRange(0, max(0, int(total - self.viewport().height())))

    def _paragraph(self, number: int) -> ParagraphLayout:
        """The layout of one paragraph, made on demand; its true height replaces the estimate."""
        if number not in self._laid:
            laid = ParagraphLayout(self._paragraphs[number], self._text_font, self._pitch)
            laid.set_formats(self._stretches(self._marks.get(number, ())))
            height = laid.lay_out(self._text_width())
            self._laid[number] = laid
            if height != self._heights[number]:
                self._heights[number] = height
                self._stack()
        return self._laid[number]

    def _stretches(self, marks: Sequence[Mark]) -> list[Stretch]:
        """Colour of hidden words, and air around every mark; stretches never overlap."""
        found: list[Stretch] = []
        free = 0
        for mark in sorted(marks, key=lambda each: each.start):
            before, after = spacing(mark.kind)
            colour = self._colours.on_accent if mark.kind is MarkKind.HIDDEN else None
            if mark.start < free or mark.start == mark.end:
                continue
            if before and mark.start > free:
                found.append(Stretch(mark.start - 1, mark.start, space=before))
            found.append(Stretch(mark.start, mark.end - 1, colour))
            found.append(Stretch(mark.end - 1, mark.end, colour, after))
            free = mark.end
        return [part for part in found if part.start < part.end]

    def _visible(self) -> range:
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = first
        while last < len(self._paragraphs) and self._tops[last] < top + self.viewport().height():
            self._paragraph(last)
            last += 1
        return range(first, last)

    def _place_of(self, key: int | None) -> tuple[int, Mark] | None:
        for number, marks in self._marks.items():
            for mark in marks:
                if mark.key == key:
                    return number, mark
        return None

    def _reveal(self, number: int, start: int, end: int) -> None:
        boxes = self._paragraph(number).rects(start, end)
        top = self._tops[number] + (boxes[0].top() if boxes else 0)
        bottom = self._tops[number] + (boxes[-1].bottom() if boxes else self._pitch)
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if top - self._pitch < bar.value():
            bar.setValue(int(top - 2 * self._pitch))
        elif bottom + self._pitch > bar.value() + room:
            bar.setValue(int(bottom + 2 * self._pitch - room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width breaks every line anew."""
        if event.size().width() != event.oldSize().width():
            self._forget_layout()
        self._stack()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, then every paragraph in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._colours.line, 1))
        painter.setBrush(self._colours.sheet)
        painter.drawRoundedRect(area, _CORNER, _CORNER)
        painter.setClipRect(area.adjusted(1, 1, -1, -1))
        for number in self._visible():
            self._paint_paragraph(painter, number)
        painter.end()

    def _paint_paragraph(self, painter: QPainter, number: int) -> None:
        laid = self._paragraph(number)
        at = QPointF(_SIDE, self._tops[number] - self.verticalScrollBar().value())
        painter.save()
        painter.translate(at)
        self._paint_selection(painter, number, laid)
        late: list[tuple[MarkKind, Sequence[QRectF]]] = []
        for mark in self._marks.get(number, ()):
            boxes = laid.rects(mark.start, mark.end)
            self._paint_in_hand(painter, mark, boxes)
            if mark.kind is MarkKind.KEPT:
                late.append((mark.kind, boxes[-1:]))
            elif mark.kind is MarkKind.POSSIBLE:
                late.append((mark.kind, boxes))
            else:
                self._paint_boxes(painter, mark.kind, boxes)
        painter.setPen(self._colours.ink)
        laid.draw(painter, QPointF(0, 0))
        for kind, over in late:
            self._paint_boxes(painter, kind, over)
        painter.restore()

    def _paint_boxes(self, painter: QPainter, kind: MarkKind, boxes: Sequence[QRectF]) -> None:
        for box in boxes:
            PAINTERS[kind](painter, box, self._colours)

    def _paint_in_hand(self, painter: QPainter, mark: Mark, boxes: Sequence[QRectF]) -> None:
        if mark.key != self._current or not boxes:
            return
        paint_margin_bar(painter, boxes[0], _BAR_X - _SIDE, self._colours, mark.kind)
        if mark.kind is not MarkKind.HIDDEN:
            for box in boxes:
                paint_current(painter, box, self._colours)

    def _paint_selection(self, painter: QPainter, number: int, laid: ParagraphLayout) -> None:
        chosen = self.selection()
        if chosen is None or chosen[0] != number:
            return
        for box in laid.rects(chosen[1], chosen[2]):
            painter.fillRect(box.adjusted(0, 1, 0, -1), self._colours.accent_soft)

    # mouse and keys

    def _place_at(self, point: QPointF) -> _Place | None:
        if not self._paragraphs:
            return None
        y = point.y() + self.verticalScrollBar().value()
        number = min(
            max(0, bisect_right(self._tops[: len(self._paragraphs)], y) - 1), len(self._paragraphs) - 1
        )
        return number, self._paragraph(number).offset_at(QPointF(point.x() - _SIDE, y - self._tops[number]))

    def mark_at(self, place: _Place) -> Mark | None:
        """The mark that holds a place."""
        return next((m for m in self._marks.get(place[0], ()) if m.start <= place[1] <= m.end), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a mark takes it in hand; anywhere else it begins a selection."""
        place = self._place_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or place is None:
            return
        self._anchor = self._caret = place
        mark = self.mark_at(place)
        if mark is not None:
            self.mark_pressed.emit(mark.key)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging selects within the paragraph in which it began."""
        place = self._place_at(event.position())
        if self._anchor is None or place is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if place[0] == self._anchor[0]:
            self._move_caret(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double press selects the word."""
        place = self._place_at(event.position())
        if place is not None:
            self.select(place[0], *self._word(place))

    def _word(self, place: _Place) -> tuple[int, int]:
        text, start, end = self._paragraphs[place[0]], place[1], place[1]
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        while start < end and not text[start].isalnum():
            start += 1
        return start, end

    def select(self, number: int, start: int, end: int) -> None:
        """Select a stretch of one paragraph."""
        self._anchor = (number, start)
        self._move_caret((number, end))

    def _move_caret(self, place: _Place) -> None:
        self._caret = place
        chosen = self.selection()
        if chosen is not None:
            self.selection_changed.emit(*chosen)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift with arrows selects by letter, with Ctrl by word, from the mark in hand; page keys scroll."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not self._paragraphs:
            event.ignore()
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                super().keyPressEvent(event)
            return
        if self._caret is None or self._anchor is None:
            found = self._place_of(self._current)
            self._anchor = self._caret = (found[0], found[1].start) if found else (0, 0)
        by_word = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._move_caret((self._caret[0], self._step(self._caret, step, by_word)))

    def _step(self, place: _Place, step: int, by_word: bool) -> int:
        text, at = self._paragraphs[place[0]], place[1]
        at = min(max(at + step, 0), len(text))
        while by_word and 0 < at < len(text) and not text[at - 1 if step < 0 else at].isspace():
            at += step
        return at
