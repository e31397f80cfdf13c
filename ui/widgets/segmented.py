"""One choice out of a few, side by side; wraps into a column where it does not fit. Must not decide what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from i18n.message import Message
from ui.icons import paint_icon
from ui.look import Look, Speaking
from ui.theme.tokens import CORNER
from ui.widgets.button import PaintedButton
from ui.widgets.painting import LaidText, focus_ring, natural_width


class _Part(PaintedButton):
    def __init__(self, look: Look, value: str, message: Message | str, parent: QWidget) -> None:
        super().__init__(look, message, parent)
        self.value = value
        self.setCheckable(True)
        self.speak()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        parent = self.parent()
        if step is not None and isinstance(parent, Segmented):
            parent.step(step)
        else:
            super().keyPressEvent(event)

    def wish(self) -> int:
        theme = self.look.theme
        return round(natural_width(self.words, theme.font(13)) + 34 + theme.px(24))

    def height_for(self, width: int) -> int:
        theme = self.look.theme
        return max(
            theme.px(36), round(LaidText(self.words, theme.font(13), width - 30 - theme.px(24)).height + 14)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        on = self.isChecked()
        if on or self.underMouse():
            painter.fillRect(box, theme.color("accent_soft"))
        room = box.width() - 30 - (theme.px(24) if on else 0)
        laid = LaidText(self.words, theme.font(13), room)
        mark = theme.px(24) if on else 0
        x = max(15.0, (box.width() - laid.width - mark) / 2)
        ink = theme.color("accent" if on else "ink" if self.isEnabled() else "quiet")
        if on:
            size = theme.px(16)
            paint_icon(painter, "check", QRectF(x, (box.height() - size) / 2, size, size), ink)
        laid.draw(painter, x + mark, (box.height() - laid.height) / 2, ink)
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))


class Segmented(Speaking):
    """`chosen(value)` comes only when a person changes it; `value` and `set_value` read and set."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        choices: Sequence[tuple[str, Message | str]],
        name: Message | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._name = name
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._parts: list[_Part] = []
        self._group.buttonClicked.connect(self._clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_choices(choices)
        self.speak()

    @property
    def value(self) -> str:
        """The chosen value; empty when none is."""
        part = self._group.checkedButton()
        return part.value if isinstance(part, _Part) else ""

    def set_value(self, value: str) -> None:
        """Choose without `chosen`; an unknown value chooses nothing."""
        self._group.setExclusive(False)
        for part in self._parts:
            part.setChecked(part.value == value)
        self._group.setExclusive(True)
        self._set_tab_stop()
        self.update()

    def set_choices(self, choices: Sequence[tuple[str, Message | str]]) -> None:
        """Offer other choices; keeps the value where it is still there."""
        before = self.value
        for part in self._parts:
            self._group.removeButton(part)
            part.hide()
            part.deleteLater()
        self._parts = [_Part(self.look, value, message, self) for value, message in choices]
        for part in self._parts:
            self._group.addButton(part)
            part.show()
        self.set_value(before)
        self.updateGeometry()
        self._place()

    def step(self, by: int) -> None:
        """Choose the next or previous, as the arrow keys do."""
        values = [part.value for part in self._parts]
        now = values.index(self.value) if self.value in values else -1
        part = self._parts[(now + by) % len(self._parts)]
        part.setFocus()
        part.click()

    def speak(self) -> None:
        """Name the group for screen readers."""
        self.setAccessibleName(self.look.t(self._name))
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        """All in one row."""
        width = sum(part.wish() for part in self._parts)
        now = min(width, self.width()) if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else width
        return QSize(width, max(self.heightForWidth(width), self.heightForWidth(now)))

    def minimumSizeHint(self) -> QSize:
        """The widest alone, so that a narrow place gets a column."""
        theme = self.look.theme
        longest = max(
            (natural_width(w, theme.font(13)) for p in self._parts for w in p.words.split()), default=20.0
        )
        return QSize(round(longest + 32 + theme.px(24)), theme.px(36))

    def hasHeightForWidth(self) -> bool:
        """A column is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in a row or in a column."""
        return (
            sum(height for _y, height in self._rows(width))
            if self._is_column(width)
            else self._row_height(width)
        )

    def resizeEvent(self, event: object) -> None:
        """Place the parts; a narrower place wishes another height."""
        self._place()
        self.updateGeometry()

    def restyle(self) -> None:
        """Sizes follow the text."""
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The common frame and the lines between the parts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.look.theme
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.fillPath(path, theme.color("sheet"))
        painter.setPen(theme.color("line"))
        painter.drawPath(path)
        for part in self._parts[1:]:
            if self._is_column(self.width()):
                painter.drawLine(1, part.y() - 1, self.width() - 2, part.y() - 1)
            else:
                painter.drawLine(part.x() - 1, 1, part.x() - 1, self.height() - 2)

    def _is_column(self, width: int) -> bool:
        return width < sum(part.wish() for part in self._parts) and self._tight(width)

    def _tight(self, width: int) -> bool:
        """Too narrow for equal parts with wrapped words."""
        theme = self.look.theme
        longest = max(
            (natural_width(w, theme.font(13)) for p in self._parts for w in p.words.split()), default=0.0
        )
        return width / max(1, len(self._parts)) < longest + 32 + theme.px(24)

    def _row_height(self, width: int) -> int:
        return max(
            (part.height_for(w) for part, w in zip(self._parts, self._widths(width), strict=True)), default=0
        )

    def _widths(self, width: int) -> list[int]:
        wishes = [part.wish() for part in self._parts]
        if not wishes:
            return []
        total = sum(wishes) or 1
        if total <= width:
            return [w + (width - total) // len(wishes) for w in wishes]
        return [width // len(wishes)] * len(wishes)

    def _rows(self, width: int) -> list[tuple[int, int]]:
        y, rows = 0, []
        for part in self._parts:
            height = part.height_for(width)
            rows.append((y, height))
            y += height
        return rows

    def _place(self) -> None:
        width = self.width()
        if self._is_column(width):
            for part, (y, height) in zip(self._parts, self._rows(width), strict=True):
                part.setGeometry(1, y + 1, width - 2, height - 2)
            return
        x = 0
        for part, wide in zip(self._parts, self._widths(width), strict=True):
            part.setGeometry(x + 1, 1, wide - 2, max(1, self.height() - 2))
            x += wide

    def _set_tab_stop(self) -> None:
        """One stop for Tab: the chosen part, else the first; arrows walk inside."""
        stop = next((p for p in self._parts if p.isChecked()), self._parts[0] if self._parts else None)
        for part in self._parts:
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if part is stop else Qt.FocusPolicy.ClickFocus)

    def _clicked(self, part: object) -> None:
        if isinstance(part, _Part):
            self._set_tab_stop()
            self.update()
            self.chosen.emit(part.value)
