"""Attached files, encrypted one by one beside the database. Must not parse or render what they hold."""

from storage.attachments.store import BlobStore, StoredBlob

__all__ = ["BlobStore", "StoredBlob"]
