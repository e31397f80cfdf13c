"""Key slots and the sealed state: small secrets wrapped under derived single-use keys. Must not touch a file.

A slot commits to its key (no trial decryption), a sealed state draws a fresh salt at every sealing, so nonce 0 is safe.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from i18n.message import msg
from storage.crypto.derive import equal, hkdf
from storage.crypto.secret import RandomBytes, pinned, system_random, wipe
from storage.errors import Tampered

SLOT_LENGTH, SLOT_COUNT = 384, 8
STATE_LENGTH = 144
SLOT_PASSPHRASE, SLOT_DURESS, SLOT_KEY_FILE, SLOT_RECOVERY = 1, 2, 3, 4
_NONCE = bytes(12)
_SLOT_PLAIN = 304
_STATE_PLAIN = 96


@dataclass
class SlotContent:
    """What a slot holds: its kind, the container's master key, the folder's header key, which container, flags."""

    kind: int
    master_key: bytearray
    header_key: bytearray
    container: int
    flags: int = 0

    def wipe(self) -> None:
        """Forget both keys."""
        wipe(self.master_key, self.header_key)


@dataclass
class State:
    """What is sealed per container: the vault key, its generation, and how far the log had come."""

    vault_key: bytearray
    generation: int
    log_size: int
    log_head: bytes


def wrap_slot(
    content: SlotContent, kek: bytearray, vault_id: bytes, index: int, random: RandomBytes = system_random
) -> bytes:
    """Build the 384 bytes of slot `index`."""
    salt = random(32)
    wrap_key, commit = _slot_keys(kek, salt, vault_id, index)
    plain = pinned(bytearray(_SLOT_PLAIN))
    struct.pack_into(">B", plain, 0, content.kind)
    plain[1:33] = content.master_key
    plain[33:65] = content.header_key
    struct.pack_into(">BH", plain, 65, content.container, content.flags)
    sealed = ChaCha20Poly1305(wrap_key).encrypt(_NONCE, plain, vault_id)
    wipe(plain, wrap_key)
    return salt + commit + sealed


def unwrap_slot(slot: bytes, kek: bytearray, vault_id: bytes, index: int) -> SlotContent | None:
    """Open slot `index` with `kek`; None if it is not this key's slot.

    Raises Tampered when the commitment fits and the content does not: the slot was changed.
    """
    wrap_key, commit = _slot_keys(kek, slot[:32], vault_id, index)
    if not equal(commit, slot[32:64]):
        wipe(wrap_key)
        return None
    plain = pinned(bytearray(_SLOT_PLAIN))
    try:
        ChaCha20Poly1305(wrap_key).decrypt_into(_NONCE, slot[64:], vault_id, plain)
    except InvalidTag:
        raise Tampered(msg("A key slot of the notebook is damaged or was changed.")) from None
    finally:
        wipe(wrap_key)
    container, flags = struct.unpack_from(">BH", plain, 65)
    content = SlotContent(
        plain[0], pinned(bytearray(plain[1:33])), pinned(bytearray(plain[33:65])), container, flags
    )
    wipe(plain)
    return content


def _slot_keys(kek: bytearray, salt: bytes, vault_id: bytes, index: int) -> tuple[bytearray, bytes]:
    both = hkdf(kek, salt, b"daftar/v1/slot" + vault_id + bytes([index]), 64)
    wrap_key, commit = pinned(bytearray(32)), bytes(memoryview(both)[32:])
    wrap_key[:] = memoryview(both)[:32]
    wipe(both)
    return wrap_key, commit


def seal_state(
    state: State, master_key: bytearray, vault_id: bytes, container: int, random: RandomBytes = system_random
) -> bytes:
    """Build the 144 bytes of a container's sealed state, under a fresh salt."""
    salt = random(32)
    key = hkdf(master_key, salt, b"daftar/v1/state", 32)
    plain = pinned(bytearray(_STATE_PLAIN))
    plain[0:32] = state.vault_key
    struct.pack_into(">BQ", plain, 32, state.generation, state.log_size)
    plain[41:73] = state.log_head
    sealed = ChaCha20Poly1305(key).encrypt(_NONCE, plain, vault_id + bytes([container]))
    wipe(plain, key)
    return salt + sealed


def open_state(sealed: bytes, master_key: bytearray, vault_id: bytes, container: int) -> State:
    """Open a container's sealed state; raises Tampered if it was changed."""
    key = hkdf(master_key, sealed[:32], b"daftar/v1/state", 32)
    plain = pinned(bytearray(_STATE_PLAIN))
    try:
        ChaCha20Poly1305(key).decrypt_into(_NONCE, sealed[32:], vault_id + bytes([container]), plain)
    except InvalidTag:
        raise Tampered(msg("The sealed state of the notebook is damaged or was changed.")) from None
    finally:
        wipe(key)
    generation, size = struct.unpack_from(">BQ", plain, 32)
    vault_key = pinned(bytearray(32))
    vault_key[:] = memoryview(plain)[:32]
    state = State(vault_key, generation, size, bytes(plain[41:73]))
    wipe(plain)
    return state
