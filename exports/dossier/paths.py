"""The small path language of the form files: from a root through records to values. Must not format what it finds.

::

    victim.names[kind=legal].family        first element of the list that matches, its field
    detention.places[*].place              of every element
    victim.names[].(given patronymic)      several fields of one element, joined by a space
    victim.(occupation; activity)          the same, joined by a semicolon
    facts[victims=@victim][details.detention]   filters on lists of records; @root is that root's id

Filters: ``[]`` any · ``[*]`` all · ``[k=v]`` · ``[k!=v]`` · ``[k~v]`` begins with · ``[k]`` is answered ·
``[type=person]`` the id is of that record type · ``[party]`` the code is a State of the form. A path goes through an
id into the record it names. A blank counts as nothing found, so that the next path of a field is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from exports.records import Records, is_blank

_STEP = re.compile(r"([a-z_0-9]+|\([a-z_; ]+\))((?:\[[^\]]*\])*)(?:\.|$)")
_FILTER = re.compile(r"\[([^\]]*)\]")
_CONDITION = re.compile(r"([a-z_.]+)(=|!=|~)(.*)")


@dataclass(frozen=True)
class Found:
    """A value, the record and field path it came from (empty for values that stand in no record), and which fields of
    which group it was read from."""

    value: Any
    record: str = ""
    type: str = ""
    path: str = ""
    inside: dict[str, Any] | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Step:
    name: str
    filters: tuple[str, ...]


@lru_cache(maxsize=1024)
def parse_path(path: str) -> tuple[_Step, ...]:
    """The steps of a path; ValueError where it does not follow the grammar."""
    steps: list[_Step] = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None or match.end() == position:
            raise ValueError(f"not a path: {path}")
        steps.append(_Step(match[1], tuple(_FILTER.findall(match[2]))))
        position = match.end()
    if not steps:
        raise ValueError("empty path")
    return tuple(steps)


@dataclass(frozen=True)
class Scope:
    """What paths are read against: the records, the base lists, the named roots and the form's States.

    `resolve` follows the form's own `roots` (paths themselves) on first use.
    """

    records: Records
    base: Mapping[str, Any]
    roots: Mapping[str, tuple[str, ...]]
    parties: frozenset[str] = frozenset()

    def find(self, path: str) -> list[Found]:
        """Everything a path leads to that is answered; at most one value unless the path says ``[*]``."""
        steps = parse_path(path)
        found = self._filter(self._root(steps[0].name), steps[0].filters)
        for step in steps[1:]:
            found = self._step(found, step)
        found = [item for item in found if not is_blank(item.value)]
        return found if any("*" in step.filters for step in steps) else found[:1]

    def first_of(self, paths: Iterable[str]) -> list[Found]:
        """What the first path that leads anywhere finds."""
        for path in paths:
            found = self.find(path)
            if found:
                return found
        return []

    def all_of(self, name: str) -> list[Found]:
        """Everything the first leading path of a root leads to, not only its first value."""
        for path in self.roots.get(name, ()):
            steps = parse_path(path)
            found = self._filter(self._root(steps[0].name), steps[0].filters)
            for step in steps[1:]:
                found = self._step(found, step)
            found = [item for item in found if not is_blank(item.value)]
            if found:
                return found
        return []

    def with_base(self, **more: Any) -> Scope:
        """The scope with further base values."""
        return replace(self, base={**self.base, **more})

    def doc(self, name: str) -> dict[str, Any] | None:
        """The record a root stands for, if it is one."""
        found = self._root(name)[:1]
        value = found[0].value if found else None
        if isinstance(value, str):
            value = self.records.get(value)
        return value if isinstance(value, dict) else None

    def _root(self, name: str) -> list[Found]:
        if name in self.base:
            return self._spread(self._found(self.base[name]))
        return [self._enter(item) for item in self.first_of(self.roots.get(name, ()))]

    def _found(self, value: Any) -> Found:
        if isinstance(value, Found):
            return value
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            return Found(value, value["id"], self.records.type_of(value["id"]) or "")
        return Found(value)

    def _spread(self, item: Found) -> list[Found]:
        if not isinstance(item.value, list):
            return [item]
        whole = [self._found(value) for value in item.value]
        # An element of a list has an id too, but is no record: what it says is still about the record it stands in.
        return [found if found.type else replace(item, value=found.value) for found in whole]

    def _enter(self, item: Found) -> Found:
        """The record itself where the value is the id of one."""
        if isinstance(item.value, str):
            record = self.records.get(item.value)
            if record is not None:
                return Found(record, item.value, self.records.type_of(item.value) or "")
        return item

    def _step(self, found: list[Found], step: _Step) -> list[Found]:
        between = "; " if ";" in step.name else " "
        names = step.name.strip("()").replace(";", " ").split()
        result: list[Found] = []
        for item in map(self._enter, found):
            if not isinstance(item.value, dict):
                continue
            path = f"{item.path}.{names[0]}" if item.path else names[0]
            values = [item.value.get(name) for name in names]
            if len(names) > 1:
                texts = [str(value) for value in values if isinstance(value, str) and not is_blank(value)]
                read = replace(
                    item, value=between.join(texts), path=path, inside=item.value, names=tuple(names)
                )
                result += [read] if texts else []
            else:
                result += self._spread(
                    replace(item, value=values[0], path=path, inside=item.value, names=tuple(names))
                )
        return self._filter(result, step.filters)

    def _filter(self, found: list[Found], filters: tuple[str, ...]) -> list[Found]:
        for condition in filters:
            if condition in ("", "*"):
                continue
            test = self._test(condition)
            found = [item for item in found if test(item)]
        return found

    def _test(self, condition: str) -> Callable[[Found], bool]:
        if condition == "party":
            return lambda item: isinstance(item.value, str) and item.value in self.parties
        match = _CONDITION.fullmatch(condition)
        if match is None:
            return lambda item: not is_blank(self._inside(item, condition))
        key, sign, wanted = match[1], match[2], self._wanted(match[3])
        if key == "type":
            return lambda item: self.records.type_of(str(item.value)) == wanted
        if sign == "~":
            return lambda item: str(self._inside(item, key) or "").startswith(wanted)
        if sign == "!=":
            return lambda item: not _equal(self._inside(item, key), wanted)
        return lambda item: _equal(self._inside(item, key), wanted)

    def _wanted(self, text: str) -> str:
        if not text.startswith("@"):
            return text
        found = self._root(text[1:])[:1]
        if not found:
            return "\0"
        value = found[0].value
        return str(value["id"]) if isinstance(value, dict) and "id" in value else str(value)

    def _inside(self, item: Found, path: str) -> Any:
        value: Any = self._enter(item).value
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return value


def _equal(value: Any, wanted: str) -> bool:
    if isinstance(value, list):
        return wanted in value
    if isinstance(value, bool):
        return wanted == ("true" if value else "false")
    return bool(value == wanted)
