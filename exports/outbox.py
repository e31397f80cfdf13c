"""The folder that receives the copies of one run: new files for their owner alone, all or none. Must not replace a file or know what is in one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from i18n.message import msg
from storage import problem_of
from storage.errors import InvalidInput

MANIFEST = "manifest.json"


class Outbox:
    """The folder, made if need be, and what this run has put there so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._was_there = folder.exists()
        self._made: list[Path] = []

    def refuse_existing(self, names: list[str]) -> None:
        """InvalidInput where the folder holds a file of one of these names."""
        present = [name for name in names if (self.folder / name).exists()]
        if present:
            raise InvalidInput(
                msg("The folder already holds “{name}”. A file is never replaced.", name=present[0]),
                hint=msg("Choose an empty folder."),
            )

    def manifest_name(self) -> str:
        """`manifest.json`, or the first `manifest-2.json`, … not taken: a folder may receive more than one run."""
        names = (MANIFEST if number == 1 else f"manifest-{number}.json" for number in count(1))
        return next(name for name in names if not (self.folder / name).exists())

    def store(self, contents: Mapping[str, bytes]) -> None:
        """All files or none: what was written of them is taken away again where one cannot be.

        InvalidInput where a file of the name exists, EnvironmentProblem where the folder cannot be written to.
        """
        done: list[Path] = []
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name, data in contents.items():
                path = self.folder / name
                with open(path, "xb", opener=_private) as file:
                    done.append(path)
                    self._made.append(path)
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            for path in done:
                with contextlib.suppress(OSError):
                    path.unlink()
            if isinstance(error, FileExistsError):
                raise InvalidInput(msg("A file of that name exists. A file is never replaced.")) from error
            if not self._was_there:
                with contextlib.suppress(OSError):  # copies written before may lie there
                    self.folder.rmdir()
            raise problem_of(error) from error

    def take_back(self) -> None:
        """A run that was stopped leaves no copy: nothing may stand outside that the notebook's log does not know."""
        for path in self._made:
            with contextlib.suppress(OSError):
                path.unlink()
        if not self._was_there:
            with contextlib.suppress(OSError):
                self.folder.rmdir()


def _private(name: str, flags: int) -> int:
    """Opens a copy for its owner alone: a filing copy holds every name."""
    return os.open(name, flags, 0o600)
