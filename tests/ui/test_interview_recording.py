"""The strip and what stands behind it, with a recorder of paper: consent first, off the record, lost and found again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from i18n.message import Message, msg
from storage import RecordingTicket, SegmentWriter, recorder_is_alive
from tests.ui.conftest import OpenWindow
from ui.app import App
from ui.gallery import content
from ui.gallery.__main__ import make_program
from ui.views.gate_lock import LockPage

RATE = 48_000


@dataclass
class PaperStatus:
    state: str = "recording"
    seconds: int = 0
    level: int = 40
    problem: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class PaperRecorder:
    """Writes real segments, of no sound, when it is told to."""

    def __init__(self, ticket: RecordingTicket) -> None:
        self.status = PaperStatus()
        self.told: list[str] = []
        facts = {"interview": ticket.interview}
        self.writer = SegmentWriter(ticket.incoming, ticket.id, ticket.key, facts, RATE)

    def hear(self, seconds: int) -> None:
        for _ in range(seconds):
            self.status.seconds += 1
            self.writer.add(b"OggS of paper", self.status.seconds * RATE)

    def pause(self) -> None:
        self.told.append("pause")
        self.status.state = "paused"

    def resume(self) -> None:
        self.told.append("resume")
        self.status.state = "recording"

    def stop(self) -> None:
        self.told.append("stop")
        self.writer.finish("stop")
        self.status.state = "ended"


class PaperRecorders:
    def __init__(self) -> None:
        self.made: list[PaperRecorder] = []
        self.chosen: list[bool] = []
        self.battery: Message | None = None

    def start(self, ticket: RecordingTicket, *, goes_on: bool) -> PaperRecorder:
        self.chosen.append(goes_on)
        self.made.append(PaperRecorder(ticket))
        return self.made[-1]

    def warning(self) -> Message | None:
        return self.battery

    def is_alive(self, folder: Path) -> bool:
        return recorder_is_alive(folder)

    def try_sound(self, hear: Callable[[int, bool], None]) -> None:
        hear(50, False)
        hear(0, True)


class Recording(OpenWindow):
    """A window that can record."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.locks, self.recorders = qtbot, [], PaperRecorders()
        self.folder = folder
        self.open()

    def open(self, *, unlock: bool = True) -> None:
        program = replace(make_program(self.folder), lock=self._lock, recorders=self.recorders)
        self.app = App(program)
        self.qtbot.addWidget(self.app.window)
        self.app.show()
        if unlock:
            self.unlock()

    def unlock(self) -> None:
        self.app.gate_model.unlock(bytearray(b"gallery"))
        self.qtbot.waitUntil(lambda: self.app.window.shell is not None, timeout=10_000)
        self.settle()

    def poll(self) -> None:
        self.app.recording._poll()
        self.settle()

    def begin(self, record: str = "yes", choice: str = "ends") -> Any:
        room = self.go("interview")
        page = room._begin_page
        page.answers["record"].set_value(record)
        page._record_answered(record)
        if record == "yes":
            page.recording.choice.set_value(choice)
        room.begin_button.click()
        self.qtbot.waitUntil(lambda: room.model.state.step == "room", timeout=10_000)
        self.settle()
        return room

    @property
    def recorder(self) -> PaperRecorder:
        return self.recorders.made[-1]


@pytest.fixture
def window(qtbot: QtBot, clicks: None, notebook_master: Path, tmp_path: Path) -> Iterator[Recording]:
    folder = tmp_path / "notebook"
    shutil.copytree(notebook_master, folder)
    made = Recording(qtbot, folder)
    yield made
    made.app.close()
    made.app.jobs.shut()
    made.app.look.words.uninstall()
    for recorder in made.recorders.made:
        recorder.writer.end()


def test_without_a_yes_nothing_can_be_recorded_and_the_strip_says_why(window: Recording) -> None:
    for answer in ("no", "declined", "not_asked", ""):
        room = window.begin(answer)
        assert not room._begin_page.recording.isVisibleTo(room._begin_page)
        strip = room.sheet.recorder
        assert "nobody has said yes" in strip.words.text() and not strip.record.isVisibleTo(strip)
        strip._start()
        window.settle()
    assert window.recorders.made == []


def test_begin_records_where_that_was_chosen_and_close_keeps_it_with_the_interview(window: Recording) -> None:
    room = window.begin("yes", "goes_on")
    assert window.recorders.chosen == [True]
    window.recorder.hear(25)
    window.poll()
    assert "Recording, 0:00:25" in room.sheet.recorder.words.text()
    room.close_button.click()
    window.settle()
    assert window.recorder.told == ["stop"]
    window.poll()
    interview = window.ask(lambda vault: vault.get(room.record_id))
    evidence = window.ask(lambda vault: vault.get(interview["recordings"][0]))
    assert evidence["file"]["media_type"] == "audio/ogg" and not window.app.recording.state.on


def test_asked_but_nothing_chosen_is_no_recording(window: Recording) -> None:
    room = window.begin("yes", "")
    assert window.recorders.made == []
    strip = room.sheet.recorder
    assert strip.words.text() == "Not recording" and strip.record.isVisibleTo(strip)
    strip.record.click()
    window.settle()
    assert window.recorders.chosen == [False]


def test_one_key_takes_it_off_the_record(window: Recording, qtbot: QtBot) -> None:
    room = window.begin()
    window.poll()
    strip = room.sheet.recorder
    window.app.window.activateWindow()
    qtbot.waitUntil(window.app.window.isActiveWindow)
    qtbot.keyClick(room.sheet.edit, Qt.Key.Key_F7)
    assert window.recorder.told == ["pause"] and "no sound is kept" in strip.words.text()
    window.poll()
    assert window.app.guard._recording is False, "the sheet would not say that it records"
    qtbot.keyClick(room.sheet.edit, Qt.Key.Key_F7)
    assert window.recorder.told == ["pause", "resume"]


def test_a_pause_of_the_interview_is_off_the_record(window: Recording) -> None:
    room = window.begin()
    window.poll()
    room.pause_button.click()
    room.pause_button.click()
    assert window.recorder.told == ["pause", "resume"]


def test_taking_consent_back_ends_the_recording_at_once(window: Recording) -> None:
    room = window.begin()
    window.poll()
    room.model.decide("record_audio", "", "no")
    window.settle()
    assert window.recorder.told == ["stop"]


def test_it_goes_on_while_other_screens_are_shown(window: Recording) -> None:
    room = window.begin()
    window.recorder.hear(3)
    window.go("people")
    window.poll()
    assert window.app.recording.state.step == "recording"
    other = window.go("interview", content.INTERVIEW)
    assert "Another interview" in other.sheet.recorder.words.text()
    again = window.go("interview", room.record_id)
    assert "0:00:03" in again.sheet.recorder.words.text()


def test_a_recorder_that_went_on_through_a_lock_is_found_and_can_be_stopped(window: Recording) -> None:
    room = window.begin("yes", "goes_on")
    recorder, interview = window.recorder, room.record_id
    recorder.hear(25)
    app = window.app
    app.jobs.shut()  # a lock: the process ends, nobody tells the recorder anything
    app.recording._timer.stop()
    app._leaving = True
    recorder.hear(5)
    window.open(unlock=False)
    app.look.words.uninstall()
    page = window.app.window.findChild(LockPage)
    page.recording.look_again()
    assert page.recording.text() == "recording", "the lock screen says that it goes on"
    window.unlock()
    state = window.app.recording.state
    assert state.found and state.interview == interview
    room = window.go("interview", interview)
    assert "went on while" in room.sheet.recorder.words.text()
    room.sheet.recorder.stop.click()
    assert recorder.writer.commands.heard() == "stop"
    recorder.writer.finish("stop")
    window.app.recording._ticks = 19
    window.poll()
    window.settle()
    assert not window.app.recording.state.on
    evidence = window.ask(lambda vault: vault.get(vault.get(interview)["recordings"][0]))
    assert "00:00:30" in evidence["custody"][-1]["what"]


def test_a_recorder_that_is_off_the_record_is_found_as_that(window: Recording) -> None:
    """Else the strip would say that it records while no sound is kept."""
    room = window.begin("yes", "goes_on")
    recorder, interview = window.recorder, room.record_id
    recorder.hear(2)
    recorder.writer.commands.say("pause")
    app = window.app
    app.jobs.shut()
    app.recording._timer.stop()
    app._leaving = True
    window.open()
    assert window.app.recording.state.found and window.app.recording.state.step == "paused"
    room = window.go("interview", interview)
    assert "no sound is kept" in room.sheet.recorder.words.text()
    window.app.recording.resume()
    assert [live.paused for live in window.ask(lambda vault: vault.live_recordings())] == [False]
    recorder.writer.end()


@pytest.mark.parametrize(
    "problem", ["There is no space left on the disk. Free some space and try again.", ""]
)
def test_a_recorder_that_fails_says_one_sentence_and_what_it_had_is_kept(
    window: Recording, problem: str
) -> None:
    room = window.begin()
    window.recorder.hear(12)
    window.recorder.writer.end()
    window.recorder.status = PaperStatus("failed", 12, 0, problem)
    window.poll()
    strip = room.sheet.recorder
    assert strip.note.text() == (problem or "The recorder stopped. What was recorded is kept.")
    interview = window.ask(lambda vault: vault.get(room.record_id))
    assert len(interview["recordings"]) == 1


def test_a_low_battery_is_said_before_and_while(window: Recording) -> None:
    window.recorders.battery = msg("The battery is at {percent} %: connect the charger.", percent=12)
    room = window.begin()
    window.poll()
    assert "12 %" in room._begin_page.recording.power.text() and "12 %" in room.sheet.recorder.note.text()


def test_five_seconds_can_be_heard_before(window: Recording) -> None:
    page = window.go("interview")._begin_page
    page._record_answered("yes")
    page.recording.test.click()
    window.settle()
    assert "nothing of it is kept" in page.recording.note.text() and page.recording.test.isEnabled()


def test_a_pin_can_be_set_in_the_room(window: Recording) -> None:
    room = window.go("interview", content.INTERVIEW)
    strip = room.sheet.recorder
    strip.pin.click()
    for digit in (1, 1, 1, 1):
        strip.pin_field.press(digit)
    strip._set_pin()
    assert not window.app.session.has_pin and "not all the same" in strip.pin_note.text()
    for digit in (1, 9, 4, 7):
        strip.pin_field.press(digit)
    strip._set_pin()
    assert window.app.session.covers and not strip.pin.isVisibleTo(strip)


def test_without_a_recorder_in_the_program_the_strip_offers_none(opened: Any) -> None:
    opened.app.recording._recorders = None
    room = opened.go("interview", content.INTERVIEW)
    strip = room.sheet.recorder
    assert not strip.record.isVisibleTo(strip) and not strip.words.isVisibleTo(strip)
    strip.toggle()
    page = opened.go("interview")._begin_page
    page._record_answered("yes")
    assert not page.recording.isVisibleTo(page)
