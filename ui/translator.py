"""The window's words: the catalog in force, and the same catalog for Qt's own strings. Must not hold any text itself.

Changing the language installs the translator anew; Qt then sends `LanguageChange` to every widget, and each says its
messages again. Nothing is restarted.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from i18n.languages import language
from i18n.message import Message

PSEUDO = "xx"  # the stretched test language of the gallery


class Texts(Protocol):
    """What the window needs of a catalog (`i18n.Catalog`)."""

    def text(self, message: Message) -> str: ...

    def lookup(self, source: str, context: str | None = None) -> str | None: ...


class CatalogSource(Protocol):
    """Gives the catalog of a window language."""

    def __call__(self, language_code: str) -> Texts: ...


class QtWords(QTranslator):
    """Qt's own strings (buttons, menus of text fields, key names) out of our catalog."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts

    def isEmpty(self) -> bool:
        """Never empty: an empty translator is not asked."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The catalog's words, or None, which lets Qt fall back to its source text."""
        found = self._texts.lookup(source, context) or self._texts.lookup(source)
        return None if found is None else found.replace("%n", str(n)) if n >= 0 else found


class Words(QObject):
    """Says messages in the window's language. `changed` comes after the switch, once."""

    changed = Signal()

    def __init__(self, catalog: CatalogSource, code: str = "en", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._qt: QtWords | None = None
        self.code = code
        self._texts = catalog(code)

    def text(self, message: Message | str) -> str:
        """Words for a message; a plain text (a name, a code) is given back as it is."""
        return message if isinstance(message, str) else self._texts.text(message)

    def switch(self, code: str) -> None:
        """Speak another language from now on. KeyError for a code that is no window language."""
        _known(code)
        self.code, self._texts = code, self._catalog(code)
        self.install()
        self.changed.emit()

    def speak_quietly(self, code: str) -> None:
        """Speak another language without telling Qt: for texts read aloud in the speaker's language."""
        _known(code)
        self.code, self._texts = code, self._catalog(code)
        self.changed.emit()

    def uninstall(self) -> None:
        """Take the words back from Qt while the widgets still live: a translator that dies sends `LanguageChange` too."""
        app = QApplication.instance()
        if app is not None and self._qt is not None:
            app.removeTranslator(self._qt)
            self._qt = None

    def install(self) -> None:
        """Give Qt the words in force and tell all widgets."""
        QLocale.setDefault(QLocale(_known(self.code)))
        app = QApplication.instance()
        if app is None:
            return
        if self._qt is not None:
            app.removeTranslator(self._qt)
        self._qt = QtWords(self._texts, self)
        app.installTranslator(self._qt)


def _known(code: str) -> str:
    """The BCP 47 tag of a window language; KeyError for others."""
    return "en" if code == PSEUDO else language(code).bcp47
