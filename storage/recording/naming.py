"""Which files in `incoming/` belong to a recording, and their names. Must not need a key.

A name tells nothing by itself; the first bytes say which recording and which segment, and the name must agree with them,
so that no other file (a database under way begins with random bytes) is taken for one.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEGMENT, HANDLE = 2, 3
"""Format bytes: a segment; the file the recorder holds locked while it lives. A command file is a segment of its own number."""

HANDLE_NUMBER = 0xFFFFFFFE
COMMAND_NUMBER = 0xFFFFFFFF
MOST_SEGMENTS = 4096
HEADER = struct.Struct(">B16sI")


@dataclass(frozen=True)
class Found:
    """A file of a recording: `number` is its segment, or HANDLE_NUMBER or COMMAND_NUMBER."""

    path: Path
    recording_id: bytes
    number: int


def file_name(recording_id: bytes, number: int) -> str:
    """Give the name of a file of a recording: 64 hex digits, like every other name in `incoming/`."""
    return hashlib.sha256(b"daftar/v1/recording" + recording_id + struct.pack(">I", number)).hexdigest()


def header(recording_id: bytes, number: int) -> bytes:
    """Give the first bytes of a file of a recording."""
    return HEADER.pack(HANDLE if number == HANDLE_NUMBER else SEGMENT, recording_id, number)


def look_at(path: Path) -> Found | None:
    """Give what file of a recording this is, or None. OSError when it cannot be read."""
    if len(path.name) != 64:
        return None
    with path.open("rb", buffering=0) as file:
        head = file.read(HEADER.size)
    if len(head) != HEADER.size:
        return None
    kind, recording_id, number = HEADER.unpack(head)
    right = kind == (HANDLE if number == HANDLE_NUMBER else SEGMENT) and (
        number < MOST_SEGMENTS or number in (HANDLE_NUMBER, COMMAND_NUMBER)
    )
    return (
        Found(path, recording_id, number) if right and path.name == file_name(recording_id, number) else None
    )


def found_in(incoming: Path) -> Iterator[Found]:
    """Give every file of any recording in a container's `incoming/`."""
    for path in sorted(incoming.glob("*")):
        try:
            found = look_at(path) if path.is_file() else None
        except OSError:  # written over, or gone, a moment ago
            continue
        if found is not None:
            yield found


def is_too_short(path: Path) -> bool:
    """Whether a file has not even the first bytes that tell what it is; one that is gone has not."""
    try:
        return path.stat().st_size < HEADER.size
    except OSError:
        return True


def is_recorders(path: Path) -> bool:
    """Whether a file must be left alone by whoever tidies `incoming/`; what cannot be read is left alone too."""
    try:
        return look_at(path) is not None
    except FileNotFoundError:
        return False
    except OSError:
        return True
