"""Bytes of an interchange file to plain JSON values, or one clear fault. Must not know records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from i18n.message import Message, msg
from storage.errors import EnvironmentProblem, Fault, InvalidInput
from storage.records.limits import FILE_BYTES

_BOM = b"\xef\xbb\xbf"


class _Refused(ValueError):
    def __init__(self, problem: Message, expected: Message) -> None:
        super().__init__()
        self.problem, self.expected = problem, expected


def refused(faults: list[Fault]) -> InvalidInput:
    """The error for a file that is not taken in."""
    return InvalidInput(msg("The file was not imported. Nothing was changed."), faults)


def read_json(path: Path) -> Any:
    """The file's value. InvalidInput with one fault (path: the file's name), EnvironmentProblem when it cannot be read."""
    try:
        if not path.is_file():
            raise refused([Fault(path.name, msg("no such file"), msg("an interchange file"))])
        if path.stat().st_size > FILE_BYTES:
            raise refused([Fault(path.name, msg("the file is too large"), msg("at most 2 GiB"))])
        data = path.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(msg("The file {name} cannot be read.", name=path.name)) from problem
    try:
        return parse_strict(data)
    except _Refused as problem:
        raise refused([Fault(path.name, problem.problem, problem.expected)]) from None


def parse_strict(data: bytes) -> Any:
    """UTF-8 JSON without byte order mark, duplicate keys, NaN or endless nesting."""
    json_file = msg("a JSON file in UTF-8")
    if data.startswith(_BOM):
        raise _Refused(msg("a byte order mark at the beginning"), json_file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _Refused(msg("the file is not UTF-8"), json_file) from None
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except _Refused:
        raise
    except json.JSONDecodeError as problem:
        where = msg("not JSON at line {line}, column {column}", line=problem.lineno, column=problem.colno)
        raise _Refused(where, json_file) from None
    except RecursionError:
        raise _Refused(msg("groups nested too deeply"), msg("at most 16 levels")) from None
    except ValueError:  # a number with thousands of digits
        raise _Refused(msg("a number out of range"), json_file) from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _Refused(msg("the same key twice in one group"), msg("each key once"))
    return result


def _constant(_: str) -> Any:
    raise _Refused(msg("NaN or Infinity, which JSON does not have"), msg("a JSON file in UTF-8"))
