"""A palette of letters that keyboards abroad do not have, for the field one writes in. Must not take the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from i18n.message import msg
from ui.look import Look
from ui.widgets.button import PaintedButton
from ui.widgets.flow import FlowLayout
from ui.widgets.painting import LaidText, fill_rounded

# Letters beside the plain Latin or Russian keyboard, by the language that is written.
LETTERS: dict[str, str] = {
    "uz_Latn": "oʻgʻʼOʻGʻ",
    "uz_Cyrl": "ўқғҳЎҚҒҲ",
    "tg": "ғӣқӯҳҷҒӢҚӮҲҶ",
    "az": "əğıöüçşƏĞİÖÜÇŞ",
    "ru": "ё«»—№",
    "en": "‘’“”–",
}


def letters_for(language: str) -> list[str]:
    """The letters of a language's palette; pairs with a turned comma count as one letter."""
    row = LETTERS.get(language, "")
    found: list[str] = []
    for char in row:
        if char == "ʻ" and found:
            found[-1] += char
        else:
            found.append(char)
    return found


class _Key(PaintedButton):
    def __init__(self, look: Look, letter: str) -> None:
        super().__init__(look, letter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.speak()

    def sizeHint(self) -> QSize:
        side = self.look.theme.px(30)
        return QSize(side + (6 if len(self.words) > 1 else 0), side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self.look.theme
        box = QRectF(self.rect())
        fill_rounded(
            painter, box, theme.color("accent_soft" if self.underMouse() else "sheet"), theme.color("line"), 4
        )
        laid = LaidText(self.words, theme.font(15), box.width())
        laid.draw(
            painter, (box.width() - laid.width) / 2, (box.height() - laid.height) / 2, theme.color("ink")
        )


class LetterPalette(QWidget):
    """`pressed(letter)`; the keys never take the focus from the text."""

    pressed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._flow = FlowLayout(self, gap=4, line_gap=4)
        self._language = ""
        self.setAccessibleName(look.t(msg("Letters")))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_language(self, language: str) -> None:
        """Offer the letters of a language."""
        if language == self._language:
            return
        self._language = language
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for letter in letters_for(language):
            key = _Key(self.look, letter)
            key.clicked.connect(self._clicked)
            self._flow.addWidget(key)

    def _clicked(self) -> None:
        key = self.sender()
        if isinstance(key, _Key):
            self.pressed.emit(key.words)
