"""What every widget needs to show itself: theme and words. Must not reach records."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from i18n.message import Message
from ui.theme import Theme
from ui.translator import Words


@dataclass(frozen=True)
class Look:
    """Theme and words, handed to every widget's constructor."""

    theme: Theme
    words: Words

    def t(self, message: Message | str) -> str:
        """Words for a message in the window's language."""
        return self.words.text(message)


def must_speak(widget: QWidget, event: QEvent) -> bool:
    """True for Qt's notice of a new language.

    False for a widget that has no look yet (still being made) or no more (Python took it apart before Qt did): events
    reach it then too.
    """
    return event.type() == QEvent.Type.LanguageChange and hasattr(widget, "look")


class Speaking(QWidget):
    """A widget that says its messages again after a change of language and re-measures after a change of look.

    Subclasses override `speak` (texts) and `restyle` (sizes); both are safe to call at any time.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._restyling = False
        look.theme.changed.connect(self._look_changed)

    def speak(self) -> None:
        """Set every text from its message."""

    def restyle(self) -> None:
        """Set every size that follows the text size."""

    def changeEvent(self, event: QEvent) -> None:
        """Qt's notice of a new language."""
        if must_speak(self, event):
            self.speak()
        super().changeEvent(event)

    def _look_changed(self) -> None:
        self.restyle()
        self.updateGeometry()
        self.update()
