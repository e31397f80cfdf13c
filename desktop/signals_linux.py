"""Sleep, lid and screen lock on Linux, over D-Bus. Must not start a bus, and must not wait for one.

D-Bus is a local socket (AF_UNIX): the kernel filter of the program lets it pass and nothing else. While the program runs
it holds a delay lock of logind, so that a computer sleeps only after the notebook has been sealed; the lock is a file that
closes with the process.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from desktop.signals import Said

LOGIND = "org.freedesktop.login1"
_MANAGER = (LOGIND, "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_SESSION = "org.freedesktop.login1.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_UPOWER = ("org.freedesktop.UPower", "/org/freedesktop/UPower", "org.freedesktop.UPower")
SAVERS = tuple(
    f"org.{name}.ScreenSaver" for name in ("freedesktop", "gnome", "cinnamon", "mate", "xfce", "kde")
)

Take = Callable[[list[Any]], None]


def session_bus_is_there() -> bool:
    """Whether a session bus runs already: asking for one that does not would start it, and write into the home folder."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address:
        return address.startswith("unix:")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and os.path.exists(os.path.join(runtime, "bus"))  # noqa: PTH110, PTH118 - one call, no object


class Buses(QObject):
    """Listens on the system bus and on the session bus, as far as they are there."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Said | None = None
        self._system: QDBusConnection | None = None
        self._session_path = ""
        self._held: int | None = None
        self._asked: list[tuple[QDBusPendingCallWatcher, Take]] = []

    def watch(self, window: int, said: Said) -> None:
        """Begin to listen; nothing is waited for."""
        self._said = said
        system = QDBusConnection.systemBus()
        if system.isConnected():
            self._system = system
            self._listen_system(system)
            self._hold()
            session = os.environ.get("XDG_SESSION_ID", "")
            if session:
                self._ask(_MANAGER, "GetSession", [session], self._know_session)
        if session_bus_is_there():
            bus = QDBusConnection.sessionBus()
            for name in SAVERS if bus.isConnected() else ():
                self._connect(bus, "", "", name, "ActiveChanged", "screenSaver(bool)")

    def stop(self) -> None:
        """Hear nothing any more and let the computer sleep."""
        self._said = None
        self._let_go()

    def _listen_system(self, bus: QDBusConnection) -> None:
        self._connect(bus, *_MANAGER, "PrepareForSleep", "prepareForSleep(bool)")
        self._connect(bus, *_MANAGER, "PrepareForShutdown", "prepareForShutdown(bool)")
        self._connect(bus, LOGIND, "", _SESSION, "Lock", "sessionLock(QDBusMessage)")
        for service, path in ((LOGIND, ""), _UPOWER[:2]):
            changed = "propertiesChanged(QDBusMessage)"
            self._connect(bus, service, path, _PROPERTIES, "PropertiesChanged", changed)

    def _connect(
        self, bus: QDBusConnection, service: str, path: str, interface: str, name: str, slot: str
    ) -> None:
        taken: Any = SLOT(slot)
        bus.connect(service, path, interface, name, self, taken)

    # -- what the buses say

    @Slot(bool)
    def prepareForSleep(self, begins: bool) -> None:
        """Before sleep: lock, then let the system go on. After it: hold the next one up again."""
        if begins:
            self._tell("sleep")
            self._let_go()
        else:
            self._hold()
            self._tell("awake")

    @Slot(bool)
    def prepareForShutdown(self, begins: bool) -> None:
        """The computer is about to be switched off."""
        if begins:
            self._tell("end")

    @Slot(bool)
    def screenSaver(self, active: bool) -> None:
        """The screen of this session was covered or locked."""
        if active:
            self._tell("screen")

    @Slot(QDBusMessage)
    def sessionLock(self, message: QDBusMessage) -> None:
        """Somebody asked a session to lock: ours, or one that we cannot tell from ours."""
        if self._session_path in ("", message.path()):
            self._tell("screen")

    @Slot(QDBusMessage)
    def propertiesChanged(self, message: QDBusMessage) -> None:
        """A property changed; which, and to what, is asked: the message itself is a list of anything."""
        path = message.path()
        if path == _UPOWER[1]:
            self._ask((*_UPOWER[:2], _PROPERTIES), "Get", [_UPOWER[2], "LidIsClosed"], self._lid)
        elif path == self._session_path:
            self._ask((LOGIND, path, _PROPERTIES), "Get", [_SESSION, "LockedHint"], self._locked)

    def _lid(self, answer: list[Any]) -> None:
        if _flag(answer):
            self._tell("lid")

    def _locked(self, answer: list[Any]) -> None:
        if _flag(answer):
            self._tell("screen")

    def _know_session(self, answer: list[Any]) -> None:
        if answer and isinstance(answer[0], QDBusObjectPath):
            self._session_path = answer[0].path()

    # -- holding up the sleep

    def _hold(self) -> None:
        if self._held is None:
            why = ["sleep", "Daftar", "The notebook is closed first.", "delay"]
            self._ask(_MANAGER, "Inhibit", why, self._keep)

    def _keep(self, answer: list[Any]) -> None:
        """Keep a copy of the file: Qt's own goes with its message. A copy does not live on in the lock screen."""
        if answer and isinstance(answer[0], QDBusUnixFileDescriptor) and answer[0].isValid():
            self._let_go()
            if self._said is not None:
                self._held = os.dup(answer[0].fileDescriptor())

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            os.close(held)

    # -- asking

    def _ask(self, whom: tuple[str, str, str], member: str, arguments: list[Any], take: Take) -> None:
        if self._system is None:
            return
        message = QDBusMessage.createMethodCall(*whom, member)
        message.setArguments(arguments)
        message.setAutoStartService(False)
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message), self)
        self._asked.append((watcher, take))
        watcher.finished.connect(self._answered)

    @Slot()
    def _answered(self) -> None:
        """Take every answer that came, and let go of Qt's side of it: it may hold an open file."""
        asked, self._asked = self._asked, []
        for watcher, take in asked:
            if not watcher.isFinished():
                self._asked.append((watcher, take))
                continue
            reply = watcher.reply()
            if reply.type() == QDBusMessage.MessageType.ReplyMessage:
                take(list(reply.arguments()))
            watcher.deleteLater()

    def _tell(self, event: Any) -> None:
        if self._said is not None:
            self._said(event)


def _flag(answer: list[Any]) -> bool:
    value = answer[0] if answer else False
    return bool(value.variant() if isinstance(value, QDBusVariant) else value)
