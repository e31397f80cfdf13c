"""Copies a closed vault folder byte for byte, without its lock. Must not need a key or know which container is real.

Both headers and both containers are copied alike, empty or not: a copy of one container would tell which is the real one.
The headers are written last: a copy that was stopped half way is no notebook, and nobody takes it for one.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from i18n.message import msg
from storage.environment import Files, disk_errors
from storage.errors import EnvironmentProblem, InvalidInput
from storage.keys.copies import NAMES
from storage.making import make_folder, remove_tree

_PIECE = 1 << 20
_SYNCED = 8 << 20
Progress = Callable[[int, int], None]


def check_target(folder: Path, target: Path) -> None:
    """Refuse a target that holds something, or that lies in the folder or around it. Writes nothing.

    Raises InvalidInput; EnvironmentProblem where the system does not let us look, or the name is too long for it.
    """
    with disk_errors():
        here, there = folder.resolve(), target.resolve()
        if here == there or here in there.parents or there in here.parents:
            raise InvalidInput(msg("The copy must lie outside the folder of the notebook."))
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InvalidInput(msg("An existing file or folder is never replaced. Choose a new folder."))


def copy_folder(
    folder: Path, target: Path, files: Files, progress: Progress, *, with_headers: bool = True
) -> None:
    """Copy a vault folder into a new or empty one; every file is durable and read again when this returns.

    Without its headers the copy opens only when the caller writes them. Raises InvalidInput (target),
    EnvironmentProblem (disk full, unreadable); Cancelled if `progress` does. Then nothing is left at the target.
    """
    check_target(folder, target)
    with disk_errors():
        inside, headers = _files_of(folder)
        total = sum(path.stat().st_size for path in (*inside, *headers))
        _require_space(target, total)
    made = make_folder(target, files)
    try:
        with disk_errors():
            copied = _Copying(folder, target, total, files, progress)
            copied.containers(inside)
            if with_headers:
                copied.headers(headers)
        progress(total, total)
    except BaseException:
        remove_tree(target, made)
        raise


def _files_of(folder: Path) -> tuple[list[Path], list[Path]]:
    """Give all files of both containers, and both headers, in one order; links are not followed and not copied."""
    inside = [path for part in _containers(folder) for path in sorted(part.rglob("*"))]
    headers = [folder / name for name in NAMES if (folder / name).is_file()]
    return [path for path in inside if path.is_file() and not path.is_symlink()], headers


def _containers(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[01][a-z]") if path.is_dir() and not path.is_symlink())


def _require_space(target: Path, total: int) -> None:
    place = target
    while not place.exists():
        place = place.parent
    if shutil.disk_usage(place).free < total:
        raise EnvironmentProblem(msg("There is no space left on the disk. Free some space and try again."))


@dataclass
class _Copying:
    """A copy under way: `total` bytes, `done` of them written."""

    folder: Path
    target: Path
    total: int
    files: Files
    progress: Progress
    done: int = 0

    def containers(self, wanted: list[Path]) -> None:
        """Copy the containers; durable, names and all, when this returns."""
        for part in _containers(self.folder):
            for path in (part, *sorted(inner for inner in part.rglob("*") if inner.is_dir())):
                (self.target / path.relative_to(self.folder)).mkdir(mode=0o700)
        for path in wanted:
            self._copy(path)
        inner = sorted((path for path in self.target.rglob("*") if path.is_dir()), reverse=True)
        for place in (*inner, self.target):
            self.files.sync_folder(place)

    def headers(self, wanted: list[Path]) -> None:
        """Copy the headers, which make a notebook of it."""
        for path in wanted:
            self._copy(path)
        self.files.sync_folder(self.target)

    def _copy(self, path: Path) -> None:
        copy = self.target / path.relative_to(self.folder)
        digest, waiting = hashlib.sha256(), 0
        with path.open("rb", buffering=0) as source, self.files.new(copy) as file:
            while piece := source.read(_PIECE):
                digest.update(piece)
                self.files.write(file, piece)
                self._hear(len(piece))
                waiting += len(piece)
                if waiting >= _SYNCED:  # a slow stick is waited for in short pieces: stopping is quick
                    self.files.sync(file)
                    waiting = 0
            self.files.sync(file)
        self._compare(copy, digest.digest())

    def _hear(self, count: int) -> None:
        """Every byte counts twice: it is written, then read again. Raises Cancelled when stopping was asked for."""
        self.done += count
        self.progress(self.done, 2 * self.total)

    def _compare(self, copy: Path, expected: bytes) -> None:
        digest = hashlib.sha256()
        with copy.open("rb", buffering=0) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                self._hear(len(piece))
        if digest.digest() != expected:
            raise EnvironmentProblem(
                msg("The disk does not give back what was written to it. Use another one.")
            )
