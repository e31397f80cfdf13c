"""The hash chain of the log: events as canonical bytes, heads, checkpoints. Pure; must not hold record content.

`h_n = SHA-256("daftar/v1/log" ‖ u64 n ‖ h_{n-1} ‖ SHA-256(canonical event))`, h_0 = 32 zero bytes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from storage.crypto import sha256

START = bytes(32)
CHECKPOINT_EVERY = 100
KINDS = frozenset(
    [
        "new",
        "create",
        "revise",
        "delete",
        "erase",
        "attach",
        "custody",
        "import",
        "merge",
        "dump",
        "export",
        "view-export",
        "redact",
        "print",
        "setting",
        "rebuild",
        "key",
        "backup",
        "restore",
        "purge",
        "alarm",
    ]
)


def canonical(event: Mapping[str, Any]) -> bytes:
    """Give the canonical JSON of an event: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        event, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def next_head(number: int, head: bytes, event: bytes) -> bytes:
    """Give the head after event `number` (the first is 1)."""
    return sha256(b"daftar/v1/log" + struct.pack(">Q", number) + head + sha256(event))


def closing_code(head: bytes) -> str:
    """Give the two groups of five digits by which people compare the log's head from one day to the next."""
    digits = f"{int.from_bytes(head[:8], 'big') % 10**10:010d}"
    return f"{digits[:5]} {digits[5:]}"


def revisions_root(ids: Iterable[bytes]) -> str:
    """Give the hash that binds the revisions of one event, in the order they were written."""
    return sha256(b"daftar/v1/log-revisions" + b"".join(ids)).hex()


def checkpoint_body(author: str, size: int, head: bytes) -> bytes:
    """Give a checkpoint's text, modelled on C2SP tlog-checkpoint: origin, size, head."""
    return f"daftar/v1/{author}\n{size:d}\n{head.hex()}\n".encode("ascii")
