"""Copies a closed vault folder byte for byte, without its lock. Must not need a key or know which container is real.

Both headers and both containers are copied alike, empty or not: a copy of one container would tell which is the real one.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from i18n.message import msg
from storage.environment import Files, disk_errors
from storage.errors import EnvironmentProblem, InvalidInput
from storage.keys.copies import NAMES
from storage.making import make_folder, remove_tree

_PIECE = 1 << 20
Progress = Callable[[int, int], None]


def check_target(folder: Path, target: Path) -> None:
    """Refuse a target that holds something, or that lies in the folder or around it. Writes nothing."""
    here, there = folder.resolve(), target.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise InvalidInput(msg("The copy must lie outside the folder of the notebook."))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InvalidInput(msg("An existing file or folder is never replaced. Choose a new folder."))


def copy_folder(folder: Path, target: Path, files: Files, progress: Progress) -> None:
    """Copy a vault folder into a new or empty one; every file is durable and read again when this returns.

    Raises InvalidInput (target), EnvironmentProblem (disk full, unreadable); Cancelled if `progress` does. Then nothing
    is left at the target.
    """
    check_target(folder, target)
    with disk_errors():
        wanted = _files_of(folder)
        total = sum(path.stat().st_size for path in wanted)
        _require_space(target, total)
    made = make_folder(target, files)
    try:
        with disk_errors():
            _copy_all(folder, target, wanted, total, files, progress)
    except BaseException:
        remove_tree(target, made)
        raise


def _files_of(folder: Path) -> list[Path]:
    """Give both headers and all files of both containers, in one order; links are not followed and not copied."""
    headers = [folder / name for name in NAMES if (folder / name).is_file()]
    inside = [path for part in _containers(folder) for path in sorted(part.rglob("*"))]
    return headers + [path for path in inside if path.is_file() and not path.is_symlink()]


def _containers(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[01][a-z]") if path.is_dir() and not path.is_symlink())


def _require_space(target: Path, total: int) -> None:
    place = target
    while not place.exists():
        place = place.parent
    if shutil.disk_usage(place).free < total:
        raise EnvironmentProblem(msg("There is no space left on the disk. Free some space and try again."))


def _copy_all(
    folder: Path, target: Path, wanted: list[Path], total: int, files: Files, progress: Progress
) -> None:
    for part in _containers(folder):
        for path in (part, *sorted(inner for inner in part.rglob("*") if inner.is_dir())):
            (target / path.relative_to(folder)).mkdir(mode=0o700)
    done = 0
    for path in wanted:
        copy = target / path.relative_to(folder)
        digest = hashlib.sha256()
        with path.open("rb", buffering=0) as source, files.new(copy) as file:
            while piece := source.read(_PIECE):
                progress(done, total)
                digest.update(piece)
                files.write(file, piece)
                done += len(piece)
            files.sync(file)
        _compare(copy, digest.digest())
    for place in (*sorted((inner for inner in target.rglob("*") if inner.is_dir()), reverse=True), target):
        files.sync_folder(place)
    progress(total, total)


def _compare(copy: Path, expected: bytes) -> None:
    digest = hashlib.sha256()
    with copy.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    if digest.digest() != expected:
        raise EnvironmentProblem(msg("The disk does not give back what was written to it. Use another one."))
