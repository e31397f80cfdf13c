"""Encrypted blob files of one container: write, read, remove, sweep. Must not keep a whole file in memory.

Order of writing: incoming/ → fsync → rename → fsync folder → the caller commits the row. A crash leaves an orphan
that the next opening of the same container removes; deletion commits the row first and unlinks after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from i18n.message import msg
from storage.crypto import (
    Trailer,
    blob_file_name,
    blob_head,
    decrypt_blob,
    encrypt_blob,
    encrypt_padded,
    read_content,
    read_trailer,
    wipe,
)
from storage.environment import Environment, disk_errors
from storage.errors import Tampered
from storage.recording.handle import some_recorder_lives
from storage.recording.naming import is_recorders, is_too_short

_READ = 1 << 20
_SYNCED = 8 << 20
_TAIL = 1 << 17


@dataclass(frozen=True)
class StoredBlob:
    """A blob that lies in place, its row not yet committed."""

    blob_id: bytes
    trailer: Trailer


class BlobStore:
    """The blobs of the opened container. Owns its two keys and wipes them."""

    def __init__(
        self, container: Path, vault_id: bytes, blob_key: bytearray, name_key: bytearray, env: Environment
    ) -> None:
        self._container, self._vault_id, self._env = container, vault_id, env
        self._blob_key, self._name_key = blob_key, name_key

    def add(
        self,
        source: Path | bytes,
        name: str,
        media_type: str,
        progress: Callable[[int, int], None] | None = None,
    ) -> StoredBlob:
        """Encrypt a file or bytes into place and make it durable; `progress(done, total)` hears the bytes read.

        Raises EnvironmentProblem; then nothing is left behind but what the next sweep removes.
        """
        blob_id = self._env.random(16)
        final = self._path(blob_id)
        incoming = self._container / "incoming" / final.name
        with disk_errors():
            try:
                trailer = self._encrypt(_pieces(source, progress), incoming, blob_id, name, media_type)
                self._make_folder(final.parent)
                self._env.files.rename(incoming, final)
                self._env.files.sync_folder(final.parent)
            except BaseException:
                self._env.files.remove(incoming)
                raise
        return StoredBlob(blob_id, trailer)

    def _encrypt(
        self, pieces: Iterable[bytes], target: Path, blob_id: bytes, name: str, media_type: str
    ) -> Trailer:
        files, trailer = self._env.files, None
        with files.new(target) as file:
            head = blob_head(self._name_key, blob_id)
            stream = encrypt_blob(pieces, self._blob_key, self._vault_id, blob_id, name, media_type, head)
            for data, end in stream:
                files.write(file, data)
                trailer = end or trailer
            files.sync(file)
        assert trailer is not None
        return trailer

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir()
            self._env.files.sync_folder(folder.parent)

    def read(self, blob_id: bytes, size: int) -> Iterator[bytes]:
        """Give the original bytes piece by piece, each authenticated; raises Tampered, for a cut file at its end."""
        return read_content(self._plain(blob_id), size)

    def _plain(self, blob_id: bytes) -> Iterator[bytes]:
        head = blob_head(self._name_key, blob_id)
        return decrypt_blob(self._cipher_pieces(blob_id), self._blob_key, self._vault_id, blob_id, head)

    def _cipher_pieces(self, blob_id: bytes) -> Iterator[bytes]:
        path = self._path(blob_id)
        if not path.is_file():
            raise Tampered(msg("An attached file is missing from the notebook's folder."))
        with disk_errors(), path.open("rb", buffering=0) as file:
            while piece := file.read(_READ):
                yield piece

    def copy_into(
        self, other: BlobStore, blob_id: bytes, hear: Callable[[int], None] = lambda count: None
    ) -> None:
        """Encrypt a blob anew under another store's key; durable but for the folder's names. Raises Tampered.

        `hear(bytes read)` comes piece by piece and may raise to stop.
        """
        target, files = other._path(blob_id), self._env.files
        with disk_errors():
            target.parent.mkdir(exist_ok=True)
            waiting = 0
            with files.new(target) as file:
                head = blob_head(other._name_key, blob_id)
                plain = self._plain(blob_id)
                for data in encrypt_padded(plain, other._blob_key, other._vault_id, blob_id, head):
                    files.write(file, data)
                    hear(len(data))
                    waiting += len(data)
                    if waiting >= _SYNCED:  # so that no single wait for the disk is long: stopping is quick
                        files.sync(file)
                        waiting = 0
                files.sync(file)

    def check(
        self, blob_id: bytes, sha256: str, size: int, hear: Callable[[int], None] = lambda count: None
    ) -> bool:
        """True if the blob decrypts to its end, its content has this hash and its trailer tells the same."""
        tail, digest, left = b"", hashlib.sha256(), size
        try:
            for piece in self._plain(blob_id):
                digest.update(piece[:left])
                left -= min(left, len(piece))
                tail = (tail + piece)[-_TAIL:]
                hear(len(piece))
            trailer = read_trailer(tail)
        except Tampered:
            return False
        return (trailer.sha256, trailer.size, digest.hexdigest()) == (sha256, size, sha256)

    def remove(self, blob_ids: Iterable[bytes]) -> None:
        """Unlink blobs whose rows are gone (committed)."""
        with disk_errors():
            for blob_id in blob_ids:
                path = self._path(blob_id)
                self._env.files.remove(path)
                with suppress(OSError):  # other blobs may lie in the same folder
                    path.parent.rmdir()

    def sweep(self, live: Iterable[bytes]) -> int:
        """Remove files of this container that no row knows: what a crash between rename and commit left. Counts them.

        What a recorder writes is no leftover: it is taken in, not swept.
        """
        incoming = self._container / "incoming"
        keep = {blob_file_name(self._name_key, blob_id) for blob_id in live}
        with disk_errors():
            orphans = [path for path in (self._container / "blobs").glob("*/*") if path.name not in keep]
            # While a recorder lives, a file too short to tell whose it is may be the segment it has just begun.
            living = some_recorder_lives(incoming)
            orphans += (
                path
                for path in incoming.glob("*")
                if not is_recorders(path) and not (living and is_too_short(path))
            )
            for path in orphans:
                self._env.files.remove(path)
        return len(orphans)

    def _path(self, blob_id: bytes) -> Path:
        name = blob_file_name(self._name_key, blob_id)
        return self._container / "blobs" / name[:2] / name

    def wipe(self) -> None:
        """Forget the keys."""
        wipe(self._blob_key, self._name_key)


def _pieces(source: Path | bytes, progress: Callable[[int, int], None] | None) -> Iterator[bytes]:
    if isinstance(source, bytes):
        for at in range(0, len(source), _READ):
            yield source[at : at + _READ]
        return
    done, total = 0, source.stat().st_size
    with source.open("rb", buffering=0) as file:
        while piece := file.read(_READ):
            yield piece
            done += len(piece)
            if progress is not None:
                progress(done, total)
