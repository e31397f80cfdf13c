"""What the system says reaches the program: over a private bus with a logind of ours, by signals, and as bytes of Windows."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop import signals, signals_windows
from desktop.signals_macos import NOTICES, Workspace

needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="dbus-daemon is not installed")
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path={place}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""
LISTENER = """
import sys; sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QCoreApplication, QTimer
from desktop import hardening
hardening.harden_process()
from desktop.signals import SystemSignals
application = QCoreApplication([])
system = SystemSignals()
def said(event):
    print(event, flush=True)
    if event == "end":
        system.stop()
        application.quit()
system.watch(0, said)
QTimer.singleShot(400, lambda: print("listening", flush=True))
QTimer.singleShot(30000, application.quit)
application.exec()
"""


@dataclass
class World:
    """A private bus and who speaks on it."""

    address: str
    speaker: subprocess.Popen[str]

    def tell(self, *words: str) -> None:
        assert self.speaker.stdin is not None
        self.speaker.stdin.write(" ".join(words) + "\n")
        self.speaker.stdin.flush()

    def hear(self) -> str:
        assert self.speaker.stdout is not None
        return self.speaker.stdout.readline().strip()

    def environment(self, home: Path) -> dict[str, str]:
        return {
            "PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "XDG_SESSION_ID": "c7",
            "DBUS_SYSTEM_BUS_ADDRESS": self.address, "DBUS_SESSION_BUS_ADDRESS": self.address,
            "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    place = tmp_path / "bus"
    config = tmp_path / "bus.conf"
    config.write_text(CONFIG.format(place=place), "utf-8")
    daemon = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--nofork"])
    until = time.monotonic() + 10
    while not place.exists() and time.monotonic() < until:
        time.sleep(0.02)
    address = f"unix:path={place}"
    speaker = subprocess.Popen(
        [sys.executable, "-I", "-B", str(Path(__file__).with_name("fake_buses.py"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address},
    )  # fmt: skip
    one = World(address, speaker)
    try:
        assert one.hear() == "ready"
        yield one
    finally:
        for process in (speaker, daemon):
            process.kill()
            process.communicate()


@pytest.fixture
def listener(world: World, root: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", LISTENER, str(root)],
        stdout=subprocess.PIPE, text=True, env=world.environment(tmp_path),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "listening\n"
    yield process
    process.kill()
    process.communicate()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@needs_bus
def test_sleep_waits_for_the_lock_and_the_next_sleep_too(
    world: World, listener: subprocess.Popen[str]
) -> None:
    assert world.hear() == "held sleep Daftar The notebook is closed first. delay"
    world.tell("sleep")
    assert heard(listener) == "sleep"
    assert world.hear().startswith("released")
    world.tell("awake")
    assert heard(listener) == "awake"
    assert world.hear().startswith("held")


@needs_bus
def test_the_delay_lock_goes_with_the_process(world: World, listener: subprocess.Popen[str]) -> None:
    assert world.hear().startswith("held")
    listener.kill()
    assert world.hear().startswith("released")


@needs_bus
@pytest.mark.parametrize(
    ("words", "event"),
    [
        (("lock", "/org/freedesktop/login1/session/c7"), "screen"),
        (("hint",), "screen"),
        (("lid",), "lid"),
        (("saver", "org.freedesktop.ScreenSaver"), "screen"),
        (("saver", "org.gnome.ScreenSaver"), "screen"),
        (("shutdown",), "end"),
    ],
)
def test_locked_screens_lids_and_ends_are_heard(
    world: World, listener: subprocess.Popen[str], words: tuple[str, ...], event: str
) -> None:
    world.tell("lock", "/org/freedesktop/login1/session/another")  # of somebody else: not heard
    world.tell(*words)
    assert heard(listener) == event


@needs_bus
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_being_asked_to_end_is_heard_and_the_loop_goes_on(listener: subprocess.Popen[str], name: str) -> None:
    listener.send_signal(getattr(signal, name))
    assert heard(listener) == "end"
    assert listener.wait(10) == 0


def test_without_any_bus_nothing_is_heard_and_nothing_fails_or_is_started(root: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", LISTENER, str(root)], stdout=subprocess.PIPE, text=True,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/none"},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "listening\n"
        process.send_signal(signal.SIGTERM)
        assert heard(process) == "end"
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.communicate()
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_fails_is_left_out() -> None:
    events: list[str] = []

    class Broken:
        def watch(self, _window: int, _said: Any) -> None:
            raise OSError

        def stop(self) -> None: ...

    class Works(Broken):
        def watch(self, _window: int, said: Any) -> None:
            said("screen")

    def cannot() -> signals.Source:
        raise RuntimeError

    system = signals.SystemSignals([cannot, Broken, Works])
    system.watch(0, events.append)
    system.watch(0, events.append)
    assert events == ["screen"]
    system.stop()


# -- Windows, as bytes


def setting(name: Any, value: int) -> bytes:
    return bytes(name.bytes_le) + struct.pack("<II", 4, value)


@pytest.mark.parametrize(
    ("message", "word", "data", "event"),
    [
        (0x0218, 4, b"", "sleep"),
        (0x0218, 0x12, b"", "awake"),
        (0x0218, 7, b"", "awake"),
        (0x0218, 0x0A, b"", None),  # battery changed
        (0x0218, 0x8013, setting(signals_windows.LID, 0), "lid"),
        (0x0218, 0x8013, setting(signals_windows.LID, 1), None),
        (0x0218, 0x8013, setting(signals_windows.DISPLAY, 0), "screen"),
        (0x0218, 0x8013, setting(signals_windows.DISPLAY, 2), None),  # dimmed
        (0x0218, 0x8013, b"short", None),
        (0x02B1, 7, b"", "screen"),
        (0x02B1, 8, b"", None),  # unlocked
        (0x02B1, 4, b"", "screen"),
        (0x0011, 0, b"", "end"),
        (0x0016, 1, b"", "end"),
        (0x0016, 0, b"", None),  # the session does not end after all
        (0x0100, 4, b"", None),
    ],
)
def test_messages_of_windows_mean(message: int, word: int, data: bytes, event: str | None) -> None:
    assert signals_windows.event_of(message, word, data) == event


def test_a_message_is_read_from_its_bytes_and_goes_on_to_the_window() -> None:
    events: list[str] = []
    reader = signals_windows.WindowMessages()
    reader._said = events.append
    lid = ctypes.create_string_buffer(setting(signals_windows.LID, 0))
    for message, word, more in ((0x0218, 4, 0), (0x0218, 0x8013, ctypes.addressof(lid)), (0x0113, 1, 0)):
        raw = struct.pack("@PIPP", 7, message, word, more) + bytes(16)
        place = ctypes.create_string_buffer(raw)
        assert reader.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(place)) == (False, 0)
        assert reader.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(place)) == (False, 0)
    assert events == ["sleep", "lid"]


# -- macOS, with a runtime that only writes down


class Written:
    """Stands for the Objective-C runtime."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.listeners: dict[str, Any] = {}
        self.names: list[str] = []

    def class_(self, name: str) -> int:
        return hash(name) & 0xFFFF

    def selector(self, _name: str) -> int:
        return 5

    def text(self, words: str) -> int:
        self.names.append(words)
        return 6

    def send(self, to: int, selector: str, *arguments: Any) -> int:
        self.calls.append((to, selector, *arguments))
        return 9

    def listener(self, name: str, call: Any) -> int:
        self.listeners[name] = call
        return len(self.listeners)


def test_notices_of_the_workspace_are_asked_for_and_passed_on() -> None:
    written = Written()
    source = Workspace(lambda: written)  # type: ignore[arg-type,return-value]
    events: list[str] = []
    source.watch(0, events.append)
    assert set(written.names) == {*(name for name, _ in NOTICES), "com.apple.screenIsLocked"}
    for call in written.listeners.values():
        call(0)
    assert events == ["sleep", "awake", "screen", "screen", "end", "screen"]
    source.stop()
    assert sum(call[1] == "removeObserver:" for call in written.calls) == len(written.listeners)
