"""Revisions of one replica, applied one after the other, written from docs/formats/revision.md alone. Uses nothing of Daftar.

A line of revisions needs no merging: nothing is concurrent, so each operation simply happens.
"""

from __future__ import annotations

import json
from typing import Any

Doc = dict[str, Any]


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class Placed(dict[str, Any]):
    """A list as the replay keeps it: id -> (order key, element)."""


def held(value: Any) -> Any:
    """A value as written, lists of elements and sets keyed."""
    if isinstance(value, dict):
        return {name: held(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return Placed({member(item): (f"{n:05d}5", held(item)) for n, item in enumerate(value, 1)})
    return value


def member(item: Any) -> str:
    if isinstance(item, dict) and "id" in item:
        return str(item["id"])
    return item if isinstance(item, str) else canonical(item).decode()


def plain(value: Any) -> Any:
    """A held value as written."""
    if isinstance(value, Placed):
        return [plain(item) for _, _, item in sorted((at, name, item) for name, (at, item) in value.items())]
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    return value


def apply(record: Doc, op: Doc) -> None:
    """One operation on a record whose history is a line: nothing is concurrent, so each simply happens."""
    *way, last = op["path"].split("/") if op["path"] else [""]
    at: Any = record
    for step in way:
        if isinstance(at, Placed):
            at.setdefault(step, ("", {"id": step}))
            at = at[step][1]
        else:
            at = at.setdefault(step, {})
    kind = op["op"]
    if kind in ("set", "blank"):
        if not op["path"]:
            record.update(held(op["value"]))
        elif isinstance(at, Placed):
            at[last] = (at[last][0], held(op["value"]))
        else:
            at[last] = held(op["value"])
    elif kind == "clear":
        at.pop(last, None)
    elif kind == "splice":
        text = at[last]
        at[last] = text[: op["at"]] + op["insert"] + text[op["at"] + op["delete"] :]
    else:
        change_list(at.setdefault(last, Placed()), op)


def change_list(items: Placed, op: Doc) -> None:
    if op["op"] == "add":
        items[op["id"]] = (op["at"], {**held(op["value"]), "id": op["id"]})
    elif op["op"] == "move":
        items[op["id"]] = (op["at"], items[op["id"]][1])
    elif op["op"] == "set-add":
        items[member(op["value"])] = (op["at"], held(op["value"]))
    elif op["op"] in ("remove", "set-remove"):
        items.pop(op["id"] if op["op"] == "remove" else member(op["value"]), None)
