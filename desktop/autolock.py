"""When the notebook locks by itself, and in which order locking happens. Must not know Qt or a clock of its own.

The window feeds activity and ticks; the policy answers. Time is seconds of the two clocks the caller passes: a
monotonic one that may stand still while the computer sleeps, and the wall clock that does not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn, Protocol

from desktop import paths

DEFAULT_MINUTES = 3
SHORTEST_MINUTES, LONGEST_MINUTES = 1, 15
JUMP = 30.0  # seconds by which the two clocks may differ between ticks before we assume the computer slept
WARNING = 20.0  # seconds before the lock in which the window may say so
DRAFTS_WITHIN = 0.3  # seconds the vault lane gets to commit drafts

Reason = Literal["idle", "slept", "asked"]


def clamp_minutes(minutes: int) -> int:
    """The idle time a user may choose."""
    return max(SHORTEST_MINUTES, min(LONGEST_MINUTES, minutes))


@dataclass(frozen=True)
class Verdict:
    """What a tick says: lock now (and why), or how many seconds are left."""

    lock: Reason | None
    left: float


class AutoLock:
    """The timing policy. One thread; the caller ticks at least every few seconds."""

    def __init__(
        self,
        minutes: int = DEFAULT_MINUTES,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._monotonic, self._wall = monotonic, wall
        self._limit = clamp_minutes(minutes) * 60.0
        self._active = monotonic()
        self._seen = (self._active, wall())
        self._slept = False

    def set_minutes(self, minutes: int) -> None:
        """Change the idle time; the time already idle counts."""
        self._limit = clamp_minutes(minutes) * 60.0

    def activity(self) -> None:
        """A key, a click or a touch. It cannot undo a sleep that was already noticed."""
        self._notice_sleep()
        self._active = self._monotonic()

    def suspending(self) -> None:
        """The system said it is about to sleep: lock at the next tick."""
        self._slept = True

    def tick(self) -> Verdict:
        """Judge the present moment."""
        self._notice_sleep()
        if self._slept:
            return Verdict("slept", 0.0)
        left = self._limit - (self._monotonic() - self._active)
        return Verdict("idle" if left <= 0 else None, max(0.0, left))

    def _notice_sleep(self) -> None:
        now = (self._monotonic(), self._wall())
        passed = now[0] - self._seen[0]
        jumped = abs((now[1] - self._seen[1]) - passed)
        self._seen = now
        # A long gap in the steady clock means this process stood still: a sleeping computer, a stopped program.
        if jumped > JUMP or passed > JUMP + self._limit:
            self._slept = True


class Lockable(Protocol):
    """What the window gives the lock sequence; each step must return even if it fails inside."""

    def blank_windows(self) -> None:
        """Cover every window; within 100 ms."""

    def commit_drafts(self, seconds: float) -> None:
        """Interrupt the vault lane, then commit drafts; gives up after `seconds`."""

    def seal(self) -> None:
        """Close the vault: seal the log head, close the database, wipe the keys."""

    def end_workers(self) -> None:
        """End the worker processes; a recorder goes on."""


def lock(
    parts: Lockable, vault: Path | None, leave: Callable[[Path | None], NoReturn] | None = None
) -> NoReturn:
    """Blank, commit, seal, end workers, then end this process in the lock screen. No failure keeps it open."""
    steps: Sequence[Callable[[], None]] = (
        parts.blank_windows,
        lambda: parts.commit_drafts(DRAFTS_WITHIN),
        parts.seal,
        parts.end_workers,
    )
    try:
        for step in steps:
            try:
                step()
            except Exception:  # noqa: BLE001 - whatever a step does, the process that held the keys ends
                continue
    finally:
        (leave or exec_lock_screen)(vault)


def exec_lock_screen(vault: Path | None = None) -> NoReturn:
    """Replace this process by the lock screen; where the system cannot replace (Windows), start it and end at once.

    Nothing of the present memory survives: that is the point. Called with the vault closed and sealed.
    """
    command = list(paths.lock_screen_command(vault))
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        if sys.platform != "win32":
            os.execv(command[0], command)
        else:
            subprocess.Popen(command, close_fds=True)
    finally:
        os._exit(0)
