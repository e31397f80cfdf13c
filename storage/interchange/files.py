"""Attachments an interchange file names: where they really lie, and what they are. Must not leave the file's folder."""

from __future__ import annotations

import hashlib
import mimetypes
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from i18n.message import Message, msg

_TYPES = mimetypes.MimeTypes(filenames=())  # the built-in table only: the same on every machine
_UNKNOWN_TYPE = "application/octet-stream"
_CHUNK = 1 << 20
_NAME_BYTES = 255

Doc = dict[str, Any]


@dataclass(frozen=True)
class Attachment:
    """One file to be stored: for which record and field, where it lies now, and what it is.

    `field` is `file`, or a path such as `filing/correspondence/<id>/file`. `sha256` is of the bytes at the time of
    parsing: whoever stores the file compares.
    """

    record_id: str
    field: str
    source: Path
    name: str
    media_type: str
    size: int
    sha256: str


class BadFile(Exception):
    """Why an attachment is refused: problem and what was expected."""

    def __init__(self, problem: Message, expected: Message) -> None:
        super().__init__()
        self.problem, self.expected = problem, expected


def locate(folder: Path, written: str) -> Path:
    """The regular file a relative path names inside `folder`; BadFile for every way out and for what is no file."""
    inside = msg("a relative path inside the folder of the interchange file")
    parts = written.split("/")
    if written.startswith("/") or "\\" in written or ":" in parts[0] or ".." in parts:
        raise BadFile(msg("a path that leaves the folder"), inside)
    if len(parts[-1].encode("utf-8", "replace")) > _NAME_BYTES:
        raise BadFile(msg("the name of the file is too long"), msg("a name of at most 255 bytes"))
    try:
        base = folder.resolve(strict=True)
        found = (base / written).resolve(strict=True)
        is_file = stat.S_ISREG(found.stat().st_mode)
    except (OSError, RuntimeError, ValueError):
        raise BadFile(msg("no such file"), inside) from None
    if not found.is_relative_to(base):
        raise BadFile(msg("a path that leaves the folder"), inside)
    if not is_file:
        raise BadFile(msg("not an ordinary file"), inside)
    return found


def describe(source: Path, given: Mapping[str, Any], written: str) -> Doc:
    """`name`, `media_type`, `size`, `sha256` of a file; BadFile when the given hash or size is another."""
    try:
        size, digest = _measure(source)
    except OSError:
        raise BadFile(msg("the file cannot be read"), msg("a file that can be read")) from None
    if given.get("sha256", digest) != digest:
        raise BadFile(msg("the file has another SHA-256 than written here"), msg("the file that was meant"))
    if given.get("size", size) != size:
        raise BadFile(msg("the file has another size than written here"), msg("the file that was meant"))
    name = given.get("name") or written.rsplit("/", 1)[-1]
    guessed = given.get("media_type") or _TYPES.guess_type(name)[0] or _UNKNOWN_TYPE
    return {"name": name, "media_type": guessed, "size": size, "sha256": digest}


def _measure(source: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()
