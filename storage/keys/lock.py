"""The lock file: one Daftar per notebook. Must not write into it; the file stays empty."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from i18n.message import msg
from storage.environment import disk_errors
from storage.errors import EnvironmentProblem

NAME = "lock"


class FolderLock:
    """An operating-system lock that ends with the process, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises EnvironmentProblem when another Daftar holds it or the medium cannot be written."""
        with disk_errors():
            self._handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            lock_handle(self._handle)
        except OSError:
            os.close(self._handle)
            raise EnvironmentProblem(msg("Another Daftar has this notebook open.")) from None

    @property
    def released(self) -> bool:
        """True once it was given back."""
        return self._handle < 0

    def release(self) -> None:
        """Give the lock back; harmless when given back already."""
        if self._handle >= 0:
            with suppress(OSError):  # the system has let go of the file even when it reports an error here
                os.close(self._handle)
            self._handle = -1


if sys.platform == "win32":
    import msvcrt

    def lock_handle(handle: int) -> None:
        """Lock an open file; OSError when another holds it."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def lock_handle(handle: int) -> None:
        """Lock an open file; OSError when another holds it."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
