"""Power cuts: rebuilds what a disk may hold after one, from the system calls of an act (security page 5.3, A.5).

    python -m tests.attacks.replay [--images N] [--act NAME] [--seed N]

Model: what was fsynced stands; writes since then arrive in any subset, each torn at sectors of 512 bytes; names made, changed or
removed since their folder was fsynced (for a new file: or the file itself) arrive or not. Every image must open with nothing
acknowledged lost, nothing half done and every check clean. Prints one line of figures; exit code 1 if an image is wrong.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from unittest import mock

from storage import Files
from tests.attacks import tracing
from tests.attacks.acts import ACTS, make_template
from tests.attacks.judging import Look, Told, judge, look, remember_keys

SECTOR = 512
_RECORDED = (
    "openat",
    "pwrite64",
    "write",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "unlinkat",
    "rmdir",
    "rename",
    "mkdir",
    "access",
)
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) = (-?\d+)", re.S)
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_ON = re.compile(r"^\d+<((?:\\x[0-9a-f]{2}|[^>])*)>")


@dataclass(frozen=True)
class Call:
    """One call: its name, the file or folder, a second name, bytes, a number (offset or length)."""

    name: str
    path: str
    other: str = ""
    data: bytes = b""
    at: int = 0


def read_trace(log: Path, folder: Path) -> Iterator[Call]:
    """The calls that touch the notebook's folder, and the marks of the act."""
    inside = str(folder.parent)
    for line in log.read_text("latin-1").splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        name, words, result = found.groups()
        strings = [_bytes(text) for text in _STRING.findall(words)]
        if name == "access" and strings and strings[0].startswith(tracing.MARK.encode()):
            yield Call("mark", strings[0].decode()[len(tracing.MARK) :])
        elif (
            int(result) >= 0
            and (call := _call(name, words, strings, int(result)))
            and call.path.startswith(inside)
        ):
            yield call


def _call(name: str, words: str, strings: list[bytes], result: int) -> Call | None:
    on = _ON.match(words)
    path = _path(on.group(1)) if on else ""
    if name == "openat":
        kind = "create" if "O_CREAT" in words else "open"
        return Call(kind, strings[0].decode()) if re.search("O_WRONLY|O_RDWR", words) else None
    if name in ("write", "pwrite64"):
        offset = int(words.rsplit(", ", 1)[1]) if name == "pwrite64" else -1
        return Call("write", path, data=strings[0][:result], at=offset)
    if name in ("fsync", "fdatasync"):
        return Call("sync", path)
    if name == "ftruncate":
        return Call("truncate", path, at=int(words.rsplit(", ", 1)[1]))
    if name in ("unlink", "unlinkat", "rmdir"):
        return Call("remove", strings[0].decode())
    if name == "rename":
        return Call("rename", strings[0].decode(), strings[1].decode())
    return Call("mkdir", strings[0].decode()) if name == "mkdir" else None


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _path(text: str) -> str:
    return _bytes(text).decode() if text.startswith("\\x") else text


@dataclass
class File:
    """A file's bytes as they surely stand, and the writes since."""

    sure: bytes = b""
    pending: list[tuple[str, int, bytes]] = field(default_factory=list)
    end: int = 0

    def settle(self) -> None:
        """fsync."""
        self.sure, self.pending = self.after(self.pending), []

    def after(self, writes: list[tuple[str, int, bytes]]) -> bytes:
        """The bytes after some writes."""
        content = bytearray(self.sure)
        for kind, at, data in writes:
            if kind == "truncate":
                del content[at:]
                content += bytes(max(0, at - len(content)))
            else:
                content += bytes(max(0, at - len(content)))
                content[at : at + len(data)] = data
        return bytes(content)

    def torn(self, rng: random.Random) -> bytes:
        """The bytes after a power cut: any subset of the pending writes, torn at sectors."""
        kept: list[tuple[str, int, bytes]] = []
        mood = rng.random()
        for kind, at, data in self.pending:
            if rng.random() < mood:
                kept += (
                    [(kind, at, data)]
                    if kind == "truncate" or rng.random() < 0.5
                    else _sectors(at, data, rng)
                )
        return self.after(kept)


def _sectors(at: int, data: bytes, rng: random.Random) -> list[tuple[str, int, bytes]]:
    edges = [0, *range(SECTOR - at % SECTOR, len(data), SECTOR), len(data)]
    return [
        ("write", at + start, data[start:end])
        for start, end in pairwise(edges)
        if end > start and rng.random() < 0.5
    ]


@dataclass(frozen=True)
class Change:
    """A change of names that is not sure yet."""

    kind: str
    path: str
    target: str = ""


class Disk:
    """Files and folders; `names` as the running program sees them, `sure_names` as they stand after any power cut."""

    def __init__(self, before: Path, inside: Path) -> None:
        """What lies in `before`, as if it lay `inside`."""
        self.names: dict[str, File | None] = {}
        for path in sorted([before, *before.rglob("*")]):
            data = path.read_bytes() if path.is_file() else b""
            name = str(inside / path.relative_to(before))
            self.names[name] = File(data, end=len(data)) if path.is_file() else None
        self.sure_names = dict(self.names)
        self.changes: list[tuple[Change, File | None]] = []

    def do(self, call: Call) -> None:
        """Follow one call of the program."""
        file = self.names.get(call.path)
        match call.name:
            case "create" if call.path not in self.names:
                self._change(Change("put", call.path), File())
            case "create" | "open" if file is not None:
                file.end = 0
            case "mkdir":
                self._change(Change("put", call.path), None)
            case "remove":
                self._change(Change("remove", call.path), file)
            case "rename":
                self._change(Change("rename", call.path, call.other), file)
            case "write" if file is not None:
                at = call.at if call.at >= 0 else file.end
                file.pending.append(("write", at, call.data))
                file.end = at + len(call.data)
            case "truncate" if file is not None:
                file.pending.append(("truncate", call.at, b""))
            case "sync":
                self._sync(call.path, file)

    def _change(self, change: Change, file: File | None) -> None:
        self.changes.append((change, file))
        _apply(self.names, change, file)

    def _sync(self, path: str, file: File | None) -> None:
        if file is not None:
            file.settle()
        for change, changed in list(self.changes):
            own = change.kind == "put" and change.path == path and file is not None
            if own or str(Path(change.target or change.path).parent) == path:
                _apply(self.sure_names, change, changed)
                self.changes.remove((change, changed))

    def image(self, rng: random.Random) -> dict[str, bytes | None]:
        """What the disk may hold if the power goes now."""
        names = dict(self.sure_names)
        mood = rng.random()
        for change, file in self.changes:
            has_folder = str(Path(change.target or change.path).parent) in names
            fits = (change.path in names) != (change.kind == "put")
            if rng.random() < mood and has_folder and fits:
                _apply(names, change, file)
        torn: dict[int, bytes] = {}
        image: dict[str, bytes | None] = {}
        for path, file in names.items():
            if file is None:
                image[path] = None
            else:
                if id(file) not in torn:
                    torn[id(file)] = file.torn(rng)
                image[path] = torn[id(file)]
        return image


def _apply(names: dict[str, File | None], change: Change, file: File | None) -> None:
    if change.kind == "put":
        names[change.path] = file
    elif change.kind == "remove":
        names.pop(change.path, None)
    elif change.path in names:
        names[change.target] = names.pop(change.path)


def lay_out(image: dict[str, bytes | None], inside: Path, place: Path) -> None:
    """Write an image to a folder; what lost its folder is lost."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for path, data in sorted(image.items()):
        at = place / Path(path).relative_to(inside)
        if data is None:
            if at.parent.is_dir():
                at.mkdir(exist_ok=True)
        elif at.parent.is_dir():
            at.write_bytes(data)


class Recorder(tracing.Strace):
    """Records the calls of an act, and what lay on the disk when it began."""

    def __init__(self, log: Path, inside: Path, before: Path) -> None:
        super().__init__(log, "-y", "-xx", "-s", "16777216", "-e", "trace=" + ",".join(_RECORDED))
        self._inside, self._before = inside, before

    def prepare(self) -> None:
        """In the child, just before it begins."""
        shutil.copytree(self._inside, self._before)


def record(act: str, template: Path, place: Path) -> tuple[list[Call], Disk, Path]:
    """Do an act once under strace; gives its calls and the disk before them."""
    folder, log, before = place / "recorded" / "vault", place / "trace", place / "before" / act
    tracing.fresh(template, folder)
    told = tracing.run(act, folder, Recorder(log, folder.parent, before))
    assert not told.broken and told.acknowledged == told.tried > 0, told
    calls = list(read_trace(log, folder))
    return calls[calls.index(Call("mark", "begin/0")) :], Disk(before, folder.parent), folder


def images(
    calls: list[Call], disk: Disk, count: int, rng: random.Random
) -> Iterator[tuple[Told, dict[str, bytes | None], str]]:
    """Cut the power at random places of the calls: what was told until then, what the disk may hold."""
    cuts = sorted(rng.randrange(1, len(calls) + 1) for _ in range(count))
    told = Told()
    done = 0
    for cut in cuts:
        for call in calls[done:cut]:
            if call.name == "mark":
                told = _hear(told, call.path)
            disk.do(call)
        done = cut
        yield told, disk.image(rng), f"call {cut} of {len(calls)}"


def _hear(told: Told, mark: str) -> Told:
    word, number = mark.split("/")
    done, tried = told.acknowledged, told.tried
    return Told(int(number) if word == "ack" else done, int(number) if word == "try" else tried)


def _nothing(_files: Files, _file: BinaryIO) -> None:
    """An fsync that was forgotten."""


def main() -> int:
    """Examine the images; print one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--act", choices=tuple(ACTS), action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--without-fsync", action="store_true", help="the attack's own test: must find losses"
    )
    arguments = parser.parse_args()
    if arguments.without_fsync:
        mock.patch.object(Files, "sync", _nothing).start()
    rng = random.Random(arguments.seed)
    place = tracing.scratch("replay")
    began, tally = time.monotonic(), Counter[str]()
    remember_keys()
    acts = arguments.act or list(ACTS)
    try:
        template = place / "template"
        make_template(template)
        for number, act in enumerate(acts):
            states: list[Look | None] = tracing.states_of(act, template, place)
            calls, disk, folder = record(act, template, place)
            share = arguments.images * (number + 1) // len(acts) - arguments.images * number // len(acts)
            own = Counter[str]()
            for told, image, where in images(calls, disk, share, rng):
                lay_out(image, folder.parent, place / "image")
                faults = judge(told, look(place / "image" / "vault"), states)
                with_journal = any(path.endswith("db-journal") for path in image)
                own += Counter(images=1, hot=with_journal, wrong=len(faults))
                for fault in faults:
                    print(act, where, "->", fault, file=sys.stderr, flush=True)
            print(f"{act}: {own['images']} images, {own['wrong']} wrong", flush=True)
            tally += own
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(
        f"images {tally['images']}, with a journal {tally['hot']}, wrong {tally['wrong']},"
        f" {time.monotonic() - began:.1f} s"
    )
    return 1 if tally["wrong"] or not tally["images"] else 0


if __name__ == "__main__":
    sys.exit(main())
