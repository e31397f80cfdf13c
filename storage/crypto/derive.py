"""Key derivation and hashing: HKDF-SHA512, HMAC-SHA256, SHA-256. Must not know what a key is used for.

Every use is told apart by a purpose string (docs/formats/vault.md): one purpose, one key.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.crypto.secret import pinned


def hkdf(key: bytearray | bytes, salt: bytes, info: bytes, length: int) -> bytearray:
    """Derive `length` bytes with HKDF-SHA512 (RFC 5869)."""
    out = pinned(bytearray(length))
    HKDF(hashes.SHA512(), length, salt, info).derive_into(key, out)
    return out


def sub_key(vault_key: bytearray, vault_id: bytes, purpose: str, length: int = 32) -> bytearray:
    """Derive the container's key for one purpose: `db`, `db-salt`, `blob`, `blob-name` or `log-mac`."""
    return hkdf(vault_key, vault_id, b"daftar/v1/" + purpose.encode("ascii"), length)


def hmac_sha256(key: bytearray | bytes, data: bytes) -> bytes:
    """Give HMAC-SHA256 of `data`."""
    return hmac.new(key, data, hashlib.sha256).digest()


def equal(left: bytes | bytearray, right: bytes | bytearray) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left, right)


def sha256(data: bytes | bytearray) -> bytes:
    """Give SHA-256 of `data`."""
    return hashlib.sha256(data).digest()
