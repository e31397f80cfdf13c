"""The recording of a sitting, as the window sees it: begun, off the record, stopped, found again after a lock. Must not touch sound.

It belongs to the window, not to a screen: one may leave the interview room and the recording goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from i18n.message import Message, msg
from storage import TakeInRecordings
from storage.errors import DaftarError, EnvironmentProblem
from ui.jobs import JobRunner

if TYPE_CHECKING:
    from storage import ChangeSet, LiveRecording, RecordingTicket, Vault

POLL_MS = 250
TAKE_IN_EVERY = 300.0
LOOK_EVERY = 5.0
"""Seconds between two looks whether a recorder that was found again still lives."""

# critical
NO_CONSENT = msg("Not recording: nobody has said yes to that.")
DEAF = msg("The microphone gives no sound; it is tried again.")


class Status(Protocol):
    """What a recorder last said."""

    @property
    def state(self) -> str: ...

    @property
    def seconds(self) -> int: ...

    @property
    def level(self) -> int: ...

    @property
    def problem(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


class Recorder(Protocol):
    """A running recorder."""

    @property
    def status(self) -> Status: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def stop(self) -> None: ...


class Recorders(Protocol):
    """Starts recorders (desktop.recording). `try_sound` blocks: it hears and plays five seconds, in a worker thread."""

    def start(self, ticket: RecordingTicket, *, goes_on: bool) -> Recorder: ...

    def warning(self) -> Message | None: ...

    def is_alive(self, folder: Path) -> bool: ...

    def try_sound(self, hear: Callable[[int, bool], None]) -> None: ...


@dataclass(frozen=True)
class RecordingState:
    """`step`: off, starting, recording, paused, ending. `found`: it went on while the notebook was locked."""

    step: str = "off"
    interview: str = ""
    seconds: int = 0
    level: int = 0
    problem: Message | None = None
    found: bool = False

    @property
    def on(self) -> bool:
        """Whether a recorder lives."""
        return self.step != "off"

    @property
    def hears(self) -> bool:
        """Whether sound is kept now."""
        return self.step in ("starting", "recording")


class SessionRecording(QObject):
    """`changed` whenever `state` does; `kept` once a recording lies in the notebook."""

    changed = Signal()
    kept = Signal()

    def __init__(
        self,
        jobs: JobRunner,
        recorders: Recorders | None,
        text: Callable[[Message], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = RecordingState()
        self._jobs, self._recorders, self._text = jobs, recorders, text
        self._recorder: Recorder | None = None
        self._live: LiveRecording | None = None
        self._goes_on = self._pause_wished = False
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def possible(self) -> bool:
        """Whether this program can record at all."""
        return self._recorders is not None

    @property
    def recorders(self) -> Recorders | None:
        """For the test of the microphone."""
        return self._recorders

    def warning(self) -> Message | None:
        """What should be said before a recording: the battery."""
        return self._recorders.warning() if self._recorders is not None else None

    def show_state(self, state: RecordingState) -> None:
        """Show a state without a recorder, for pictures."""
        self._become(state)

    # -- commands

    def start(self, interview: str, *, goes_on: bool) -> None:
        """Begin to record. The caller has made sure of the consent."""
        if self._recorders is None or self.state.on:
            return
        self._goes_on = goes_on
        self._become(RecordingState("starting", interview))
        self._jobs.vault(partial(_begin, interview), self._begun, self._refused)

    def pause(self) -> None:
        """Off the record."""
        if self.state.hears:
            self._become(replace(self.state, step="paused", level=0))
            self._pause_wished = True
            self._tell("pause")

    def resume(self) -> None:
        """On the record again."""
        if self.state.step == "paused":
            self._become(replace(self.state, step="recording"))
            self._pause_wished = False
            self._tell("resume")

    def stop(self) -> None:
        """Seal and end; what was recorded is taken in when the recorder has ended."""
        if self.state.on:
            self._become(replace(self.state, step="ending", level=0))
            self._tell("stop")

    def leave(self) -> None:
        """The window closes: the recorder seals and ends by itself, and is taken in at the next unlocking."""
        self.stop()
        self._timer.stop()

    def look(self) -> None:
        """After unlocking: take in what was recorded, and find a recorder that went on."""
        self._take_in()
        self._jobs.vault(_live, self._found)

    # -- what comes back

    def _begun(self, ticket: RecordingTicket) -> None:
        if self._recorders is None:
            return
        try:
            self._recorder = self._recorders.start(ticket, goes_on=self._goes_on)
        except EnvironmentProblem as error:
            self._refused(error)
            return
        if self.state.step == "ending":
            self._tell("stop")
        elif self._pause_wished:
            self._tell("pause")
        self._ticks = 0
        self._timer.start()

    def _refused(self, error: DaftarError) -> None:
        self._become(RecordingState(problem=error.message))

    def _found(self, live: list[LiveRecording]) -> None:
        if self._recorder is not None:
            return
        if live:
            self._live = live[0]
            begun = "paused" if live[0].paused else "recording"
            step = self.state.step if self.state.on else begun
            self._become(RecordingState(step, live[0].interview, self.state.seconds, found=True))
            self._ticks = 0
            self._timer.start()
        elif self._live is not None:
            self._ended(None)

    def _poll(self) -> None:
        self._ticks += 1
        elapsed = self._ticks * POLL_MS / 1000
        if self._recorder is None:
            if elapsed % LOOK_EVERY == 0:
                self._jobs.vault(_live, self._found)
            return
        status = self._recorder.status
        if status.state in ("ended", "failed"):
            self._ended(_problem(status) if status.state == "failed" else None)
            return
        if elapsed % TAKE_IN_EVERY == 0:
            self._take_in()
        deaf = DEAF if status.problem == "device" else None
        step = (
            "recording" if self.state.step == "starting" and status.state == "recording" else self.state.step
        )
        self._become(replace(self.state, step=step, seconds=status.seconds, level=status.level, problem=deaf))

    def _ended(self, problem: Message | None) -> None:
        self._timer.stop()
        self._recorder = self._live = None
        self._pause_wished = False
        self._become(RecordingState(interview=self.state.interview, problem=problem))
        self._take_in()

    def _take_in(self) -> None:
        self._jobs.change(partial(_take, self._text), self._taken)

    def _taken(self, anything: bool) -> None:
        if anything and not self.state.on:
            self.kept.emit()

    def _tell(self, what: str) -> None:
        """Commands are files beside the segments: a few milliseconds, and no waiting for the vault lane."""
        try:
            if self._recorder is not None:
                {"pause": self._recorder.pause, "resume": self._recorder.resume, "stop": self._recorder.stop}[
                    what
                ]()
            elif self._live is not None:
                self._live.commands.say(what)  # type: ignore[arg-type]
        except DaftarError as error:
            self._become(replace(self.state, problem=error.message))

    def _become(self, state: RecordingState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()


def _problem(status: Status) -> Message:
    if status.problem:
        return Message(status.problem, status.values)
    return msg("The recorder stopped. What was recorded is kept.")


def _begin(interview: str, vault: Vault) -> RecordingTicket:
    return vault.begin_recording(interview)


def _take(text: Callable[[Message], str], vault: Vault) -> tuple[Sequence[ChangeSet], bool]:
    if vault.read_only:
        return (), False
    changes = vault.write(TakeInRecordings(text))
    return (changes,), not changes.empty


def _live(vault: Vault) -> list[LiveRecording]:
    return [] if vault.read_only else vault.live_recordings()
