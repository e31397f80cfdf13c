"""The shape every screen has: a heading, actions for the header, who would see this. Must not build the frame itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.theme.tokens import MARGIN_LEFT, MARGIN_RIGHT


@dataclass(frozen=True)
class Heading:
    """What the header says: a title (20), a code beside it (15 quiet), a detail (13 quiet); the rail entry that is on."""

    title: Message | str
    code: str = ""
    detail: Message | str = ""
    rail: str = "home"
    detail_is_testimony: bool = False


class Screen(QWidget):
    """Base of all screens, made as `Screen(context, record_id)`; lives from being shown to being left.

    The window draws rail, header and status line; the screen fills what lies between. Left text edge: `MARGIN_LEFT`
    after the rail; right edge: `MARGIN_RIGHT` unless a side panel stands there.
    """

    heading_changed = Signal()
    who_sees_changed = Signal()

    returned_to = True
    """Whether one comes back to this screen after a lock; else the settings are shown."""
    margin_left = MARGIN_LEFT
    margin_right = MARGIN_RIGHT

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.record_id = record_id

    def heading(self) -> Heading:
        """What the header says; emit `heading_changed` when it changes."""
        raise NotImplementedError

    def header_actions(self) -> list[QWidget]:
        """Widgets for the header's right end, in order; the last is the primary action. Built once by the screen."""
        return []

    def who_sees(self) -> Message:
        """Who would see what is on screen; said in the status line at the right."""
        return msg("Only you see this now")

    def wants_first_focus(self) -> QWidget | None:
        """The widget that gets the focus when the screen is shown; None leaves it to the tab order."""
        return None

    def unsaved(self) -> list[Any]:
        """Operations (drafts) still to be written, asked for at lock and when the screen is left. Must be quick."""
        return []

    def leave(self) -> None:
        """The screen is about to go: stop timers, write what was left."""

    def place(self) -> str:
        """Where in this screen one is, to come back to after a lock; never content."""
        return ""

    def follow_place(self, place: str) -> None:
        """Come back to where one was."""
