"""What the vault takes from the machine: clock, randomness, files. Must not know what the bytes mean.

Injectable, so that tests can stop a write at any point, freeze time, or draw known random bytes.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from i18n.message import Message, msg
from storage.crypto.secret import RandomBytes, system_random
from storage.errors import EnvironmentProblem

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NO_PERMISSION = {errno.EACCES, errno.EPERM}
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO}
_MISSING = {errno.ENOENT, errno.ENOTDIR}


class Files:
    """Durable file operations. Every method may raise OSError; `disk_errors` words it."""

    def create(self, path: Path, data: bytes) -> None:
        """Write a new file and make its content durable."""
        with self.new(path) as file:
            self.write(file, data)
            self.sync(file)

    def overwrite(self, path: Path, data: bytes) -> None:
        """Write over an existing file in place (a key slot that goes must not stay in a renamed old file)."""
        with path.open("r+b", buffering=0) as file:
            self.write(file, data)
            file.truncate(len(data))
            self.sync(file)

    def new(self, path: Path) -> BinaryIO:
        """Open a file that must not exist yet, unbuffered."""
        return path.open("xb", buffering=0)

    def write(self, file: BinaryIO, data: bytes) -> None:
        """Write all of `data`."""
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]

    def sync(self, file: BinaryIO) -> None:
        """Make a file's content durable."""
        os.fsync(file.fileno())

    def sync_folder(self, folder: Path) -> None:
        """Make names in a folder durable, where the system can (Windows does so by itself)."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file its final name."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file; one that is already gone is no error."""
        path.unlink(missing_ok=True)


def _wall_clock_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Environment:
    """The machine as the vault sees it: claimed time in ms UTC, random bytes, files."""

    now_ms: Callable[[], int] = _wall_clock_ms
    random: RandomBytes = system_random
    files: Files = field(default_factory=Files)


# critical
_PUT_IN_AGAIN = msg(
    "Put the stick or card in again, then open the notebook again. What was saved lies on it."
)
_UNPROTECT = msg("Take the protection away, or copy the notebook’s folder to another disk and open it there.")
_ON_A_STICK = msg("If the notebook lies on a stick or card, put it in again.")


def problem_of(error: OSError) -> EnvironmentProblem:
    """Say in one sentence what the operating system refused."""
    return EnvironmentProblem(_words(error.errno), _hint(error.errno))


def _hint(number: int | None) -> Message | None:
    if number in _GONE:
        return _PUT_IN_AGAIN
    if number in _MISSING:
        return _ON_A_STICK
    return _UNPROTECT if number == errno.EROFS else None


def disk_is_gone() -> EnvironmentProblem:
    """What is said when the disk with an open notebook was pulled out."""
    return problem_of(OSError(errno.ENODEV, ""))


def _words(number: int | None) -> Message:
    if number in _NO_SPACE:
        return msg("There is no space left on the disk. Free some space and try again.")
    if number == errno.EROFS:
        return msg("The disk or card is write-protected.")
    if number in _NO_PERMISSION:
        return msg("The system does not permit writing or reading there.")
    if number in _MISSING:
        return msg("A file or folder is missing.")
    if number in _GONE:
        return msg("The disk does not answer: it was pulled out, or it is failing.")
    return msg("The disk reported an error (number {number}).", number=number or 0)


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn OSError into EnvironmentProblem."""
    try:
        yield
    except OSError as error:
        raise problem_of(error) from None
