"""Keeps the windows out of pictures of the screen where the system can. Must not claim what the system does not do.

Windows: WDA_EXCLUDEFROMCAPTURE (10 2004 and later; before that the window is black in pictures). macOS: sharing type none.
Linux has no such thing. Neither was run on those systems yet.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication

from desktop.signals_windows import MESSAGE

_EXCLUDE, _BLACK, _PLAIN = 0x11, 0x01, 0x00
_SHARING_NONE, _SHARING_READ_ONLY = 0, 1

_SHOW_WINDOW = 0x0018
_APPEARED = "NSWindowDidChangeOcclusionStateNotification"

windll: Any = getattr(ctypes, "windll", None)


class Capture:
    """`watch` once, then every window and menu that appears is kept out. After changing `on`, `protect` each window."""

    def __init__(self, *, on: bool = True, platform: str = sys.platform, objc: Any = None) -> None:
        self.on = on
        self._platform = platform
        self._objc = objc
        self._filter: _Shown | None = None

    @property
    def can(self) -> bool:
        """Whether this system has such a thing at all."""
        return self._platform in ("win32", "darwin")

    def watch(self, window: int) -> None:
        """Keep out the window, and from now on every other of the program as soon as it is shown."""
        self.protect(window)
        application = QCoreApplication.instance()
        if self._platform == "win32" and self._filter is None and application is not None:
            self._filter = _Shown(self)
            application.installNativeEventFilter(self._filter)
        elif self._platform == "darwin":
            with contextlib.suppress(Exception):
                self._follow()

    def protect(self, window: int) -> bool:
        """Keep a window out of pictures (or let it in, when switched off); whether the system took it."""
        with contextlib.suppress(Exception):
            if self._platform == "win32":
                return self._windows(window)
            if self._platform == "darwin":
                return self._macos(window)
        return False

    def _windows(self, window: int) -> bool:
        handle = ctypes.c_void_p(window)
        set_ = windll.user32.SetWindowDisplayAffinity
        if not self.on:
            return bool(set_(handle, _PLAIN))
        return bool(set_(handle, _EXCLUDE) or set_(handle, _BLACK))

    def _macos(self, window: int) -> bool:
        """`window` is an NSView; its window is asked."""
        frame = self._runtime().send(window, "window")
        self._share(frame)
        return bool(frame)

    def _share(self, frame: int) -> None:
        kind = ctypes.c_ulong(_SHARING_NONE if self.on else _SHARING_READ_ONLY)
        self._runtime().send(frame, "setSharingType:", kind)

    def _follow(self) -> None:
        objc = self._runtime()
        listener = objc.listener("DaftarAppeared", lambda notice: self._share(objc.send(notice, "object")))
        centre = objc.send(objc.class_("NSNotificationCenter"), "defaultCenter")
        heard, name = objc.selector("heard:"), objc.text(_APPEARED)
        objc.send(centre, "addObserver:selector:name:object:", listener, heard, name, 0)

    def _runtime(self) -> Any:
        if self._objc is None:
            from desktop.objc import Runtime

            self._objc = Runtime()
        return self._objc


class _Shown(QAbstractNativeEventFilter):
    """Sees on Windows that a window, a menu or a hint is about to be shown."""

    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self._capture = capture

    def nativeEventFilter(self, kind: Any, message: int) -> tuple[bool, int]:
        """Keep the window out before it is shown; the message goes on to Qt."""
        if bytes(kind).startswith(b"windows_"):
            window, number, word, _more = MESSAGE.unpack(ctypes.string_at(int(message), MESSAGE.size))
            if number == _SHOW_WINDOW and word:
                self._capture.protect(window or 0)
        return False, 0
