"""Buttons that wrap their words and paint themselves: primary, quiet, plain, danger, link; and icon-only ones. Must not act."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from i18n.message import Message
from ui.icons import paint_icon
from ui.look import Look, must_speak
from ui.widgets.painting import LaidText, blend, fill_rounded, focus_ring, natural_width

_WIDEST_TEXT = 300
_NARROWEST_TEXT = 120
_ICON = 20
_ICON_GAP = 10


class PaintedButton(QAbstractButton):
    """Base of all own buttons: message, tooltip, accessible name, hover, Enter as well as Space."""

    def __init__(self, look: Look, message: Message | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.message = message
        self.hint: Message | str = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.theme.changed.connect(self._look_changed)

    def say(self, message: Message | str) -> None:
        """Carry another label."""
        self.message = message
        self.speak()

    def explain(self, hint: Message | str) -> None:
        """Set the tooltip and accessible description."""
        self.hint = hint
        self.speak()

    def speak(self) -> None:
        """Say label, tooltip and accessible name in the language in force."""
        words = self.look.t(self.message)
        self.setAccessibleName(words)
        hint = self.look.t(self.hint)
        self.setToolTip(hint)
        self.setAccessibleDescription(hint)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """The label in the language in force."""
        return self.look.t(self.message)

    def changeEvent(self, event: QEvent) -> None:
        """Language and enabling change what is drawn."""
        if must_speak(self, event):
            self.speak()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def settled_height(self, width: int) -> int:
        """The height a size hint should wish: for the natural width, or more where the place given is narrower."""
        now = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else width
        return max(self.heightForWidth(width), self.heightForWidth(min(now, width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower place wraps more: wish another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.hasHeightForWidth():
            self.updateGeometry()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover ground."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the hover ground away."""
        self.update()
        super().leaveEvent(event)

    def _look_changed(self) -> None:
        self.updateGeometry()
        self.update()


class Button(PaintedButton):
    """A labelled button. `kind`: primary (one per screen), quiet (outlined), plain (words only), danger, link (accent words)."""

    def __init__(
        self,
        look: Look,
        message: Message | str,
        kind: str = "quiet",
        icon: str = "",
        *,
        trailing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, message, parent)
        self.kind = kind
        self.icon_name = icon
        self.trailing = trailing
        self.widest = _WIDEST_TEXT
        self.least_height = 40
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.speak()

    def set_icon(self, name: str) -> None:
        """Carry another icon."""
        self.icon_name = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line where it fits into the widest text, else wrapped."""
        theme = self.look.theme
        room = theme.px(self.widest)
        text = natural_width(self.words, self._font()) + 1
        laid = LaidText(self.words, self._font(), min(text, room))
        width = round((min(text, room) if laid.lines == 1 else laid.width + 1) + self._sides())
        return QSize(width, self.settled_height(width))

    def minimumSizeHint(self) -> QSize:
        """A usual word still fits on a line; an endless one is broken."""
        words = max([natural_width(word, self._font()) for word in self.words.split()] or [0])
        narrow = min(words + 2, self.look.theme.px(_NARROWEST_TEXT))
        return QSize(round(narrow + self._sides()), self._height(self.look.theme.line_height(15)))

    def hasHeightForWidth(self) -> bool:
        """Wrapped words make it taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height for a width."""
        return self._height(LaidText(self.words, self._font(), width - self._sides()).height)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is one click: its second half must not press what the first one put in this place."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon, words, focus ring."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        ground, border, ink = self._colours()
        fill_rounded(painter, box, ground, border)
        laid = LaidText(self.words, self._font(), box.width() - self._sides())
        icon = self._icon_room()
        trail = self._trail_room()
        spare = box.width() - laid.width - icon - trail
        x = self._padding() if self.kind == "link" or trail else max(self._padding(), spare / 2)
        if self.icon_name:
            size = self.look.theme.px(_ICON)
            paint_icon(painter, self.icon_name, QRectF(x, (box.height() - size) / 2, size, size), ink)
        laid.draw(painter, x + icon, (box.height() - laid.height) / 2, ink)
        if self.trailing:
            size = self.look.theme.px(_ICON)
            place = QRectF(box.width() - self._padding() - size, (box.height() - size) / 2, size, size)
            paint_icon(painter, self.trailing, place, ink)
        if self.hasFocus():
            focus_ring(painter, box, self._ring())

    def _font(self) -> QFont:
        return self.look.theme.font(13 if self.kind == "link" else 15)

    def _padding(self) -> int:
        return {"plain": 8, "link": 4}.get(self.kind, 16)

    def _icon_room(self) -> int:
        return self.look.theme.px(_ICON) + _ICON_GAP if self.icon_name else 0

    def _trail_room(self) -> int:
        return self.look.theme.px(_ICON) + _ICON_GAP if self.trailing else 0

    def _sides(self) -> int:
        return 2 * self._padding() + self._icon_room() + self._trail_room()

    def _height(self, text: float) -> int:
        least = 24 if self.kind == "link" else self.least_height
        return max(self.look.theme.px(least), round(text + (4 if self.kind == "link" else 16)))

    def _ring(self) -> QColor:
        return self.look.theme.color("ink" if self.kind == "primary" else "accent")

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        theme = self.look.theme
        hover = self.underMouse() or self.isDown()
        if not self.isEnabled():
            return (
                theme.color("line") if self.kind in ("primary", "danger") else None,
                None,
                theme.color("quiet"),
            )
        if self.kind == "primary":
            ground = theme.color("accent")
            return (
                blend(theme.color("ink"), ground, 0.12) if hover else ground,
                None,
                theme.color("on_accent"),
            )
        if self.kind == "danger":
            return (
                theme.color("red_soft") if hover else theme.color("sheet"),
                theme.color("red"),
                theme.color("red"),
            )
        if self.kind == "plain":
            return (theme.color("accent_soft") if hover else None, None, theme.color("ink"))
        if self.kind == "link":
            return (theme.color("accent_soft") if hover else None, None, theme.color("accent"))
        return (
            theme.color("accent_soft") if hover else theme.color("sheet"),
            theme.color("line"),
            theme.color("ink"),
        )


class IconButton(PaintedButton):
    """An icon alone, with tooltip and accessible name from its message. Checkable ones show accent when on."""

    def __init__(
        self, look: Look, icon: str, message: Message | str, *, side: int = 36, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, message, parent)
        self.icon_name = icon
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hint = message
        self.speak()

    def say(self, message: Message | str) -> None:
        """Carry another name and tooltip."""
        self.hint = message
        super().say(message)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self.icon_name = name
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = max(self._side, self.look.theme.px(self._side) if self._side < 44 else self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground when on or hovered, icon, focus ring."""
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            fill_rounded(painter, box, theme.color("accent_soft"))
        size = min(theme.px(_ICON), self.width() - 8)
        place = QRectF((box.width() - size) / 2, (box.height() - size) / 2, size, size)
        paint_icon(painter, self.icon_name, place, theme.color("accent" if self.isChecked() else "quiet"))
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))
