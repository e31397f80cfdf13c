"""The thread between a notebook and its recorder: who is alive, and what it is told. No socket, no process id.

The recorder holds a lock on its handle file as long as it lives, however it ends; commands lie in a sealed file beside
the segments, so that a notebook that was locked and unlocked finds its recorder again.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal

from i18n.message import msg
from storage.crypto import wipe
from storage.crypto.ratchet import CONTROL, open_record, seal_record
from storage.environment import disk_errors
from storage.errors import EnvironmentProblem, Tampered
from storage.keys.lock import lock_handle
from storage.recording.naming import COMMAND_NUMBER, HANDLE_NUMBER, HEADER, file_name, found_in, header

Command = Literal["pause", "resume", "stop"]
_COMMANDS = frozenset(("pause", "resume", "stop"))
_LARGEST = 1 << 12  # bytes of a command file; more is not ours
_FAR = 1 << 30  # Windows locks bytes against readers: lock one that does not exist


class RecorderLife:
    """The lock of a living recorder. EnvironmentProblem when another recorder writes this recording already."""

    def __init__(self, incoming: Path, recording_id: bytes) -> None:
        self.path = incoming / file_name(recording_id, HANDLE_NUMBER)
        with disk_errors():
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                _lock(self._handle)
            except OSError:
                os.close(self._handle)
                raise EnvironmentProblem(msg("A recording is under way already.")) from None
            os.write(self._handle, header(recording_id, HANDLE_NUMBER))
            self._made = os.fstat(self._handle)

    @property
    def wanted(self) -> bool:
        """False once the handle file is gone or another: the notebook was wiped, removed or moved away."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        return (now.st_ino, now.st_dev) == (self._made.st_ino, self._made.st_dev)

    def end(self) -> None:
        """Give the lock back."""
        with suppress(OSError):
            os.close(self._handle)


def is_alive(incoming: Path, recording_id: bytes) -> bool:
    """Whether a recorder still writes this recording."""
    try:
        handle = os.open(incoming / file_name(recording_id, HANDLE_NUMBER), os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:  # the disk does not say: a recording taken for ended would lose what comes after
        return True
    try:
        _lock(handle)
    except OSError:
        return True
    finally:
        with suppress(OSError):
            os.close(handle)
    return False


def recorder_is_alive(folder: Path) -> bool:
    """Whether a recorder writes into this notebook now, in either container. Needs no key; never raises."""
    with suppress(OSError):
        return any(some_recorder_lives(incoming) for incoming in folder.glob("[01][a-z]/incoming"))
    return False


def some_recorder_lives(incoming: Path) -> bool:
    """Whether a recorder writes into this folder of segments now."""
    handles = (found for found in found_in(incoming) if found.number == HANDLE_NUMBER)
    return any(is_alive(incoming, found.recording_id) for found in handles)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, _FAR, os.SEEK_SET)
    try:
        lock_handle(handle)
    finally:
        os.lseek(handle, 0, os.SEEK_SET)


class Commands:
    """The command file of one recording, from either side. `say` replaces what was said before; `heard` gives news once."""

    def __init__(self, incoming: Path, recording_id: bytes, key: bytearray) -> None:
        self._path = incoming / file_name(recording_id, COMMAND_NUMBER)
        self._id, self._key = recording_id, key
        self._seen: tuple[int, int] | None = None
        self._number = 0

    def say(self, command: Command) -> None:
        """Tell the recorder something; raises EnvironmentProblem."""
        self._number = max(self._number, self._read()[0]) + 1
        plain = json.dumps({"n": self._number, "do": command}).encode("ascii")
        data = header(self._id, COMMAND_NUMBER) + seal_record(self._key, self._id, CONTROL, 0, plain)
        new = self._path.with_suffix(".new")
        with disk_errors():
            new.write_bytes(data)
            new.replace(self._path)

    def heard(self) -> Command | None:
        """Give a command that was not given out before. What is not sealed by our notebook is nothing."""
        try:
            now = self._path.stat()
        except OSError:
            return None
        mark = (now.st_mtime_ns, now.st_ino)
        if mark == self._seen:
            return None
        number, command = self._read()
        self._seen = mark
        if number <= self._number or command not in _COMMANDS:
            return None
        self._number = number
        return command

    @property
    def last(self) -> Command | None:
        """What was said last, obeyed or not; None when nothing was."""
        command = self._read()[1]
        return command if command in _COMMANDS else None

    def forget(self) -> None:
        """Wipe the key."""
        wipe(self._key)

    def _read(self) -> tuple[int, Command | None]:
        try:
            with self._path.open("rb") as file:
                sealed = file.read(_LARGEST)[HEADER.size :]
            plain = json.loads(open_record(self._key, self._id, CONTROL, 0, sealed))
            return int(plain["n"]), plain["do"]
        except (OSError, Tampered, ValueError, KeyError, TypeError):
            return 0, None
