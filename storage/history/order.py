"""Fractional order keys: where an element stands, without numbering the others. Must not know what is ordered.

A key is a string of digits not ending in 0, compared as text. Elements written with their list at once have the key
of their position (`position_key`), so that a record written once needs no keys at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

_POSITION = re.compile(r"[0-9]{5}5")
_LAST_POSITION = 99_998


def position_key(position: int) -> str:
    """The key of the element at a position (from 0) of a list that is written whole."""
    return f"{position + 1:05d}5"


def key_between(before: str | None, after: str | None) -> str:
    """A key after `before` and before `after`; None stands for the beginning or the end."""
    if (
        after is None
        and before is not None
        and _POSITION.fullmatch(before)
        and int(before[:5]) <= _LAST_POSITION
    ):
        return position_key(int(before[:5]))
    return _middle(before or "", after)


def keys_between(before: str | None, after: str | None, count: int) -> list[str]:
    """`count` rising keys between two; halving keeps them short."""
    if count == 0:
        return []
    if after is None:
        keys = []
        for _ in range(count):
            before = key_between(before, None)
            keys.append(before)
        return keys
    middle = key_between(before, after)
    left = count // 2
    return [
        *keys_between(before, middle, left),
        middle,
        *keys_between(middle, after, count - left - 1),
    ]


def staying(keys: Sequence[str | None]) -> set[int]:
    """Positions of a longest strictly rising run among the keys: those elements need not be moved."""
    tails: list[str] = []
    tail_positions: list[int] = []
    previous: dict[int, int] = {}
    for position, key in enumerate(keys):
        if key is None:
            continue
        at = bisect_left(tails, key)
        if at:
            previous[position] = tail_positions[at - 1]
        tails[at:] = [key, *tails[at + 1 :]] if at < len(tails) else [key]
        tail_positions[at:] = (
            [position, *tail_positions[at + 1 :]] if at < len(tail_positions) else [position]
        )
    chain: set[int] = set()
    current = tail_positions[-1] if tail_positions else None
    while current is not None:
        chain.add(current)
        current = previous.get(current)
    return chain


def _middle(low: str, high: str | None) -> str:
    if high is not None:
        shared = 0
        while shared < len(high) and (low[shared] if shared < len(low) else "0") == high[shared]:
            shared += 1
        if shared:
            return high[:shared] + _middle(low[shared:], high[shared:])
    first = int(low[0]) if low else 0
    last = int(high[0]) if high else 10
    if last - first > 1:
        return str((first + last) // 2)
    if high is not None and len(high) > 1:
        return high[0]
    return str(first) + _middle(low[1:], None)
