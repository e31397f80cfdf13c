"""One choice out of many: a field that opens a menu. Must not guess a choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from i18n import collation
from i18n.message import Message, msg
from ui.icons import paint_icon
from ui.look import Look
from ui.widgets.button import PaintedButton
from ui.widgets.painting import LaidText, fill_rounded, focus_ring, natural_width


class Choice(PaintedButton):
    """Looks like a field; shows the chosen words. `chosen(value)` comes only when a person chooses."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        choices: Sequence[tuple[str, Message | str]],
        name: Message | str,
        value: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, name, parent)
        self._choices = list(choices)
        self._empty: Message | str = msg("Choose")
        self._front: frozenset[str] | None = None
        self.value = value
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._open)
        self.speak()

    def set_choices(self, choices: Sequence[tuple[str, Message | str]]) -> None:
        """Offer other choices."""
        self._choices = list(choices)
        self.speak()

    def order_by_alphabet(self, front: frozenset[str] = frozenset()) -> None:
        """List the choices by the reader's alphabet, those of `front` before all others."""
        self._front = front

    def listed(self) -> list[tuple[str, Message | str]]:
        """The choices in the order the menu shows them."""
        if self._front is None:
            return list(self._choices)
        ordered = collation.sort_by(
            self._choices, lambda choice: self.look.t(choice[1]), self.look.words.code
        )
        return sorted(ordered, key=lambda choice: choice[0] not in (self._front or ()))

    def set_empty(self, words: Message | str) -> None:
        """What it says while nothing is chosen."""
        self._empty = words
        self.speak()

    def set_value(self, value: str) -> None:
        """Choose without `chosen`."""
        self.value = value
        self.speak()

    def speak(self) -> None:
        """The accessible name says what is chosen too."""
        super().speak()
        self.setAccessibleName(f"{self.words}: {self._shown()}")

    def sizeHint(self) -> QSize:
        """Wide enough for the longest choice, at most 320 px."""
        font = self.look.theme.font(15)
        longest = max((natural_width(self.look.t(m), font) for _v, m in self._choices), default=60.0)
        width = round(min(longest, 320) + 58)
        return QSize(width, self.settled_height(width))

    def minimumSizeHint(self) -> QSize:
        """May wrap."""
        return QSize(120, self.look.theme.px(40))

    def hasHeightForWidth(self) -> bool:
        """Wrapped words make it taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height for a width."""
        return max(
            self.look.theme.px(40),
            round(LaidText(self._shown(), self.look.theme.font(15), width - 56).height + 18),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the menu."""
        if event.key() == Qt.Key.Key_Down:
            self._open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Field, words, arrow, focus ring."""
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        fill_rounded(
            painter, box, theme.color("sheet"), theme.color("quiet" if self.underMouse() else "line")
        )
        laid = LaidText(self._shown(), theme.font(15), box.width() - 56)
        ink = theme.color("ink" if self.isEnabled() and self._known() else "quiet")
        laid.draw(painter, 13, (box.height() - laid.height) / 2, ink)
        size = theme.px(18)
        place = QRectF(box.width() - 12 - size, (box.height() - size) / 2, size, size)
        paint_icon(painter, "chevron-down", place, theme.color("quiet"))
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))

    def _known(self) -> bool:
        return any(value == self.value for value, _m in self._choices)

    def _shown(self) -> str:
        return self.look.t(next((m for v, m in self._choices if v == self.value), self._empty))

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, message in self.listed():
            action = menu.addAction(self.look.t(message).replace("&", "&&"))
            action.setData(value)
            if value == self.value:
                menu.setActiveAction(action)
        menu.triggered.connect(self._picked)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _picked(self, action: QAction) -> None:
        self.set_value(str(action.data()))
        self.chosen.emit(self.value)
