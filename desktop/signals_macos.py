"""Sleep, screen lock and end of the session on macOS, from the notices of the workspace. Must not hold sleep up itself.

The system waits for each observer of NSWorkspaceWillSleepNotification to return. Not run on macOS yet.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.objc import Runtime
from desktop.signals import Event, Said

NOTICES: tuple[tuple[str, Event], ...] = (
    ("NSWorkspaceWillSleepNotification", "sleep"),
    ("NSWorkspaceDidWakeNotification", "awake"),
    ("NSWorkspaceScreensDidSleepNotification", "screen"),
    ("NSWorkspaceSessionDidResignActiveNotification", "screen"),
    ("NSWorkspaceWillPowerOffNotification", "end"),
)
LOCKED = "com.apple.screenIsLocked"


class Workspace:
    """Listens to the workspace's centre of notices and to the one all programs share."""

    def __init__(self, runtime: Callable[[], Runtime] = Runtime) -> None:
        self._objc = runtime()
        self._said: Said | None = None
        self._observed: list[tuple[int, int]] = []

    def watch(self, window: int, said: Said) -> None:
        """Begin to listen."""
        self._said = said
        objc = self._objc
        workspace = objc.send(objc.class_("NSWorkspace"), "sharedWorkspace")
        own = objc.send(workspace, "notificationCenter")
        shared = objc.send(objc.class_("NSDistributedNotificationCenter"), "defaultCenter")
        for number, (name, event) in enumerate(NOTICES):
            self._observe(own, name, f"DaftarNotice{number}", event)
        self._observe(shared, LOCKED, "DaftarNoticeLocked", "screen")

    def stop(self) -> None:
        """Hear nothing any more."""
        self._said = None
        for centre, listener in self._observed:
            self._objc.send(centre, "removeObserver:", listener)
        self._observed.clear()

    def _observe(self, centre: int, notice: str, name: str, event: Event) -> None:
        objc = self._objc
        listener = objc.listener(name, partial(self._heard, event))
        objc.send(
            centre,
            "addObserver:selector:name:object:",
            listener,
            objc.selector("heard:"),
            objc.text(notice),
            0,
        )
        self._observed.append((centre, listener))

    def _heard(self, event: Event, _notice: int) -> None:
        if self._said is not None:
            self._said(event)
