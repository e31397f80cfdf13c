"""What travels between the program and a worker: length-prefixed JSON with binary frames. Must not build objects.

One message is a u32 length, a JSON head, and the frames the head counts. Bytes anywhere inside a value leave the
JSON and travel as frames; what arrives is plain JSON values and bytes, so a taken-over worker can send nothing that runs.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from i18n.message import Message
from storage import errors
from storage.errors import DaftarError, Fault, InvalidInput, LeakFound

MAX_HEAD = 256 << 20
MAX_FRAME = 1 << 30
MAX_FRAMES = 10_000
_FRAME = "$frame"
_MESSAGE = "$message"
_DATE = "$date"
_LENGTH = struct.Struct(">I")


class BrokenMessage(Exception):
    """The other side ended in the middle of a message, or sent something that is none."""


def write_message(stream: BinaryIO, value: Mapping[str, Any]) -> None:
    """Write one message and flush. OSError when the other side is gone."""
    frames: list[bytes] = []
    body = _lift(value, frames)
    head = {"body": body, "frames": [len(frame) for frame in frames]}
    data = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if len(data) > MAX_HEAD or len(frames) > MAX_FRAMES:
        raise BrokenMessage
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    for frame in frames:
        stream.write(frame)
    stream.flush()


def read_message(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message, or None when the other side closed between two. BrokenMessage for everything else."""
    prefix = _read(stream, _LENGTH.size, at_end=True)
    if not prefix:
        return None
    (length,) = _LENGTH.unpack(prefix)
    if length > MAX_HEAD:
        raise BrokenMessage
    try:
        head = json.loads(_read(stream, length).decode("utf-8", "surrogatepass"))
        sizes = head["frames"]
        if len(sizes) > MAX_FRAMES or any(
            not isinstance(size, int) or not 0 <= size <= MAX_FRAME for size in sizes
        ):
            raise BrokenMessage
        frames = [_read(stream, size) for size in sizes]
        body = _place(head["body"], frames)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise BrokenMessage from None
    if not isinstance(body, dict):
        raise BrokenMessage
    return body


def error_to_plain(error: DaftarError) -> dict[str, Any]:
    """An error as plain values; what a subclass carries beside its words goes along."""
    plain: dict[str, Any] = {"code": error.code, "message": error.message, "hint": error.hint}
    if isinstance(error, InvalidInput):
        plain["faults"] = [[fault.path, fault.problem, fault.expected] for fault in error.faults]
    if isinstance(error, LeakFound):
        plain["findings"] = [_plain_finding(finding) for finding in error.findings]
    return plain


def error_from_plain(plain: Mapping[str, Any]) -> DaftarError:
    """The error of the same kind; an unknown code is the base error. BrokenMessage for malformed values."""
    message, hint = plain.get("message"), plain.get("hint")
    if not isinstance(message, Message) or not (hint is None or isinstance(hint, Message)):
        raise BrokenMessage
    code = plain.get("code")
    if code == InvalidInput.code:
        faults = [Fault(str(path), problem, expected) for path, problem, expected in plain.get("faults", [])]
        return InvalidInput(message, faults, hint)
    if code == LeakFound.code:
        return LeakFound(message, plain.get("findings", []), hint)
    if code == errors.Cancelled.code:
        return errors.Cancelled()
    return _KINDS.get(str(code), DaftarError)(message, hint)


_KINDS: dict[str, type[DaftarError]] = {
    kind.code: kind
    for kind in (
        errors.WrongPassphrase,
        errors.ConsentMissing,
        errors.Refused,
        errors.Tampered,
        errors.EnvironmentProblem,
        errors.Incompatible,
    )
}


def _plain_finding(finding: object) -> Any:
    fields = getattr(finding, "__dataclass_fields__", None)
    return {name: getattr(finding, name) for name in fields} if fields else str(finding)


def _lift(value: Any, frames: list[bytes]) -> Any:
    """Bytes become frames; messages and dates become marked objects; everything else must be JSON."""
    if isinstance(value, bytes | bytearray | memoryview):
        frames.append(bytes(value))
        return {_FRAME: len(frames) - 1}
    if isinstance(value, Message):
        fields = [value.source, dict(value.values), value.plural, value.count, value.context]
        return {_MESSAGE: [_lift(field, frames) for field in fields]}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {_DATE: value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): _lift(item, frames) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_lift(item, frames) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_lift(item, frames) for item in value), key=str)
    return value


def _place(value: Any, frames: list[bytes]) -> Any:
    if isinstance(value, list):
        return [_place(item, frames) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((key, item),) = value.items()
        if key == _FRAME:
            return frames[item]
        if key == _DATE:
            return date.fromisoformat(item)
        if key == _MESSAGE:
            return _message(_place(item, frames))
    return {key: _place(item, frames) for key, item in value.items()}


def _message(fields: Any) -> Message:
    source, values, plural, count, context = fields
    if not isinstance(source, str) or not isinstance(values, dict):
        raise BrokenMessage
    return Message(source, values, plural, count, context)


def _read(stream: BinaryIO, size: int, *, at_end: bool = False) -> bytes:
    """Exactly `size` bytes; an early end is allowed only before the first byte and only where `at_end` says so."""
    parts = bytearray()
    while len(parts) < size:
        part = stream.read(min(size - len(parts), 1 << 20))
        if not part:
            if at_end and not parts:
                return b""
            raise BrokenMessage
        parts += part
    return bytes(parts)
