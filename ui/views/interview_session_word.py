"""The quiet word on the lock screen while a recorder goes on behind it. Must not need the notebook to be open."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer

from ui.context import Program
from ui.look import Look
from ui.viewmodels.gate import GateModel
from ui.views.interview_session_cover import RECORDING_WORD
from ui.widgets.text import Label

LOOK_MS = 2000


class RecordingWord(Label):
    """Says "recording", or nothing."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look, "", "quiet")
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._recorders, self._model = program.recorders, model
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look_again)
        if self._recorders is not None:
            self._timer.start()

    def look_again(self) -> None:
        """Ask the notebook's folder, which needs no key."""
        folder = self._model.state.folder
        alive = self._recorders is not None and folder is not None and self._recorders.is_alive(folder)
        self.say(RECORDING_WORD if alive else "")
