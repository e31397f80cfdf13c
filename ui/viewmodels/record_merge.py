"""Puts what somebody changed in an editor into the record as it is now. Must not know record types or write anything.

An editor holds the record as it was loaded (`base`) and as it shows it (`mine`); only the differences between these two are
carried over, so that a change made elsewhere meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Doc = dict[str, Any]


def merged(base: Mapping[str, Any], mine: Mapping[str, Any], now: Mapping[str, Any]) -> Doc:
    """`now` with the changes from `base` to `mine`; fields, members of groups and list elements with ids, one by one."""
    made = dict(now)
    for name in {**base, **mine}:
        if base.get(name) == mine.get(name):
            continue
        value = _value(base.get(name), mine.get(name), now.get(name))
        if value is None:
            made.pop(name, None)
        else:
            made[name] = value
    return made


def _value(base: Any, mine: Any, now: Any) -> Any:
    if now == base or mine is None:
        return mine
    if isinstance(mine, Mapping) and isinstance(now, Mapping) and "blank" not in (*mine, *now):
        return merged(base if isinstance(base, Mapping) else {}, mine, now)
    if _is_list(mine) and _is_list(now):
        return _elements(base if _is_list(base) else [], mine, now)
    return mine


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _key(item: Any) -> Any:
    """What makes two members of a list the same: an element's id, else the value."""
    return item.get("id") or repr(sorted(item.items())) if isinstance(item, Mapping) else item


def _elements(base: list[Any], mine: list[Any], now: list[Any]) -> list[Any]:
    """Members taken out here are taken out, changed ones changed, new ones put last; everything else stays as it is now."""
    before, wanted = {_key(item): item for item in base}, {_key(item): item for item in mine}
    made = []
    for item in now:
        key = _key(item)
        if key in before and key not in wanted:
            continue
        made.append(
            _value(before.get(key), wanted[key], item)
            if key in wanted and wanted[key] != before.get(key)
            else item
        )
    held = {_key(item) for item in now}
    return [
        *made,
        *(
            item
            for key, item in wanted.items()
            if key not in held and (key not in before or item != before[key])
        ),
    ]
