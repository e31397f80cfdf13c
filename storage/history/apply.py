"""Operations carried out on a plain document, one revision after another. Must not decide between concurrent revisions."""

from __future__ import annotations

from typing import Any

from storage.history.diff import member_key
from storage.history.order import position_key
from storage.history.revision import Op

Doc = dict[str, Any]
Keys = dict[str, dict[str, str]]

KNOWN_OPS = frozenset({"set", "blank", "clear", "add", "remove", "move", "set-add", "set-remove", "splice"})


def apply_ops(before: Doc | None, ops: list[Op], keys: Keys | None = None) -> Doc | None:
    """The document after the operations; None once it is removed. `before` is not changed.

    For a new record give `{"id": …}`. `keys` holds the order keys of lists and is brought up to date; without it
    a list's present order is taken as written.
    """
    doc: Doc = _copied(before or {})
    held: Keys = {} if keys is None else keys
    for op in ops:
        name, path = op.get("op"), op.get("path")
        if name not in KNOWN_OPS or not isinstance(path, str):
            continue
        if path == "":
            if name == "remove":
                return None
            if name == "set":
                doc.update(_copied(op["value"]))
            continue
        _apply(doc, op, path, held)
    return doc


def _apply(doc: Doc, op: Op, path: str, keys: Keys) -> None:
    parent, last = _parent(doc, path, create=op["op"] not in ("clear", "remove", "move", "set-remove"))
    if parent is None:
        return
    name = op["op"]
    if name in ("set", "blank"):
        forget(keys, path)
        parent[last] = _copied(op["value"])
    elif name == "clear":
        forget(keys, path)
        parent.pop(last, None)
    elif name == "splice":
        text = parent.get(last)
        parent[last] = spliced(text if isinstance(text, str) else "", op)
    elif name in ("add", "remove", "move"):
        _element(parent, last, op, path, keys)
    else:
        _member(parent, last, op, path, keys)


def spliced(text: str, op: Op) -> str:
    """A text after one splice; positions are code points."""
    at, delete = int(op["at"]), int(op["delete"])
    return text[:at] + str(op["insert"]) + text[at + delete :]


def forget(keys: Keys, path: str) -> None:
    """Drop the order keys of a list that is gone, and of the lists inside it."""
    keys.pop(path, None)
    for inner in [known for known in keys if known.startswith(path + "/")]:
        del keys[inner]


def _element(parent: Doc, last: str, op: Op, path: str, keys: Keys) -> None:
    identity = op["id"]
    held = _list_at(parent, last)
    order = keys.setdefault(path, {item["id"]: position_key(at) for at, item in enumerate(held)})
    if op["op"] == "add":
        forget(keys, f"{path}/{identity}")
        held[:] = [item for item in held if item["id"] != identity]
        _insert(held, {"id": identity, **_copied(op["value"])}, op["at"], order, _id_of)
    elif op["op"] == "move":
        item = next((item for item in held if item["id"] == identity), None)
        if item is not None:
            held.remove(item)
            _insert(held, item, op["at"], order, _id_of)
    else:
        forget(keys, f"{path}/{identity}")
        order.pop(identity, None)
        held[:] = [item for item in held if item["id"] != identity]
    if not held:
        parent.pop(last, None)


def _member(parent: Doc, last: str, op: Op, path: str, keys: Keys) -> None:
    value = op["value"]
    key = member_key(value)
    held = _list_at(parent, last)
    order = keys.setdefault(path, {member_key(item): position_key(at) for at, item in enumerate(held)})
    held[:] = [item for item in held if member_key(item) != key]
    if op["op"] == "set-add":
        _insert(held, _copied(value), op["at"], order, member_key)
    else:
        order.pop(key, None)
    if not held:
        parent.pop(last, None)


def _insert(held: list[Any], item: Any, at: str, order: dict[str, str], name: Any) -> None:
    identity = name(item)
    order[identity] = at
    held.append(item)
    if len(held) > 1 and (order[name(held[-2])], name(held[-2])) > (at, identity):
        held.sort(key=lambda element: (order[name(element)], name(element)))


def _id_of(item: Doc) -> str:
    identity: str = item["id"]
    return identity


def _list_at(parent: Doc, last: str) -> list[Any]:
    held = parent.get(last)
    if not isinstance(held, list):
        held = parent[last] = []
    return held


def _parent(doc: Doc, path: str, *, create: bool) -> tuple[Doc | None, str]:
    """The group or element that holds the last segment; missing groups are made when `create`."""
    *way, last = path.split("/")
    current: Any = doc
    for segment in way:
        if isinstance(current, list):
            current = next(
                (item for item in current if isinstance(item, dict) and item.get("id") == segment), None
            )
        elif isinstance(current, dict):
            inner = current.get(segment)
            if not isinstance(inner, dict | list) or (isinstance(inner, dict) and set(inner) == {"blank"}):
                if not create:
                    return None, last
                inner = current[segment] = {}
            current = inner
        if current is None:
            return None, last
    return (current, last) if isinstance(current, dict) else (None, last)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_copied(inner) for inner in value]
    return value
