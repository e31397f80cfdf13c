"""The SQLCipher connection, with every setting in its order. Sole owner of `sqlcipher3`. Must not know records.

Thread-bound: the thread that opens it uses and closes it; only `interrupt` may be called from another.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from i18n.message import msg
from storage.crypto import wipe
from storage.environment import disk_is_gone, problem_of
from storage.errors import Cancelled, DaftarError, EnvironmentProblem, Tampered

Value = str | bytes | int | float | None
Row = tuple[Any, ...]

_HEX = b"0123456789abcdef"
# Codes of the SQLite authorizer (sqlite3.h).
_DENY, _OK = 1, 0
_PRAGMA, _ATTACH, _DETACH, _FUNCTION = 19, 24, 25, 31
_PRAGMAS = frozenset(
    [
        "data_version",
        "quick_check",
        "integrity_check",
        "cipher_integrity_check",
        "foreign_key_check",
        "user_version",
        "page_count",
        "page_size",
        "freelist_count",
        "table_info",
        "compile_options",
        "cipher_version",
    ]
)
_FUNCTIONS_DENIED = frozenset(
    ["sqlcipher_export", "load_extension", "writefile", "readfile", "fts3_tokenizer"]
)
_SETTINGS = (
    "cipher_log_level = NONE",
    "cipher_memory_security = ON",
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "fullfsync = ON",
    "temp_store = MEMORY",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "foreign_keys = ON",
    "locking_mode = EXCLUSIVE",
    # An import's changed pages stay in memory until the commit instead of being encrypted twice.
    "cache_size = -65536",
)
_PAGES_AT_A_TIME = 128  # half a megabyte between two chances to stop
_READ_ONLY_SKIPS = ("journal_mode = DELETE",)


class Database:
    """One open vault database: statements, transactions, interruption."""

    def __init__(self, connection: Any, path: Path) -> None:
        self._connection = connection
        self.path = path
        self._file = _identity(path)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """As `sql_errors`; but a disk that was pulled out is not called a damaged notebook."""
        try:
            with sql_errors():
                yield
        except (Tampered, EnvironmentProblem) as error:
            raise (self._disk_problem() or error) from None

    def _disk_problem(self) -> EnvironmentProblem | None:
        try:
            # Not the database itself: to close another handle of it would give up the lock on it.
            _read_anew(self.path.parent.parent / "A.hdr")
            gone = _identity(self.path) != self._file
        except OSError:
            gone = True
        if gone:
            return disk_is_gone()
        return None if os.access(self.path, os.W_OK) else _write_protected()

    def execute(self, sql: str, values: Sequence[Value] = ()) -> None:
        """Run one statement for its effect."""
        with self.errors():
            self._connection.execute(sql, values).close()

    def execute_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement once per row."""
        with self.errors():
            self._connection.executemany(sql, rows).close()

    def all(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Give all rows of a query."""
        with self.errors():
            rows: list[Row] = self._connection.execute(sql, values).fetchall()
            return rows

    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """Give the first row, or None."""
        with self.errors():
            cursor = self._connection.execute(sql, values)
            row: Row | None = cursor.fetchone()
            cursor.close()
            return row

    def each(self, sql: str, values: Sequence[Value] = ()) -> Generator[Row, None, None]:
        """Give rows one by one, without holding all of them."""
        with self.errors():
            yield from self._connection.execute(sql, values)

    @property
    def raw(self) -> Any:
        """The DB-API connection, for the search index which is written inside the same transaction."""
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One BEGIN IMMEDIATE transaction: committed whole at the end, rolled back on any error."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK").close()
            except dbapi2.Error:
                # The disk is gone or full: the hot journal rolls back at the next opening.
                return

    def interrupt(self) -> None:
        """Stop the statement now running (any thread); it ends with Cancelled and its transaction is rolled back."""
        with suppress(dbapi2.ProgrammingError):  # closed for a moment, as while the folder is copied
            self._connection.interrupt()

    def on_progress(self, cancelled: Callable[[], bool] | None, every: int = 20_000) -> None:
        """Ask `cancelled` after so many steps of the engine, again and again; a true answer stops the statement."""
        self._connection.set_progress_handler(cancelled, every)

    def copy_into(self, target: Database, progress: Callable[[int, int], None]) -> None:
        """Copy every page into an empty database, re-encrypted under its key; `progress` may raise to stop."""

        def hear(_status: int, left: int, total: int) -> None:
            progress(total - left, total)

        target._write_as_it_goes()
        with self.errors():
            self._connection.backup(target._connection, pages=_PAGES_AT_A_TIME, progress=hear)

    def _write_as_it_goes(self) -> None:
        """Keep few pages in memory: else the last step would encrypt and write all of them, and nothing could stop it."""
        self._connection.set_authorizer(None)
        try:
            with sql_errors():
                self._connection.execute("PRAGMA cache_size = -2048").close()
        finally:
            self._connection.set_authorizer(_authorize)

    def export_into(self, path: Path, key: bytearray, salt: bytearray) -> None:
        """Write all rows into a new database under another key: nothing deleted goes with them.

        The key is bound as a value, so that no statement's text ever holds it.
        """
        text = bytearray(3 + 2 * (len(key) + len(salt)))
        _raw_key_text(key, salt, text)
        version = self.one("PRAGMA user_version")
        assert version is not None
        self._connection.set_authorizer(None)
        try:
            with self.errors():
                self._connection.execute("ATTACH DATABASE ? AS twin KEY ?", (str(path), text)).close()
                try:
                    with self.transaction():
                        self._connection.execute("SELECT sqlcipher_export('twin')").fetchall()
                        self._connection.execute(f"PRAGMA twin.user_version = {version[0]:d}").close()
                finally:
                    self._connection.execute("DETACH DATABASE twin").close()
        finally:
            wipe(text)
            self._connection.set_authorizer(_authorize)

    def close(self) -> None:
        """Close; harmless when closed already."""
        self._connection.close()


def open_database(
    path: Path, key: bytearray, salt: bytearray, *, read_only: bool = False, create: bool = False
) -> Database:
    """Open the encrypted database with a raw key and salt; both stay the caller's to wipe.

    Raises Tampered when the first page does not decrypt, EnvironmentProblem for the disk's refusals.
    """
    _check_build()
    mode = "ro" if read_only else "rwc" if create else "rw"
    text = bytearray(3 + 2 * (len(key) + len(salt)))
    _raw_key_text(key, salt, text)
    with _opening(path, mode):
        uri = path.absolute().as_uri() + f"?mode={mode}"
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, cached_statements=0, timeout=0)
    try:
        with _opening(path, mode):
            connection.set_key(text)
            wipe(text)
            _apply_settings(connection, read_only)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            connection.set_authorizer(_authorize)
    except DaftarError:
        connection.close()
        raise
    finally:
        wipe(text)
    try:
        return Database(connection, path)
    except OSError as error:  # pulled out at this very moment
        connection.close()
        raise problem_of(error) from None


@contextmanager
def _opening(path: Path, mode: str) -> Iterator[None]:
    """As `sql_errors`; why a file cannot be opened the system tells better than the library."""
    try:
        with sql_errors():
            yield
    except EnvironmentProblem as error:
        flags = {"ro": os.O_RDONLY, "rw": os.O_RDWR, "rwc": os.O_RDWR | os.O_CREAT}[mode]
        try:
            os.close(os.open(path, flags, 0o600))
        except OSError as refused:
            raise problem_of(refused) from None
        raise error from None


def _identity(path: Path) -> tuple[int, int]:
    """Which file stands at a path: another disk put in has another."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _read_anew(path: Path) -> None:
    """Read from the disk itself, not from what the system remembers; a file that is not there is not asked."""
    if path.exists():
        with path.open("rb", buffering=0) as file:
            if sys.platform == "linux":
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            file.read()


def _raw_key_text(key: bytearray, salt: bytearray, text: bytearray) -> None:
    """Fill `x'<hex key><hex salt>'` into one preallocated buffer: no copy of the key is left behind."""
    text[0:2] = b"x'"
    at = 2
    for part in (key, salt):
        for byte in part:
            text[at], text[at + 1] = _HEX[byte >> 4], _HEX[byte & 15]
            at += 2
    text[at] = 0x27


def _apply_settings(connection: Any, read_only: bool) -> None:
    for setting in _SETTINGS:
        if setting.startswith("fullfsync") and sys.platform != "darwin":
            continue
        if read_only and setting in _READ_ONLY_SKIPS:
            continue
        connection.execute(f"PRAGMA {setting}").close()


def _authorize(
    action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None
) -> int:
    """Refuse what could write plaintext elsewhere or change the settings: ATTACH with an empty key exports everything."""
    if action in (_ATTACH, _DETACH):
        return _DENY
    if action == _PRAGMA and (first or "") not in _PRAGMAS:
        return _DENY
    if action == _FUNCTION and (second or "") in _FUNCTIONS_DENIED:
        return _DENY
    return _OK


_build_checked: list[bool] = []


def _check_build() -> None:
    """Refuse a library that would write temporary files in the clear (TEMP_STORE must be 2) or is no SQLCipher."""
    if _build_checked:
        return
    connection = dbapi2.connect(":memory:")
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    cipher = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    if cipher is None or not {"TEMP_STORE=2", "HAS_CODEC", "ENABLE_FTS5"} <= options:
        raise EnvironmentProblem(msg("The installed database library is not the one this program needs."))
    _build_checked.append(True)


@contextmanager
def sql_errors() -> Iterator[None]:
    """Turn database errors into the typed ones; anything that is a bug stays what it is."""
    try:
        yield
    except dbapi2.Error as error:
        typed = _typed(error)
        if typed is None:
            raise
        raise typed from None


def _write_protected() -> EnvironmentProblem:
    return EnvironmentProblem(
        msg("The notebook can only be read here: its disk or folder is write-protected.")
    )


def _typed(error: dbapi2.Error) -> DaftarError | None:
    name = str(getattr(error, "sqlite_errorname", "") or "")
    text = str(error)
    if name.startswith("SQLITE_INTERRUPT") or text == "interrupted":
        return Cancelled()
    if name.startswith("SQLITE_FULL") or "disk is full" in text:
        return EnvironmentProblem(msg("There is no space left on the disk. Free some space and try again."))
    if name.startswith("SQLITE_READONLY") or "readonly database" in text:
        return _write_protected()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "is locked" in text:
        return EnvironmentProblem(msg("Another Daftar has this notebook open."))
    if name.startswith("SQLITE_CANTOPEN") or "unable to open" in text:
        return EnvironmentProblem(
            msg("The notebook's database cannot be opened: the file is missing or not permitted.")
        )
    if name.startswith("SQLITE_IOERR") or "disk I/O error" in text:
        return EnvironmentProblem(msg("The disk reported an error while the notebook was read or written."))
    # Two rows where the code leaves room for one: an old page was put back. Other constraints would be our own mistake.
    if (
        name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT"))
        or name.startswith(("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"))
        or text == "constraint failed"
        or text.startswith("Could not decode to UTF-8")
        or "malformed" in text
        or "not a database" in text
    ):
        return Tampered(msg("The notebook's database is damaged or was changed outside the program."))
    return None
