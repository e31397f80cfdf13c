"""Secret bytes: where they come from, and their wiping. Must not turn a secret into `bytes` or `str`.

Python cannot wipe immutable objects, so keys live only in `bytearray`s whose owner calls `wipe`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

RandomBytes = Callable[[int], bytes]
"""`random(n)` gives n random bytes; injectable so that vectors can be frozen."""


def system_random(count: int) -> bytes:
    """Give `count` bytes from the operating system's generator."""
    return secrets.token_bytes(count)


def wipe(*secrets_: bytearray) -> None:
    """Overwrite each buffer with zeros in place."""
    for secret in secrets_:
        secret[:] = bytes(len(secret))


def random_secret(count: int, random: RandomBytes = system_random) -> bytearray:
    """Give `count` random bytes in a buffer that can be wiped."""
    return bytearray(random(count))
