"""A page of the kit as a file to be printed: written where asked, removed again when asked. Must not call it protected.

A printed page has lain as plain data on the disk and in the printer's queue; the person is told before.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from storage.errors import DaftarError, EnvironmentProblem
from ui.context import Context
from ui.jobs import Job
from ui.viewmodels.base import ViewModel

if TYPE_CHECKING:
    from storage import Vault

MakePage = Callable[[], bytes]
_MOST = 100
_NOT_HERE = msg("The page cannot be written into this folder. Choose another one.")
_BINARY = getattr(os, "O_BINARY", 0)


PAGES = "kit.pages"
"""Setting: where pages were written that nobody removed yet."""


@dataclass(frozen=True)
class PaperState:
    """`files`: pages that were written, now or at another time, and still lie there."""

    files: tuple[Path, ...] = ()
    busy: bool = False
    problem: Message | None = None


class PaperModel(ViewModel[PaperState]):
    """Writes pages; the notebook remembers where, until they are removed."""

    def __init__(self, context: Context, files: tuple[Path, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(PaperState(files), parent)
        self._context = context

    def write(self, folder: Path, make: MakePage) -> None:
        """Write a page into a folder, under a name that says nothing."""
        if not self.state.busy:
            self._become(replace(self.state, busy=True, problem=None))
            self._context.jobs.compute(partial(_write, folder, make), self._written, self._failed)

    def remove(self) -> None:
        """Overwrite and remove every page that was written."""
        if self.state.files and not self.state.busy:
            self._become(replace(self.state, busy=True, problem=None))
            self._context.jobs.compute(partial(_remove_all, self.state.files), self._removed, self._failed)

    def _written(self, path: Path) -> None:
        from storage import LogEvent

        self._become(replace(self.state, files=(*self.state.files, path), busy=False))
        self._context.jobs.write(LogEvent("print", None, {"what": "kit page"}))
        self._remember()

    def _removed(self, left: tuple[Path, ...]) -> None:
        # critical
        problem = (
            msg("A page could not be removed. Remove it by hand: {file}", file=left[0].name) if left else None
        )
        self._become(replace(self.state, files=left, busy=False, problem=problem))
        self._remember()

    def _remember(self) -> None:
        from storage import SetSetting

        self._context.jobs.write(SetSetting(PAGES, [str(path) for path in self.state.files] or None))

    def _failed(self, error: DaftarError) -> None:
        self._become(replace(self.state, busy=False, problem=error.message))


def _write(folder: Path, make: MakePage, _job: Job) -> Path:
    data = make()
    path = _free_name(folder)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb") as file:
            file.write(data)
    except OSError as error:
        if not isinstance(error, FileExistsError):  # that one is somebody else's
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise EnvironmentProblem(_NOT_HERE) from None
    return path


def pages_left(vault: Vault) -> tuple[Path, ...]:
    """The pages that were written and are still there (vault lane)."""
    kept = vault.setting(PAGES, [])
    found = [Path(text) for text in kept if isinstance(text, str)] if isinstance(kept, list) else []
    return tuple(path for path in found if _lies_there(path))


def _lies_there(path: Path) -> bool:
    """Whether a file can be seen there; a stick that is not in, or a folder that may not be entered, shows none."""
    try:
        return path.exists()
    except OSError:
        return False


def _free_name(folder: Path) -> Path:
    names = (folder / f"page-{number}.pdf" for number in range(1, _MOST))
    found = next((path for path in names if not _lies_there(path)), None)
    if found is None:
        raise EnvironmentProblem(_NOT_HERE)
    return found


def _remove_all(files: tuple[Path, ...], _job: Job) -> tuple[Path, ...]:
    """Give what is left. A file that is gone already counts as removed."""
    left = []
    for path in files:
        try:
            if path.exists():
                size = path.stat().st_size
                with path.open("r+b") as file:
                    file.write(bytes(size))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
        except OSError:
            left.append(path)
    return tuple(left)
