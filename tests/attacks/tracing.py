"""Runs one act in a child that is watched, with or without a fault, and hears what it told. Must not judge.

The child is forked from a process that has everything loaded, and the watcher (strace, or `injecting`) takes hold of it when
it says `begin`: so the first call that is counted is the first of the act.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.attacks.acts import ACTS, Teller
from tests.attacks.doors import DOORS
from tests.attacks.judging import Found, Look, Told, look
from tests.attacks.recordings import RECORDINGS

CALLS = (
    "pwrite64",
    "write",
    "fsync",
    "fdatasync",
    "rename",
    "unlink",
    "ftruncate",
    "openat",
    "close",
    "mkdir",
    "rmdir",
)
EVERYTHING = {**ACTS, **RECORDINGS, **DOORS}
MARK = "/daftar-step/"
_ROOM = 1 << 16


class Notes:
    """Lines from the child, in memory both share: telling makes no system call that a fault could hit."""

    def __init__(self) -> None:
        self._map = mmap.mmap(-1, _ROOM)
        self._at = 4

    def say(self, word: str, number: int, more: str) -> None:
        """Tell one line; a call that always fails marks its place in the trace."""
        line = json.dumps([word, number, more]).encode() + b"\n"
        self._map[self._at : self._at + len(line)] = line
        self._at += len(line)
        self._map[:4] = struct.pack("<I", self._at)
        os.access(f"{MARK}{word}/{number}", os.F_OK)

    def read(self) -> list[list[object]]:
        """All lines told."""
        (end,) = struct.unpack("<I", self._map[:4])
        return [json.loads(line) for line in self._map[4:end].splitlines()]

    def close(self) -> None:
        """Give the shared memory back."""
        self._map.close()


def _child(act: str, folder: Path, notes: Notes, begin: Callable[[], None]) -> None:
    try:
        EVERYTHING[act](folder, Teller(notes.say, begin))
    except BaseException as error:  # noqa: BLE001 - a child tells whatever ended it
        if not told_of(notes).refused:
            frames = traceback.extract_tb(error.__traceback__)
            place = next((at for at in reversed(frames) if "/storage/" in at.filename), frames[-1])
            notes.say("broken", 0, f"{type(error).__name__} at {place.name}:{place.lineno}")
    finally:
        os._exit(0)


def told_of(notes: Notes) -> Told:
    """What was told so far."""
    return Told.read(notes.read())


class Watcher(Protocol):
    """Takes hold of a child before its act begins and follows it to its end."""

    def prepare(self) -> None:
        """In the child, when it is held."""

    def attach(self, process: int) -> None:
        """Take hold of the child."""

    def until_end(self, process: int) -> int:
        """Wait for the child; gives its status."""


class Strace:
    """strace with more options of its own; the trace lies in `log` afterwards."""

    def __init__(self, log: Path, *options: str) -> None:
        self.log, self._options = log, options
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Nothing: strace does all from outside."""

    def attach(self, process: int) -> None:
        """Let strace take hold of a process; it has it when this returns."""
        self._process = attach(process, self.log, *self._options)

    def until_end(self, process: int) -> int:
        """Wait for both."""
        _, ended = os.waitpid(process, 0)
        if self._process is not None:
            self._process.wait(20)
            if self._process.stderr is not None:
                self._process.stderr.close()
        return ended


def run(act: str, folder: Path, watcher: Watcher) -> Told:
    """Do an act while it is watched."""
    notes = Notes()
    ready, say_ready = os.pipe()
    wait_go, go = os.pipe()

    def begin() -> None:
        os.write(say_ready, b"r")
        os.read(wait_go, 1)
        watcher.prepare()
        os.access(f"{MARK}begin/0", os.F_OK)

    child = os.fork()
    if child == 0:
        _child(act, folder, notes, begin)
    try:
        os.read(ready, 1)
        watcher.attach(child)
        os.write(go, b"g")
        ended = watcher.until_end(child)
    finally:
        for end in (ready, say_ready, wait_go, go):
            os.close(end)
    told = told_of(notes)
    notes.close()
    told.killed = os.WIFSIGNALED(ended)
    return told


def scratch(name: str) -> Path:
    """A new folder for thousands of small notebooks: in memory where the system has such a place."""
    memory = Path("/dev/shm")
    return Path(
        tempfile.mkdtemp(prefix=f"daftar-{name}-", dir=memory if os.access(memory, os.W_OK) else None)
    )


def attach(process: int, log: Path, *options: str) -> subprocess.Popen[bytes]:
    """Let strace take hold of a process; it has it when this returns."""
    words = ["strace", "-f", "-o", str(log), "-e", "signal=none", *options, "-p", str(process)]
    watcher = subprocess.Popen(words, stderr=subprocess.PIPE)
    assert watcher.stderr is not None
    line = watcher.stderr.readline()
    if b"attached" not in line:
        os.kill(process, signal.SIGKILL)
        raise RuntimeError(f"strace cannot watch here: {line!r}")
    return watcher


def states_of(act: str, template: Path, place: Path) -> list[Look | None]:
    """What must stand after each acknowledged step: the act done once in peace, looked at after every step."""
    folder, kept, notes = place / "peace" / "vault", place / "kept", Notes()
    fresh(template, folder)
    shutil.rmtree(kept, ignore_errors=True)

    def keep(word: str, number: int, more: str) -> None:
        notes.say(word, number, more)
        if word in ("begin", "ack"):
            shutil.copytree(folder.parent, kept / str(number))

    child = os.fork()
    if child == 0:
        try:
            EVERYTHING[act](folder, Teller(keep, lambda: keep("begin", 0, "")))
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0, f"{act} does not work in peace: {notes.read()}"
    return [_peaceful(look(kept / str(number) / "vault")) for number in range(len(list(kept.iterdir())))]


def _peaceful(found: Found) -> Look | None:
    assert not found.faults, found.faults
    return found.holds


def fresh(template: Path, folder: Path) -> None:
    """Put a new copy of the template in place."""
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.parent.mkdir(parents=True)
    shutil.copytree(template, folder)
