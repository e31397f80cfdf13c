"""What Windows says of itself: disks, known folders, hibernation, remote sessions. Must not start a program or write.

Every function answers "nothing found" where a call is missing or refused: old systems and editions differ. Nothing here
was run on Windows yet; it is written from the documented interfaces.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.mounts import Disk

_DRIVE_KINDS: dict[int, Disk] = {2: "removable", 3: "fixed", 4: "network", 6: "memory"}
_REMOTE_SESSION, _REMOTE_CONTROL = 0x1000, 0x2001
_CLOUD_TAG, _CLOUD_MASK = 0x9000001A, 0xFFFF0FFF  # IO_REPARSE_TAG_CLOUD and its fifteen variants
_DOCUMENTS = "FDD39AD0-238F-46AF-ADB4-6C85480369C7"
_DESKTOP = "B4BFCC3A-DB2C-424C-B029-7FE99A87C641"
_SKYDRIVE = "A52BBA46-E9E1-435F-B3D9-28DAA648C0F6"


windll: Any = getattr(ctypes, "windll", None)
"""The system's libraries; None elsewhere. Tests put a stand-in here."""


@dataclass(frozen=True)
class Facts:
    """What `weaknesses` asks of Windows."""

    may_hibernate: bool = False
    disk_encrypted: bool = False
    administrator: bool = False
    remote: bool = False
    free_memory: int | None = None


class _MemoryStatus(ctypes.Structure):
    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *(
            (name, ctypes.c_uint64)
            for name in ("total", "free", "page", "page_free", "room", "room_free", "more")
        ),
    )


def facts() -> Facts:
    """Read everything once."""
    if windll is None:
        return Facts()
    user, kernel = windll.user32, windll.kernel32
    memory = _MemoryStatus()
    memory.length = ctypes.sizeof(memory)
    known = bool(kernel.GlobalMemoryStatusEx(ctypes.byref(memory)))
    administrator = False
    with contextlib.suppress(OSError, AttributeError):
        administrator = bool(windll.shell32.IsUserAnAdmin())
    return Facts(
        may_hibernate=_number(r"SYSTEM\CurrentControlSet\Control\Power", "HibernateEnabled") == 1,
        disk_encrypted=_number(r"SYSTEM\CurrentControlSet\Control\BitLockerStatus", "BootStatus") == 1,
        administrator=administrator,
        remote=bool(user.GetSystemMetrics(_REMOTE_SESSION) or user.GetSystemMetrics(_REMOTE_CONTROL)),
        free_memory=int(memory.free) if known else None,
    )


def disk_of(folder: Path) -> Disk:
    """What kind of disk a folder lies on; a path of another computer needs no question."""
    if str(folder).startswith("\\\\"):
        return "network"
    if windll is None:
        return "unknown"
    kind = windll.kernel32.GetDriveTypeW(ctypes.c_wchar_p(folder.anchor or folder.drive + "\\"))
    return _DRIVE_KINDS.get(kind, "unknown")


def synced_folders() -> dict[Path, str]:
    """Folders OneDrive keeps in step: those it wrote into the registry, and the user's own folders moved into them."""
    found: dict[Path, str] = {}
    for place in _onedrive_roots():
        found[place] = "OneDrive"
    for identity in (_DOCUMENTS, _DESKTOP):
        place_ = known_folder(identity)
        if place_ is not None and is_cloud_placeholder(place_):
            found[place_] = "OneDrive"
    return found


def known_folder(identity: str) -> Path | None:
    """Where the system keeps a folder, by its id: the name alone would miss a redirected one."""
    if windll is None:
        return None
    name = (ctypes.c_ubyte * 16).from_buffer_copy(uuid.UUID(identity).bytes_le)
    text = ctypes.c_wchar_p()
    try:
        refused = windll.shell32.SHGetKnownFolderPath(ctypes.byref(name), 0, None, ctypes.byref(text))
        return Path(text.value) if not refused and text.value else None
    finally:
        windll.ole32.CoTaskMemFree(text)


def is_cloud_placeholder(folder: Path) -> bool:
    """Whether the system itself marks a folder as one that a synchronising program fills."""
    try:
        tag = int(getattr(os.lstat(folder), "st_reparse_tag", 0))
    except OSError:
        return False
    return (tag & _CLOUD_MASK) == _CLOUD_TAG


def _onedrive_roots() -> Iterator[Path]:
    place = known_folder(_SKYDRIVE)
    if place is not None:
        yield place
    registry = _registry()
    if registry is None:
        return
    key = r"Software\Microsoft\OneDrive\Accounts"
    for name in _keys_below(registry, key):
        value = _value(registry, registry.HKEY_CURRENT_USER, f"{key}\\{name}", "UserFolder")
        if isinstance(value, str) and value:
            yield Path(value)


def _registry() -> Any:
    return import_module("winreg") if windll is not None else None


def _keys_below(registry: Any, key: str) -> list[str]:
    found: list[str] = []
    with contextlib.suppress(OSError), registry.OpenKey(registry.HKEY_CURRENT_USER, key) as place:
        while len(found) < 64:
            found.append(str(registry.EnumKey(place, len(found))))
    return found


def _value(registry: Any, hive: Any, key: str, name: str) -> object:
    try:
        with registry.OpenKey(hive, key) as place:
            return registry.QueryValueEx(place, name)[0]
    except OSError:
        return None


def _number(key: str, name: str) -> int | None:
    registry = _registry()
    value = _value(registry, registry.HKEY_LOCAL_MACHINE, key, name) if registry is not None else None
    return value if isinstance(value, int) else None
