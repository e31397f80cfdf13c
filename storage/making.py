"""Making vault folders and containers, real ones and ones whose key is thrown away. Must not open an existing vault.

Both containers of a folder are made by the same steps, so that nothing but their keys tells them apart.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from i18n.message import msg
from storage import search
from storage.audit import Log
from storage.crypto import SLOT_COUNT, RandomBytes, Seeds, Signer, sub_key, wipe
from storage.db import Database, migrate, open_database, sql_errors
from storage.environment import Environment, Files, disk_errors
from storage.errors import InvalidInput

FOLDERS = ("blobs", "incoming", "outgoing", "backup")
ROLES = ("documenter", "lawyer", "coordinator", "translator")
OWN_SLOTS = 4


@dataclass(frozen=True)
class FirstFacts:
    """What a new container knows about itself: label, role, and what else stands in `meta`."""

    label: str = ""
    role: str = "documenter"
    more: dict[str, str] = field(default_factory=dict)


def check_facts(label: str, role: str) -> None:
    """Raise InvalidInput for a role that does not exist or a label no file could hold."""
    if role not in ROLES:
        raise InvalidInput(msg("There is no such role. Choose one of: {roles}.", roles=", ".join(ROLES)))
    require_text(label)


def require_text(*labels: str) -> None:
    """Raise InvalidInput for what no file could hold: half of a character."""
    try:
        "".join(labels).encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidInput(msg("The label holds half of a character and cannot be kept.")) from None


def draw_own_slots(first: int, random: RandomBytes) -> tuple[int, ...]:
    """Give half of the slots at random, `first` among them: the other container uses only the other half."""
    others = [index for index in range(SLOT_COUNT) if index != first]
    ranked = sorted(others, key=lambda index: random(8))
    return tuple(sorted([first, *ranked[: OWN_SLOTS - 1]]))


def first_ways(slot: int, kind: int, own: Sequence[int], at: int) -> str:
    """Give the list of ways in of a container with one slot, as it is kept in `meta` (storage/ways_in.py)."""
    way = {"slot": slot, "kind": kind, "label": "", "at": at, "certain": True}
    return json.dumps({"own": list(own), "ways": [way]}, sort_keys=True)


def make_folder(folder: Path, files: Files | None = None) -> bool:
    """Make the folder or accept an empty one; True if it was made. Raises InvalidInput when it holds something.

    The names of what is made are durable: else a power cut could take the whole notebook after its first save.
    """
    with disk_errors():
        if folder.exists():
            if not folder.is_dir() or any(folder.iterdir()):
                raise InvalidInput(
                    msg("A new notebook needs an empty folder; this one holds something already.")
                )
            return False
        absent = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, mode=0o700)
        for path in absent:
            with suppress(PermissionError):  # a parent that may be written but not read
                (files or Files()).sync_folder(path.parent)
        return True


def remove_tree(folder: Path, with_itself: bool = True, files: Files | None = None) -> None:
    """Remove what lies in a folder, as far as the system permits. Nothing behind a link is touched."""
    remove = (files or Files()).remove
    if folder.is_symlink():  # planted: it may lead to the home folder
        with suppress(OSError):
            remove(folder)
        return
    with suppress(OSError):
        for path in sorted(folder.rglob("*"), reverse=True):
            with suppress(OSError):  # one file that is held open must not keep all the others
                path.rmdir() if path.is_dir() and not path.is_symlink() else remove(path)
        if with_itself:
            folder.rmdir()


def make_container(
    container: Path, vault_key: bytearray, vault_id: bytes, facts: FirstFacts, env: Environment
) -> None:
    """Make a container's folders and its database."""
    for name in ("", *FOLDERS):
        (container / name).mkdir(mode=0o700, exist_ok=True)
    make_database(container / "db", vault_key, vault_id, facts, env)
    env.files.sync_folder(container)
    env.files.sync_folder(container.parent)


def make_database(
    path: Path, vault_key: bytearray, vault_id: bytes, facts: FirstFacts, env: Environment
) -> None:
    """Make a database with its schema, a new identity and the first event of its log."""
    database = open_with(path, vault_key, vault_id, create=True)
    try:
        with database.transaction():
            make_schema(database)
            _write_first_facts(database, facts, env)
    finally:
        database.close()


def make_schema(database: Database) -> None:
    """Bring a database to this program's schema, inside the caller's transaction."""
    migrate(database)
    with sql_errors():
        search.create(database.raw)


def open_with(
    path: Path,
    vault_key: bytearray,
    vault_id: bytes,
    *,
    read_only: bool = False,
    create: bool = False,
    purpose: str = "db",
) -> Database:
    """Open a database with the sub-keys of a vault key; `purpose` is `db`, or `backup` for a rolling backup."""
    key = sub_key(vault_key, vault_id, purpose)
    salt = sub_key(vault_key, vault_id, f"{purpose}-salt", 16)
    try:
        return open_database(path, key, salt, read_only=read_only, create=create)
    finally:
        wipe(key, salt)


def _write_first_facts(database: Database, facts: FirstFacts, env: Environment) -> None:
    seeds = Seeds.draw(env.random)
    signer = Signer(seeds)
    for purpose in ("ed25519", "mldsa", "xwing"):
        database.execute(
            "INSERT INTO identity (purpose, seed) VALUES (?, ?)", (purpose, getattr(seeds, purpose))
        )
    seeds.wipe()
    public = signer.public
    database.execute("INSERT INTO authors VALUES (?, ?, ?)", (public.author, public.ed25519, public.mldsa))
    values = {
        "replica": env.random(16).hex(),
        "vault_number": f"{int.from_bytes(env.random(8), 'big') % 90_000 + 10_000:05d}",
        "label": facts.label,
        "role": facts.role,
        "lamport": "0",
        "seq": "0",
        **facts.more,
    }
    database.execute_many("INSERT INTO meta (key, value) VALUES (?, ?)", values.items())
    log = Log(database)
    log.append("new", env.now_ms(), {"author": public.author})
