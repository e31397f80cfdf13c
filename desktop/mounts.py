"""On what kind of disk a folder lies, and whether that disk is encrypted (Linux, macOS). Must not mount or write anything.

Linux tells both in /proc and /sys; `root` is where those stand, so that tests can give another computer.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Disk = Literal["fixed", "removable", "network", "memory", "unknown"]

_NETWORK = re.compile(
    r"(nfs|nfs4|cifs|smb\w*|afs|9p|davfs2?|webdav|ncpfs|ceph|glusterfs|afpfs|ftp"
    r"|fuse\.(sshfs|rclone|gvfsd-fuse|google-drive-ocamlfuse|onedriver|davfs2?|s3fs|curlftpfs|glusterfs|smbnetfs))$"
)
_MEMORY = frozenset({"tmpfs", "ramfs"})


@dataclass(frozen=True)
class Mount:
    """One line of the table of mounted file systems."""

    device: str  # "major:minor"
    place: Path
    kind: str
    source: str


def mounts(root: Path = Path("/")) -> list[Mount]:
    """The table of mounted file systems (Linux); empty where there is none."""
    found = []
    for line in text(root / "proc/self/mountinfo").splitlines():
        before, _, after = line.partition(" - ")
        first, last = before.split(), after.split()
        if len(first) >= 5 and len(last) >= 2:
            found.append(Mount(first[2], Path(plain(first[4])), last[0], plain(last[1])))
    return found


def mount_of(folder: Path, root: Path = Path("/")) -> Mount | None:
    """The file system a folder lies on; the last one mounted over it counts."""
    best: Mount | None = None
    for one in mounts(root):
        if (one.place == folder or one.place in folder.parents) and (
            best is None or len(one.place.parts) >= len(best.place.parts)
        ):
            best = one
    return best


def disk_of(folder: Path, root: Path = Path("/")) -> Disk:
    """What kind of disk a folder lies on."""
    if sys.platform == "darwin":
        from desktop import machine_macos

        return machine_macos.disk_of(folder)
    else:
        return _disk_of(folder, root)


def _disk_of(folder: Path, root: Path) -> Disk:
    mount = mount_of(folder, root)
    if mount is None:
        return "unknown"
    if _NETWORK.match(mount.kind):
        return "network"
    if mount.kind in _MEMORY:
        return "memory"
    return "removable" if any(_is_removable(one) for one in below(mount, root)) else "fixed"


def below(mount: Mount, root: Path = Path("/")) -> list[Path]:
    """The block devices a file system stands on, as folders of /sys, from the file system downwards."""
    start = start_of(mount, root)
    return list(_downwards(start)) if start is not None else []


def device_folder(device: str, root: Path = Path("/")) -> Path | None:
    """The folder of /sys of a device file such as /dev/sda2 or /dev/mapper/name."""
    name = Path(device).name
    with contextlib.suppress(OSError, RuntimeError):
        name = (root / device.lstrip("/")).resolve().name
    for place in (root / "sys/class/block" / name, root / "sys/block" / name):
        if place.exists():
            return place
    for place in (root / "sys/block").glob("dm-*"):
        if text(place / "dm/name").strip() == Path(device).name:
            return place
    return None


def start_of(mount: Mount, root: Path = Path("/")) -> Path | None:
    """The block device right under a file system, as a folder of /sys."""
    start = root / "sys/dev/block" / mount.device
    if start.exists():
        return start
    # btrfs and overlays have a number of their own
    return device_folder(mount.source, root) if mount.source.startswith("/dev/") else None


def encrypted(device: Path, depth: int = 8) -> bool:
    """Whether everything written to a block device passes through dm-crypt, on every disk it is spread over."""
    if text(device / "dm/uuid").startswith("CRYPT-"):
        return True
    backing = text(device / "loop/backing_file").strip()
    if backing:
        return False
    slaves = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    return bool(slaves) and depth > 0 and all(encrypted(one.resolve(), depth - 1) for one in slaves)


def _downwards(device: Path, depth: int = 8) -> Iterator[Path]:
    yield device
    slaves = device / "slaves"
    if depth and slaves.is_dir():
        for one in sorted(slaves.iterdir()):
            yield from _downwards(one.resolve(), depth - 1)


def _is_removable(device: Path) -> bool:
    real = Path(os.path.realpath(device))
    for one in (real, real.parent):  # a partition's disk is the folder above
        if text(one / "removable").strip() == "1" or text(one / "device/type").strip() == "SD":
            return True
    return any(part.startswith("usb") for part in real.parts)


def plain(word: str) -> str:
    """A path as the tables of the system write it (spaces as octal numbers), in plain letters."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), word)


def text(path: Path) -> str:
    """A small text of the system; empty where it cannot be read."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
