"""Progress of long work made of parts, and a way to stop it inside one long statement. Must not know what the work is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from storage.db import Database
from storage.errors import Cancelled

Progress = Callable[[int, int], None]
WHOLE = 1000
"""Parts are given in thousandths of the whole."""


class Steps:
    """Passes progress on to `tell`, which may raise Cancelled; remembers it, so that statements can ask again."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._at = 0

    def part(self, low: int, high: int) -> Progress:
        """Give the progress of one part, from `low` to `high` thousandths of the whole."""

        def hear(done: int, total: int) -> None:
            share = min(1.0, done / total) if total else 1.0
            self.at(low + round((high - low) * share))

        return hear

    def at(self, thousandths: int) -> None:
        """Tell how far the whole is. Raises Cancelled when stopping was asked for."""
        self._at = thousandths
        self._tell(thousandths, WHOLE)

    def pause(self) -> None:
        """Give a chance to stop without any progress. Raises Cancelled."""
        self._tell(self._at, WHOLE)

    @contextmanager
    def watching(self, *databases: Database) -> Iterator[None]:
        """Let statements of these databases be stopped; such a statement ends with Cancelled."""
        for database in databases:
            database.on_progress(self._stopped)
        try:
            yield
        finally:
            for database in databases:
                database.on_progress(None)

    def _stopped(self) -> bool:
        try:
            self.pause()
        except Cancelled:
            return True
        return False


class BytesHeard:
    """Adds up bytes into a progress of a known total."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, count: int) -> None:
        """Hear of some bytes more. Raises Cancelled when stopping was asked for."""
        self._done += count
        self._progress(self._done, self._total)
