"""Three rolling copies of the database inside the container, under a key of their own. Must not copy attached files.

Blobs never change, so a database of yesterday finds all of them but those that were erased since.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from storage.crypto import wipe
from storage.db import Database
from storage.environment import disk_errors
from storage.keys import KeyRing
from storage.making import open_with

KEPT = 3
PURPOSE = "backup"
EVERY_MS = 24 * 3600 * 1000


def write_rolling(
    database: Database, ring: KeyRing, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Make a new first backup; the others move on by one, the last goes. A crash leaves at least the older ones.

    Raises EnvironmentProblem; Cancelled if `progress` does. Then the backups are as before.
    """
    files, container = ring.env.files, ring.container
    new = container / "incoming" / "backup"
    with disk_errors():
        (container / "backup").mkdir(mode=0o700, exist_ok=True)
        (container / "incoming").mkdir(mode=0o700, exist_ok=True)
        files.remove(new)
    try:
        target = open_with(new, ring.state.vault_key, ring.header.vault_id, create=True, purpose=PURPOSE)
        try:
            database.copy_into(target, progress)
        finally:
            target.close()
    except BaseException:
        with disk_errors():
            files.remove(new)
        raise
    with disk_errors():
        for number in range(KEPT - 1, 0, -1):
            if place(container, number).exists():
                files.rename(place(container, number), place(container, number + 1))
        files.rename(new, place(container, 1))
        files.sync_folder(container / "backup")


def place(container: Path, number: int) -> Path:
    """Give the file of a rolling backup, 1 (the newest) to 3."""
    return container / "backup" / str(number)


def rolling_backups(container: Path) -> list[tuple[int, int]]:
    """Give (number, when it was written by the file's date, ms UTC) of what is there, the newest first."""
    found = []
    for number in range(1, KEPT + 1):
        path = place(container, number)
        if path.is_file():
            found.append((number, path.stat().st_mtime_ns // 1_000_000))
    return found


def put_back(ring: KeyRing, number: int) -> None:
    """Put rolling backup `number` in the place of the container's database, in one step.

    Raises EnvironmentProblem (no such backup, disk), Tampered (it is damaged).
    """
    files, container, vault_id = ring.env.files, ring.container, ring.header.vault_id
    new = container / "incoming" / "db"
    vault_key = bytearray(ring.state.vault_key)
    try:
        source = open_with(place(container, number), vault_key, vault_id, purpose=PURPOSE, read_only=True)
        try:
            target = open_with(new, vault_key, vault_id, create=True)
            try:
                source.copy_into(target, lambda done, total: None)
            finally:
                target.close()
        finally:
            source.close()
    finally:
        wipe(vault_key)
    with disk_errors():
        files.remove(container / "db-journal")
        files.rename(new, container / "db")
        files.sync_folder(container)
