"""The 4,096-byte header as a value: fields, bytes, checksum, MAC. Must not read or write a file.

Layout: docs/formats/vault.md. The checksum finds torn writes before unlock; the MAC, checked after unlock, finds changes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from i18n.message import msg
from storage.crypto import (
    SLOT_COUNT,
    SLOT_LENGTH,
    STATE_LENGTH,
    KdfCost,
    RandomBytes,
    equal,
    hmac_sha256,
    sha256,
)
from storage.errors import Incompatible, Tampered

LENGTH = 4096
MAGIC = b"DAFTAR\0\1"
MAJOR, MINOR = 1, 0
CONTAINERS = 2
_KDF_ARGON2ID = 1
_FIXED = struct.Struct(">8sHHQ16sBBHII32s")
_SLOTS_AT = 80
_STATES_AT = _SLOTS_AT + SLOT_COUNT * SLOT_LENGTH
_FILLER_AT = _STATES_AT + CONTAINERS * STATE_LENGTH
_MAC_AT, _SUM_AT = 4032, 4064
FILLER_LENGTH = _MAC_AT - _FILLER_AT


@dataclass(frozen=True)
class Header:
    """One header copy. `signed` is the stored MAC, `body` what it covers; both empty on a header not yet encoded."""

    generation: int
    vault_id: bytes
    cost: KdfCost
    salt: bytes
    slots: tuple[bytes, ...]
    states: tuple[bytes, ...]
    filler: bytes
    major: int = MAJOR
    minor: int = MINOR
    body: bytes = b""
    signed: bytes = b""

    def encode(self, header_key: bytearray) -> bytes:
        """Give the 4,096 bytes with MAC and checksum."""
        fixed = _FIXED.pack(
            MAGIC,
            self.major,
            self.minor,
            self.generation,
            self.vault_id,
            _KDF_ARGON2ID,
            self.cost.lanes,
            0,
            self.cost.memory_kib,
            self.cost.iterations,
            self.salt,
        )
        body = fixed + b"".join(self.slots) + b"".join(self.states) + self.filler
        mac = hmac_sha256(header_key, body)
        return body + mac + sha256(body + mac)

    def require_mac(self, header_key: bytearray) -> None:
        """Raise Tampered unless the stored MAC is right."""
        if not equal(hmac_sha256(header_key, self.body), self.signed):
            raise Tampered(msg("The notebook's header was changed outside the program."))

    def next(
        self, *, states: tuple[bytes, ...] | None = None, slots: tuple[bytes, ...] | None = None
    ) -> Header:
        """Give the header of the next generation with some parts replaced. The KDF salt never changes."""
        return replace(
            self,
            generation=self.generation + 1,
            states=self.states if states is None else states,
            slots=self.slots if slots is None else slots,
        )


def is_header(data: bytes) -> bool:
    """True if the bytes begin as a header of any version does."""
    return data[:7] == MAGIC[:7]


def decode(data: bytes) -> Header | None:
    """Read one copy; None if it is torn or no header.

    Raises Incompatible for a newer major version, Tampered for a KDF cost no reader may accept.
    """
    if len(data) != LENGTH or not is_header(data) or not equal(sha256(data[:_SUM_AT]), data[_SUM_AT:]):
        return None
    magic, major, minor, generation, vault_id, kdf, lanes, _zero, memory, iterations, salt = (
        _FIXED.unpack_from(data)
    )
    if magic != MAGIC or major != MAJOR or kdf != _KDF_ARGON2ID:
        raise Incompatible(
            msg("This notebook was made by a newer Daftar."), msg("Install the newer version to open it.")
        )
    cost = KdfCost(memory, iterations, lanes)
    cost.check_readable()
    return Header(
        generation,
        vault_id,
        cost,
        salt,
        tuple(data[at : at + SLOT_LENGTH] for at in range(_SLOTS_AT, _STATES_AT, SLOT_LENGTH)),
        tuple(data[at : at + STATE_LENGTH] for at in range(_STATES_AT, _FILLER_AT, STATE_LENGTH)),
        data[_FILLER_AT:_MAC_AT],
        major,
        minor,
        data[:_MAC_AT],
        data[_MAC_AT:_SUM_AT],
    )


def blank_header(cost: KdfCost, random: RandomBytes) -> Header:
    """Give a header of generation 0 whose slots, states and filler are random bytes."""
    return Header(
        generation=0,
        vault_id=random(16),
        cost=cost,
        salt=random(32),
        slots=tuple(random(SLOT_LENGTH) for _ in range(SLOT_COUNT)),
        states=tuple(random(STATE_LENGTH) for _ in range(CONTAINERS)),
        filler=random(FILLER_LENGTH),
    )
