"""Secret bytes: where they come from, and their wiping. Must not turn a secret into `bytes` or `str`.

Python cannot wipe immutable objects, so keys live only in `bytearray`s whose owner calls `wipe`.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import secrets
from collections.abc import Callable
from typing import Any

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
    return pinned(bytearray(random(count)))


def pinned(secret: bytearray) -> bytearray:
    """Keep the memory of a key out of the swap as far as the system lets us, and give the key back.

    A user may pin a few MiB, which is room for keys and not for texts. Refused or unknown: nothing happens.
    """
    if secret:
        with contextlib.suppress(OSError, AttributeError, ValueError):
            at = ctypes.addressof((ctypes.c_char * len(secret)).from_buffer(secret))
            _pin()(ctypes.c_void_p(at), ctypes.c_size_t(len(secret)))
    return secret


@functools.cache
def _pin() -> Any:
    windll = getattr(ctypes, "windll", None)
    return windll.kernel32.VirtualLock if windll is not None else ctypes.CDLL(None).mlock


def overwrite_freed() -> None:
    """Overwrite small blocks this thread has freed: a library's own copy of a secret may lie in one of them.

    OpenSSL hands the passphrase to Argon2id in a block that it frees uncleared (seen in memory by tests/attacks). Every
    size it could have had is taken from the allocator some times, filled with zeros and given back; about a millisecond.
    """
    python = ctypes.pythonapi
    take, give = python.PyMem_RawMalloc, python.PyMem_RawFree
    take.restype, take.argtypes, give.restype, give.argtypes = _POINTER, [ctypes.c_size_t], None, [_POINTER]
    taken: list[int] = []
    for size in range(_SMALLEST, _LARGEST, _STEP):
        for _ in range(_TIMES):
            block = take(size)
            if block:
                ctypes.memset(block, 0, size)
                taken.append(block)
    for block in taken:
        give(block)


_POINTER = ctypes.c_void_p
_SMALLEST, _LARGEST, _STEP, _TIMES = 24, 1400, 16, 8
