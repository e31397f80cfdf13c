"""A logind, a UPower and a screen saver for a private bus, told by standard input what to say. Must not touch the real ones.

    python fake_buses.py

Commands, a line each: `sleep`, `awake`, `shutdown`, `lock PATH`, `lid`, `saver NAME`, `hint`. Says on standard output what is
asked of it, `held` for each delay lock, and `released` with the seconds since the last command when the last is closed.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

LOGIN = "org.freedesktop.login1"
MANAGER = ("/org/freedesktop/login1", f"{LOGIN}.Manager")
SESSION = "/org/freedesktop/login1/session/c7"
PROPERTIES = "org.freedesktop.DBus.Properties"
UPOWER = "/org/freedesktop/UPower"


class Everything(QDBusVirtualObject):
    def __init__(self) -> None:
        super().__init__()
        self.locks: dict[int, QSocketNotifier] = {}
        self.at = time.monotonic()

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, bus: QDBusConnection) -> bool:  # noqa: N802 - Qt names it
        answer: Any = None
        if message.member() == "Inhibit":
            reading, writing = os.pipe()
            answer = QDBusUnixFileDescriptor(writing)
            os.close(writing)
            self.watch(reading)
            say("held", *message.arguments())
        elif message.member() == "GetSession":
            answer = QDBusObjectPath(SESSION)
        elif message.member() == "Get":
            answer = QDBusVariant(True)
        if answer is None:
            return False
        reply = message.createReply()
        reply.setArguments([answer])
        return bool(bus.send(reply))

    def watch(self, reading: int) -> None:
        notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)

        def ended() -> None:
            notifier.setEnabled(False)
            self.locks.pop(reading, None)
            os.close(reading)
            say("released", f"{time.monotonic() - self.at:.3f}")

        notifier.activated.connect(ended)
        self.locks[reading] = notifier


def say(*words: object) -> None:
    print(*words, flush=True)


def emit(bus: QDBusConnection, path: str, interface: str, name: str, *arguments: object) -> None:
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(arguments))
    bus.send(message)


def obey(bus: QDBusConnection, words: list[str]) -> None:
    if words[0] in ("sleep", "awake"):
        emit(bus, *MANAGER, "PrepareForSleep", words[0] == "sleep")
    elif words[0] == "shutdown":
        emit(bus, *MANAGER, "PrepareForShutdown", True)
    elif words[0] == "lock":
        emit(bus, words[1], f"{LOGIN}.Session", "Lock")
    elif words[0] == "hint":
        emit(bus, SESSION, PROPERTIES, "PropertiesChanged", f"{LOGIN}.Session", {}, ["LockedHint"])
    elif words[0] == "lid":
        emit(bus, UPOWER, PROPERTIES, "PropertiesChanged", "org.freedesktop.UPower", {}, ["LidIsClosed"])
    elif words[0] == "saver":
        emit(bus, "/" + words[1].replace(".", "/"), words[1], "ActiveChanged", True)


def main() -> int:
    application = QCoreApplication([])
    bus = QDBusConnection.systemBus()
    world = Everything()
    everywhere = QDBusConnection.VirtualObjectRegisterOption.SubPath
    ready = bus.registerVirtualObject("/org/freedesktop", world, everywhere)
    ready = ready and bus.registerService(LOGIN) and bus.registerService("org.freedesktop.UPower")
    commands = QSocketNotifier(0, QSocketNotifier.Type.Read)

    def read() -> None:
        data = os.read(0, 4096)
        if not data:
            application.quit()
        for line in data.decode().splitlines():
            world.at = time.monotonic()
            obey(bus, line.split())

    commands.activated.connect(read)
    say("ready" if ready else "no bus")
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
