"""What macOS says of itself: kinds of disks, encryption of the disk. Must not start a program or write.

Written from the documented structures; nothing here was run on macOS yet.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.mounts import Disk

_LOCAL, _REMOVABLE = 0x1000, 0x200  # MNT_LOCAL, MNT_REMOVABLE


class Statfs(ctypes.Structure):
    """`struct statfs` with 64-bit inodes."""

    _fields_ = (
        ("block", ctypes.c_uint32),
        ("io", ctypes.c_int32),
        *((name, ctypes.c_uint64) for name in ("blocks", "free", "available", "files", "files_free")),
        ("id", ctypes.c_int32 * 2),
        ("owner", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("subtype", ctypes.c_uint32),
        ("kind", ctypes.c_char * 16),
        ("place", ctypes.c_char * 1024),
        ("source", ctypes.c_char * 1024),
        ("more", ctypes.c_uint32 * 8),
    )


def disk_of(folder: Path) -> Disk:
    """What kind of disk a folder lies on."""
    found = Statfs()
    libc: Any = ctypes.CDLL(None)
    name = "statfs$INODE64" if hasattr(libc, "statfs$INODE64") else "statfs"
    if getattr(libc, name)(os.fsencode(folder), ctypes.byref(found)):
        return "unknown"
    return kind_of(found)


def kind_of(found: Statfs) -> Disk:
    """Judge what statfs told."""
    if not found.flags & _LOCAL:
        return "network"
    if found.flags & _REMOVABLE:
        return "removable"
    return "fixed"


def disk_is_encrypted() -> bool:
    """Whether FileVault left its mark; it is not asked for, because that takes rights or another program."""
    return any(
        Path(place).exists()
        for place in ("/var/db/FileVaultPasswordPrompt", "/Library/Preferences/com.apple.fdesetup.plist")
    )
