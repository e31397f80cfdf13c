"""Header copies, key slots and the sealed state of a vault folder. Must not open the database or know records."""

from storage.keys.attempts import Offer, PassphraseOffer, RecoveryOffer, hash_key_file
from storage.keys.ring import KeyRing, container_name, create_ring, unlock, unlock_with, write_first

__all__ = [
    "KeyRing",
    "Offer",
    "PassphraseOffer",
    "RecoveryOffer",
    "container_name",
    "create_ring",
    "hash_key_file",
    "unlock",
    "unlock_with",
    "write_first",
]
