"""The end of a panic wipe: keys destroyed, this process replaced by the first page, the files unlinked there. Must not ask anything.

The keys go first and at once. What this process still holds in memory ends with it; only the new process removes the files,
and destroys the headers once more, in case the old one's thread was writing one at that moment.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

from desktop import autolock, paths
from storage import DaftarError, destroy_keys, wipe_vault


def wipe(parts: autolock.Lockable, folder: Path, language: str) -> None:
    """Destroy the keys, cover the window, end this process in the first page. Does not return where it can replace it.

    Raises EnvironmentProblem when the keys could not be destroyed; then nothing else was done.
    """
    destroy_keys(folder)
    try:
        with contextlib.suppress(Exception):
            parts.blank_windows()
        with contextlib.suppress(Exception):
            parts.end_workers()
    finally:
        os.environ[paths.LANGUAGE] = language
        os.environ[paths.REMAINS] = str(folder)
        os.environ.pop(paths.CLOSING_CODE, None)
        autolock.exec_lock_screen(None)


def remove_remains() -> threading.Thread | None:
    """Remove what a wiped notebook left, in a thread of its own; None where nothing was wiped."""
    named = os.environ.pop(paths.REMAINS, None)
    if named is None:
        return None
    thread = threading.Thread(target=_remove, args=(Path(named),), name="remains")
    thread.start()
    return thread


def _remove(folder: Path) -> None:
    with contextlib.suppress(DaftarError, OSError):
        wipe_vault(folder)
