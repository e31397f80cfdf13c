"""The languages of the window by their own names, in their own scripts. Must not remember the choice."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from i18n.languages import UI_LANGUAGES
from i18n.message import msg
from ui.look import Look
from ui.widgets.button import PaintedButton
from ui.widgets.flow import FlowLayout
from ui.widgets.painting import LaidText, fill_rounded, focus_ring, natural_width
from ui.widgets.status_line import IconMark


class _Name(PaintedButton):
    def __init__(self, look: Look, code: str, autonym: str) -> None:
        super().__init__(look, autonym)
        self.code = code
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret in the passphrase
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.speak()

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(round(natural_width(self.words, theme.font(13)) + 18), theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            fill_rounded(painter, box, theme.color("accent_soft"))
        laid = LaidText(self.words, theme.font(13), box.width())
        colour = theme.color("accent" if self.isChecked() else "quiet")
        laid.draw(painter, (box.width() - laid.width) / 2, (box.height() - laid.height) / 2, colour)
        if self.hasFocus():
            focus_ring(painter, box, theme.color("accent"))


class LanguageBar(QWidget):
    """`chosen(code)` when a person chooses; `mark(code)` shows the one in force."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(IconMark(look, "globe", side=18))
        names = QWidget()
        flow = FlowLayout(names, gap=6, line_gap=4)
        self._group = QButtonGroup(self)
        self._names = [_Name(look, entry.code, entry.autonym) for entry in UI_LANGUAGES]
        for button in self._names:
            flow.addWidget(button)
            self._group.addButton(button)
        self._group.buttonClicked.connect(self._clicked)
        line.addWidget(names, 1)
        self.setAccessibleName(look.t(msg("Language of the window")))
        look.words.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.mark(self.look.words.code)

    def mark(self, code: str) -> None:
        """Show which language is in force."""
        for button in self._names:
            button.setChecked(button.code == code)

    def _clicked(self, button: object) -> None:
        if isinstance(button, _Name):
            self.chosen.emit(button.code)
