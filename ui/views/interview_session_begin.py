"""What is chosen at Begin for the sitting itself: a PIN, and whether it is recorded. Must not require or preselect either."""

from __future__ import annotations

from PySide6.QtCore import Signal

from i18n.message import Message, msg, pmsg
from ui.look import Look
from ui.viewmodels.interview_session import LONGEST_PIN, SHORTEST_PIN, is_pin
from ui.views.interview_session_pin import PinField
from ui.widgets.fields import Field
from ui.widgets.options import Options
from ui.widgets.passphrase import wipe_bytes
from ui.widgets.side_panel import Section
from ui.widgets.text import Label

# critical
PIN_RISK = msg(
    "With a PIN the screen is covered when nobody types, and the PIN uncovers it. The notebook stays open behind the sheet:"
    " use this only while you stay in the room. Without a PIN the notebook locks."
)
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

    def _judge(self) -> None:
        problem = self.problem if self.field.length >= SHORTEST_PIN else None
        self.note.say(problem or PIN_RISK)
        self.note.set_kind("amber" if problem else "quiet")
        self.edited.emit()


class RecordingSection(Section):
    """Whether the sitting is recorded, and what a lock does to the recording. `value` is no, ends or goes_on."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, msg("Recording"))
        self.choice = Options(look, RECORDING, msg("Recording"), columns=1)
        self.inset(self.choice)
        self.note = Label(look, "", "quiet")
        self.inset(self.note)
        self.note.hide()

    @property
    def value(self) -> str:
        """What was chosen; unanswered is no recording."""
        return self.choice.value or "no"

    def explain(self, why: Message | None) -> None:
        """Say why nothing can be recorded, or that all is well."""
        self.choice.setEnabled(why is None)
        self.note.say(why or "")
        self.note.setVisible(why is not None)
