"""Canonical JSON: one value, one sequence of bytes (security.md A.2). Must not accept anything written another way."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import msgspec

from storage.records.limits import NUMBER_MAX, RECORD_BYTES

_NESTING = 64
_encoder = msgspec.json.Encoder(order="sorted")


class NotCanonical(ValueError):
    """The bytes or the value have no canonical form; says why in a word, never what stood there."""


def encode(value: Any) -> bytes:
    """UTF-8, keys sorted by code point, no spaces, whole numbers only. NotCanonical for floats, lone surrogates, others."""
    _check(value, _NESTING)
    try:
        return _encoder.encode(value)
    except (UnicodeEncodeError, TypeError, ValueError, OverflowError) as problem:
        raise NotCanonical("text") from problem


def decode(data: bytes, limit: int = RECORD_BYTES) -> Any:
    """Read canonical bytes; NotCanonical for duplicate keys, floats, NaN, other spellings, more than `limit` bytes."""
    if len(data) > limit:
        raise NotCanonical("size")
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_pairs, parse_float=_refuse, parse_constant=_refuse
        )
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as problem:
        raise NotCanonical("json") from problem
    if encode(value) != data:
        raise NotCanonical("not canonical")
    return value


def same(first: Any, second: Any) -> bool:
    """Whether two plain values are the same JSON: unlike `==`, true is not 1."""
    return bool(first == second) and _encoder.encode(first) == _encoder.encode(second)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotCanonical("duplicate key")
    return result


def _refuse(_: str) -> NoReturn:
    raise NotCanonical("number")


def _check(value: Any, depth: int) -> None:
    if depth < 0:
        raise NotCanonical("nesting")
    kind = type(value)
    if kind is dict:
        for key, inner in value.items():
            if type(key) is not str:
                raise NotCanonical("key")
            if type(inner) is not str:
                _check(inner, depth - 1)
    elif kind is list or kind is tuple:
        for inner in value:
            if type(inner) is not str:
                _check(inner, depth - 1)
    elif kind is int:
        if not -NUMBER_MAX <= value <= NUMBER_MAX:
            raise NotCanonical("number")
    elif kind is not str and kind is not bool and value is not None:
        raise NotCanonical("number" if kind is float else "type")
