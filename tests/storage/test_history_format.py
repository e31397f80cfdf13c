"""The bytes of a revision are frozen: canonical, strict, hashed and signed in one way."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.history import (
    NotCanonical,
    Revision,
    decode_canonical,
    encode_canonical,
    revision_id,
    sign_input,
)
from storage.history.order import key_between, keys_between, position_key, staying

plain = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.text(st.characters(codec="utf-8"))
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(plain)
@settings(max_examples=300, deadline=None)
def test_canonical_is_what_the_standard_library_writes_sorted(value: Any) -> None:
    data = encode_canonical(value)
    assert data == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8"
    )
    assert decode_canonical(data) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"b":1,"a":2}',
        b'{ "a":1}',
        b'{"a":1}\n',
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\xff"}',
        b"[" * 100_000,
        b"",
        b"9" * 5000,
        b'{"a":9007199254740992}',
    ],
)
def test_everything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode_canonical(data)


@pytest.mark.parametrize(
    "value", [1.5, {"a": "\ud800"}, {"\udfff": 1}, {1: "a"}, {"a": b"x"}, 2**53, {"a": {1, 2}}]
)
def test_what_cannot_be_stored_is_not_encoded(value: Any) -> None:
    with pytest.raises(NotCanonical):
        encode_canonical(value)


def sample() -> Revision:
    return Revision(
        record="0c2a4f0e-7d5b-4c3a-9a51-1f3d2b7c9e10",
        type="person",
        author="aa" * 32,
        replica="r1",
        seq=1,
        parents=(),
        lamport=1,
        claimed=1_780_000_000_000,
        nonce="00" * 16,
        ops=[{"op": "set", "path": "", "value": {"occupation": "омӯзгор"}}],
    )


def test_the_known_revision_has_its_known_bytes() -> None:
    body = sample().encode()
    expected = (
        '{"author":"' + "aa" * 32 + '","claimed":1780000000000,"lamport":1,"nonce":"' + "00" * 16 + '",'
        '"ops":[{"op":"set","path":"","value":{"occupation":"омӯзгор"}}],"parents":[],'
        '"record":"0c2a4f0e-7d5b-4c3a-9a51-1f3d2b7c9e10","replica":"r1","seq":1,"type":"person","v":1}'
    )
    assert body == expected.encode("utf-8")
    assert revision_id(body) == hashlib.sha256(b"daftar/v1/rev\0" + body).digest() == sample().id_bytes
    assert sign_input(sample().id_bytes) == b"daftar/v1/rev-sig\0" + sample().id_bytes
    assert Revision.decode(body) == Revision.decode_foreign(body) == sample()


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"parents": ["b" * 64, "a" * 64]},
        {"parents": ["a" * 64, "a" * 64]},
        {"parents": ["A" * 64]},
        {"nonce": "0" * 31},
        {"author": "x" * 64},
        {"seq": -1},
        {"ops": [{"path": "a"}]},
        {"ops": {}},
        {"lamport": "1"},
        {"lamport": True},
    ],
)
def test_foreign_revisions_of_another_shape_are_refused(change: dict[str, Any]) -> None:
    value = {**json.loads(sample().encode()), **change}
    with pytest.raises(NotCanonical):
        Revision.decode_foreign(encode_canonical(value))


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
@settings(max_examples=200, deadline=None)
def test_keys_between_keys_never_run_out(places: list[int]) -> None:
    keys = [position_key(0), position_key(1)]
    for place in places:
        at = min(place, len(keys))
        made = key_between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None)
        keys.insert(at, made)
    assert keys == sorted(set(keys)) and not any(key.endswith("0") for key in keys)


def test_many_keys_at_once_stay_short() -> None:
    keys = keys_between(position_key(4), position_key(5), 5000)
    assert keys == sorted(set(keys)) and max(map(len, keys)) < 20
    assert position_key(4) < keys[0] and keys[-1] < position_key(5)
    appended = keys_between(position_key(9_999), None, 5000)
    assert appended == sorted(set(appended)) and max(map(len, appended)) < 12


def test_the_longest_rising_run_stays() -> None:
    assert staying(["3", None, "1", "2", "5", "4"]) in ({2, 3, 4}, {2, 3, 5})
    assert staying(["1", "1"]) in ({0}, {1})
    assert staying([]) == set()
