"""A row of a short list: words left, code or time right, quiet words under; and the quiet head of a section. Must not act."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from i18n.message import Message
from ui.icons import paint_icon
from ui.look import Look
from ui.theme.tokens import HANG
from ui.widgets.button import IconButton, PaintedButton
from ui.widgets.painting import LaidText, fill_rounded, focus_ring, natural_width
from ui.widgets.text import Label

_GAP = 12


class Row(PaintedButton):
    """A pressable row. The ground of a selected or hovered row hangs 12 px outside the text edge on both sides.

    Put rows into a layout whose margins leave those 12 px.
    """

    def __init__(
        self,
        look: Look,
        title: Message | str,
        trailing: Message | str = "",
        detail: Message | str = "",
        icon: str = "",
        *,
        tone: str = "quiet",
        chevron: bool = False,
        hang: int = HANG,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, title, parent)
        self._hang = hang
        self._trailing, self._detail, self._icon = trailing, detail, icon
        self._tone, self._chevron = tone, chevron
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.speak()

    def update_texts(
        self, title: Message | str, trailing: Message | str = "", detail: Message | str = ""
    ) -> None:
        """Show other words."""
        self._trailing, self._detail = trailing, detail
        self.say(title)

    def set_icon(self, name: str, tone: str = "quiet") -> None:
        """Carry another icon."""
        self._icon, self._tone = name, tone
        self.update()

    def speak(self) -> None:
        """The accessible name says all three texts."""
        super().speak()
        parts = [self.words, self.look.t(self._trailing), self.look.t(self._detail)]
        self.setAccessibleName(", ".join(part for part in parts if part))

    def sizeHint(self) -> QSize:
        """Wide enough for one line, at most a side panel."""
        theme = self.look.theme
        width = natural_width(self.words, theme.font(15)) + natural_width(
            self.look.t(self._trailing), theme.font(13)
        )
        wide = round(min(width + 2 * self._hang + _GAP + self._lead() + self._tail(), 400))
        return QSize(wide, self.settled_height(wide))

    def minimumSizeHint(self) -> QSize:
        """May become narrow; words wrap."""
        return QSize(120, self.look.theme.px(32))

    def hasHeightForWidth(self) -> bool:
        """Wrapped words make it taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height for a width."""
        title, _trailing, detail = self._lay(width)
        return round(title.height + (detail.height + 2 if detail else 0) + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon, texts, focus ring."""
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            fill_rounded(painter, box, theme.color("accent_soft"))
        title, trailing, detail = self._lay(self.width())
        x, y = self._hang + self._lead(), 5.0
        line = theme.line_height(15)
        if self._icon:
            size = theme.px(18)
            tone = self._tone if self._tone != "ink" else "quiet"
            paint_icon(
                painter, self._icon, QRectF(self._hang, y + (line - size) / 2, size, size), theme.color(tone)
            )
        title.draw(painter, x, y, theme.color("ink" if self.isEnabled() else "quiet"))
        right = box.width() - self._hang - self._tail()
        if trailing:
            trailing.draw(
                painter, right - trailing.width, y + (line - theme.line_height(13)) / 2, theme.color("quiet")
            )
        if self._chevron:
            size = theme.px(18)
            place = QRectF(box.width() - self._hang - size, (box.height() - size) / 2, size, size)
            paint_icon(painter, "chevron-right", place, theme.color("quiet"))
        if detail:
            colour = theme.color(self._tone if self._tone in ("amber", "red", "accent") else "quiet")
            detail.draw(painter, x, y + title.height + 2, colour)
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))

    def _lead(self) -> int:
        return self.look.theme.px(18) + _GAP if self._icon else 0

    def _tail(self) -> int:
        return self.look.theme.px(18) + 8 if self._chevron else 0

    def _lay(self, width: float) -> tuple[LaidText, LaidText | None, LaidText | None]:
        theme = self.look.theme
        room = width - 2 * self._hang - self._lead() - self._tail()
        trail_text, detail_text = self.look.t(self._trailing), self.look.t(self._detail)
        small = theme.font(13, tabular=True)
        trailing = (
            LaidText(trail_text, small, min(room * 0.55, natural_width(trail_text, small) + 1))
            if trail_text
            else None
        )
        title = LaidText(self.words, theme.font(15), room - (trailing.width + _GAP if trailing else 0))
        detail = LaidText(detail_text, theme.font(13), room) if detail_text else None
        return title, trailing, detail


class SectionHead(QWidget):
    """The quiet name of a group, with an optional action icon at its right (`button`)."""

    def __init__(
        self,
        look: Look,
        message: Message | str,
        icon: str = "",
        action: Message | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.label = Label(look, message, "quiet")
        row.addWidget(self.label, 1, Qt.AlignmentFlag.AlignVCenter)
        self.button: IconButton | None = None
        if icon:
            self.button = IconButton(look, icon, action, side=32)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
