"""The check after opening, in slices of a moment: every page's MAC, then the structure table by table. Must not repair or write.

What is found becomes the session's alarm. It never takes longer than it is allowed to, and leaves at once when told to hurry.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from i18n.message import msg
from storage.db.pages import PageCheck
from storage.environment import disk_errors
from storage.errors import Cancelled, Tampered
from storage.session import Session
from storage.verifying import page_check

_SLICE = 64  # pages, a quarter of a megabyte: about a millisecond
_STEPS = 500  # of the database engine, between two questions whether somebody waits


class QuietCheck:
    """One check of one opened container. `finished` says that all was looked at."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._pages: PageCheck | None = None
        self._pages_read = False
        self._tables: list[str] | None = None
        self.finished = False

    def go_on(self, hurry: Callable[[], bool], seconds: float) -> None:
        """Look at some more, for about `seconds`, or until `hurry` says that somebody waits. Raises EnvironmentProblem."""
        until = time.monotonic() + seconds

        def stop() -> bool:
            return hurry() or time.monotonic() > until

        try:
            whole = self._go_on(stop, hurry)
        except Tampered:
            whole = False
        if not whole:
            self.finished = True
            # critical
            self.session.alarm = msg(
                "Something in this notebook's database is damaged. Check the notebook, and do not write in it until then."
            )

    def _go_on(self, stop: Callable[[], bool], hurry: Callable[[], bool]) -> bool:
        while not self._pages_read:
            if stop():
                return True
            if not self._read_pages():
                return False
        return self._check_tables(stop, hurry)

    def _read_pages(self) -> bool:
        if self._pages is None:
            ring = self.session.ring
            self._pages = page_check(ring.container / "db", ring.state.vault_key, ring.header.vault_id)
        with disk_errors():
            self._pages_read = self._pages.step(_SLICE)
        return not self._pages.damaged

    def _check_tables(self, stop: Callable[[], bool], hurry: Callable[[], bool]) -> bool:
        database = self.session.database
        if self._tables is None:
            sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            self._tables = [str(row[0]) for row in database.all(sql)]
        while self._tables:
            if stop():
                return True
            database.on_progress(hurry, every=_STEPS)
            try:
                found = database.all(f'PRAGMA quick_check("{self._tables[-1]}")')
            except Cancelled:
                # Somebody waits: the table is begun anew in a quieter moment.
                return True
            finally:
                database.on_progress(None)
            if found != [("ok",)]:
                return False
            self._tables.pop()
        self.finished = True
        return True
