"""Closes what the process does not need: network, memory readers, core dumps, strange environment. Must not fail open.

Order at start: `scrub_environment` first, `harden_process` before a vault opens, `install_audit_hook` last. The kernel
filter (Linux) is the wall; the audit hook is a tripwire that turns a mistake of ours into an error (security.md 2.5).
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

from desktop import hardening_windows, seccomp

ALLOWED_PLATFORMS = frozenset({"offscreen", "xcb", "wayland", "windows", "cocoa"})
_CLEARED_PREFIXES = ("QT_", "QML", "PYTHON", "LD_", "DYLD_")
_PLATFORM = "QT_QPA_PLATFORM"

_PR_SET_DUMPABLE = 4


@dataclass(frozen=True)
class Limits:
    """What a worker may use: bytes of address space, seconds of processor time, open files."""

    memory: int
    seconds: int
    files: int


TYPESETTER = Limits(1536 << 20, 600, 64)
"""Fonts, pdfium and a page of pixels fit, a bomb does not."""
DECODER = Limits(512 << 20, 60, 16)
"""One foreign file in a process of its own."""


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
        hardening_windows.close_process()
        return False
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    closed = False
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        closed = seccomp.deny_network()
    elif sys.platform == "darwin":
        ctypes.CDLL(None).ptrace(31, 0, 0, 0)  # PT_DENY_ATTACH
    return closed


def harden_worker(limits: Limits = TYPESETTER) -> None:
    """What `harden_process` does, and limits on memory, processor time and open files."""
    harden_process()
    if sys.platform == "win32":
        hardening_windows.limit_process(limits.memory, limits.seconds)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        resource.setrlimit(resource.RLIMIT_NOFILE, (limits.files, limits.files))


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


# The system's own libraries that our calls to Windows and macOS ask for by name.
_SYSTEM_LIBRARIES = frozenset(
    {"advapi32", "kernel32", "ole32", "shell32", "user32", "wtsapi32", "objc", "CoreFoundation", "IOKit"}
)


def install_audit_hook(allowed_commands: Iterable[tuple[str, ...]]) -> None:
    """Refuse connections, children and strange libraries from now on, for the life of the process.

    `allowed_commands` are the beginnings of the command lines that may be started: worker, recorder, lock screen.
    Libraries may be loaded only from where the program's own code is loaded from.
    """
    allowed = tuple(tuple(command) for command in allowed_commands)
    code = tuple(os.path.realpath(place) + os.sep for place in sys.path if place)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen" or event in _STARTS:
            command = arguments[2] if event == "os.spawn" else arguments[1]
            if not _may_start(command, allowed):
                raise Forbidden(event)
        elif event == "ctypes.dlopen":
            if not _is_ours(arguments[0], code):
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


def _is_ours(library: object, code: tuple[str, ...]) -> bool:
    """The program itself (None), a library of the system named above, or a file beside our code."""
    if library is None:
        return True
    if not isinstance(library, bytes | str | os.PathLike):
        return False
    name = os.fsdecode(library)
    base, ending = os.path.splitext(os.path.basename(name))  # noqa: PTH119, PTH122 - called in a hook: no objects
    if (
        sys.platform != "linux"
        and base.removeprefix("lib") in _SYSTEM_LIBRARIES
        and ending in ("", ".dll", ".dylib")
    ):
        return True
    return os.path.isabs(name) and os.path.realpath(name).startswith(code)  # noqa: PTH117
