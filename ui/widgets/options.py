"""One answer out of several, as a list of circles with words, in one or two columns. Must not preselect an answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from i18n.message import Message
from ui.look import Look, Speaking
from ui.widgets.button import PaintedButton
from ui.widgets.painting import LaidText, focus_ring, natural_width

_INSET = 6
"""Room left of the circle, so that the focus ring does not touch it."""


class Option(PaintedButton):
    """A circle (one of many) or a box (`square`, any of many) with words beside it."""

    def __init__(
        self,
        look: Look,
        value: str,
        message: Message | str,
        *,
        square: bool = False,
        size: int = 13,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, message, parent)
        self.value = value
        self._square, self._size = square, size
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.speak()

    def sizeHint(self) -> QSize:
        """One line, at most 300 px."""
        width = round(
            min(natural_width(self.words, self.look.theme.font(self._size)) + 1, 300) + self._lead() + 4
        )
        return QSize(width, self.settled_height(width))

    def minimumSizeHint(self) -> QSize:
        """May wrap."""
        return QSize(self._lead() + 60, self.look.theme.px(23))

    def hasHeightForWidth(self) -> bool:
        """Wrapped words make it taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height for a width."""
        laid = LaidText(self.words, self.look.theme.font(self._size), width - self._lead() - 4)
        return round(laid.height + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk within a group of circles."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(
            Qt.Key(event.key())
        )
        group = self.parent()
        if step is not None and isinstance(group, Options):
            group.walk(self, step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Circle or box, words, focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.look.theme
        side = theme.px(14)
        line = theme.line_height(self._size)
        place = QRectF(_INSET, 3 + (line - side) / 2, side, side)
        on = self.isChecked()
        painter.setPen(QPen(theme.color("accent" if on else "quiet"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._square:
            painter.drawRoundedRect(place, 3, 3)
        else:
            painter.drawEllipse(place)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            inner = place.adjusted(3.5, 3.5, -3.5, -3.5)
            _ = painter.drawRoundedRect(inner, 1, 1) if self._square else painter.drawEllipse(inner)
        laid = LaidText(self.words, theme.font(self._size), self.width() - self._lead() - 4)
        laid.draw(painter, self._lead(), 3, theme.color("ink" if self.isEnabled() else "quiet"))
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), theme.color("accent"))

    def _lead(self) -> int:
        return self.look.theme.px(14) + 8 + _INSET


class Options(Speaking):
    """A group of circles. `chosen(value)` comes only when a person chooses."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        choices: Sequence[tuple[str, Message | str]],
        name: Message | str = "",
        *,
        columns: int = 1,
        size: int = 13,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._name = name
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        grid.setHorizontalSpacing(8)
        self._options = [Option(look, value, message, size=size, parent=self) for value, message in choices]
        for place, option in enumerate(self._options):
            option.clicked.connect(self._clicked)
            grid.addWidget(option, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self.set_value("")
        self.speak()

    @property
    def value(self) -> str:
        """The chosen value; empty when none is."""
        return next((option.value for option in self._options if option.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose without `chosen`."""
        for option in self._options:
            option.setChecked(option.value == value)
        stop = next((o for o in self._options if o.isChecked()), self._options[0] if self._options else None)
        for option in self._options:
            option.setFocusPolicy(Qt.FocusPolicy.StrongFocus if option is stop else Qt.FocusPolicy.ClickFocus)

    def walk(self, option: Option, step: int) -> None:
        """Choose the neighbour, as the arrow keys do."""
        target = self._options[(self._options.index(option) + step) % len(self._options)]
        target.setFocus()
        self._choose(target.value)

    def speak(self) -> None:
        """Name the group for screen readers."""
        self.setAccessibleName(self.look.t(self._name))

    def _clicked(self) -> None:
        option = self.sender()
        if isinstance(option, Option):
            self._choose(option.value)

    def _choose(self, value: str) -> None:
        self.set_value(value)
        self.chosen.emit(value)
