"""Known answers of every primitive the vault rests on, for the installed program's own check. Must not touch a vault.

The long vectors are tests; these few run on a user's machine, where a broken library or processor would show.
"""

from __future__ import annotations

from i18n.message import msg
from storage.crypto.derive import hkdf, hmac_sha256
from storage.crypto.kdf import KdfCost, derive_kek
from storage.crypto.sign import Seeds, Signer
from storage.crypto.stream import decrypt_blob, encrypt_blob
from storage.errors import Tampered

_SALT = bytes(range(32))
_KEK = "9f2f8d0568119822269fb8083fa3259b9446b74d63595dfc11f074f19aac9a77"  # tests/vectors/vault/kdf.json
# RFC 4231, test case 2
_HMAC = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
# HKDF-SHA512 with the inputs of RFC 5869, test case 1
_HKDF = "832390086cda71fb47625bb5ceb168e4c8e26a1a16ed34d9fc7fe92c1481579338da362cb8d9f925d7cb"
# The author an identity of three known seeds has: SHA-256 of its Ed25519 and ML-DSA-65 public keys
_AUTHOR = "8cd10c2cc5ca933652c2d40496887e0f5d58901a65b0cdbaf2f73663488f1284"


def check_known_answers() -> None:
    """Raise Tampered at the first primitive that does not give the known answer."""
    _expect(
        "argon2id",
        bytes(derive_kek(bytearray("yetti soʻz".encode()), _SALT, KdfCost(8192, 1, 1))).hex() == _KEK,
    )
    _expect("hmac", hmac_sha256(b"Jefe", b"what do ya want for nothing?").hex() == _HMAC)
    info = bytes(range(0xF0, 0xFA))
    _expect("hkdf", bytes(hkdf(b"\x0b" * 22, bytes(range(13)), info, 42)).hex() == _HKDF)
    _check_signatures()
    _check_stream()


def _check_signatures() -> None:
    signer = Signer(Seeds(bytearray(range(32)), bytearray(range(32, 64)), bytearray(32)))
    _expect("identity", signer.public.author == _AUTHOR)
    revision, forged = bytes(32), bytes(31) + b"\1"
    signature = signer.sign_revision(revision)
    _expect("ed25519", signer.public.verify_revision(revision, signature))
    _expect("ed25519", not signer.public.verify_revision(forged, signature))
    checkpoint = signer.sign_checkpoint(b"body")
    _expect("ml-dsa", signer.public.verify_checkpoint(b"body", checkpoint))
    _expect("ml-dsa", not signer.public.verify_checkpoint(b"bodY", checkpoint))


def _check_stream() -> None:
    key, vault, blob = bytearray(range(32)), bytes(16), bytes(range(16))
    data = b"".join(
        piece for piece, _ in encrypt_blob([b"testimony" * 1000], key, vault, blob, "a", "text/plain")
    )
    _expect("cobblestone", b"".join(decrypt_blob([data], key, vault, blob)).startswith(b"testimony" * 1000))
    changed = bytearray(data)
    changed[len(changed) // 2] ^= 1
    try:
        list(decrypt_blob([bytes(changed)], key, vault, blob))
    except Tampered:
        return
    _expect("cobblestone", False)


def _expect(what: str, right: bool) -> None:
    if not right:
        raise Tampered(msg("The cryptography of this computer gives a wrong answer: {what}.", what=what))
