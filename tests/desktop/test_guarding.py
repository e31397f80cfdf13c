"""The window answers what the system says; another window in front; pictures of the screen; Qt's own messages."""

from __future__ import annotations

import ctypes
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop import capture
from desktop.autolock import AutoLock
from tests.ui.conftest import OpenWindow
from tests.ui.conftest import notebook_master as notebook_master
from ui.app import App
from ui.gallery.__main__ import make_program
from ui.widgets.passphrase import PassphraseField


class Signals:
    """Says what a test wants."""

    def __init__(self) -> None:
        self.said: Any = None
        self.stopped = False

    def watch(self, window: int, said: Any) -> None:
        assert window
        self.said = said

    def stop(self) -> None:
        self.stopped = True


class Pictures:
    def __init__(self) -> None:
        self.on, self.can = True, True
        self.watched: list[int] = []
        self.told: list[tuple[int, bool]] = []

    def watch(self, window: int) -> None:
        self.watched.append(window)

    def protect(self, window: int) -> bool:
        self.told.append((window, self.on))
        return True


class Guarded(OpenWindow):
    """A window with a system that speaks."""

    def __init__(self, qtbot: QtBot, folder: Path, *, unlock: bool = True) -> None:
        self.qtbot, self.locks = qtbot, []
        self.signals, self.pictures = Signals(), Pictures()
        program = replace(
            make_program(folder), lock=self._lock, autolock=AutoLock(), signals=self.signals, capture=self.pictures
        )  # fmt: skip
        self.app = App(program)
        qtbot.addWidget(self.app.window)
        self.app.show()
        qtbot.waitUntil(lambda: self.signals.said is not None, timeout=5000)
        if unlock:
            self.app.gate_model.unlock(bytearray(b"gallery"))
            qtbot.waitUntil(lambda: self.app.window.shell is not None, timeout=10_000)
            self.settle()


@pytest.fixture
def folder(notebook_master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(notebook_master, tmp_path / "notebook"))


@pytest.fixture
def guarded(qtbot: QtBot, folder: Path) -> Iterator[Guarded]:
    window = Guarded(qtbot, folder)
    yield window
    window.app.close()
    window.app.jobs.shut()
    window.app.look.words.uninstall()


@pytest.mark.parametrize(("event", "locks"), [("sleep", 1), ("screen", 1), ("lid", 1), ("awake", 0)])
def test_what_the_system_says_locks_once(guarded: Guarded, event: str, locks: int) -> None:
    guarded.signals.said(event)
    guarded.signals.said(event)
    assert len(guarded.locks) == locks


@pytest.mark.parametrize("event", ["screen", "lid", "sleep"])
def test_a_sitting_that_covers_when_idle_still_locks_when_the_system_says_so(
    guarded: Guarded, event: str
) -> None:
    guarded.app.session.begin("22222222-2222-4222-8222-222222222221", bytearray(b"4827"))
    assert guarded.app.session.covers
    guarded.signals.said(event)
    assert len(guarded.locks) == 1


def test_every_entry_that_takes_a_secret_can_be_forgotten(root: Path) -> None:
    """The guard finds entries by their `wipe`: whoever draws dots or cells for a secret has one."""
    import re

    for path in sorted((root / "ui").rglob("*.py")):
        text = path.read_text("utf-8")
        for name, body in re.findall(r"^class (\w+)\(.*?\):(.*?)(?=^class |\Z)", text, re.M | re.S):
            if re.search(r"self\._buffer = bytearray|EchoMode\.Password", body) and "def take" in body:
                assert "def wipe" in body, f"{path.name}: {name}"


def test_at_the_gate_a_half_typed_passphrase_is_forgotten(qtbot: QtBot, folder: Path) -> None:
    window = Guarded(qtbot, folder, unlock=False)
    fields = window.app.window.findChildren(PassphraseField)
    for field in fields:
        qtbot.keyClicks(field, "half")
    assert any(not field.is_empty for field in fields)
    window.signals.said("sleep")
    assert all(field.is_empty for field in fields)
    assert window.locks == []
    window.app.close()
    window.app.look.words.uninstall()


def test_the_end_of_the_session_closes_the_window_and_the_notebook(guarded: Guarded) -> None:
    guarded.signals.said("end")
    assert not guarded.app.window.isVisible()
    assert not guarded.app.jobs.has_vault
    assert guarded.signals.stopped


def test_another_window_in_front_blanks_ours_only_when_it_was_chosen(guarded: Guarded) -> None:
    guard, window = guarded.app.system, guarded.app.window
    screen = guarded.go("people")
    guard.state_changed(Qt.ApplicationState.ApplicationInactive)
    assert window.sheet_shown is None
    guarded.app.settings.set("ui.blank_behind", True)
    guard.state_changed(Qt.ApplicationState.ApplicationInactive)
    assert window.sheet_shown is window.blank and window.blank.isVisible() and not screen.isVisible()
    guard.state_changed(Qt.ApplicationState.ApplicationActive)
    assert window.sheet_shown is None and screen.isVisible()
    guarded.app.lock()  # and the lock comes through the blank sheet too
    guard.state_changed(Qt.ApplicationState.ApplicationInactive)
    assert len(guarded.locks) == 1


def test_what_the_blank_page_hid_comes_back_though_an_interview_was_covered_meanwhile(
    guarded: Guarded,
) -> None:
    app = guarded.app
    guarded.go("people")
    floating = QLabel("a question that waits", app.window)
    floating.show()
    app.session.begin("interview", bytearray(b"1234"))
    app.settings.set("ui.blank_behind", True)
    app.system.state_changed(Qt.ApplicationState.ApplicationInactive)
    app.guard.cover()
    app.system.state_changed(Qt.ApplicationState.ApplicationActive)
    assert app.guard.is_covered and not floating.isVisible()
    app.guard.sheet.uncovered.emit()
    assert app.window.sheet_shown is None and floating.isVisible()


def test_windows_are_kept_out_of_pictures_and_let_in_when_it_is_switched_off(guarded: Guarded) -> None:
    number = int(guarded.app.window.winId())
    assert guarded.pictures.watched == [number]
    guarded.pictures.on = False
    guarded.app.system.protect_all()
    assert (number, False) in guarded.pictures.told


# -- the calls of the systems


class User:
    """Answers like user32; `old` is a Windows that knows only black windows."""

    def __init__(self, *, old: bool) -> None:
        self.old, self.calls = old, []  # type: ignore[var-annotated]

    def SetWindowDisplayAffinity(self, window: Any, kind: int) -> int:  # noqa: N802 - the system's name
        self.calls.append((window.value, kind))
        return int(not (self.old and kind == 0x11))


@pytest.mark.parametrize(("old", "kinds"), [(False, [0x11]), (True, [0x11, 0x01])])
def test_windows_is_asked_to_leave_a_window_out_or_to_blacken_it(
    monkeypatch: pytest.MonkeyPatch, old: bool, kinds: list[int]
) -> None:
    class Libraries:
        user32 = User(old=old)

    monkeypatch.setattr(capture, "windll", Libraries())
    one = capture.Capture(platform="win32")
    assert one.can and one.protect(77)
    assert Libraries.user32.calls == [(77, kind) for kind in kinds]
    one.on = False
    assert one.protect(77)
    assert Libraries.user32.calls[-1] == (77, 0)


def test_menus_of_windows_are_kept_out_before_they_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    class Libraries:
        user32 = User(old=False)

    monkeypatch.setattr(capture, "windll", Libraries())
    reader = capture._Shown(capture.Capture(platform="win32"))
    for window, message, word in ((5, 0x0018, 1), (6, 0x0018, 0), (7, 0x000F, 1)):
        place = ctypes.create_string_buffer(struct.pack("@PIPP", window, message, word, 0) + bytes(16))
        assert reader.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(place)) == (False, 0)
    assert Libraries.user32.calls == [(5, 0x11)]


def test_macos_is_asked_not_to_share_the_window() -> None:
    class Runtime:
        def __init__(self) -> None:
            self.calls: list[tuple[Any, ...]] = []

        def send(self, to: int, selector: str, *arguments: Any) -> int:
            self.calls.append((to, selector, *(getattr(one, "value", one) for one in arguments)))
            return 9

    runtime = Runtime()
    assert capture.Capture(platform="darwin", objc=runtime).protect(5)
    assert runtime.calls == [(5, "window"), (9, "setSharingType:", 0)]


def test_where_the_system_has_no_such_thing_nothing_is_claimed() -> None:
    one = capture.Capture(platform="linux")
    assert not one.can and not one.protect(1)


def test_messages_of_qt_say_nothing(root: Path) -> None:
    script = f"""
import sys; sys.path.insert(0, {str(root)!r})
from PySide6.QtCore import qWarning
from desktop import excepthook
if sys.argv[1] == "quiet":
    excepthook.quiet_qt()
qWarning("a name somebody said")
"""
    for how, words in (("quiet", 0), ("loud", 1)):
        done = subprocess.run(
            [sys.executable, "-I", "-c", script, how], capture_output=True, text=True, check=True
        )
        assert (done.stdout + done.stderr).count("somebody") == words
