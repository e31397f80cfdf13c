"""The tamper-evident log in the database: append, sealed-prefix rule, checkpoints, full check. Must not open files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.audit.events import (
    CHECKPOINT_EVERY,
    START,
    canonical,
    checkpoint_body,
    next_head,
    revisions_root,
)
from storage.crypto import PublicKeys, Signer
from storage.db import Database


@dataclass(frozen=True)
class LogCheck:
    """What a full reading of the log found: how many entries, its head, and what is wrong (event numbers)."""

    entries: int
    head: bytes
    broken: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        """True if every head, every revision list and every checkpoint fits."""
        return not self.broken


class Log:
    """The log of the opened container. `size` and `head` describe what is committed or pending in this transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.size, self.head = 0, START
        self.reload()

    def reload(self) -> None:
        """Read size and head again, as after a rollback."""
        row = self._database.one("SELECT n, head FROM log ORDER BY n DESC LIMIT 1")
        self.size, self.head = (int(row[0]), bytes(row[1])) if row else (0, START)

    @property
    def next_number(self) -> int:
        """The number the next event will have."""
        return self.size + 1

    def append(self, kind: str, at: int, facts: Mapping[str, Any], revisions: Sequence[bytes] = ()) -> None:
        """Append one event inside the caller's transaction; `facts` may hold ids, counts and hashes only."""
        event: dict[str, Any] = {"v": 1, "kind": kind, "at": at, **({"facts": dict(facts)} if facts else {})}
        if revisions:
            event["revisions"] = len(revisions)
            event["root"] = revisions_root(revisions)
        data = canonical(event)
        number = self.next_number
        head = next_head(number, self.head, data)
        self._database.execute("INSERT INTO log (n, event, head) VALUES (?, ?, ?)", (number, data, head))
        self.size, self.head = number, head

    def contains(self, size: int, head: bytes) -> bool:
        """True if the log has the sealed state as a prefix: a longer log is normal, a shorter or other one is not."""
        if size == 0:
            return head == START
        row = self._database.one("SELECT head FROM log WHERE n = ?", (size,))
        return row is not None and bytes(row[0]) == head

    def tail_fits(self, size: int, head: bytes) -> bool:
        """True if the chain from the sealed state to the end is whole (what a crash after the last lock leaves)."""
        for number, event, stored in self._database.each(
            "SELECT n, event, head FROM log WHERE n > ? ORDER BY n", (size,)
        ):
            size, head = size + 1, next_head(size + 1, head, bytes(event))
            if number != size or bytes(stored) != head:
                return False
        return (size, head) == (self.size, self.head)

    @property
    def checkpoint_due(self) -> bool:
        """True when a hundred events have passed since the last checkpoint."""
        return self.size - self._last_checkpoint() >= CHECKPOINT_EVERY

    def _last_checkpoint(self) -> int:
        row = self._database.one("SELECT max(n) FROM checkpoints")
        return int(row[0] or 0) if row else 0

    def checkpoint(self, signer: Signer) -> bool:
        """Sign (size, head) inside the caller's transaction, unless that is signed already; True if it was."""
        if self.size == self._last_checkpoint():
            return False
        body = checkpoint_body(signer.public.author, self.size, self.head)
        values = (self.size, body, signer.sign_checkpoint(body))
        self._database.execute("INSERT INTO checkpoints (n, body, signatures) VALUES (?, ?, ?)", values)
        return True

    def check(self, keys: PublicKeys, *, signatures: bool) -> LogCheck:
        """Read the whole chain; with `signatures` also the checkpoints' signatures and each event's revision list."""
        size, head, broken = 0, START, []
        heads: dict[int, bytes] = {}
        signed = {
            int(row[0]): row for row in self._database.all("SELECT n, body, signatures FROM checkpoints")
        }
        for number, event, stored in self._database.each("SELECT n, event, head FROM log ORDER BY n"):
            size, head = size + 1, next_head(size + 1, head, bytes(event))
            if number != size or bytes(stored) != head:
                broken.append(int(number))
                size, head = int(number), bytes(stored)
            if size in signed:
                heads[size] = head
        for number, (_, body, both) in signed.items():
            expected = checkpoint_body(keys.author, number, heads.get(number, b""))
            if bytes(body) != expected or (
                signatures and not keys.verify_checkpoint(bytes(body), bytes(both))
            ):
                broken.append(number)
        return LogCheck(size, head, tuple(sorted(set(broken))))

    def events(self) -> list[tuple[int, bytes]]:
        """Give every event with its number, for the check of revisions against the log."""
        return [
            (int(number), bytes(event))
            for number, event in self._database.each("SELECT n, event FROM log ORDER BY n")
        ]
