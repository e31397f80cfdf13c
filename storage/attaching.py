"""Between an evidence's document and its blobs: describing what was attached, reading it back. Must not open transactions."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from i18n.message import msg
from storage.attachments import StoredBlob
from storage.errors import EnvironmentProblem, InvalidInput, Tampered
from storage.operations import Doc
from storage.reading import Reader
from storage.session import Progress, Session

_TYPES = mimetypes.MimeTypes(
    filenames=()
)  # the built-in table only: the answer must not depend on the machine
_UNKNOWN_TYPE = "application/octet-stream"
_NAME_BYTES = 255


class Attaching:
    """Attaches files to evidence in the opened container."""

    def __init__(self, session: Session, reader: Reader) -> None:
        self._session, self._reader = session, reader

    def store(
        self, source: Path | bytes, name: str, media_type: str | None, progress: Progress | None = None
    ) -> StoredBlob:
        """Encrypt a file into place. Raises InvalidInput (no such file, name unusable), EnvironmentProblem."""
        if isinstance(source, Path) and not source.is_file():
            raise InvalidInput(msg("The file to be attached does not exist."))
        checked = _checked_name(name)
        guessed = media_type or _TYPES.guess_type(checked)[0] or _UNKNOWN_TYPE
        return self._session.blobs.add(source, checked, guessed, progress)

    def describe(self, doc: Doc, blob: StoredBlob, field: str = "file") -> Doc:
        """Give a document with the stored blob as the file at `field`, such as `filing/correspondence/<id>/file`."""
        trailer = blob.trailer
        file = {
            "name": trailer.name,
            "media_type": trailer.media_type,
            "size": trailer.size,
            "sha256": trailer.sha256,
        }
        described = _at(doc, field.split("/"), {**file, "blobs": [blob.blob_id.hex()]})
        assert isinstance(described, dict)
        return described

    def commit_row(self, evidence_id: str, blob: StoredBlob) -> None:
        """Insert a blob's row inside the caller's transaction: from then on the sweep leaves its file alone."""
        values = (blob.blob_id, evidence_id, blob.trailer.sha256, blob.trailer.size)
        self._session.database.execute(
            "INSERT INTO blobs (id, evidence, sha256, size) VALUES (?, ?, ?, ?)", values
        )

    def discard(self, blobs: Iterable[StoredBlob]) -> None:
        """Remove blobs whose transaction did not happen. What cannot be removed now, the next opening sweeps.

        A blob that has its row stays: a commit may be told as failed by the disk and stand all the same.
        """
        with suppress(EnvironmentProblem, Tampered):
            self._session.blobs.remove([blob.blob_id for blob in blobs if not self._has_row(blob.blob_id)])

    def _has_row(self, blob_id: bytes) -> bool:
        return self._session.database.one("SELECT 1 FROM blobs WHERE id = ?", (blob_id,)) is not None

    def blob_ids(self, evidence_id: str) -> list[bytes]:
        """Give every blob that any revision of an evidence ever had."""
        rows = self._session.database.all("SELECT id FROM blobs WHERE evidence = ?", (evidence_id,))
        return [bytes(row[0]) for row in rows]

    def read(self, record_id: str, field: str = "file") -> Iterator[bytes]:
        """Give the original bytes of the file at a field, segment after segment. Raises InvalidInput when it has none."""
        file = find_at(self._reader.get(record_id), field)
        names = file.get("blobs") if isinstance(file, dict) else None
        if not names:
            raise InvalidInput(msg("This record has no file in the notebook."))
        parts = [self._row(name) for name in names]
        return (piece for blob_id, size in parts for piece in self._session.blobs.read(blob_id, size))

    def _row(self, name: str) -> tuple[bytes, int]:
        row = self._session.database.one("SELECT size FROM blobs WHERE id = ?", (bytes.fromhex(name),))
        if row is None:
            raise Tampered(msg("An attached file is missing from the notebook's folder."))
        return bytes.fromhex(name), int(row[0])


def _checked_name(name: str) -> str:
    """Refuse what is no file name; keep the letters as they are, the name may be evidence itself."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    try:
        size = len(last.encode("utf-8"))
    except UnicodeEncodeError:
        size = 0
    if not 0 < size <= _NAME_BYTES or "\0" in last:
        raise InvalidInput(
            msg("The name of the file cannot be used. Give it a shorter, plain name and try again.")
        )
    return last


def find_at(doc: Any, field: str) -> Any:
    """Give what stands at a field path, list elements by their ids; None where there is nothing."""
    for step in field.split("/"):
        doc = _step(doc, step)
    return doc


def _step(value: Any, step: str) -> Any:
    if isinstance(value, list):
        return next((item for item in value if isinstance(item, dict) and item.get("id") == step), None)
    return value.get(step) if isinstance(value, dict) else None


def _at(value: Any, steps: list[str], put: Doc) -> Any:
    """Give a copy of a document with something put at a path; groups on the way are made."""
    if not steps:
        return put
    if isinstance(value, list):
        return [_at(item, steps[1:], put) if item.get("id") == steps[0] else item for item in value]
    group = value if isinstance(value, dict) else {}
    return {**group, steps[0]: _at(group.get(steps[0]), steps[1:], put)}
