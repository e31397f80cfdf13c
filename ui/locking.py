"""Locks the window: by idleness, by key, by button; walks the steps the lock asks for. Must not decide how long is idle.

The policy (desktop.autolock) and the end of the process are injected; here stand the Qt side of both: activity, ticks, and
the four steps of `Lockable`, each of which returns even when something inside it fails.
"""

from __future__ import annotations

import contextlib
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.context import IdlePolicy
from ui.jobs import JobRunner
from ui.views.screen import Screen

_TICK_MS = 1000
_SEAL_SECONDS = 3.0
_ACTIVITY = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
)


class Coverable(Protocol):
    """The window, as far as locking needs it."""

    def cover(self) -> None:
        """Show nothing but a blank sheet, at once."""

    def current_screen(self) -> Screen | None:
        """The screen that is shown."""

    def last_place(self) -> list[Any]:
        """Writes that keep where one is."""


class Locker(QObject):
    """Steps of locking (`Lockable`). Each is called once, in order, on the GUI thread."""

    def __init__(
        self,
        window: Coverable,
        jobs: JobRunner,
        language: str,
        parent: QObject | None = None,
        *,
        tells_code: bool = False,
    ) -> None:
        super().__init__(parent)
        self.language = language
        self.closing_code = ""
        self._tells_code = tells_code
        self._window = window
        self._jobs = jobs
        self._place: list[Any] = []
        self._words: list[Any] = []

    def blank_windows(self) -> None:
        """Cover all windows and paint that now; nothing readable is left on screen."""
        with contextlib.suppress(Exception):  # the sheet comes whatever else fails
            self._words = self._typed()  # before the caret leaves the text: a draft is enough, and quick
            self._place = self._window.last_place()
        self._window.cover()
        clipboard = QApplication.clipboard()
        if clipboard is not None and clipboard.ownsClipboard():
            clipboard.clear()

    def commit_drafts(self, seconds: float) -> None:
        """Interrupt the vault lane and write what was being typed."""
        self._jobs.commit([*self._words, *self._typed(), *self._place], seconds)

    def _typed(self) -> list[Any]:
        screen = self._window.current_screen()
        return screen.unsaved() if screen is not None else []

    def seal(self) -> None:
        """Close the notebook. What cannot be stopped in time loses its seal, not its content: systems wait 5 s for a sleep."""
        self._jobs.shut(_SEAL_SECONDS)
        if self._tells_code:
            self.closing_code = self._jobs.closing_code

    def end_workers(self) -> None:
        """End the worker processes, if there are any."""
        self._jobs.end_workers()


class Sitting(Protocol):
    """A sitting with a person, as far as idleness is concerned."""

    @property
    def covers(self) -> bool:
        """Whether idleness covers the screen instead of locking."""


class IdleWatch(QObject):
    """Feeds key presses and mouse moves to the policy and ticks it; `due` comes when it says to lock.

    While a sitting lasts that covers, idleness gives `cover_due`, every tick until somebody is there; all else locks.
    """

    due = Signal()
    cover_due = Signal()

    def __init__(
        self, policy: IdlePolicy, parent: QObject | None = None, *, sitting: Sitting | None = None
    ) -> None:
        super().__init__(parent)
        self._policy = policy
        self._sitting = sitting
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self, window: QWidget) -> None:
        """Begin to watch a shown window; the notebook is open now.

        The filter sits on the native window, where input arrives first: on the application it would be asked about every
        paint and timer, and typing would pay for it.
        """
        self._policy.activity()
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self._timer.start()

    def set_minutes(self, minutes: int) -> None:
        """Change how long is idle."""
        self._policy.set_minutes(minutes)

    def hear(self, event: str) -> None:
        """The system said something (ui.context.SystemSignals): sleep, a locked screen, a closed lid lock, also in a sitting."""
        if not self._timer.isActive():
            return
        if event in ("screen", "lid"):
            self._judge(event)
        elif event in ("sleep", "awake"):
            if event == "sleep":
                self._policy.suspending()
            self._tick()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; never swallow the event."""
        if event.type() in _ACTIVITY:
            self._policy.activity()
        return False

    def _tick(self) -> None:
        self._judge(self._policy.tick().lock)

    def _judge(self, reason: str | None) -> None:
        if reason == "idle" and self._sitting is not None and self._sitting.covers:
            self.cover_due.emit()
        elif reason is not None:
            self._timer.stop()
            self.due.emit()
