"""One save of one record, as signed bytes. Must not know what the operations mean.

The format is docs/formats/revision.md; it is frozen.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from storage.history import canonical

VERSION = 1
_ID_DOMAIN = b"daftar/v1/rev\0"
_SIGNATURE_DOMAIN = b"daftar/v1/rev-sig\0"

Op = dict[str, Any]


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """What one save did. Ids, parents and nonce are lower-case hex; `claimed` is the laptop's clock in ms UTC."""

    record: str
    type: str
    author: str
    replica: str
    seq: int
    parents: tuple[str, ...]
    lamport: int
    claimed: int
    nonce: str
    ops: list[Op]
    v: int = VERSION

    def encode(self) -> bytes:
        """The canonical bytes. NotCanonical when an operation holds what cannot be stored."""
        return canonical.encode(msgspec.to_builtins(self))

    @property
    def id_bytes(self) -> bytes:
        """The 32 bytes every other revision and the log know this one by."""
        return revision_id(self.encode())

    @property
    def id(self) -> str:
        """`id_bytes` in hex, as parents write it."""
        return self.id_bytes.hex()

    @classmethod
    def decode(cls, body: bytes) -> Revision:
        """Read bytes that this program stored (their hash was checked when they came in)."""
        return _decoder.decode(body)

    @classmethod
    def decode_foreign(cls, body: bytes) -> Revision:
        """Read bytes of unknown origin: canonical or NotCanonical, with exactly the fields of a revision."""
        value = canonical.decode(body)
        if not isinstance(value, dict) or set(value) != _FIELDS:
            raise canonical.NotCanonical("fields")
        try:
            revision = msgspec.convert(value, cls, strict=True)
        except msgspec.ValidationError as problem:
            raise canonical.NotCanonical("fields") from problem
        if not revision._is_well_formed():
            raise canonical.NotCanonical("fields")
        return revision

    def _is_well_formed(self) -> bool:
        hashes = (self.author, *self.parents)
        return (
            all(len(text) == 64 and _is_hex(text) for text in hashes)
            and list(self.parents) == sorted(set(self.parents))
            and len(self.nonce) == 32
            and _is_hex(self.nonce)
            and min(self.seq, self.lamport, self.claimed) >= 0
            and all(isinstance(op.get("op"), str) and isinstance(op.get("path"), str) for op in self.ops)
        )


_decoder = msgspec.json.Decoder(Revision)
_FIELDS = frozenset(Revision.__struct_fields__)


def revision_id(body: bytes) -> bytes:
    """SHA-256 over the domain and the canonical bytes."""
    return hashlib.sha256(_ID_DOMAIN + body).digest()


def sign_input(identity: bytes) -> bytes:
    """What the author's key signs for a revision id."""
    return _SIGNATURE_DOMAIN + identity


def _is_hex(text: str) -> bool:
    return all(char in "0123456789abcdef" for char in text)
