"""Bring a database to this program's schema, statement by statement in one transaction. Must not know records.

`executescript` would commit an open transaction half way, so statements are cut here and run one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from sqlcipher3 import dbapi2

from i18n.message import msg
from storage.db.connection import Database
from storage.environment import disk_errors
from storage.errors import Incompatible


def migrations() -> list[tuple[int, str]]:
    """Give (version, SQL) of every migration that ships, in order. Raises EnvironmentProblem."""
    with disk_errors():
        folder = files("storage").joinpath("migrations")
        found = [item for item in folder.iterdir() if item.name.endswith(".sql")]
        return sorted((int(item.name.split("_", 1)[0]), item.read_text("utf-8")) for item in found)


def schema_version(database: Database) -> int:
    """Give the version the database says it has; 0 when it is new."""
    row = database.one("PRAGMA user_version")
    return int(row[0]) if row else 0


def latest_version() -> int:
    """Give the version of this program's schema."""
    return migrations()[-1][0]


def migrate(database: Database) -> None:
    """Run what is missing, inside the caller's transaction; raises Incompatible for a newer schema."""
    have = schema_version(database)
    if have > latest_version():
        raise Incompatible(
            msg("This notebook was made by a newer Daftar."), msg("Install the newer version to open it.")
        )
    for version, script in migrations():
        if version > have:
            for statement in statements(script):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {version:d}")


def statements(script: str) -> Iterator[str]:
    """Cut a script into its statements; a trigger's body stays whole."""
    held: list[str] = []
    for line in script.splitlines():
        if not held and (not line.strip() or line.lstrip().startswith("--")):
            continue
        held.append(line)
        joined = "\n".join(held)
        if line.rstrip().endswith(";") and dbapi2.complete_statement(joined):
            yield joined
            held = []
    if any(line.strip() for line in held):
        yield "\n".join(held)
