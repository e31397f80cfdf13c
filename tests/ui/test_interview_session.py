"""A sitting with a PIN: idleness covers, the PIN uncovers, three wrong ones lock, nothing readable is left on screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.autolock import AutoLock
from tests.ui.conftest import OpenWindow
from ui.app import App
from ui.gallery import content
from ui.gallery.__main__ import make_program
from ui.viewmodels.interview_session import MOST_SECONDS, InterviewSession, is_pin

PIN = b"7391"


class Clock:
    """Both clocks, moved by hand."""

    def __init__(self) -> None:
        self.steady, self.wall = 1000.0, 50_000.0

    def pass_(self, seconds: float, *, asleep: bool = False) -> None:
        self.wall += seconds
        self.steady += 0.0 if asleep else seconds


class Sitting(OpenWindow):
    """A window with a policy whose time we move, in an interview room with a PIN."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.locks, self.clock = qtbot, [], Clock()
        policy = AutoLock(3, monotonic=lambda: self.clock.steady, wall=lambda: self.clock.wall)
        self.app = App(replace(make_program(folder), lock=self._lock, autolock=policy))
        self.app.session._monotonic = lambda: self.clock.steady
        qtbot.addWidget(self.app.window)
        self.app.show()
        self.app.gate_model.unlock(bytearray(b"gallery"))
        qtbot.waitUntil(lambda: self.app.window.shell is not None, timeout=10_000)
        self.settle()
        self.room = self.go("interview", content.INTERVIEW)

    def tick(self) -> None:
        assert self.app.watch is not None
        self.app.watch._tick()

    def idle(self, minutes: float = 3.5) -> None:
        for _ in range(round(minutes * 6)):
            self.clock.pass_(10)
            self.tick()
            self.settle_quickly()

    def settle_quickly(self) -> None:
        QApplication.sendPostedEvents()

    def key(self, key: Qt.Key, text: str = "", *, held: bool = False) -> None:
        target = self.app.window.focusWidget() or self.app.guard.sheet
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, held)
        QApplication.sendEvent(target, event)

    def type_pin(self, digits: bytes) -> None:
        for digit in digits:
            self.key(Qt.Key(digit), chr(digit))
        self.key(Qt.Key.Key_Return, "\r")

    @property
    def covered(self) -> bool:
        return self.app.guard.is_covered


@pytest.fixture
def sitting(qtbot: QtBot, notebook_master: Path, tmp_path: Path) -> Iterator[Sitting]:
    import shutil

    folder = tmp_path / "notebook"
    shutil.copytree(notebook_master, folder)
    window = Sitting(qtbot, folder)
    yield window
    window.app.close()
    window.app.jobs.shut()
    window.app.look.words.uninstall()


def inks(image: QImage) -> set[int]:
    return {QColor(image.pixel(x, y)).rgb() for x in range(image.width()) for y in range(image.height())}


def test_what_may_be_a_pin() -> None:
    good, bad = (b"7391", b"12345678"), (b"", b"123", b"123456789", b"12a4", b"1111", "١٢٣٤".encode())
    assert [is_pin(bytearray(one)) for one in good] == [True, True]
    assert [is_pin(bytearray(one)) for one in bad] == [False] * len(bad)


def test_without_a_pin_idleness_locks(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW)
    sitting.idle()
    assert not sitting.covered and len(sitting.locks) == 1


def test_with_a_pin_idleness_covers_and_the_pin_uncovers(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.room.sheet.edit.setFocus()
    sitting.idle(30)
    assert sitting.covered and sitting.locks == []
    sitting.type_pin(PIN)
    assert not sitting.covered and sitting.app.window.focusWidget() is sitting.room.sheet.edit
    assert sitting.app.window.current_screen() is sitting.room


def test_what_was_being_typed_is_saved_when_the_sheet_comes(sitting: Sitting, qtbot: QtBot) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    edit = sitting.room.sheet.edit
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    sitting.room.sheet._timer.stop()
    qtbot.keyClicks(edit, " Half a wo")
    sitting.idle()
    assert sitting.covered
    sitting.settle()
    drafts = sitting.ask(lambda vault: [draft.text for draft in vault.drafts()])
    assert drafts == [content.NARRATIVE + " Half a wo"]
    sitting.type_pin(PIN)
    qtbot.keyClicks(edit, "rd")
    assert edit.stored_text().endswith(" Half a word")


def test_the_sheet_leaves_nothing_readable(sitting: Sitting) -> None:
    """One colour, not a pixel of anything else; also with the large text turned to the speaker in front."""
    window = sitting.app.window
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.room.turn_to_speaker()
    assert len(inks(window.grab().toImage())) > 1, "the picture would not see text"
    sitting.idle()
    assert inks(window.grab().toImage()) == {sitting.app.look.theme.color("paper").rgb()}
    assert window.windowTitle() == "Daftar"
    seen = [one for one in window.findChildren(QWidget) if one.isVisible() and one.accessibleName()]
    assert seen == []
    sitting.type_pin(PIN)
    assert sitting.room._speaker_page is not None and sitting.room._speaker_page.isVisible()


def test_the_quiet_word_is_all_that_is_said(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.app.guard.show_recording(True)
    sitting.idle()
    assert sitting.app.guard.sheet.word.text() == "recording"
    sitting.app.guard.show_recording(False)
    assert sitting.app.guard.sheet.word.text() == ""


def test_three_wrong_pins_lock_in_full(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.idle()
    for number in range(3):
        assert sitting.locks == []
        sitting.type_pin(b"0000" if number else b"7392")
    assert len(sitting.locks) == 1 and sitting.covered
    sitting.type_pin(PIN)
    assert sitting.covered, "the right PIN after three wrong ones opens nothing"


def test_wrong_pins_are_counted_over_several_covers_until_a_right_one(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.idle()
    sitting.type_pin(b"0001")
    sitting.key(Qt.Key.Key_Escape)
    sitting.idle()
    sitting.type_pin(b"0002")
    assert sitting.app.session.tries_left == 1
    sitting.type_pin(PIN)
    assert not sitting.covered and sitting.app.session.tries_left == 3


def test_a_held_key_counts_once(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.idle()
    sitting.key(Qt.Key.Key_7, "7")
    for _ in range(50):
        sitting.key(Qt.Key.Key_7, "7", held=True)
        sitting.key(Qt.Key.Key_Return, "\r", held=True)
    assert sitting.app.guard.sheet.pad.field.length == 1
    assert sitting.app.session.tries_left == 3 and sitting.locks == []


def test_the_mouse_alone_can_enter_the_pin(sitting: Sitting, qtbot: QtBot) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.idle()
    sheet = sitting.app.guard.sheet
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton)
    for digit in b"73995":
        sheet.pad.keys[digit - 0x30].click()
    for _ in range(2):
        sheet.pad.back.click()
    sheet.pad.keys[1].click()
    sheet.pad.go_on.click()
    assert not sitting.covered


def test_the_windows_own_keys_do_nothing_under_the_sheet(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.idle()
    window = sitting.app.window
    window._back()
    window._toggle_discreet()
    window._jump()
    assert sitting.covered and window.current_screen() is sitting.room and not sitting.app.discreet.on
    window._lock()
    assert len(sitting.locks) == 1


def test_sleep_while_covered_locks_in_full(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.idle()
    sitting.clock.pass_(120, asleep=True)
    sitting.tick()
    assert len(sitting.locks) == 1


@pytest.mark.parametrize("event", ["lid", "screen", "sleep"])
def test_the_systems_word_is_a_full_lock_also_in_a_sitting(sitting: Sitting, event: str) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    assert sitting.app.watch is not None
    sitting.app.watch.hear(event)
    assert len(sitting.locks) == 1 and not sitting.covered


def test_after_three_hours_it_locks(sitting: Sitting) -> None:
    sitting.app.session.begin(content.INTERVIEW, bytearray(PIN))
    sitting.idle()
    before = MOST_SECONDS / 60 - 3.5 - 0.5
    sitting.idle(before)
    assert sitting.locks == []
    sitting.idle(1)
    assert len(sitting.locks) == 1


def test_the_pin_leaves_no_text_behind_and_no_hash_after_the_end() -> None:
    session = InterviewSession()
    session.begin("some id", bytearray(PIN))
    assert PIN not in repr(vars(session)).encode() and PIN not in session._secret._hash  # type: ignore[union-attr]
    session.end()
    assert not session.has_pin and session._secret is None
    assert session.try_pin(bytearray(PIN)) == "over"


def test_at_begin_nothing_is_required_and_an_unusable_pin_is_said(opened: Any) -> None:
    room = opened.go("interview")
    page = room._begin_page
    assert page.recording_wished == "no" and page.pin.field.length == 0
    for _ in range(4):
        page.pin.field.press(5)
    room.begin_button.click()
    assert room.model.state.step == "begin" and "repeated" in page.pin.note.text()
    page.pin.field.press_back()
    page.pin.field.press(2)
    room.begin_button.click()
    opened.qtbot.waitUntil(lambda: room.model.state.step == "room", timeout=10_000)
    assert opened.app.session.covers and page.pin.field.length == 0
    room.close_button.click()
    opened.settle()
    assert not opened.app.session.active
