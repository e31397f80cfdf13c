"""Pictures of a sitting: the strip in its states, the choices at Begin, the sheet. Must not start a recorder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.app import App
from ui.gallery import content
from ui.viewmodels.interview_session_recording import RecordingState
from ui.views.interview import InterviewRoom

if TYPE_CHECKING:
    from storage import RecordingTicket


@dataclass
class SampleStatus:
    """A recorder that stands still."""

    state: str = "recording"
    seconds: int = 0
    level: int = 0
    problem: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class SampleRecorders:
    """Can record, and never does."""

    def start(self, ticket: RecordingTicket, *, goes_on: bool) -> NoReturn:
        raise RuntimeError("the gallery does not record")

    def warning(self) -> Message | None:
        return None

    def is_alive(self, folder: Path) -> bool:
        return False

    def try_sound(self, hear: Callable[[int, bool], None]) -> None:
        hear(0, False)


def _agree(screen: QWidget) -> None:
    page = screen._begin_page if isinstance(screen, InterviewRoom) else None
    if page is not None:
        page.answers["record"].set_value("yes")
        page.recording.allow(True)
        page.recording.choice.set_value("goes_on")
        for digit in (4, 9, 2, 7):
            page.pin.field.press(digit)


def _show(screen: QWidget, state: RecordingState) -> None:
    if isinstance(screen, InterviewRoom) and screen.context.recording is not None:
        screen.context.recording.show_state(state)


def _recording(screen: QWidget) -> None:
    _show(screen, RecordingState("recording", content.INTERVIEW, 2951, 55))


def _off_record(screen: QWidget) -> None:
    _show(screen, RecordingState("paused", content.INTERVIEW, 2951))


def _failed(screen: QWidget) -> None:
    full = msg("There is no space left on the disk. Free some space and try again.")
    _show(screen, RecordingState(interview=content.INTERVIEW, problem=full))


def _set_pin(screen: QWidget) -> None:
    _show(screen, RecordingState())
    if isinstance(screen, InterviewRoom) and screen.sheet is not None:
        screen.sheet.recorder.pin.click()


STATES = (
    ("begin-recording", "interview", "", _agree),
    ("interview-recording", "interview", content.INTERVIEW, _recording),
    ("interview-off-record", "interview", content.INTERVIEW, _off_record),
    ("interview-failed", "interview", content.INTERVIEW, _failed),
    ("interview-pin", "interview", content.INTERVIEW, _set_pin),
)


def _cover(app: App) -> None:
    app.session.begin(content.INTERVIEW, bytearray(b"4927"))
    app.guard.show_recording(True)
    app.guard.cover()


def _cover_asks(app: App) -> None:
    _cover(app)
    app.guard.sheet.ask()
    for digit in (4, 9, 1):
        app.guard.sheet.pad.field.press(digit)


def _cover_wrong(app: App) -> None:
    _cover_asks(app)
    app.guard.sheet.pad.field.press(1)
    app.guard.sheet.pad.submitted.emit()


SHEETS: dict[str, Callable[[App], None]] = {
    "cover": _cover,
    "cover-pin": _cover_asks,
    "cover-wrong": _cover_wrong,
}


def uncover(app: App) -> None:
    """Take the sheet away again."""
    app.guard.sheet.uncovered.emit()
    app.guard.show_recording(False)
    app.session.end()
