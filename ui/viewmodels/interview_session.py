"""One sitting with a person, from Begin to Close, at most three hours; with a PIN, idleness covers instead of locking.

Must never write the PIN anywhere: a slow hash of it stays in memory and ends with the process. Knows no clock of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Signal

MOST_SECONDS = 3 * 3600.0
TRIES = 3
SHORTEST_PIN, LONGEST_PIN = 4, 8

Answer = Literal["right", "wrong", "over"]

# About 0.1 s and 32 MiB a try. Ten thousand PINs are few: three tries are what protects, the hash only slows a glance.
_COST, _BLOCK, _LANES, _MEMORY = 1 << 15, 8, 1, 64 << 20


def is_pin(digits: bytearray) -> bool:
    """Whether these bytes may be a PIN: four to eight ASCII digits, not all the same."""
    plain = all(0x30 <= digit <= 0x39 for digit in digits)
    return plain and SHORTEST_PIN <= len(digits) <= LONGEST_PIN and len(set(digits)) > 1


class _Secret:
    """A PIN as its slow hash."""

    def __init__(self, digits: bytearray) -> None:
        self._salt = secrets.token_bytes(16)
        self._hash = self._stretch(digits)

    def fits(self, digits: bytearray) -> bool:
        return hmac.compare_digest(self._hash, self._stretch(digits))

    def _stretch(self, digits: bytearray) -> bytes:
        return hashlib.scrypt(digits, salt=self._salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=32)


class InterviewSession(QObject):
    """`changed` when it begins, ends, or gets a PIN. The caller wipes every PIN it hands over."""

    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._secret: _Secret | None = None
        self._began = 0.0
        self._tries = TRIES
        self.interview_id = ""

    @property
    def active(self) -> bool:
        """Whether a sitting lasts."""
        return bool(self.interview_id)

    @property
    def has_pin(self) -> bool:
        """Whether a PIN was set for this sitting."""
        return self._secret is not None

    @property
    def tries_left(self) -> int:
        """How many wrong PINs are still answered."""
        return self._tries

    @property
    def overdue(self) -> bool:
        """Whether the sitting has lasted longer than any may: then the notebook locks in full."""
        return self.active and self._monotonic() - self._began >= MOST_SECONDS

    @property
    def covers(self) -> bool:
        """Whether idleness is to cover the screen instead of locking."""
        return self.active and self.has_pin and not self.overdue

    def begin(self, interview_id: str, pin: bytearray | None = None) -> None:
        """A sitting begins; one that lasted before is over. Without a PIN nothing is covered.

        ValueError for what is no PIN (the view refuses it before, in words).
        """
        secret = self._accepted(pin) if pin else None
        self.interview_id, self._secret = interview_id, secret
        self._began, self._tries = self._monotonic(), TRIES
        self.changed.emit()

    def set_pin(self, pin: bytearray) -> None:
        """Set or replace the PIN of the sitting that lasts; its three hours go on. ValueError as `begin`."""
        if self.active:
            self._secret, self._tries = self._accepted(pin), TRIES
            self.changed.emit()

    def end(self) -> None:
        """Close, or a lock: the PIN is forgotten."""
        if self.active:
            self.interview_id, self._secret = "", None
            self.changed.emit()

    def try_pin(self, digits: bytearray) -> Answer:
        """Judge a PIN. `over` after the third wrong one, or when there is no sitting: then lock."""
        if self._secret is None or self._tries <= 0 or self.overdue:
            return "over"
        if self._secret.fits(digits):
            self._tries = TRIES
            return "right"
        self._tries -= 1
        return "wrong" if self._tries > 0 else "over"

    @staticmethod
    def _accepted(pin: bytearray) -> _Secret:
        if not is_pin(pin):
            raise ValueError("no PIN")
        return _Secret(pin)
