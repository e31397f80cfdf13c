"""The quiet strip at the foot of the narrative: recording or not, how long, off the record, stop. Must not blink or shout."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg, pmsg
from ui.context import Context
from ui.look import Look
from ui.viewmodels.interview import InterviewModel
from ui.viewmodels.interview_session_recording import NO_CONSENT, RecordingState, SessionRecording
from ui.views.interview_session_begin import PIN_RISK
from ui.views.interview_session_level import LevelBar
from ui.views.interview_session_pin import PinField
from ui.widgets.button import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.status_line import IconMark
from ui.widgets.text import Label
from ui.wiping import wipe_bytes

OFF_RECORD_KEY = "F7"


class RecorderStrip(QWidget):
    """One line. Hidden where this program cannot record and nothing can be said about the sitting."""

    def __init__(self, context: Context, model: InterviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.model = context, model
        look = context.look
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        holder = QWidget()
        line = FlowLayout(holder, gap=12, line_gap=6)
        stack.addWidget(holder)
        self.mark = IconMark(look, "mic", "quiet", 16)
        self.words = Label(look, "", "quiet", wrap=False)
        self.bar = LevelBar(look)
        self.record = Button(look, pmsg("recorder", "Record"), "link")
        self.off = Button(look, msg("Off the record"), "link")
        self.off.explain(msg("Stops the sound until you go on (F7)"))
        self.stop = Button(look, msg("Stop"), "link")
        self.pin = Button(look, msg("Set a PIN"), "link")
        self.pin.explain(PIN_RISK)
        for widget in (self.mark, self.words, self.bar, self.record, self.off, self.stop, self.pin):
            line.addWidget(widget)
        self.note = Label(look, "", "amber")
        stack.addWidget(self.note)
        stack.addWidget(self._make_pin(look))
        self.record.clicked.connect(self._start)
        self.off.clicked.connect(self.toggle)
        self.stop.clicked.connect(self._stop)
        self.pin.clicked.connect(self._ask_pin)
        key = QShortcut(QKeySequence(OFF_RECORD_KEY), self)
        key.activated.connect(self.toggle)
        model.changed.connect(self.draw)
        context.session.changed.connect(self.draw)
        if self._recording is not None:
            self._recording.changed.connect(self.draw)
        self.draw()

    @property
    def _recording(self) -> SessionRecording | None:
        recording = self.context.recording
        return recording if recording is not None and recording.possible else None

    @property
    def _agreed(self) -> bool:
        state = self.model.state
        allowed = any(line.purpose == "record_audio" and line.decision == "yes" for line in state.grants)
        return allowed and not state.withdrawn

    def toggle(self) -> None:
        """Off the record, or on it again."""
        if self._recording is None:
            return
        if self._recording.state.step == "paused":
            self._recording.resume()
        else:
            self._recording.pause()

    def draw(self) -> None:
        """Say how it stands; a consent taken back ends the recording at once."""
        model, recording = self.model.state, self._recording
        state = recording.state if recording is not None else RecordingState()
        mine = state.on and state.interview in ("", model.id)
        if (
            mine
            and recording is not None
            and model.step == "room"
            and not self._agreed
            and state.step != "ending"
        ):
            recording.stop()
            return
        self.words.say(self._sentence(state, mine))
        self.mark.setVisible(recording is not None)
        self.mark.set_icon("mic", "accent" if mine and state.hears else "quiet")
        self.words.setVisible(recording is not None)
        self.bar.setVisible(mine and state.step == "recording" and not state.found)
        self.bar.show_level(state.level)
        open_now = model.step == "room" and not model.closed
        self.record.setVisible(recording is not None and not state.on and open_now and self._agreed)
        self.off.setVisible(mine and state.step in ("recording", "paused"))
        self.off.say(msg("Go on recording") if state.step == "paused" else msg("Off the record"))
        self.stop.setVisible(mine and state.step in ("recording", "paused"))
        self.pin.setVisible(open_now and not self.context.session.has_pin)
        self._show_note(state, mine)
        if not self.pin.isVisibleTo(self):
            self.pin_row.hide()

    def _sentence(self, state: RecordingState, mine: bool) -> Message:
        if state.on and not mine:
            return msg("Another interview is being recorded.")
        if state.step == "paused":
            return msg("Off the record: no sound is kept")
        if state.step == "ending":
            return msg("The recording is being closed.")
        if state.step == "starting":
            return msg("Recording begins.")
        if state.found:
            return msg("Recording; it went on while the notebook was locked")
        if state.step == "recording":
            return msg("Recording, {time}", time=_clock(state.seconds))
        return msg("Not recording") if self._agreed else NO_CONSENT

    def _show_note(self, state: RecordingState, mine: bool) -> None:
        note: Message | None = state.problem if mine or not state.on else None
        if note is None and mine and state.hears and self._recording is not None:
            note = self._recording.warning()
        self.note.say(note or "")
        self.note.setVisible(note is not None)

    def _start(self) -> None:
        if self._recording is not None and self._agreed:
            if not self.context.session.active:
                self.context.session.begin(self.model.state.id)
            self._recording.start(self.model.state.id, goes_on=False)

    def _stop(self) -> None:
        if self._recording is not None:
            self._recording.stop()

    # -- a PIN for a sitting that lasts already

    def _make_pin(self, look: Look) -> QWidget:
        self.pin_row = QWidget()
        line = QHBoxLayout(self.pin_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.pin_field = PinField(look, msg("PIN for this interview, 4 to 8 digits"))
        self.pin_field.submitted.connect(self._set_pin)
        line.addWidget(self.pin_field)
        keep = Button(look, msg("Use this PIN"), "quiet")
        keep.clicked.connect(self._set_pin)
        line.addWidget(keep)
        self.pin_note = Label(look, PIN_RISK, "quiet")
        line.addWidget(self.pin_note, 1)
        self.pin_row.hide()
        return self.pin_row

    def _ask_pin(self) -> None:
        self.pin_row.setVisible(self.pin_row.isHidden())
        self.pin_field.wipe()
        self.pin_note.say(PIN_RISK)
        self.pin_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_pin(self) -> None:
        digits = self.pin_field.take()
        session = self.context.session
        try:
            if not session.active:
                session.begin(self.model.state.id, digits)
            else:
                session.set_pin(digits)
        except ValueError:
            self.pin_note.say(msg("A PIN has 4 to 8 digits, not all the same."))
            return
        finally:
            wipe_bytes(digits)
        self.pin_row.hide()


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
