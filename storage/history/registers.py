"""What every revision wrote to every field, and which writes still stand. Must not read documents or choose fields.

A write stands unless a revision that had seen it wrote the same place again; two standing writes are concurrent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from storage.history.canonical import same
from storage.history.revision import Revision

ABSENT: Any = type("_Absent", (), {"__repr__": lambda self: "ABSENT"})()


@dataclass(frozen=True)
class Write:
    """One value one revision wrote; `at` is the revision's place in the order of the history."""

    at: int
    value: Any


class History:
    """Revisions of one record in an order where parents come first, with who had seen whom."""

    def __init__(self, revisions: Sequence[tuple[str, Revision]]) -> None:
        self.ids = [identity for identity, _ in revisions]
        self.revisions = [revision for _, revision in revisions]
        self.seen = self._ancestors()

    def _ancestors(self) -> list[int]:
        """One bit mask per revision: the revisions its author had seen."""
        position = {identity: at for at, identity in enumerate(self.ids)}
        masks: list[int] = []
        for at, revision in enumerate(self.revisions):
            mask = 0
            for parent in revision.parents:
                known = position.get(parent)
                if known is not None and known < at:
                    mask |= masks[known] | 1 << known
            masks.append(mask)
        return masks

    def heads(self) -> tuple[str, ...]:
        """Ids of the revisions nobody has seen yet."""
        seen = 0
        for mask in self.seen:
            seen |= mask
        return tuple(sorted(identity for at, identity in enumerate(self.ids) if not seen >> at & 1))

    def rank(self, at: int) -> tuple[int, str, str, str]:
        """Which of two concurrent revisions shows: the higher."""
        revision = self.revisions[at]
        return revision.lamport, revision.author, revision.replica, self.ids[at]


class Registers:
    """Places of one record and all that was written there."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._writes: dict[str, list[Write]] = {}

    def write(self, place: str, at: int, value: Any) -> None:
        """Note that revision `at` wrote `value`; a second write of the same revision replaces the first."""
        writes = self._writes.setdefault(place, [])
        if writes and writes[-1].at == at:
            writes[-1] = Write(at, value)
        else:
            writes.append(Write(at, value))

    def places(self, prefix: str) -> list[str]:
        """Every place that begins with the prefix."""
        return [place for place in self._writes if place.startswith(prefix)]

    def standing(self, place: str, seen: int | None = None) -> list[Write]:
        """Writes that stand, the one that shows first. `seen`: only as one revision saw it (mask of revisions)."""
        covered = 0
        standing: list[Write] = []
        for write in reversed(self._writes.get(place, ())):
            bit = 1 << write.at
            if covered & bit or (seen is not None and not seen & bit):
                continue
            standing.append(write)
            covered |= self._history.seen[write.at]
        if len(standing) > 1:
            standing.sort(key=lambda write: self._history.rank(write.at), reverse=True)
        return standing

    def value(self, place: str, seen: int | None = None) -> Any:
        """The value that shows, or ABSENT."""
        standing = self.standing(place, seen)
        return standing[0].value if standing else ABSENT

    def disputed(self) -> Iterator[tuple[str, list[Write]]]:
        """Places where different values stand, in the order of their paths."""
        for place in sorted(self._writes):
            standing = self.standing(place)
            if any(not _equal(standing[0].value, write.value) for write in standing[1:]):
                yield place, standing


def _equal(first: Any, second: Any) -> bool:
    if first is ABSENT or second is ABSENT:
        return first is second
    return same(first, second)
