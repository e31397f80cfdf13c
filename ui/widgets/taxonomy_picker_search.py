"""Finds an incident kind by the beginning of any word of its name, group or code, in any script. Must not know Qt or where kinds come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class KindEntry:
    """One incident kind in the user's words; `extra` holds the words in other languages it should also be found by."""

    code: str
    label: str
    group: str
    definition: str = ""
    extra: str = ""


@dataclass(frozen=True)
class KindIndex:
    """Kinds with their search keys. `words` cuts a text into keys (script and case do not matter in them)."""

    entries: tuple[KindEntry, ...]
    keys: tuple[tuple[frozenset[str], frozenset[str]], ...]
    words: Callable[[str], Iterable[str]]

    @classmethod
    def build(cls, entries: Sequence[KindEntry], words: Callable[[str], Iterable[str]]) -> KindIndex:
        """Index once per language."""
        keys = []
        for entry in entries:
            near = f"{entry.label} {entry.code.replace('.', ' ').replace('_', ' ')}"
            keys.append(
                (frozenset(words(near)), frozenset(words(f"{entry.group} {entry.definition} {entry.extra}")))
            )
        return cls(tuple(entries), tuple(keys), words)

    def find(self, query: str) -> list[KindEntry]:
        """Entries in which every typed word begins some word; hits in the name first. An empty query gives all, in order."""
        asked = list(self.words(query))
        if not asked:
            return list(self.entries)
        ranked = [(self._rank(near, far, asked), number) for number, (near, far) in enumerate(self.keys)]
        return [self.entries[number] for rank, number in sorted(ranked) if rank < _NO_HIT]

    @staticmethod
    def _rank(near: frozenset[str], far: frozenset[str], asked: Sequence[str]) -> int:
        rank = 0
        for word in asked:
            if any(key.startswith(word) for key in near):
                continue
            if not any(key.startswith(word) for key in far):
                return _NO_HIT
            rank += 1
        return rank


_NO_HIT = 1 << 20
