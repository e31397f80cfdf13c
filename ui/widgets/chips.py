"""Quiet pills: topics, tags, filters. Must not carry meaning by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from i18n.message import Message
from ui.icons import paint_icon
from ui.look import Look
from ui.widgets.button import PaintedButton
from ui.widgets.painting import LaidText, fill_rounded, focus_ring, natural_width


class Chip(PaintedButton):
    """A pill; a checkable one shows a tick and accent when on."""

    def __init__(
        self,
        look: Look,
        message: Message | str,
        icon: str = "",
        *,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, message, parent)
        self._icon = icon
        self.setCheckable(checkable)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.speak()

    def sizeHint(self) -> QSize:
        """One line."""
        theme = self.look.theme
        width = natural_width(self.words, theme.font(13)) + 1 + self._lead() + 26
        return QSize(round(width), self.settled_height(round(width)))

    def minimumSizeHint(self) -> QSize:
        """May wrap."""
        return QSize(48, self.look.theme.px(28))

    def hasHeightForWidth(self) -> bool:
        """Wrapped words make it taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height for a width."""
        laid = LaidText(self.words, self.look.theme.font(13), width - 26 - self._lead())
        return max(self.look.theme.px(28), round(laid.height + 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pill, icon, words, focus ring."""
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        corner = min(box.height() / 2, theme.px(16))
        on = self.isChecked()
        ground = theme.color("accent_soft" if on or self.underMouse() else "paper")
        fill_rounded(painter, box, ground, theme.color("accent" if on else "line"), corner)
        ink = theme.color("accent" if on else "ink" if self.isEnabled() else "quiet")
        laid = LaidText(self.words, theme.font(13), box.width() - 26 - self._lead())
        name = "check" if on and not self._icon else self._icon
        size = theme.px(16)
        x = (box.width() - laid.width - self._lead()) / 2
        if name:
            paint_icon(painter, name, QRectF(x, (box.height() - size) / 2, size, size), ink)
        laid.draw(painter, x + self._lead(), (box.height() - laid.height) / 2, ink)
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"), corner)

    def _lead(self) -> int:
        if not self._icon and not self.isCheckable():
            return 0
        return self.look.theme.px(16) + (6 if self.words else 0)
