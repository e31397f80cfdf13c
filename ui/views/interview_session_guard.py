"""Covers the window when an interview is idle and gives it back for the right PIN. Must not hold the PIN or lock by itself.

Drafts are handed to the notebook before the sheet comes: what was being typed is saved although nothing ends.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from i18n.message import Message
from ui.jobs import JobRunner
from ui.look import Look
from ui.viewmodels.interview_session import InterviewSession
from ui.views.interview_session_cover import RECORDING_WORD, Covering, SessionCover
from ui.views.window import Window


class SessionGuard(QObject):
    """`cover()` may be called at any time and again; `over` asks for a full lock."""

    over = Signal()
    uncovered = Signal()

    def __init__(
        self,
        window: Window,
        session: InterviewSession,
        jobs: JobRunner,
        look: Look,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._session, self._jobs = window, session, jobs
        self._covering = Covering()
        self._recording = False
        self.sheet = SessionCover(look, session)
        self.sheet.uncovered.connect(self._uncover)
        self.sheet.over.connect(self.over)
        window.add_sheet(self.sheet)

    @property
    def is_covered(self) -> bool:
        """Whether the sheet is in front."""
        return self._window.sheet_shown is self.sheet

    def show_recording(self, on: bool) -> None:
        """Say or unsay the quiet word."""
        self._recording = on
        if isValid(self.sheet):  # a last word of the recorder may come after the window is gone
            self.sheet.show_word(self._word())

    def cover(self) -> None:
        """Save what is being typed, then show nothing but the sheet. Without a PIN nobody could come back: nothing."""
        if self.is_covered or not self._session.covers:
            return
        screen = self._window.current_screen()
        for operation in screen.unsaved() if screen is not None else []:
            self._jobs.write(operation)
        self._covering.clear_view(self._window, self._window.all_pages())
        self.sheet.show_word(self._word())
        self._window.show_sheet(self.sheet)
        self.sheet.be_blank()
        self.sheet.repaint()

    def _uncover(self) -> None:
        if self.is_covered:
            self._window.take_sheet_away()
            self._covering.restore_view()
            self.uncovered.emit()

    def _word(self) -> Message | str:
        return RECORDING_WORD if self._recording else ""
