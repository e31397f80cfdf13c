"""What is true of this computer: where notebooks are safe, what it may give away. Must not block, write, or ask a program.

Everything is read from the system's own tables. What cannot be found out is not claimed: a weakness is named only when it
is seen, and a protection only when the system itself keeps it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop import mounts, places
from i18n.message import Message, msg

LITTLE_MEMORY = 700 << 20  # bytes; opening a notebook takes 256 MiB of them

_SWAP = msg("Memory may be written to the disk unencrypted (swap). Shut the computer down before you travel.")
_HIBERNATION = msg(
    "This computer can hibernate: it then writes its whole memory to the disk. Shut it down instead."
)
_DISK = msg("No encryption of the disk was found. It protects traces that no program can remove.")
_ROOT = msg("Daftar runs with the rights of the administrator. Start it as an ordinary user.")
_DUMPS = msg("The system may keep a picture of this program's memory if it fails.")
_REMOTE = msg("The screen of this computer can be seen from another computer now.")
_BRIDGE = msg(
    "A screen reader or another aid can read what stands in this window, and so can other programs."
)
_MEMORY = msg("Little memory is free. Close other programs before you open a notebook.")
_NARROW = msg("This system is not a 64-bit system of Intel or AMD kind; Daftar was not tested on it.")

_SEEN_FROM_AFAR = frozenset(
    {
        "x11vnc", "Xvnc", "Xtigervnc", "x0vncserver", "vino-server", "krfb", "xrdp", "xrdp-sesman", "wayvnc",
        "gnome-remote-de", "anydesk", "teamviewerd", "TeamViewer_Desk", "rustdesk", "nxserver.bin", "x2goagent",
    }
)  # fmt: skip
_REMOTE_VARIABLES = ("SSH_CONNECTION", "SSH_TTY", "XRDP_SESSION", "VNCDESKTOP", "NXSESSIONID", "X2GO_SESSION")


def _no_bridge() -> bool:
    return False


@dataclass(frozen=True)
class Machine:
    """Handed to the window as `program.machine`. `root` and `environment` are replaced in tests."""

    cannot_connect: bool = False
    root: Path = Path("/")
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    bridge_is_on: Callable[[], bool] = _no_bridge
    platform: str = sys.platform

    def connection_truth(self) -> Message:
        """Whether the system keeps this program from connecting, or only the program itself."""
        if self.cannot_connect:
            return msg("This program cannot connect.")
        return msg("This program makes no connections. Keep Wi-Fi off.")

    def capture_truth(self) -> Message:
        """Whether other programs can take pictures of the window."""
        if self.platform == "win32":
            return msg(
                "Pictures of the screen and shared screens leave this window out, as far as Windows keeps to it."
            )
        if self.platform == "darwin":
            return msg("Pictures of the screen leave this window out, as far as the system keeps to it.")
        return msg(
            "On this system other programs can take pictures of the screen. Daftar cannot prevent that."
        )

    def place_problem(self, folder: Path) -> Message | None:
        """The gravest thing to know about keeping a notebook in a folder, in one sentence; None if all is well."""
        found = self.place_problems(folder)
        return found[0].message if found else None

    def place_is_impossible(self, folder: Path) -> bool:
        """Whether nothing can be kept there at all; otherwise the person may decide."""
        return any(one.blocks for one in self.place_problems(folder))

    def place_problems(self, folder: Path) -> list[places.PlaceProblem]:
        """Everything to know about keeping a notebook in a folder, the gravest first."""
        with contextlib.suppress(OSError, RuntimeError):
            return places.problems(folder)
        return []

    def weaknesses(self, folder: Path | None = None) -> list[Message]:
        """What this computer may give away although the notebook is encrypted; `folder` is where the notebook lies."""
        found: list[Message] = []
        with contextlib.suppress(OSError, RuntimeError):
            found = list(self._weaknesses(folder or Path.home()))
        if self.bridge_is_on():
            found.append(_BRIDGE)
        return found

    def _weaknesses(self, folder: Path) -> Iterator[Message]:
        if self.platform == "win32":
            yield from _windows(self.environment)
        elif self.platform == "darwin":
            yield from _macos(self.environment)
        else:
            yield from _linux(self.root, folder, self.environment)


def _linux(root: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[Message]:
    if open_swap(root):
        yield _HIBERNATION if may_hibernate(root) else _SWAP
    if not disk_is_encrypted(folder, root):
        yield _DISK
    if _is_administrator():
        yield _ROOT
    if may_dump(root):
        yield _DUMPS
    if seen_from_afar(root, environment):
        yield _REMOTE
    free = _free_memory(root)
    if free is not None and free < LITTLE_MEMORY:
        yield _MEMORY


def _is_administrator() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def open_swap(root: Path = Path("/")) -> list[str]:
    """Swap areas that are written to a disk unencrypted (Linux). Compressed memory (zram) never reaches one."""
    return [name for name in _swaps(root) if not _is_closed(name, root)]


def _swaps(root: Path) -> list[str]:
    lines = mounts.text(root / "proc/swaps").splitlines()[1:]
    return [mounts.plain(line.split()[0]) for line in lines if line.strip()]


def _is_closed(name: str, root: Path) -> bool:
    if Path(name).name.startswith("zram"):
        return mounts.text(root / "sys/block" / Path(name).name / "backing_dev").strip() in ("", "none")
    if name.startswith("/dev/"):
        device = mounts.device_folder(name, root)
        return device is not None and mounts.encrypted(device)
    return disk_is_encrypted(Path(name).parent, root)


def may_hibernate(root: Path = Path("/")) -> bool:
    """Whether this computer is set up to write its memory to the disk and wake from it (Linux)."""
    states = mounts.text(root / "sys/power/state").split()
    kinds = mounts.text(root / "sys/power/disk").strip()
    return "disk" in states and kinds not in ("", "[disabled]") and bool(_swaps(root))


def disk_is_encrypted(folder: Path, root: Path = Path("/")) -> bool:
    """Whether a folder lies on dm-crypt, or in a file system that encrypts by itself (Linux)."""
    mount = mounts.mount_of(folder.absolute(), root)
    if mount is None:
        return False
    if mount.kind in ("ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"):
        return True
    device = mounts.start_of(mount, root)
    return device is not None and mounts.encrypted(device)


def may_dump(root: Path = Path("/")) -> bool:
    """Whether a picture of our memory could be kept: dumps are collected, and this process has not refused them."""
    if not mounts.text(root / "proc/sys/kernel/core_pattern").strip():
        return False
    return os.access(root / "proc/self/mem", os.R_OK) and _is_dumpable(root)


def _is_dumpable(root: Path) -> bool:
    """Files of a process that refused dumps belong to root in /proc; root itself is told by the kernel's flag."""
    if root != Path("/"):
        return True
    import ctypes

    return bool(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))  # PR_GET_DUMPABLE


def seen_from_afar(root: Path, environment: Mapping[str, str]) -> bool:
    """Whether this session is a remote one, or a known program that shows the screen elsewhere runs (Linux)."""
    if any(environment.get(name) for name in _REMOTE_VARIABLES):
        return True
    host = environment.get("DISPLAY", "").partition(":")[0]
    if host not in ("", "unix"):
        return True
    return any(mounts.text(path).strip() in _SEEN_FROM_AFAR for path in (root / "proc").glob("[0-9]*/comm"))


def _free_memory(root: Path) -> int | None:
    for line in mounts.text(root / "proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) << 10
    return None


def _windows(environment: Mapping[str, str]) -> Iterator[Message]:
    from desktop import machine_windows

    found = machine_windows.facts()
    if found.may_hibernate:
        yield _HIBERNATION
    if not found.disk_encrypted:
        yield _DISK
    if found.administrator:
        yield _ROOT
    if found.remote:
        yield _REMOTE
    if found.free_memory is not None and found.free_memory < LITTLE_MEMORY:
        yield _MEMORY
    if environment.get("PROCESSOR_ARCHITECTURE", "AMD64") != "AMD64":
        yield _NARROW


def _macos(environment: Mapping[str, str]) -> Iterator[Message]:
    from desktop import machine_macos

    if not machine_macos.disk_is_encrypted():
        yield _DISK
    if _is_administrator():
        yield _ROOT
    if any(environment.get(name) for name in _REMOTE_VARIABLES):
        yield _REMOTE
