"""Sleep, lid, screen lock and end of the session on Windows, from the messages of the window. Must not swallow one.

What a message means is judged from its bytes, so that tests can feed them; the calls that subscribe to messages were
written from the documented interfaces and not run on Windows yet.
"""

from __future__ import annotations

import ctypes
import struct
import uuid
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication

from desktop.signals import Event, Said

QUERY_END_SESSION, END_SESSION = 0x0011, 0x0016
POWER, SESSION_CHANGE = 0x0218, 0x02B1
_SUSPEND, _RESUMED, _RESUMED_BY_USER, _SETTING = 0x0004, 0x0012, 0x0007, 0x8013
_LOCKED = frozenset({2, 3, 4, 6, 7})  # console left, remote came, remote left, logged off, screen locked
LID = uuid.UUID("BA3E0F4D-B817-4094-A2D1-D56379E6A0F3")
DISPLAY = uuid.UUID("6FE69556-704A-47A0-8F24-C28D936FDA47")
MESSAGE = struct.Struct("@PIPP")  # MSG: window, message, two parameters; time and place follow

windll: Any = getattr(ctypes, "windll", None)


def event_of(message: int, word: int, setting: bytes = b"") -> Event | None:
    """What a message means; `setting` is what its second parameter points to where that is a changed power setting."""
    if message == POWER:
        if word == _SUSPEND:
            return "sleep"
        if word in (_RESUMED, _RESUMED_BY_USER):
            return "awake"
        return _setting(setting) if word == _SETTING else None
    if message == SESSION_CHANGE:
        return "screen" if word in _LOCKED else None
    if message == QUERY_END_SESSION or (message == END_SESSION and word):
        return "end"
    return None


def _setting(data: bytes) -> Event | None:
    """A changed power setting: its id, the length of its value, the value."""
    if len(data) < 24:
        return None
    name = uuid.UUID(bytes_le=data[:16])
    value = int.from_bytes(data[20:24], "little")
    if name == LID and value == 0:
        return "lid"
    return "screen" if name == DISPLAY and value == 0 else None


class WindowMessages(QAbstractNativeEventFilter):
    """Reads the messages of every window of the program."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Said | None = None
        self._window = 0
        self._settings: list[int] = []

    def watch(self, window: int, said: Said) -> None:
        """Subscribe to the session's and the lid's messages, then read."""
        self._said, self._window = said, window
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)
        if windll is None:
            return
        windll.wtsapi32.WTSRegisterSessionNotification(ctypes.c_void_p(window), 0)  # of this session only
        register = windll.user32.RegisterPowerSettingNotification
        register.restype = ctypes.c_void_p
        for name in (LID, DISPLAY):
            identity = (ctypes.c_ubyte * 16).from_buffer_copy(name.bytes_le)
            handle = register(ctypes.c_void_p(window), ctypes.byref(identity), 0)
            if handle:
                self._settings.append(int(handle))

    def stop(self) -> None:
        """Give the subscriptions back."""
        self._said = None
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)
        if windll is None:
            return
        windll.wtsapi32.WTSUnRegisterSessionNotification(ctypes.c_void_p(self._window))
        for handle in self._settings:
            windll.user32.UnregisterPowerSettingNotification(ctypes.c_void_p(handle))
        self._settings.clear()

    def nativeEventFilter(self, kind: Any, message: int) -> tuple[bool, int]:
        """Judge one message; it goes on to Qt in any case."""
        if self._said is not None and bytes(kind).startswith(b"windows_"):
            _window, number, word, more = MESSAGE.unpack(ctypes.string_at(int(message), MESSAGE.size))
            if number in (POWER, SESSION_CHANGE, QUERY_END_SESSION, END_SESSION):
                has_setting = number == POWER and word == _SETTING and more
                event = event_of(number, word, ctypes.string_at(more, 24) if has_setting else b"")
                if event is not None:
                    self._said(event)
        return False, 0
