"""Breaks the k-th system call of a kind in a child, by seccomp and ptrace: what `strace -e inject` does, in a tenth of the time.

Must not judge. Linux on x86_64 only; `faults --by strace` does the same elsewhere, and checks this one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from collections import Counter

NUMBERS = {
    "write": 1,
    "close": 3,
    "pwrite64": 18,
    "fsync": 74,
    "fdatasync": 75,
    "ftruncate": 77,
    "rename": 82,
    "mkdir": 83,
    "rmdir": 84,
    "unlink": 87,
    "openat": 257,
}
"""The calls that are broken, by their numbers on x86_64."""
CAN = sys.platform == "linux" and platform.machine() == "x86_64"

_SEIZE, _CONT, _PEEKUSER, _POKEUSER = 0x4206, 7, 3, 6
_TRACESECCOMP, _EXITKILL, _EVENT_SECCOMP = 0x80, 0x100000, 7
_RAX, _ORIG_RAX = 80, 120
_WALL = 0x40000000
_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2
_RET_TRACE, _RET_ALLOW = 0x7FF00000, 0x7FFF0000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


class Injector:
    """Counts the calls named; `kind` is `kill` or an errno, done to the k-th call, with `on` also to all after it."""

    def __init__(self, calls: tuple[str, ...], kind: str = "", k: int = 0, on: bool = False) -> None:
        self.counts: Counter[str] = Counter()
        self.happened = False
        self._names = {NUMBERS[call]: call for call in calls}
        self._kind, self._k, self._on = kind, k, on
        self._error = 0 if kind in ("", "kill") else -getattr(errno, kind)

    def prepare(self) -> None:
        """In the child: let the kernel stop it at the calls named, and at no other."""
        count = len(self._names)
        lines = [(_LOAD, 0, 0, 0)]
        lines += [(_EQUAL, count - at, 0, number) for at, number in enumerate(self._names)]
        lines += [(_RETURN, 0, 0, _RET_ALLOW), (_RETURN, 0, 0, _RET_TRACE)]
        program = _Program(len(lines), b"".join(struct.pack("<HBBI", *line) for line in lines))
        _libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
        if _libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0):
            raise OSError(ctypes.get_errno(), "seccomp")

    def attach(self, process: int) -> None:
        """In the parent: take hold of the child, which waits. RuntimeError if the system does not let us."""
        if _libc.ptrace(_SEIZE, process, None, _TRACESECCOMP | _EXITKILL):
            os.kill(process, signal.SIGKILL)
            raise RuntimeError("strace cannot watch here: ptrace is not permitted")

    def until_end(self, process: int) -> int:
        """Watch until the child ends; gives its status."""
        while True:
            _, status = os.waitpid(process, _WALL)
            if not os.WIFSTOPPED(status):
                return status
            event = status >> 16
            if event == _EVENT_SECCOMP:
                self._stopped(process)
            _libc.ptrace(_CONT, process, None, None if event else os.WSTOPSIG(status))

    def _stopped(self, process: int) -> None:
        at = next(iter(self._names))
        if len(self._names) > 1:
            at = _libc.ptrace(_PEEKUSER, process, _ORIG_RAX, None)
        name = self._names[at]
        self.counts[name] += 1
        count = self.counts[name]
        if not self._kind or not (count == self._k or (self._on and count > self._k)):
            return
        self.happened = True
        if self._kind == "kill":
            os.kill(process, signal.SIGKILL)
            return
        # A call whose number is -1 is not made; what then stands in rax is its answer.
        _libc.ptrace(_POKEUSER, process, _ORIG_RAX, -1)
        _libc.ptrace(_POKEUSER, process, _RAX, self._error)
