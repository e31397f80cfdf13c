"""Finds the files of the folder build: the rooms, the libraries of the lock, Python itself. Must not write anything.

Every library file is checked against the hash its wheel recorded for it, every version against the lock.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portable import plan

_WINDOWS_ONLY = frozenset({"encodings.mbcs", "encodings.oem", "msilib"})


class Wrong(Exception):
    """The build cannot be made; the text says why."""


@dataclass(frozen=True)
class Distribution:
    """One installed distribution: as the lock names it, and the files its wheel recorded."""

    name: str
    version: str
    folder: Path  # the environment's packages
    info: str  # its dist-info folder there
    licence: str

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and recorded SHA-256 (base64, may be empty) of every file."""
        with (self.folder / self.info / "RECORD").open(newline="", encoding="utf-8") as file:
            for path, digest, _ in csv.reader(file):
                yield path.replace("\\", "/"), digest.removeprefix("sha256=")


def canonical(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: Path) -> dict[str, str]:
    """Name and version of everything in a lock file."""
    pairs = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock.read_text("utf-8"), re.M)
    return {canonical(name): version for name, version in pairs}


def distributions(packages: Path, lock: Path) -> list[Distribution]:
    """What of the lock is shipped, as installed in `packages`. Wrong when a version differs or nobody decided."""
    installed = {one.name: one for one in map(_read, sorted(packages.glob("*.dist-info")))}
    wanted = locked(lock)
    shipped = {library.name for library in plan.LIBRARIES}
    if undecided := sorted(set(wanted) - shipped - set(plan.LIBRARIES_DROP)):
        raise Wrong(f"Nobody has decided whether these are shipped: {', '.join(undecided)}")
    found = []
    for library in plan.LIBRARIES:
        one = installed.get(library.name)
        if library.name not in wanted or (one is None and library.not_everywhere):
            continue
        if one is None or one.version != wanted.get(library.name):
            raise Wrong(f"{library.name} is not installed as locked ({wanted.get(library.name)})")
        found.append(one)
    return found


def _read(info: Path) -> Distribution:
    head = (info / "METADATA").read_text("utf-8", "replace").split("\n\n", 1)[0]
    fields = dict(re.findall(r"^(Name|Version|License|License-Expression): (.+)$", head, re.M))
    licence = (fields.get("License-Expression") or fields.get("License") or "").strip()
    return Distribution(canonical(fields["Name"]), fields["Version"], info.parent, info.name, licence)


def library_files(one: Distribution) -> list[str]:
    """The files of a distribution that are shipped, each sound by its recorded hash."""
    library = next(each for each in plan.LIBRARIES if each.name == one.name)
    taken = []
    for path, digest in one.files():
        if not library.takes(path):
            continue
        if digest and digest != _recorded_hash(one.folder / path):
            raise Wrong(f"{path} is not the file its wheel brought")
        taken.append(path)
    if not taken:
        raise Wrong(f"Nothing of {one.name} would be shipped")
    return sorted(taken)


def _recorded_hash(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def licence_files(one: Distribution) -> list[str]:
    """Where a distribution's licence texts lie."""
    names = re.compile(r"licen[sc]e|copying|notice", re.I)
    return sorted(path for path, _ in one.files() if path.startswith(one.info) and names.search(path))


def room_files(root: Path) -> list[str]:
    """The rooms' files that are shipped, relative to the checkout."""
    return [path for path in source_files(root) if plan.room_ships(path)]


def source_files(root: Path) -> list[str]:
    """Every file of the rooms: what git tracks, or, in a source archive without git, what lies there."""
    words = ["git", "-C", str(root), "ls-files", "-z", "--", *plan.ROOMS]
    if (root / ".git").exists():
        listed = subprocess.run(words, capture_output=True, check=True).stdout.decode("utf-8").split("\0")
        return sorted(path for path in listed if path and (root / path).is_file())
    found = (path for room in plan.ROOMS for path in (root / room).rglob("*") if path.is_file())
    return sorted(path.relative_to(root).as_posix() for path in found if path.parent.name != "__pycache__")


def stdlib_modules(folder: Path) -> list[str]:
    """The standard library's modules that are shipped: paths relative to `folder`."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        relative = path.relative_to(folder)
        if (
            relative.parts[0] in ("site-packages", "dist-packages", "lib-dynload")
            or "__pycache__" in relative.parts
        ):
            continue
        module = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
        if module in _WINDOWS_ONLY and sys.platform != "win32":
            continue
        if _is_module(relative) and plan.stdlib_takes(module):
            found.append(relative.as_posix())
    return found


def _is_module(relative: Path) -> bool:
    """Folders such as `config-3.11-…` hold scripts, not modules."""
    return all(part.isidentifier() for part in relative.with_suffix("").parts)


def native_modules(folder: Path) -> list[str]:
    """File names of Python's own compiled modules that are shipped."""
    kinds = ("*.so", "*.pyd", "*.dylib")
    names = {path.name for kind in kinds for path in folder.glob(kind)}
    return sorted(name for name in names if plan.native_takes(name.split(".")[0]))
