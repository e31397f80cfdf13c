"""Native libraries of the Linux build: who needs whom, which come along, and where they are looked for.

Must not leave a search path of the building computer in any file. Qt's own files find each other already; the
interpreter gets one search path that holds for all that it loads (DT_RPATH: it comes before LD_LIBRARY_PATH).
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
from collections.abc import Iterable
from pathlib import Path

from portable import plan
from portable.gather import Wrong

_NEEDED, _RPATH, _RUNPATH = 1, 15, 29
_STRINGS, _DYNAMIC = 5, 6
_FOLDERS = (
    "/lib/{arch}-linux-gnu", "/usr/lib/{arch}-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib",
)  # fmt: skip


def is_elf(path: Path) -> bool:
    """Whether a file is a 64-bit little-endian ELF file (the only kind we build on)."""
    with path.open("rb") as file:
        return file.read(6) == b"\x7fELF\x02\x01"


def dynamic(path: Path) -> dict[str, list[str]]:
    """What a library asks the loader for: `needed` names and `search` paths."""
    data = path.read_bytes()
    found: dict[str, list[str]] = {"needed": [], "search": []}
    sections = _sections(data)
    for kind, offset, size, link in sections:
        if kind != _DYNAMIC:
            continue
        strings = sections[link][1]
        for at in range(offset, offset + size, 16):
            tag, value = struct.unpack_from("<qQ", data, at)
            if tag in (_NEEDED, _RPATH, _RUNPATH):
                end = data.index(b"\0", strings + value)
                text = data[strings + value : end].decode("utf-8")
                found["needed" if tag == _NEEDED else "search"].append(text)
    return found


def _sections(data: bytes) -> list[tuple[int, int, int, int]]:
    """Kind, place, size and link of every section."""
    start, size, count = struct.unpack_from("<Q", data, 40)[0], *struct.unpack_from("<HH", data, 58)
    out = []
    for number in range(count):
        kind, _, _, offset, length, link = struct.unpack_from("<IQQQQI", data, start + number * size + 4)
        out.append((kind, offset, length, link))
    return out


def newest_glibc(paths: Iterable[Path]) -> str:
    """The newest version of the C library that any of the files asks for, such as `2.34`."""
    pattern = re.compile(rb"GLIBC_(\d+)\.(\d+)\0")
    versions = [
        (int(major), int(minor)) for path in paths for major, minor in pattern.findall(path.read_bytes())
    ]
    return "{}.{}".format(*max(versions))


def missing(folder: Path) -> list[str]:
    """Names that files below `folder` need and that neither lie in it nor belong to the system."""
    libraries = [path for path in folder.rglob("*") if path.is_file() and is_elf(path)]
    here = {path.name for path in libraries}
    needed = {name for path in libraries for name in dynamic(path)["needed"]}
    return sorted(needed - here - set(plan.SYSTEM))


def system_needs(folder: Path) -> list[str]:
    """What the finished folder asks of the system it runs on."""
    libraries = [path for path in folder.rglob("*") if path.is_file() and is_elf(path)]
    here = {path.name for path in libraries}
    return sorted({name for path in libraries for name in dynamic(path)["needed"]} - here)


def find(name: str, more: Iterable[Path] = ()) -> Path:
    """A library of this computer by its name. Wrong when it is not installed."""
    folders = [*more, *(Path(folder.format(arch=os.uname().machine)) for folder in _FOLDERS)]
    for folder in folders:
        if (folder / name).is_file():
            return (folder / name).resolve()
    raise Wrong(
        f"{name} is needed and is not on this computer (packaging/checkout.py setup installs what Qt needs)"
    )


def is_screen_library(name: str) -> bool:
    """What only Qt's window plugins need lies beside Qt, which looks for it there."""
    return name.startswith(("libxcb", "libxkb", "libX"))


def strip(paths: Iterable[Path]) -> bool:
    """Take debugging information, which holds the building computer's paths, out of the interpreter's own files.

    False, and nothing done, where binutils are not installed.
    """
    program = shutil.which("strip")
    if program is None:
        return False
    for path in paths:
        subprocess.run([program, "--strip-unneeded", str(path)], check=True)
    return True


def set_search(patchelf: Path, path: Path, search: str) -> None:
    """Let a file look for what it needs in `search` (relative to `$ORIGIN`), or nowhere of its own when empty."""
    words = ["--remove-rpath"] if not search else ["--force-rpath", "--set-rpath", search]
    subprocess.run([str(patchelf), *words, str(path)], check=True)
