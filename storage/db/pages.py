"""Checks the MACs of a database file page by page, in slices of any size. Must not decrypt a page or change the file.

`PRAGMA cipher_integrity_check` reads the whole file in one call that nothing can stop; this reads the same pages the same
way (docs/formats/vault.md) and can pause between any two, so that locking never waits for it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from pathlib import Path
from typing import BinaryIO

PAGE = 4096
_RESERVE = 80  # initialisation vector 16, HMAC-SHA512 64
_SALT = 16  # stands in the clear at the beginning of page 1
_MASK = 0x3A
_ROUNDS = 2


class PageCheck:
    """Reads one database file from its first page to its last. Nothing may be writing it while `step` runs."""

    def __init__(self, path: Path, key: bytearray, salt: bytearray) -> None:
        self._path = path
        # A key that can only tell whether a page is right; it opens nothing.
        mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ _MASK for byte in salt), _ROUNDS, 32)
        self._mac = hmac.new(mac_key, digestmod="sha512")
        self._salt = bytes(salt)
        self.done = 0
        self.damaged: list[int] = []

    @property
    def total(self) -> int:
        """How many pages the file has now."""
        return -(-self._path.stat().st_size // PAGE)

    def step(self, pages: int) -> bool:
        """Read up to `pages` more; True when the end was reached. Raises OSError."""
        with self._path.open("rb", buffering=0) as file:
            file.seek(self.done * PAGE)
            for _ in range(pages):
                page = _read(file)
                if not page:
                    return True
                self.done += 1
                if not self._fits(page, self.done):
                    self.damaged.append(self.done)
            return os.fstat(file.fileno()).st_size <= self.done * PAGE

    def _fits(self, page: bytes, number: int) -> bool:
        if len(page) != PAGE or (number == 1 and page[:_SALT] != self._salt):
            return False
        mac = self._mac.copy()
        mac.update(memoryview(page)[_SALT if number == 1 else 0 : PAGE - 64])
        mac.update(struct.pack("<I", number))
        return hmac.compare_digest(mac.digest(), page[PAGE - 64 :])


def _read(file: BinaryIO) -> bytes:
    """One page, also where the system gives it in pieces."""
    page = file.read(PAGE) or b""
    while 0 < len(page) < PAGE and (more := file.read(PAGE - len(page))):
        page += more
    return page
