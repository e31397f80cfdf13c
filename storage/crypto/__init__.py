"""All cryptography of the vault, sole owner of the `cryptography` library. Must not read files, records or a database."""

from storage.crypto.derive import equal, hkdf, hmac_sha256, sha256, sub_key
from storage.crypto.kdf import KdfCost, add_key_file, choose_cost, derive_kek
from storage.crypto.normalise import normalise_passphrase
from storage.crypto.recovery import code_digits, draw_code, read_digits, recovery_kek
from storage.crypto.secret import RandomBytes, random_secret, system_random, wipe
from storage.crypto.sign import PublicKeys, Seeds, Signer
from storage.crypto.slots import (
    SLOT_COUNT,
    SLOT_DURESS,
    SLOT_KEY_FILE,
    SLOT_LENGTH,
    SLOT_PASSPHRASE,
    SLOT_RECOVERY,
    STATE_LENGTH,
    SlotContent,
    State,
    open_state,
    seal_state,
    unwrap_slot,
    wrap_slot,
)
from storage.crypto.stream import (
    Trailer,
    blob_file_name,
    blob_head,
    decrypt_blob,
    encrypt_blob,
    encrypt_padded,
    padme,
    read_content,
    read_trailer,
)
from storage.crypto.strength import MINIMUM_BITS, passphrase_bits, require_strong

__all__ = [
    "MINIMUM_BITS",
    "SLOT_COUNT",
    "SLOT_DURESS",
    "SLOT_KEY_FILE",
    "SLOT_LENGTH",
    "SLOT_PASSPHRASE",
    "SLOT_RECOVERY",
    "STATE_LENGTH",
    "KdfCost",
    "PublicKeys",
    "RandomBytes",
    "Seeds",
    "Signer",
    "SlotContent",
    "State",
    "Trailer",
    "add_key_file",
    "blob_file_name",
    "blob_head",
    "choose_cost",
    "code_digits",
    "decrypt_blob",
    "derive_kek",
    "draw_code",
    "encrypt_blob",
    "encrypt_padded",
    "equal",
    "hkdf",
    "hmac_sha256",
    "normalise_passphrase",
    "open_state",
    "padme",
    "passphrase_bits",
    "random_secret",
    "read_content",
    "read_digits",
    "read_trailer",
    "recovery_kek",
    "require_strong",
    "seal_state",
    "sha256",
    "sub_key",
    "system_random",
    "unwrap_slot",
    "wipe",
    "wrap_slot",
]
