"""The one-way keys of a recording and its sealed records: who holds key n cannot know key n-1. Must not open files.

Layout in docs/formats/vault.md. Key 0 comes from the container's vault key; the recorder process is given key 0, goes
forward and forgets.
"""

from __future__ import annotations

import struct

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from i18n.message import msg
from storage.crypto.derive import hkdf
from storage.crypto.secret import wipe
from storage.errors import Tampered

_START = b"daftar/v1/recording"
_NEXT = b"daftar/v1/recording/next"
_CONTROL = b"daftar/v1/recording/control"
_RECORD = b"daftar/v1/recording/record"
CONTROL = 0xFFFFFFFF
"""The segment number that stands for commands to the recorder."""


def recording_key(root: bytearray, vault_id: bytes, recording_id: bytes) -> bytearray:
    """Give key 0 of a recording from the container's sub-key `recording`."""
    return hkdf(root, vault_id, _START + recording_id, 32)


def next_key(key: bytearray, recording_id: bytes) -> bytearray:
    """Give key n+1 and wipe key n, which nobody can get back from it."""
    following = hkdf(key, recording_id, _NEXT, 32)
    wipe(key)
    return following


def control_key(key: bytearray, recording_id: bytes) -> bytearray:
    """Give the key of commands to the recorder, from key 0. It opens no segment."""
    return hkdf(key, recording_id, _CONTROL, 32)


def record_context(recording_id: bytes, segment: int, record: int) -> bytes:
    """Give the info string that binds a record to its place: another place, another key."""
    return _RECORD + recording_id + struct.pack(">II", segment, record)


def seal_record(key: bytearray, recording_id: bytes, segment: int, record: int, plain: bytes) -> bytes:
    """Seal one record of a segment under its own key."""
    context = record_context(recording_id, segment, record)
    own = hkdf(key, recording_id, context, 32)
    stream = Cobblestone256Encryptor(own, context)
    wipe(own)
    return bytes(stream.update(plain) + stream.finalize())


def open_record(key: bytearray, recording_id: bytes, segment: int, record: int, sealed: bytes) -> bytes:
    """Open one record; raises Tampered for another key, another place, or a changed bit."""
    context = record_context(recording_id, segment, record)
    own = hkdf(key, recording_id, context, 32)
    stream = Cobblestone256Decryptor(own, context)
    wipe(own)
    try:
        return bytes(stream.update(sealed) + stream.finalize())
    except (InvalidTag, ValueError):
        raise Tampered(msg("A part of a recording is damaged or was changed.")) from None
