"""The compiled catalog file (gettext's .mo): read fast at start-up, written byte for byte the same each time.

Must not know languages or check words. Keys are `context\\x04source`, or for plurals `source\\0plural`; see `key_of`.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

_MAGIC = 0x950412DE
_HEADER = struct.Struct("<7I")


def key_of(source: str, plural: str | None = None, context: str | None = None) -> str:
    """The key of an entry in a compiled catalog."""
    key = source if plural is None else f"{source}\0{plural}"
    return key if context is None else f"{context}\x04{key}"


def read(data: bytes) -> dict[str, str]:
    """All entries; ValueError when the bytes are not a compiled catalog."""
    if len(data) < _HEADER.size:
        raise ValueError("not a compiled catalog")
    magic, _, count, keys_at, values_at, _, _ = _HEADER.unpack_from(data)
    if magic != _MAGIC or max(keys_at, values_at) + 8 * count > len(data):
        raise ValueError("not a compiled catalog")
    keys = struct.unpack_from(f"<{2 * count}I", data, keys_at)
    values = struct.unpack_from(f"<{2 * count}I", data, values_at)
    out: dict[str, str] = {}
    for i in range(0, 2 * count, 2):
        key = data[keys[i + 1] : keys[i + 1] + keys[i]].decode()
        out[key] = data[values[i + 1] : values[i + 1] + values[i]].decode()
    return out


def write(entries: Mapping[str, str]) -> bytes:
    """A compiled catalog, keys sorted, as `msgfmt` without a hash table would write it."""
    pairs = sorted((key.encode(), value.encode()) for key, value in entries.items())
    keys_at = _HEADER.size
    values_at = keys_at + 8 * len(pairs)
    offset = values_at + 8 * len(pairs)
    tables: list[bytes] = []
    texts: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<2I", len(pair[column]), offset))
            texts.append(pair[column] + b"\0")
            offset += len(pair[column]) + 1
    header = _HEADER.pack(_MAGIC, 0, len(pairs), keys_at, values_at, 0, offset)
    return header + b"".join(tables) + b"".join(texts)
