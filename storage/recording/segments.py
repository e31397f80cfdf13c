"""The bytes of a segment: clear header, then sealed records, each durable by itself. Must not touch the database.

A segment ends with a record that says so; one that does not was being written when its recorder ended.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from i18n.message import msg
from storage.crypto.ratchet import open_record, seal_record
from storage.errors import Tampered
from storage.recording.naming import HEADER

FACTS, SOUND, MARK, END, LAST = 0, 1, 2, 3, 4
PAD = 1024
"""Records are padded to a multiple of this: the lengths of compressed speech tell what is said."""
LARGEST = 1 << 20
LARGEST_FILE = 16 << 20
"""Far beyond ten seconds of speech; a planted giant costs no more than this."""
ENDED = msg("The recording has ended.")
_LENGTH = struct.Struct(">I")
_HEAD = struct.Struct(">BQI")


@dataclass
class Segment:
    """What a segment holds. `ended`: sealed by its recorder; `last`: of the whole recording, and why; `damaged` records."""

    facts: dict[str, Any] = field(default_factory=dict)
    sound: bytearray = field(default_factory=bytearray)
    samples: int = 0
    marks: list[dict[str, Any]] = field(default_factory=list)
    ended: bool = False
    last: str = ""
    damaged: int = 0
    torn: bool = False


def seal(
    key: bytearray, recording_id: bytes, number: int, record: int, kind: int, samples: int, data: bytes
) -> bytes:
    """Give one record as it stands in the file. `samples` is how many the whole recording has after it."""
    plain = _HEAD.pack(kind, samples, len(data)) + data
    plain += bytes(-len(plain) % PAD)
    sealed = seal_record(key, recording_id, number, record, plain)
    return _LENGTH.pack(len(sealed)) + sealed


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """Give canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read_file(path: Path) -> bytes:
    """Give the bytes of a segment's file; of a planted giant no more than a segment can have. Raises OSError."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE)


def read_segment(data: bytes, key: bytearray, recording_id: bytes, number: int) -> Segment:
    """Read a segment, as much of it as is whole. Never raises for its content: what is wrong is counted in it."""
    segment = Segment()
    bad = 0
    for record, sealed in _records(data, segment):
        try:
            plain = open_record(key, recording_id, number, record, sealed)
            _take(segment, plain)
        except (Tampered, ValueError, struct.error):
            bad += 1
            continue
        segment.damaged += bad  # a bad record before a good one is damage; after the last it is a torn end
        bad = 0
        if segment.ended:
            break
    segment.torn = segment.torn or bad > 0
    if segment.ended:
        segment.torn = False
    elif bad > 1:
        segment.damaged += bad - 1
    return segment


def _records(data: bytes, segment: Segment) -> Iterator[tuple[int, bytes]]:
    at, record = HEADER.size, 0
    while at < len(data):
        if at + _LENGTH.size > len(data):
            segment.torn = True
            return
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        # No record is as short as its padding; zeros are what a power cut leaves, or somebody planted.
        if not PAD < length <= LARGEST or at + length > len(data):
            segment.torn = True
            return
        yield record, data[at : at + length]
        at += length
        record += 1


def _take(segment: Segment, plain: bytes) -> None:
    kind, samples, length = _HEAD.unpack_from(plain)
    data = plain[_HEAD.size : _HEAD.size + length]
    if len(data) != length:
        raise ValueError
    segment.samples = max(segment.samples, samples)
    if kind == SOUND:
        segment.sound += data
    elif kind == FACTS:
        segment.facts = json.loads(data)
    elif kind == MARK:
        segment.marks.append(json.loads(data))
    elif kind == END:
        segment.sound += data
        segment.ended = True
    elif kind == LAST:
        segment.ended, segment.last = True, str(json.loads(data).get("why", "stop"))
