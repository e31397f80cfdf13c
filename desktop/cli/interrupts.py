"""Notes that Ctrl-C was pressed, wherever it struck. Must not swallow it.

It can strike inside a function the database calls back; the database then reports an error of its own, and the wish to stop
would look like a failing disk.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class Interrupts:
    """While it is open, `seen` says whether Ctrl-C was pressed; it is raised as KeyboardInterrupt all the same."""

    def __init__(self) -> None:
        self.seen = False
        self._before: object = None

    def __enter__(self) -> Self:
        usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if usual and threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if self.seen and isinstance(error, Exception):
            raise KeyboardInterrupt from None

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.seen = True
        signal.default_int_handler(number, frame)
