"""Closes what the process does not need: network, memory readers, core dumps, strange environment. Must not fail open.

Order at start: `scrub_environment` first, `harden_process` before a vault opens, `install_audit_hook` last. The kernel
filter (Linux) is the wall; the audit hook is a tripwire that turns a mistake of ours into an error (security.md 2.5).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any

ALLOWED_PLATFORMS = frozenset({"offscreen", "xcb", "wayland", "windows", "cocoa"})
_CLEARED_PREFIXES = ("QT_", "QML", "PYTHON", "LD_", "DYLD_")
_PLATFORM = "QT_QPA_PLATFORM"

WORKER_MEMORY = 1536 << 20  # bytes of address space: fonts, pdfium and a page of pixels fit, a bomb does not
WORKER_CPU = 600  # seconds
WORKER_FILES = 64

_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
# machine -> (audit architecture, socket, io_uring_setup, seccomp)
_MACHINES = {"x86_64": (0xC000003E, 41, 425, 317), "aarch64": (0xC00000B7, 198, 425, 277)}
_AF_UNIX = 1
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06


def scrub_environment(environment: MutableMapping[str, str] | None = None) -> None:
    """Take away every `QT_*`, `QML*`, `PYTHON*`, `LD_*` variable; `QT_QPA_PLATFORM` stays for the platforms we trust.

    The stock wheel started with the `vnc` platform listens on a port: that is what this closes.
    """
    env = os.environ if environment is None else environment
    wanted = env.get(_PLATFORM, "")
    for name in list(env):
        if name.startswith(_CLEARED_PREFIXES):
            del env[name]
    if wanted in ALLOWED_PLATFORMS:
        env[_PLATFORM] = wanted


def harden_process() -> bool:
    """No core dumps, no reading of our memory by others, private files, and (Linux) no network in the kernel.

    Whether the system itself now refuses connections: only then the window may say so. OSError when the filter is
    known for this machine but cannot be set: a process that could connect does not start.
    """
    os.umask(0o077)
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002 | 0x8000)  # no fault dialogs, no fault reports
        return False
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    closed = False
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        closed = deny_network()
    elif sys.platform == "darwin":
        ctypes.CDLL(None).ptrace(31, 0, 0, 0)  # PT_DENY_ATTACH
    return closed


def harden_worker() -> None:
    """What `harden_process` does, and limits on memory, processor time and open files."""
    harden_process()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY, WORKER_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (WORKER_CPU, WORKER_CPU))
        resource.setrlimit(resource.RLIMIT_NOFILE, (WORKER_FILES, WORKER_FILES))


def deny_network() -> bool:
    """Let the kernel refuse every socket but AF_UNIX, and io_uring, for all threads and children. OSError on failure.

    False on a machine this filter is not written for: nothing is set, the audit hook and the source rules remain.
    """
    known = _MACHINES.get(platform.machine())
    if known is None or not sys.platform.startswith("linux"):
        return False
    filter_bytes = network_filter(platform.machine())
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(filter_bytes, len(filter_bytes))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    program = Program(len(filter_bytes) // 8, ctypes.addressof(buffer))
    set_mode_filter, all_threads = 1, 1
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(
        known[3], set_mode_filter, all_threads, ctypes.byref(program)
    ):
        raise OSError(ctypes.get_errno(), "seccomp")
    return True


def network_filter(machine: str) -> bytes:
    """The kernel filter as bytes: eight per instruction."""
    architecture, socket_call, uring_call, _ = _MACHINES[machine]
    program = [_step(_LOAD, 4), _jump(_EQUAL, architecture, 1, 0), _step(_RETURN, _KILL), _step(_LOAD, 0)]
    if machine == "x86_64":  # the x32 numbering of the same calls
        program += [_jump(_AT_LEAST, 0x40000000, 0, 1), _step(_RETURN, _REFUSE)]
    program += [_jump(_EQUAL, uring_call, 0, 1), _step(_RETURN, _REFUSE)]
    program += [_jump(_EQUAL, socket_call, 1, 0), _step(_RETURN, _ALLOW)]
    program += [
        _step(_LOAD, 16),
        _jump(_EQUAL, _AF_UNIX, 0, 1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]
    return b"".join(program)


def _step(code: int, value: int) -> bytes:
    return struct.pack("<HBBI", code, 0, 0, value)


def _jump(code: int, value: int, when_true: int, when_false: int) -> bytes:
    return struct.pack("<HBBI", code, when_true, when_false, value)


class Forbidden(RuntimeError):
    """The program tried what it never does; the event's name is the whole text."""


_FORBIDDEN = frozenset({"os.system", "os.fork", "os.forkpty", "os.startfile", "pty.spawn", "urllib.Request"})
_FORBIDDEN_PREFIXES = (
    "socket.",
    "ftplib.",
    "smtplib.",
    "http.",
    "imaplib.",
    "poplib.",
    "telnetlib.",
    "webbrowser.",
)
# Connecting is what we refuse; asking for this computer's name or making a pair of pipes reaches nobody.
_HARMLESS = frozenset({"socket.gethostname", "socket.sethostname"})
_STARTS = frozenset({"os.exec", "os.spawn", "os.posix_spawn"})


def install_audit_hook(allowed_commands: Iterable[tuple[str, ...]]) -> None:
    """Refuse connections and children from now on, for the life of the process.

    `allowed_commands` are the beginnings of the command lines that may be started: worker, recorder, lock screen.
    """
    allowed = tuple(tuple(command) for command in allowed_commands)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen" or event in _STARTS:
            command = arguments[2] if event == "os.spawn" else arguments[1]
            if not _may_start(command, allowed):
                raise Forbidden(event)
        elif event in _FORBIDDEN or (event.startswith(_FORBIDDEN_PREFIXES) and event not in _HARMLESS):
            raise Forbidden(event)

    sys.addaudithook(hook)


def _may_start(command: object, allowed: tuple[tuple[str, ...], ...]) -> bool:
    if not isinstance(command, list | tuple):
        return False
    given = tuple(
        os.fsdecode(part) if isinstance(part, bytes | str | os.PathLike) else "" for part in command
    )
    return any(given[: len(begin)] == begin for begin in allowed)
