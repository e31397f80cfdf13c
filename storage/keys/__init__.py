"""Header copies, key slots and the sealed state of a vault folder. Must not open the database or know records."""

from storage.keys.ring import KeyRing, container_name, create_ring, unlock, write_first

__all__ = ["KeyRing", "container_name", "create_ring", "unlock", "write_first"]
