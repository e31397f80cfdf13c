"""Looks into processes from outside, as whoever seizes a running computer would. Must not touch a process it was not told of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_PIECE = 1 << 24
_OVERLAP = 1 << 10


def of_session(leader: int) -> list[int]:
    """Every process of a session: the program, its workers, its lock screen."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (path / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(after_name[3]) == leader and after_name[0] != "Z":
            found.append(int(path.name))
    return sorted(found)


def memory(process: int) -> Iterator[bytes]:
    """Everything a process can read or write, piece by piece, the end of each repeated before the next.

    PermissionError if the system does not let us.
    """
    maps = Path(f"/proc/{process}/maps").read_text("utf-8", "replace")
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as file:
        for start, end, rights in re.findall(r"^([0-9a-f]+)-([0-9a-f]+) (\S+)", maps, re.M):
            if rights[0] == "r":
                yield from _region(file.fileno(), int(start, 16), int(end, 16))


def _region(file: int, start: int, end: int) -> Iterator[bytes]:
    tail = b""
    for at in range(start, end, _PIECE):
        try:
            data = os.pread(file, min(_PIECE, end - at), at)
        except (OSError, OverflowError):
            return  # such as [vvar], which no one may read
        yield tail + data
        tail = data[-_OVERLAP:]


def count(process: int, needles: dict[str, bytes]) -> dict[str, int]:
    """How often each needle stands in a process's memory; what is absent is left out."""
    found: dict[str, int] = {}
    for piece in memory(process):
        for name, needle in needles.items():
            if times := piece.count(needle):
                found[name] = found.get(name, 0) + times
    return found


def status(process: int) -> dict[str, str]:
    """What the kernel says of a process."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
