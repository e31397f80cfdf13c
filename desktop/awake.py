"""Keeps the computer awake while it records, as far as the system allows. Must not fail a recording that cannot have it.

Windows and macOS are asked by the recorder itself, and forget it when the process ends. On Linux logind gives a file that
keeps the computer awake as long as it is open: the window asks for it and the recorder inherits it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from typing import Any

_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001
_UTF8, _ASSERTION_ON = 0x08000100, 255
_WAIT_MS = 500
WHAT = "sleep:idle:handle-lid-switch"


@contextlib.contextmanager
def while_recording() -> Iterator[None]:
    """Awake from here to the end of the block (Windows, macOS); elsewhere nothing is done here."""
    release = None
    with contextlib.suppress(Exception):  # a recording that may be cut short is better than none
        release = _ask()
    try:
        yield
    finally:
        with contextlib.suppress(Exception):
            if release is not None:
                release()


def _ask() -> Any:
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS | _SYSTEM_REQUIRED)
        return lambda: ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS)
    if sys.platform == "darwin":
        return _assert_on_macos()
    return None


def _assert_on_macos() -> Any:
    core = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
    power = ctypes.CDLL("/System/Library/Frameworks/IOKit.framework/IOKit")
    make = core.CFStringCreateWithCString
    make.restype, make.argtypes = ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32)
    begin = power.IOPMAssertionCreateWithName
    begin.argtypes = (ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32))
    number = ctypes.c_uint32()
    kind, name = make(None, b"PreventUserIdleSystemSleep", _UTF8), make(None, b"Daftar", _UTF8)
    if begin(kind, _ASSERTION_ON, name, ctypes.byref(number)):
        return None
    return lambda: power.IOPMAssertionRelease(number)


def inhibitor(bus: Any = None) -> int | None:
    """Ask logind (Linux) for the file that keeps the computer awake; the caller closes it. None where it is not given.

    `bus` replaces the system bus in tests.
    """
    if not sys.platform.startswith("linux"):
        return None
    try:
        return _from_logind(bus)
    except Exception:  # noqa: BLE001 - no bus, no Qt part, no permission: recording goes on without
        return None


def _from_logind(bus: Any) -> int | None:
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

    bus = QDBusConnection.systemBus() if bus is None else bus
    if not bus.isConnected():
        return None
    message = QDBusMessage.createMethodCall(
        "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "Inhibit"
    )
    # The name and the reason stand in a list any user can read: they say nothing of a recording.
    message.setArguments([WHAT, "Daftar", "Daftar", "block"])
    message.setAutoStartService(False)
    answer = bus.call(message, QDBus.CallMode.Block, _WAIT_MS).arguments()
    if answer and isinstance(answer[0], QDBusUnixFileDescriptor) and answer[0].isValid():
        return os.dup(answer[0].fileDescriptor())
    return None
