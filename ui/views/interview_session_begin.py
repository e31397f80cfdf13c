"""What is chosen at Begin for the sitting itself: a PIN, and whether it is recorded. Must not require or preselect either."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal

from i18n.message import Message, msg, pmsg
from storage.errors import DaftarError
from ui.context import Context
from ui.jobs import Job
from ui.look import Look
from ui.viewmodels.interview_session import LONGEST_PIN, SHORTEST_PIN, is_pin
from ui.viewmodels.interview_session_recording import Recorders
from ui.views.interview_session_level import LevelBar
from ui.views.interview_session_pin import PinField
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.options import Options
from ui.widgets.side_panel import Section
from ui.widgets.text import Label
from ui.wiping import wipe_bytes

# critical
PIN_RISK = msg(
    "With a PIN the screen is covered when nobody types, and the PIN uncovers it. The notebook stays open behind the sheet:"
    " use this only while you stay in the room. Without a PIN the notebook locks."
)
LID = msg("Leave the lid open while it records.")
RECORDING: tuple[tuple[str, Message], ...] = (
    # critical
    ("no", pmsg("recording", "No recording")),
    # critical
    ("ends", msg("Record; a lock ends the recording")),
    # critical
    ("goes_on", msg("Record; it goes on after a lock")),
)


class PinSection(Section):
    """The PIN of the sitting. `take()` gives the digits, or None where there is no usable PIN."""

    edited = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, msg("When nobody types"))
        self.field = PinField(look, msg("PIN for this interview, 4 to 8 digits"))
        self.field.edited.connect(self._judge)
        self.inset(Field(look, msg("PIN for this interview, 4 to 8 digits"), self.field))
        self.note = Label(look, PIN_RISK, "quiet")
        self.inset(self.note)
        self.rows.stack.setSpacing(8)

    @property
    def problem(self) -> Message | None:
        """Why the typed digits cannot be used; None when they can, or when nothing is typed."""
        digits = self.field.copy_digits()
        try:
            if not digits or is_pin(digits):
                return None
        finally:
            wipe_bytes(digits)
        if SHORTEST_PIN <= self.field.length <= LONGEST_PIN:
            return msg("A PIN of one repeated digit is guessed at once.")
        return msg("A PIN has 4 to 8 digits.")

    def take(self) -> bytearray | None:
        """Move the digits out; the caller wipes them. None when there are none, or when they are no PIN."""
        usable = self.field.length > 0 and self.problem is None
        digits = self.field.take()
        if usable:
            return digits
        wipe_bytes(digits)
        return None

    def tell_problem(self) -> None:
        """Say why the digits cannot be used, where they are typed, and stand there; the next digit takes it back."""
        self._say(self.problem)
        announce(self.note)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        self._say(self.problem if self.field.length >= SHORTEST_PIN else None)
        self.edited.emit()

    def _say(self, problem: Message | None) -> None:
        self.note.say(problem or PIN_RISK)
        self.note.set_kind("amber" if problem else "quiet")


class RecordingSection(Section):
    """Whether the sitting is recorded, and what a lock does to the recording. `value` is no, ends or goes_on.

    Shown once the person has said yes to a recording. Five seconds can be heard before: nothing of them is kept.
    """

    def __init__(self, context: Context) -> None:
        look = context.look
        super().__init__(look, msg("Recording"))
        self._context = context
        self.choice = Options(look, RECORDING, msg("Recording"), columns=1)
        self.inset(self.choice)
        self.note = Label(look, LID, "quiet")
        self.inset(self.note)
        self.power = Label(look, "", "amber")
        self.inset(self.power)
        self.test = Button(look, msg("Hear five seconds"), "link", "mic")
        self.test.clicked.connect(self._try)
        self.inset(self.test)
        self.bar = LevelBar(look)
        self.inset(self.bar)
        self.bar.hide()
        self.rows.stack.setSpacing(8)

    @property
    def value(self) -> str:
        """What was chosen; unanswered is no recording."""
        return self.choice.value or "no"

    def allow(self, agreed: bool) -> None:
        """Show the choice, or take it away with what was chosen."""
        recording = self._context.recording
        possible = recording is not None and recording.possible
        self.setVisible(agreed and possible)
        if not agreed:
            self.choice.set_value("")
        warning = recording.warning() if recording is not None and agreed else None
        self.power.say(warning or "")
        self.power.setVisible(warning is not None)

    def _try(self) -> None:
        recording = self._context.recording
        if recording is None or recording.recorders is None:
            return
        self.test.setEnabled(False)
        self.note.say(msg("Speak now."))
        self.bar.show()
        work = partial(_hear, recording.recorders)
        self._context.jobs.compute(work, self._tried, self._not_tried, self._hearing)

    def _hearing(self, level: float, doing: object) -> None:
        self.bar.show_level(round(level * 100))
        if isinstance(doing, Message):
            self.note.say(doing)

    def _tried(self, _nothing: object) -> None:
        self._over(msg("That was the test; nothing of it is kept."))

    def _not_tried(self, error: DaftarError) -> None:
        self._over(error.message)

    def _over(self, words: Message) -> None:
        self.test.setEnabled(True)
        self.bar.hide()
        self.bar.show_level(0)
        self.note.say(words)


def _hear(recorders: Recorders, job: Job) -> None:
    def heard(level: int, playing: bool) -> None:
        job.report(level / 100, msg("Now it is played.") if playing else msg("Speak now."))

    recorders.try_sound(heard)
