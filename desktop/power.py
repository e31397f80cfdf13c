"""What the battery says, on Linux from the kernel's own files. Must not ask a program; where nothing is known, nothing is said."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

from i18n.message import Message, msg

LOW_PERCENT = 30
_SUPPLIES = Path("/sys/class/power_supply")


@dataclass(frozen=True)
class Battery:
    """How full, 0 to 100, and whether a charger is connected."""

    percent: int
    plugged: bool


def battery(supplies: Path = _SUPPLIES) -> Battery | None:
    """Give the state of the computer's own battery; None where there is none or nothing is known."""
    try:
        if sys.platform == "win32":
            return _on_windows()
        return _from_kernel(supplies) if sys.platform.startswith("linux") else None
    except (OSError, ValueError, AttributeError):
        return None


def battery_warning(supplies: Path = _SUPPLIES) -> Message | None:
    """One sentence before a long recording on a low battery; None when all is well."""
    found = battery(supplies)
    if found is None or found.plugged or found.percent >= LOW_PERCENT:
        return None
    return msg("The battery is at {percent} %: connect the charger.", percent=found.percent)


def _from_kernel(supplies: Path) -> Battery | None:
    now = full = 0
    percents: list[int] = []
    plugged = False
    for supply in sorted(supplies.iterdir()) if supplies.is_dir() else ():
        kind = _read(supply / "type")
        if kind in ("Mains", "USB"):
            plugged = plugged or _read(supply / "online") == "1"
        elif kind == "Battery" and _read(supply / "scope") != "Device":  # of a mouse or a headset
            percents.append(int(_read(supply / "capacity") or "100"))
            plugged = plugged or _read(supply / "status") in ("Charging", "Full", "Not charging")
            for name in ("energy", "charge"):
                if (supply / f"{name}_full").exists():
                    now += int(_read(supply / f"{name}_now") or "0")
                    full += int(_read(supply / f"{name}_full") or "0")
    if not percents:
        return None
    percent = round(100 * now / full) if full else min(percents)
    return Battery(max(0, min(100, percent)), plugged)


def _read(path: Path) -> str:
    return path.read_text("ascii", "replace").strip() if path.is_file() else ""


def _on_windows() -> Battery | None:
    class Status(ctypes.Structure):
        _fields_ = (
            ("line", ctypes.c_ubyte),
            ("flag", ctypes.c_ubyte),
            ("percent", ctypes.c_ubyte),
            ("saver", ctypes.c_ubyte),
            ("life", ctypes.c_ulong),
            ("full", ctypes.c_ulong),
        )

    status = Status()
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent on other systems
    if not kernel.GetSystemPowerStatus(ctypes.byref(status)) or status.percent > 100 or status.flag & 128:
        return None
    return Battery(int(status.percent), status.line == 1)
