"""Where one is inside a screen: how far scrolled, where the caret stands; kept every 5 s and at the lock, found again after.

Must not keep a word of what is on the screen: numbers only, and the ids the screen itself names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QPlainTextEdit, QTextEdit
from shiboken6 import isValid

from ui.context import Route
from ui.settings import Settings
from ui.views.screen import Screen

KEEP_MS = 5000
_TRY_MS, _TRIES = 100, 50
_FORM = re.compile(r"(\d{1,4});(\d+(?:,\d+)*)?;(?:(\d+):(\d+))?")
Editor = QTextEdit | QPlainTextEdit


def areas(screen: Screen) -> list[QAbstractScrollArea]:
    """What can be scrolled or written in, in the order it was built."""
    found = screen.findChildren(QAbstractScrollArea)
    return [one for one in found if one.isVisibleTo(screen)]


def view_of(screen: Screen) -> str:
    """`count;scroll of each;area:caret` of the text that has the focus."""
    inside = areas(screen)
    scrolls = ",".join(str(one.verticalScrollBar().value()) for one in inside)
    caret = ""
    for number, one in enumerate(inside):
        if isinstance(one, Editor) and one.hasFocus():
            caret = f"{number}:{one.textCursor().position()}"
    return f"{len(inside)};{scrolls};{caret}"


class PlaceKeeper(QObject):
    """`entered` when a screen is shown; `value` is what the setting holds; `note` keeps it."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._screen: Screen | None = None
        self._route = Route("home")
        self._wanted = ""
        self._tries = 0
        self._closing = False
        self._trying = QTimer(self)
        self._trying.setInterval(_TRY_MS)
        self._trying.timeout.connect(self._try)
        self._keeping = QTimer(self)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(self.note)

    def entered(self, screen: Screen, route: Route, view: str = "") -> None:
        """A screen is shown; go to where one was in it as soon as it has filled itself."""
        self._screen, self._route, self._wanted, self._tries = screen, route, view, _TRIES
        if view:
            self._trying.start()
        else:
            self._trying.stop()
        self._keeping.start()
        self.note()

    def close(self) -> None:
        """The program is closed by a person: tomorrow opens on the screen, not on the passage that was told last."""
        self._closing = True

    def value(self) -> dict[str, str]:
        """Screen, record, and where in it."""
        at, screen = self._route, self._screen
        known = {"screen": at.screen, "record": at.record_id}
        if screen is None or not isValid(screen):
            return known
        if not screen.returned_to:
            return {"screen": "settings", "record": ""}
        if self._closing:
            return {**known, "record": screen.record_id or at.record_id}
        if self._wanted:  # not there yet
            return {**known, "place": at.extra, "view": self._wanted}
        return {
            **known,
            "record": screen.record_id or at.record_id,
            "place": screen.place(),
            "view": view_of(screen),
        }

    def note(self) -> None:
        """Keep it, if it changed."""
        if self._screen is not None and isValid(self._screen):
            self._settings.set("ui.place", self.value())

    def operations(self) -> list[Any]:
        """For the lock: the last place, as a write; nothing if it is kept already."""
        from storage import SetSetting

        value = self.value()
        if self._screen is None or self._settings.get("ui.place") == value:
            return []
        return [SetSetting("ui.place", value)]

    def _try(self) -> None:
        self._tries -= 1
        screen = self._screen
        if (
            screen is None
            or not isValid(screen)
            or self._follow(screen, last=self._tries <= 0)
            or self._tries <= 0
        ):
            self._wanted = ""
            self._trying.stop()

    def _follow(self, screen: Screen, *, last: bool) -> bool:
        """Scroll and put the caret; False while the screen is still filling. What a person moved meanwhile stays."""
        found = _FORM.fullmatch(self._wanted)
        inside = areas(screen)
        if found is None:
            return True
        scrolls = [int(one) for one in (found[2] or "").split(",") if one]
        if len(inside) != int(found[1]) or len(scrolls) != len(inside):
            return False
        editor = inside[int(found[3])] if found[3] and int(found[3]) < len(inside) else None
        caret = int(found[4] or 0)
        late = any(one.verticalScrollBar().maximum() < to for one, to in zip(inside, scrolls, strict=True))
        if isinstance(editor, Editor):
            late = late or editor.document().characterCount() <= caret
        if late and not last:
            return False
        if isinstance(editor, Editor) and editor.textCursor().position() == 0:
            cursor = editor.textCursor()
            cursor.setPosition(min(caret, editor.document().characterCount() - 1))
            editor.setTextCursor(cursor)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        for one, to in zip(inside, scrolls, strict=True):
            if one is editor or one.verticalScrollBar().value() == 0:
                one.verticalScrollBar().setValue(to)
        return True


def stored(settings: Settings, go: Callable[[Route, str], None]) -> None:
    """Go to the stored place; whatever is odd about it is home."""
    place = settings.get("ui.place")
    known = place if isinstance(place, dict) else {}
    words = {key: value for key, value in known.items() if isinstance(value, str)}
    route = Route(words.get("screen", "home"), words.get("record", ""), words.get("place", ""))
    try:
        go(route, words.get("view", ""))
    except (KeyError, ImportError, AttributeError, ValueError):
        go(Route("home"), "")
