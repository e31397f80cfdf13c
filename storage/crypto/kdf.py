"""Argon2id and its price: from a passphrase to the key-encryption key. Must not read or write a header.

Policy (docs/formats/vault.md): default 256 MiB, t = 3, p = 4, then t is raised until one derivation takes a second.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from i18n.message import msg
from storage.crypto.derive import hkdf
from storage.crypto.normalise import normalise_passphrase
from storage.crypto.secret import overwrite_freed, pinned, wipe
from storage.errors import Tampered

_MIB = 1024
_ASSOCIATED = b"daftar/v1"
LEAST_MEMORY_KIB, MOST_MEMORY_KIB = 8 * _MIB, 2048 * _MIB
MOST_ITERATIONS, MOST_LANES = 16, 8
_CALIBRATED_MOST_ITERATIONS = 12
_TARGET_SECONDS = 1.0
_SMALL_RAM_BYTES = 3 << 30


@dataclass(frozen=True)
class KdfCost:
    """What one guess costs: memory in KiB, iterations, lanes."""

    memory_kib: int
    iterations: int
    lanes: int

    def check_readable(self) -> None:
        """Raise Tampered for values a planted header could use to exhaust the machine."""
        memory_ok = LEAST_MEMORY_KIB <= self.memory_kib <= MOST_MEMORY_KIB
        if not (memory_ok and 1 <= self.iterations <= MOST_ITERATIONS and 1 <= self.lanes <= MOST_LANES):
            raise Tampered(
                msg("The notebook's header asks for an impossible amount of work and was not opened.")
            )


FLOOR = KdfCost(64 * _MIB, 3, 4)
DEFAULT = KdfCost(256 * _MIB, 3, 4)
SMALL_MACHINE = KdfCost(128 * _MIB, 3, 4)
COORDINATOR = KdfCost(1024 * _MIB, 3, 4)


def derive_kek(passphrase: bytearray, salt: bytes, cost: KdfCost) -> bytearray:
    """Derive the 32-byte key-encryption key from a typed passphrase; the caller wipes it.

    Raises InvalidInput for what is no text, Tampered for a cost outside the reader's limits.
    """
    cost.check_readable()
    normal = normalise_passphrase(passphrase)
    out = pinned(bytearray(32))
    try:
        # The library takes any buffer; its stub says bytes. A conversion would leave a copy behind.
        _argon2(cost, salt).derive_into(normal, out)  # type: ignore[arg-type]
    finally:
        wipe(normal)
        overwrite_freed()
    return out


def add_key_file(kek: bytearray, file_hash: bytes, salt: bytes) -> bytearray:
    """Bind a passphrase's key to a key file's SHA-256; gives a new key, the caller wipes both."""
    both = pinned(bytearray(64))
    both[:32], both[32:] = kek, file_hash
    try:
        return hkdf(both, salt, b"daftar/v1/kek+file", 32)
    finally:
        wipe(both)


def choose_cost(
    role: str, *, ram_bytes: int | None = None, clock: Callable[[], float] = time.perf_counter
) -> KdfCost:
    """Choose what this machine can bear: at least a second per guess, less memory where there is little."""
    ram = machine_ram() if ram_bytes is None else ram_bytes
    large = COORDINATOR if role == "coordinator" else DEFAULT
    cost = SMALL_MACHINE if ram < _SMALL_RAM_BYTES else large
    started = clock()
    _argon2(cost, bytes(32)).derive(b"calibration")
    elapsed = max(clock() - started, 0.001)
    needed = -(-int(1000 * cost.iterations * _TARGET_SECONDS / elapsed) // 1000)
    return replace(cost, iterations=max(cost.iterations, min(needed, _CALIBRATED_MOST_ITERATIONS)))


def machine_ram() -> int:
    """Give the machine's memory in bytes; 4 GiB where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 4 << 30


def _argon2(cost: KdfCost, salt: bytes) -> Argon2id:
    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
        ad=_ASSOCIATED,
    )
