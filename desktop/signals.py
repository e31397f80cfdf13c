"""Hears from the system that the notebook should lock: sleep, lid, screen lock, end of the session. Must not lock itself.

`watch(window, said)` begins; `said(event)` is called on the GUI thread, and the system waits for sleep until it returned,
where it can wait. Where nothing can be heard, the jump of the clocks remains (desktop.autolock).
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Literal, Protocol

Event = Literal["sleep", "awake", "screen", "lid", "end"]
"""What happened: about to sleep, woken, screen locked or user switched, lid closed, session or program to end."""

Said = Callable[[Event], None]


class Source(Protocol):
    """One kind of messages of the system."""

    def watch(self, window: int, said: Said) -> None:
        """Begin to listen; `window` is the number of the window for systems that send messages to one."""

    def stop(self) -> None:
        """Hear nothing any more, hold nothing up."""


class SystemSignals:
    """All sources of this system together. A source that cannot be had is left out quietly."""

    def __init__(self, sources: list[Callable[[], Source]] | None = None) -> None:
        self._makers = _makers() if sources is None else sources
        self._sources: list[Source] = []

    def watch(self, window: int, said: Said) -> None:
        """Begin; the second call changes nothing."""
        if self._sources:
            return
        for make in self._makers:
            with contextlib.suppress(Exception):
                source = make()
                source.watch(window, said)
                self._sources.append(source)

    def stop(self) -> None:
        """End; also what held up the sleep of the computer."""
        sources, self._sources = self._sources, []
        for source in sources:
            with contextlib.suppress(Exception):
                source.stop()


def _makers() -> list[Callable[[], Source]]:
    if sys.platform == "win32":
        from desktop.signals_windows import WindowMessages

        return [WindowMessages]
    if sys.platform == "darwin":
        from desktop.signals_macos import Workspace

        return [EndSignals, Workspace]
    from desktop.signals_linux import Buses

    return [EndSignals, Buses]


class EndSignals:
    """SIGTERM, SIGHUP and SIGINT: the program is asked to end. Qt's loop is woken through a pipe."""

    def __init__(self) -> None:
        self._notifier: Any = None
        self._said: Said | None = None
        self._before: dict[int, Any] = {}
        self._ends: tuple[int, int] | None = None

    def watch(self, window: int, said: Said) -> None:
        """Begin; only in the main thread."""
        from PySide6.QtCore import QSocketNotifier

        self._said = said
        reading, writing = os.pipe()
        self._ends = (reading, writing)
        for end in self._ends:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            number = getattr(signal, name)
            self._before[number] = signal.signal(number, self._heard)
        self._notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._wake)

    def stop(self) -> None:
        """Give the signals back."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, before in self._before.items():
            signal.signal(number, before)
        for end in self._ends or ():
            os.close(end)
        self._before, self._ends, self._notifier = {}, None, None

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        """Python calls this between two steps of a program; the work is done in `_wake`, from the loop."""

    def _wake(self) -> None:
        if self._ends is not None:
            with contextlib.suppress(OSError):
                os.read(self._ends[0], 64)
        if self._said is not None:
            self._said("end")
