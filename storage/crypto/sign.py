"""The vault's signing identity: three seeds, two signatures. Must not decide what is signed.

Ed25519 signs every revision; Ed25519 and ML-DSA-65 together sign log checkpoints. The X-Wing seed waits for bundles.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from storage.crypto.derive import sha256
from storage.crypto.secret import RandomBytes, system_random, wipe

ED25519_LENGTH, MLDSA_LENGTH = 64, 3309
REVISION_SIGNATURE_PURPOSE = b"daftar/v1/rev-sig\0"
CHECKPOINT_PURPOSE = b"daftar/v1/checkpoint\0"


@dataclass
class Seeds:
    """The 32-byte seeds an identity grows from."""

    ed25519: bytearray
    mldsa: bytearray
    xwing: bytearray

    @classmethod
    def draw(cls, random: RandomBytes = system_random) -> Seeds:
        """Draw three new seeds."""
        return cls(bytearray(random(32)), bytearray(random(32)), bytearray(random(32)))

    def wipe(self) -> None:
        """Forget all three."""
        wipe(self.ed25519, self.mldsa, self.xwing)


@dataclass(frozen=True)
class PublicKeys:
    """What others need to check this author's signatures."""

    ed25519: bytes
    mldsa: bytes

    @property
    def author(self) -> str:
        """The author's name in revisions: SHA-256 of both keys, in hex."""
        return sha256(self.ed25519 + self.mldsa).hex()

    def verify_revision(self, revision_id: bytes, signature: bytes) -> bool:
        """True if `signature` is this author's for the revision."""
        return _checks(
            Ed25519PublicKey.from_public_bytes(self.ed25519),
            signature,
            REVISION_SIGNATURE_PURPOSE + revision_id,
        )

    def verify_checkpoint(self, body: bytes, signatures: bytes) -> bool:
        """True if both signatures over a checkpoint hold."""
        signed = CHECKPOINT_PURPOSE + body
        first, second = signatures[:ED25519_LENGTH], signatures[ED25519_LENGTH:]
        return _checks(Ed25519PublicKey.from_public_bytes(self.ed25519), first, signed) and _checks(
            MLDSA65PublicKey.from_public_bytes(self.mldsa), second, signed
        )


class Signer:
    """Signs for one vault while it is open."""

    def __init__(self, seeds: Seeds) -> None:
        self._ed25519 = Ed25519PrivateKey.from_private_bytes(seeds.ed25519)
        self._mldsa = MLDSA65PrivateKey.from_seed_bytes(seeds.mldsa)
        self.public = PublicKeys(
            self._ed25519.public_key().public_bytes_raw(), self._mldsa.public_key().public_bytes_raw()
        )

    def sign_revision(self, revision_id: bytes) -> bytes:
        """Sign a revision's id with Ed25519."""
        return self._ed25519.sign(REVISION_SIGNATURE_PURPOSE + revision_id)

    def sign_checkpoint(self, body: bytes) -> bytes:
        """Sign a checkpoint with both keys: Ed25519 ‖ ML-DSA-65."""
        signed = CHECKPOINT_PURPOSE + body
        return self._ed25519.sign(signed) + self._mldsa.sign(signed)


def _checks(key: Ed25519PublicKey | MLDSA65PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
