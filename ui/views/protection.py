"""The screen "What protects this notebook, and what does not": read by situation, by keys too. Must not change anything."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.icons import paint_icon
from ui.look import Look, Speaking
from ui.theme.tokens import CONTENT_WIDTH, HANG
from ui.viewmodels.protection import ProtectionModel, Truth
from ui.viewmodels.protection_parts import Point, Situation
from ui.viewmodels.protection_words import COMPUTER, INTRODUCTION
from ui.views.screen import Heading, Screen
from ui.widgets.painting import focus_ring
from ui.widgets.row import Row
from ui.widgets.side_panel import Column, Scroller, Section, SidePanel
from ui.widgets.text import Hairline, Label

_STEP, _ICON = 72, 18
# tone of a sentence about the computer -> icon and colour
_MARKS = {
    "good": ("circle-check", "accent"),
    "plain": ("info", "quiet"),
    "amber": ("triangle-alert", "amber"),
}


class ReadingColumn(Scroller):
    """A page to read: one stop of the Tab key, scrolled by arrows, page keys, Space, Home and End."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__(inner)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._by_keys = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, or leave the key to others."""
        bar = self.verticalScrollBar()
        page = max(_STEP, self.viewport().height() - _STEP)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {
            Qt.Key.Key_Down: _STEP,
            Qt.Key.Key_Up: -_STEP,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Space: -page if back else page,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
            return
        bar.setValue(bar.value() + step)
        event.accept()

    def show_from(self, part: QWidget) -> None:
        """Bring a part's beginning to the top."""
        inner = self.widget()
        if inner is not None:
            self.verticalScrollBar().setValue(part.mapTo(inner, part.rect().topLeft()).y())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is, to whom it came by keys: a frame around a whole page is loud."""
        super().focusInEvent(event)
        self._by_keys = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring while the keys scroll here."""
        super().paintEvent(event)
        if self.hasFocus() and self._by_keys:
            box = QRectF(self.viewport().rect())
            focus_ring(
                QPainter(self.viewport()), box, self.palette().color(self.palette().ColorRole.Highlight)
            )


class Mark(Speaking):
    """A small icon on the first line of the words beside it."""

    def __init__(self, look: Look, icon: str, tone: str, size: int) -> None:
        super().__init__(look)
        self._icon, self._tone, self._line = icon, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """The icon and one line of the words."""
        theme = self.look.theme
        return QSize(theme.px(_ICON), round(theme.line_height(self._line)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon."""
        theme = self.look.theme
        side = theme.px(_ICON)
        top = (theme.line_height(self._line) - side) / 2
        paint_icon(QPainter(self), self._icon, QRectF(0, top, side, side), theme.color(self._tone))


def marked(look: Look, icon: str, tone: str, words: Message, kind: str = "body") -> QWidget:
    """Words with a mark at their left."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(Mark(look, icon, tone, 17 if kind == "narrative" else 15), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(look, words, kind), 1)
    return holder


class ProtectionScreen(Screen):
    """Texts in a reading column, the situations as links at its side."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        self.model = ProtectionModel(context.program, self)
        self.parts: dict[str, QWidget] = {}
        column = Column(gap=20)
        column.setMaximumWidth(CONTENT_WIDTH + 2 * HANG)
        column.stack.setContentsMargins(HANG, 8, 24, 48)
        column.push_up()
        column.add(Label(context.look, INTRODUCTION, "narrative"))
        for situation in self.model.state.situations:
            column.add(self._situation(situation))
        self.computer = Column(gap=16)
        column.add(self._part("computer", COMPUTER, self.computer))
        self.reading = ReadingColumn(column)
        self.reading.setAccessibleName(context.t(_TITLE))
        line = QHBoxLayout(self)
        line.setContentsMargins(self.margin_left - HANG, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.reading, 1)
        line.addWidget(self._links())
        self.model.changed.connect(self._draw_computer)
        self._draw_computer()

    def heading(self) -> Heading:
        """The title."""
        return Heading(_TITLE, rail="settings")

    def who_sees(self) -> Message:
        """It holds no testimony."""
        return msg("This page holds nothing of the notebook")

    def wants_first_focus(self) -> QWidget | None:
        """The text, so that the keys scroll at once."""
        return self.reading

    def place(self) -> str:
        """How far one has read."""
        return str(self.reading.verticalScrollBar().value())

    def follow_place(self, place: str) -> None:
        """Read on from there."""
        if place.isdecimal():
            self.reading.verticalScrollBar().setValue(int(place))

    def showEvent(self, event: QShowEvent) -> None:
        """What is true of the computer may have changed since."""
        super().showEvent(event)
        self.model.look_again()

    def go_to(self, key: str, _checked: bool = False) -> None:
        """Show a situation from its beginning."""
        self.reading.show_from(self.parts[key])
        self.reading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _links(self) -> QWidget:
        look = self.context.look
        panel = SidePanel(look)
        section = Section(look, msg("On this page"))
        titles = [(entry.key, entry.title) for entry in self.model.state.situations]
        for key, title in [*titles, ("computer", COMPUTER)]:
            row = Row(look, title)
            row.clicked.connect(partial(self.go_to, key))
            section.rows.add(row)
        panel.add(section)
        return panel

    def _situation(self, situation: Situation) -> QWidget:
        body = Column(gap=28)
        for point in situation.points:
            body.add(self._point(point))
        return self._part(situation.key, situation.title, body)

    def _part(self, key: str, title: Message, body: QWidget) -> QWidget:
        part = QWidget()
        stack = QVBoxLayout(part)
        stack.setContentsMargins(0, 20, 0, 0)
        stack.setSpacing(16)
        stack.addWidget(Label(self.context.look, title, "section"))
        stack.addWidget(Hairline())
        stack.addWidget(body)
        self.parts[key] = part
        return part

    def _point(self, point: Point) -> QWidget:
        look = self.context.look
        holder = Column(gap=8)
        holder.add(Label(look, point.when, "quiet"))
        holder.add(Label(look, point.truth, "narrative"))
        if point.act is not None:
            holder.add(marked(look, "arrow-right", "accent", point.act))
        return holder

    def _draw_computer(self) -> None:
        self.computer.clear()
        for truth in self.model.state.computer:
            self.computer.add(self._truth(truth))

    def _truth(self, truth: Truth) -> QWidget:
        icon, tone = _MARKS[truth.tone]
        return marked(self.context.look, icon, tone, truth.words, "narrative")


_TITLE = msg("What protects this notebook, and what does not")
