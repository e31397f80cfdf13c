"""What is to be known before a notebook is copied, checked or cleaned up, and what happened to it. Must not write records.

Everything here is about the opened container; that there may be another one is nobody's business here.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storage.audit import closing_code
from storage.backup.rolling import rolling_backups
from storage.environment import disk_errors
from storage.rotation import deleted_with_content
from storage.session import Session

LAST_COPY = "copied"
"""The fact in `meta` that says when the whole folder was last copied and read again, ms UTC."""


@dataclass(frozen=True)
class CareFacts:
    """How things stand. Times are ms UTC, sizes bytes.

    `last_copy_ms` is None before the first copy; `rolling` is (number, when) of the copies inside, the newest first;
    `deleted` counts deleted records whose texts or files are still kept; `own` and `other` are the folder names of the
    containers; `purge_room` is what a purge needs beside the notebook, `free` what the disk has.
    """

    last_copy_ms: int | None
    rolling: tuple[tuple[int, int], ...]
    closing_code: str
    deleted: int
    size: int
    purge_room: int
    free: int
    own: str
    other: str
    read_only: bool


@dataclass(frozen=True)
class Happened:
    """One event of the log: its number, when the clock said so (ms UTC), its kind, ids and counts; never content."""

    number: int
    at_ms: int
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def facts_of(session: Session) -> CareFacts:
    """Look at the notebook and its disk. Raises EnvironmentProblem."""
    ring = session.ring
    with disk_errors():
        others = [path.name for path in ring.folder.glob(f"{1 - ring.content.container}[a-z]")]
        own = _size(ring.container)
        room = own - _size(ring.container / "backup") - _size(ring.container / "incoming")
        size = sum(_size(path) for path in ring.folder.glob("[01][a-z]"))
        free = shutil.disk_usage(ring.folder).free
    copied = session.meta(LAST_COPY)
    return CareFacts(
        last_copy_ms=int(copied) if copied else None,
        rolling=tuple(rolling_backups(ring.container)),
        closing_code=closing_code(session.log.head),
        deleted=len(deleted_with_content(session)),
        size=size,
        purge_room=room + session.database.path.stat().st_size,
        free=free,
        own=ring.container.name,
        other=min(others, default=""),
        read_only=session.read_only,
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def what_happened(session: Session, before: int | None = None, limit: int = 50) -> list[Happened]:
    """Give events of the log, the latest first; with `before`, those with a smaller number."""
    top = session.log.size + 1 if before is None else before
    rows = session.database.all("SELECT n, event FROM log WHERE n < ? ORDER BY n DESC LIMIT ?", (top, limit))
    return [_happened(int(number), json.loads(event)) for number, event in rows]


def _happened(number: int, event: Mapping[str, Any]) -> Happened:
    facts = event.get("facts", {})
    return Happened(number, int(event.get("at", 0)), str(event.get("kind", "")), facts)
