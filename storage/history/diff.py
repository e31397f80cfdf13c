"""The smallest list of operations that turns one document into another. Must not apply them.

Both documents are in normal form (as the walker gives them), and new list elements have their ids already
(`storage.records.elements`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.history.canonical import encode, same
from storage.history.order import keys_between, position_key, staying
from storage.history.revision import Op
from storage.records.kinds import Kind
from storage.records.limits import SPLICE_FROM
from storage.records.spec import FieldSpec, spec_of

Doc = dict[str, Any]
# Order keys by path of the list, then by element id (for sets: canonical JSON of the member).
OrderKeys = Mapping[str, Mapping[str, str]]

_NOTHING: Any = object()


def diff_doc(before: Doc | None, after: Doc, record_type: str, keys: OrderKeys | None = None) -> list[Op]:
    """Operations that make `before` equal to `after`; none when they are equal.

    `before` None: the record is new, one operation writes it whole. `keys` are the order keys that `materialise`
    gives; without them a list whose order changes is ordered anew as a whole, which is right but larger.
    """
    if before is None or not (set(before) - {"id"}):
        value = {name: inner for name, inner in after.items() if name != "id"}
        return [{"op": "set", "path": "", "value": value}] if value or before is None else []
    differ = _Differ(keys)
    fields = spec_of(record_type).fields
    for name in [*before, *(name for name in after if name not in before)]:
        if name != "id":
            differ.field(fields.get(name), name, before.get(name, _NOTHING), after.get(name, _NOTHING))
    return differ.ops


def delete_ops() -> list[Op]:
    """The operations of a tombstone: the record itself is removed, and nothing brings it back."""
    return [{"op": "remove", "path": ""}]


class _Differ:
    def __init__(self, keys: OrderKeys | None) -> None:
        self.ops: list[Op] = []
        self._keys = keys

    def field(self, spec: FieldSpec | None, path: str, old: Any, new: Any) -> None:
        """Compare one field; both sides may be absent."""
        if old is new or (old is not _NOTHING and new is not _NOTHING and same(old, new)):
            return
        if new is _NOTHING:
            self.ops.append({"op": "clear", "path": path})
        elif _is_blank(spec, new):
            self.ops.append({"op": "blank", "path": path, "value": new})
        elif old is _NOTHING or _is_blank(spec, old) or type(old) is not type(new):
            self.ops.append({"op": "set", "path": path, "value": new})
        else:
            self._both(spec, path, old, new)

    def _both(self, spec: FieldSpec | None, path: str, old: Any, new: Any) -> None:
        kind = spec.kind if spec is not None else None
        if spec is not None and kind is Kind.GROUP:
            self._group(spec, path, old, new)
        elif spec is not None and kind is Kind.LIST:
            self._list(spec, path, old, new)
        elif kind is Kind.SET:
            self._set(path, old, new)
        elif kind is Kind.TEXTS or path == "custom":
            for name in [*old, *(name for name in new if name not in old)]:
                self.field(None, f"{path}/{name}", old.get(name, _NOTHING), new.get(name, _NOTHING))
        elif isinstance(new, str) and len(old) > SPLICE_FROM:
            self._text(path, old, new)
        else:
            self.ops.append({"op": "set", "path": path, "value": new})

    def _group(self, spec: FieldSpec, path: str, old: Doc, new: Doc) -> None:
        for name in [*old, *(name for name in new if name not in old)]:
            if name != "id":
                inner = spec.fields.get(name)
                self.field(inner, f"{path}/{name}", old.get(name, _NOTHING), new.get(name, _NOTHING))

    def _text(self, path: str, old: str, new: str) -> None:
        start = _common_prefix(old, new)
        end = _common_suffix(old[start:], new[start:])
        removed, inserted = len(old) - start - end, new[start : len(new) - end]
        if len(inserted) * 2 > len(new):
            self.ops.append({"op": "set", "path": path, "value": new})
        else:
            self.ops.append(
                {"op": "splice", "path": path, "at": start, "delete": removed, "insert": inserted}
            )

    def _list(self, spec: FieldSpec, path: str, old: list[Doc], new: list[Doc]) -> None:
        before = {element["id"]: element for element in old}
        after = {element["id"]: element for element in new}
        for identity in before:
            if identity not in after:
                self.ops.append({"op": "remove", "path": path, "id": identity})
        for identity, at in self._places(path, list(before), list(after)):
            if identity in before:
                self.ops.append({"op": "move", "path": path, "id": identity, "at": at})
            else:
                value = {name: inner for name, inner in after[identity].items() if name != "id"}
                self.ops.append({"op": "add", "path": path, "id": identity, "at": at, "value": value})
        for identity, element in after.items():
            if identity in before:
                self._group(spec, f"{path}/{identity}", before[identity], element)

    def _set(self, path: str, old: list[Any], new: list[Any]) -> None:
        before = {member_key(value): value for value in old}
        after = {member_key(value): value for value in new}
        for key, value in before.items():
            if key not in after:
                self.ops.append({"op": "set-remove", "path": path, "value": value})
        for key, at in self._places(path, list(before), list(after)):
            self.ops.append({"op": "set-add", "path": path, "value": after[key], "at": at})

    def _places(self, path: str, before: list[str], after: list[str]) -> list[tuple[str, str]]:
        """(id, new order key) of every element that is new or must move."""
        held = set(before)
        kept = [identity for identity in after if identity in held]
        survivors = set(after)
        unmoved = kept == [identity for identity in before if identity in survivors]
        if unmoved and len(kept) == len(after):
            return []
        if self._keys is None:
            return [(identity, position_key(position)) for position, identity in enumerate(after)]
        known = self._keys.get(path) or {identity: position_key(at) for at, identity in enumerate(before)}
        return _placed(after, [known.get(identity) if identity in held else None for identity in after])


def _placed(ids: list[str], keys: list[str | None]) -> list[tuple[str, str]]:
    stay = staying(keys)
    result: list[tuple[str, str]] = []
    left: str | None = None
    waiting: list[str] = []
    for position, identity in enumerate(ids):
        if position not in stay:
            waiting.append(identity)
            continue
        right = keys[position]
        result.extend(zip(waiting, keys_between(left, right, len(waiting)), strict=True))
        left, waiting = right, []
    result.extend(zip(waiting, keys_between(left, None, len(waiting)), strict=True))
    return result


def member_key(value: Any) -> str:
    """What a member of a set is known by."""
    return value if isinstance(value, str) else encode(value).decode("utf-8")


def _is_blank(spec: FieldSpec | None, value: Any) -> bool:
    if isinstance(value, dict):
        return set(value) == {"blank"}
    return spec is not None and spec.bare_blank and value in _BLANK_WORDS and value not in spec.choices


_BLANK_WORDS = ("unknown", "not_asked", "declined", "withheld", "not_applicable")


def _common_prefix(first: str, second: str) -> int:
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(first: str, second: str) -> int:
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[len(first) - middle : len(first) - low] == second[len(second) - middle : len(second) - low]:
            low = middle
        else:
            high = middle - 1
    return low
