"""Concurrent revisions of one record put into registers and read back as a document. Must not order revisions.

Each single value is one register. An element of a list and a member of a set have two more: whether it is there, and
where. An edit inside an element says that it is there, so that a concurrent removal does not swallow the edit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storage.history.apply import Keys, spliced
from storage.history.diff import member_key
from storage.history.order import position_key
from storage.history.registers import ABSENT, History, Registers, Write
from storage.history.revision import Op
from storage.records.kinds import Kind
from storage.records.spec import FieldSpec, spec_of

Doc = dict[str, Any]
# Places that are no field paths begin with these; no field name does.
_THERE, _WHERE, _MEMBER = "\x01", "\x02", "\x03"
# A consent withdrawn outranks every other edit, whenever it arrives (rule 7).
_WITHDRAWAL = frozenset({"withdrawn_on", "withdrawal_scope"})


class Merging:
    """Takes revisions in order, parents first; then gives the document and what is disputed."""

    def __init__(self, history: History, record_type: str) -> None:
        self._history = history
        self._registers = Registers(history)
        self._fields = spec_of(record_type).fields
        self._outranks = _WITHDRAWAL if record_type in ("consent", "stub") else frozenset()
        self._members: dict[str, dict[str, None]] = {}
        self._at = 0
        self._extra: dict[str, None] = {}

    def revision(self, at: int, ops: list[Op]) -> None:
        """Write one revision's operations; `at` is its place in the history."""
        self._at = at
        for op in ops:
            path = op["path"]
            if path == "":
                for name, value in op["value"].items():
                    self._set(self._fields.get(name), name, value)
            else:
                self._operation(op, path, self._locate(path))

    # -- writing --

    def _operation(self, op: Op, path: str, spec: FieldSpec | None) -> None:
        name = op["op"]
        self._touch(path)
        if name in ("set", "blank"):
            self._set(spec, path, op["value"])
        elif name == "clear":
            self._wipe(path)
        elif name == "splice":
            text = self._registers.value(path, self._history.seen[self._at] | 1 << self._at)
            self._put(path, spliced(text if isinstance(text, str) else "", op))
        elif name == "add":
            self._add(spec, path, op["id"], op["value"], op["at"])
        elif name == "move":
            self._registers.write(_where(path, op["id"]), self._at, op["at"])
            self._registers.write(_there(path, op["id"]), self._at, True)
        elif name == "remove":
            self._wipe(f"{path}/{op['id']}")
            self._registers.write(_there(path, op["id"]), self._at, False)
        elif name == "set-add":
            self._join(path, op["value"], op["at"])
        else:
            self._registers.write(_there(path, member_key(op["value"])), self._at, False)

    def _set(self, spec: FieldSpec | None, path: str, value: Any) -> None:
        """A value as a whole: what stood there before, as far as this revision had seen it, is gone."""
        self._wipe(path)
        kind = spec.kind if spec is not None else None
        if spec is not None and kind is Kind.GROUP and isinstance(value, dict) and set(value) != {"blank"}:
            for name, inner in value.items():
                self._set(spec.fields.get(name), f"{path}/{name}", inner)
        elif spec is not None and kind is Kind.LIST and isinstance(value, list):
            for position, element in enumerate(value):
                inner = {name: part for name, part in element.items() if name != "id"}
                self._add(spec, path, element["id"], inner, position_key(position))
        elif kind is Kind.SET and isinstance(value, list):
            for position, member in enumerate(value):
                self._join(path, member, position_key(position))
        elif (kind is Kind.TEXTS or path == "custom") and isinstance(value, dict) and set(value) != {"blank"}:
            for name, inner in value.items():
                self._put(f"{path}/{name}", inner)
        else:
            self._put(path, value)

    def _add(self, spec: FieldSpec | None, path: str, identity: str, value: Doc, at: str) -> None:
        self._wipe(f"{path}/{identity}")
        self._members.setdefault(path, {})[identity] = None
        self._registers.write(_there(path, identity), self._at, True)
        self._registers.write(_where(path, identity), self._at, at)
        for name, inner in value.items():
            inner_spec = spec.fields.get(name) if spec is not None else None
            self._set(inner_spec, f"{path}/{identity}/{name}", inner)

    def _join(self, path: str, value: Any, at: str) -> None:
        key = member_key(value)
        self._members.setdefault(path, {})[key] = None
        self._registers.write(_there(path, key), self._at, True)
        self._registers.write(_where(path, key), self._at, at)
        self._registers.write(f"{_MEMBER}{path}\0{key}", self._at, value)

    def _put(self, path: str, value: Any) -> None:
        if path.startswith("custom/"):
            self._extra[path] = None
        self._registers.write(path, self._at, value)

    def _wipe(self, path: str) -> None:
        """Write that everything at and below a path, as far as it was seen, is not there any more."""
        seen = self._history.seen[self._at] | 1 << self._at
        for place in [path, *self._registers.places(path + "/")]:
            if self._registers.value(place, seen) is not ABSENT:
                self._registers.write(place, self._at, ABSENT)
        for inner, members in self._members.items():
            if inner == path or inner.startswith(path + "/"):
                for identity in members:
                    if self._registers.value(_there(inner, identity), seen) is True:
                        self._registers.write(_there(inner, identity), self._at, False)

    def _touch(self, path: str) -> None:
        """An edit inside an element or group: it is there, and its group is not blank."""
        segments = path.split("/")
        fields: Any = self._fields
        spec: FieldSpec | None = None
        for position, segment in enumerate(segments[:-1]):
            here = "/".join(segments[: position + 1])
            if spec is not None and spec.kind is Kind.LIST and segment not in fields:
                outer = "/".join(segments[:position])
                self._members.setdefault(outer, {})[segment] = None
                self._registers.write(_there(outer, segment), self._at, True)
                continue
            spec = fields.get(segment)
            if spec is None:
                return
            fields = spec.fields
            if self._registers.value(here, self._history.seen[self._at] | 1 << self._at) is not ABSENT:
                self._registers.write(here, self._at, ABSENT)

    def _locate(self, path: str) -> FieldSpec | None:
        fields, spec = self._fields, None
        for segment in path.split("/"):
            found = fields.get(segment)
            if found is None:
                if spec is not None and spec.kind is Kind.LIST:
                    continue
                return None
            spec, fields = found, found.fields
        return spec

    # -- reading --

    def document(self) -> tuple[Doc, Keys]:
        """The document without its id, and the order keys of its lists."""
        keys: Keys = {}
        doc: Doc = {}
        for name, spec in self._fields.items():
            value = self._read(spec, name, keys)
            if value is not ABSENT:
                doc[name] = value
        changes = self._registers.value("classes")
        if changes is not ABSENT:
            doc["classes"] = changes
        own = {path[len("custom/") :]: self._registers.value(path) for path in sorted(self._extra)}
        own = {name: value for name, value in own.items() if value is not ABSENT}
        if own:
            doc["custom"] = own
        return doc, keys

    def conflicts(self) -> Iterator[tuple[str, tuple[tuple[str, Any], ...]]]:
        """(path, standing values) of every field where different values stand."""
        for place, standing in self._registers.disputed():
            if place[0] in (_WHERE, _MEMBER):
                continue
            path = place[1:].replace("\0", "/") if place[0] == _THERE else place
            yield path, tuple((self._history.ids[write.at], _shown(write)) for write in standing)

    def _read(self, spec: FieldSpec, path: str, keys: Keys) -> Any:
        whole = self._whole(path)
        if spec.kind is Kind.GROUP:
            group = self._read_group(spec, path, keys)
            return group or whole
        if spec.kind is Kind.LIST:
            elements = [
                {"id": identity, **self._read_group(spec, f"{path}/{identity}", keys)}
                for identity in self._present(path, keys)
            ]
            return elements or whole
        if spec.kind is Kind.SET:
            members = [self._registers.value(f"{_MEMBER}{path}\0{key}") for key in self._present(path, keys)]
            return members or whole
        if spec.kind is Kind.TEXTS:
            return self._read_texts(path) or whole
        return whole

    def _whole(self, path: str) -> Any:
        if path in self._outranks:
            for write in self._registers.standing(path):
                if write.value is not ABSENT:
                    return write.value
        return self._registers.value(path)

    def _read_group(self, spec: FieldSpec, path: str, keys: Keys) -> Doc:
        group: Doc = {}
        for name, inner in spec.fields.items():
            value = self._read(inner, f"{path}/{name}", keys)
            if value is not ABSENT:
                group[name] = value
        return group

    def _read_texts(self, path: str) -> Doc:
        texts = {}
        for place in sorted(self._registers.places(path + "/")):
            value = self._registers.value(place)
            if value is not ABSENT:
                texts[place[len(path) + 1 :]] = value
        return texts

    def _present(self, path: str, keys: Keys) -> list[str]:
        """Ids of the elements that are there, in order. Standing True beats a concurrent removal."""
        placed = []
        for identity in self._members.get(path, ()):
            standing = self._registers.standing(_there(path, identity))
            if any(write.value is True for write in standing):
                at = self._registers.value(_where(path, identity))
                placed.append((at if isinstance(at, str) else position_key(0), identity))
        placed.sort()
        if placed:
            keys[path] = {identity: at for at, identity in placed}
        return [identity for _, identity in placed]


def _there(path: str, identity: str) -> str:
    return f"{_THERE}{path}\0{identity}"


def _where(path: str, identity: str) -> str:
    return f"{_WHERE}{path}\0{identity}"


def _shown(write: Write) -> Any:
    return None if write.value is ABSENT else write.value
