"""Encrypted blob files: head, Cobblestone-256 stream, trailer, Padmé padding. Must not open files or know records.

Layout in docs/formats/vault.md. Works on pieces; never needs the whole content in memory.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from i18n.message import msg
from storage.crypto.derive import hkdf, hmac_sha256
from storage.crypto.secret import wipe
from storage.errors import Tampered

FORMAT_1 = b"\1"
"""Head of the first format: nothing in the file tells its id, so that without the database it cannot be opened. Read only."""
_FORMAT_2 = b"\2"
_ID = 16
SMALLEST = 64 * 1024
PIECE = 1 << 20
_TRAILER_LIMIT = 1 << 16


@dataclass(frozen=True)
class Trailer:
    """What a blob says about itself, so that it can be rescued without the database."""

    media_type: str
    name: str
    sha256: str
    size: int

    def encode(self) -> bytes:
        """Give the canonical JSON and its length, as they stand at the very end of the plaintext."""
        fields = {"media_type": self.media_type, "name": self.name, "sha256": self.sha256, "size": self.size}
        text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
        return text + struct.pack(">I", len(text))


def padme(length: int) -> int:
    """Round a length of at least 2 up so that little of it shows (Padmé, PoPETs 2019)."""
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def blob_context(blob_id: bytes) -> bytes:
    """Give the info string that binds a blob's key and stream to its id."""
    return b"daftar/v1/blob" + blob_id


def blob_file_name(name_key: bytearray, blob_id: bytes) -> str:
    """Give the file name of a blob: 64 hex digits that say nothing without the key."""
    return hmac_sha256(name_key, blob_id).hex()


def blob_head(name_key: bytearray, blob_id: bytes) -> bytes:
    """Give the first 17 bytes of a blob's file: format 2 and the id, masked under its name (docs/adr/0011)."""
    mask = hmac_sha256(name_key, b"daftar/v1/blob-id" + hmac_sha256(name_key, blob_id))
    return _FORMAT_2 + bytes(a ^ b for a, b in zip(blob_id, mask[:_ID], strict=True))


def encrypt_blob(
    pieces: Iterable[bytes],
    blob_key: bytearray,
    vault_id: bytes,
    blob_id: bytes,
    name: str,
    media_type: str,
    head: bytes = FORMAT_1,
) -> Iterator[tuple[bytes, Trailer | None]]:
    """Give the file's bytes piece by piece; the last pair carries the trailer with the original's SHA-256 and size."""
    context = blob_context(blob_id)
    key = hkdf(blob_key, vault_id, context, 32)
    stream = Cobblestone256Encryptor(key, context)
    wipe(key)
    digest, size = hashlib.sha256(), 0
    yield head, None
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        yield stream.update(piece), None
    trailer = Trailer(media_type, name, digest.hexdigest(), size)
    end = trailer.encode()
    zeros = max(SMALLEST, padme(size + len(end))) - size - len(end)
    while zeros:
        step = min(zeros, PIECE)
        yield stream.update(bytes(step)), None
        zeros -= step
    yield stream.update(end) + stream.finalize(), trailer


def encrypt_padded(
    plain: Iterable[bytes], blob_key: bytearray, vault_id: bytes, blob_id: bytes, head: bytes = FORMAT_1
) -> Iterator[bytes]:
    """Give a file's bytes for a plaintext that has its trailer and padding already, as `decrypt_blob` gives it."""
    context = blob_context(blob_id)
    key = hkdf(blob_key, vault_id, context, 32)
    stream = Cobblestone256Encryptor(key, context)
    wipe(key)
    yield head
    for piece in plain:
        yield stream.update(piece)
    yield stream.finalize()


def decrypt_blob(
    pieces: Iterable[bytes], blob_key: bytearray, vault_id: bytes, blob_id: bytes, head: bytes = FORMAT_1
) -> Iterator[bytes]:
    """Give the padded plaintext piece by piece, each already authenticated; raises Tampered, also at the very end.

    The file begins with `head`, or is one of the first format.
    """
    context = blob_context(blob_id)
    key = hkdf(blob_key, vault_id, context, 32)
    stream = Cobblestone256Decryptor(key, context)
    wipe(key)
    try:
        for piece in _without_head(pieces, head):
            plain = stream.update(piece)
            if plain:
                yield plain
        last = stream.finalize()
    except (InvalidTag, ValueError):
        raise _damaged() from None
    if last:
        yield last


def _without_head(pieces: Iterable[bytes], head: bytes) -> Iterator[bytes]:
    """Give what follows the head; raises Tampered when the file begins otherwise or ends before."""
    begun, passed = b"", False
    for piece in pieces:
        if passed:
            yield piece
            continue
        begun += piece
        known = FORMAT_1 if begun.startswith(FORMAT_1) else head
        if len(begun) >= len(known):
            if not begun.startswith(known):
                raise _damaged()
            passed = True
            yield begun[len(known) :]
    if not passed:
        raise _damaged()


def read_content(plain: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Give the first `size` bytes of a padded plaintext, reading it to its end so that truncation is found."""
    left = size
    for piece in plain:
        if left:
            yield piece[:left]
            left -= min(left, len(piece))
    if left:
        raise _damaged()


def read_trailer(tail: bytes) -> Trailer:
    """Read the trailer from the last bytes of a plaintext; raises Tampered."""
    try:
        (length,) = struct.unpack(">I", tail[-4:])
        if length > min(_TRAILER_LIMIT, len(tail) - 4):
            raise ValueError
        fields: dict[str, Any] = json.loads(tail[-4 - length : -4].decode("utf-8"))
        return Trailer(**fields)
    except (ValueError, TypeError, struct.error):
        raise _damaged() from None


def _damaged() -> Tampered:
    return Tampered(msg("An attached file is damaged or was changed."))
