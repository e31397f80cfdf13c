"""What a run of the exporter wrote, refused and left out, as values and as `manifest.json`. Must not hold a name of a person."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from exports.redaction import OpenMention
from i18n.message import Message


@dataclass(frozen=True)
class WrittenFile:
    """One file that was written: its name, size, SHA-256, pages and whose copy it belongs to."""

    name: str
    audience: str
    sha256: str
    size: int
    pages: int
    kind: str = "dossier"


@dataclass(frozen=True)
class RefusedCopy:
    """A copy that was not written: the error's code, exit code and words."""

    audience: str
    code: str
    exit_code: int
    message: Message
    hint: Message | None = None
    findings: tuple[object, ...] = ()


@dataclass(frozen=True)
class CopyNotes:
    """What the lawyer should know of a written copy: possible hits as counts, codes left out, characters without a glyph,
    and who reads it."""

    audience: str
    possible: int
    left_out: tuple[str, ...]
    without_glyph: tuple[str, ...]
    recipients: tuple[str, ...]
    not_printable: int = 0
    mentions: tuple[OpenMention, ...] = ()  # for the owner of the notebook; never in the manifest


@dataclass(frozen=True)
class Manifest:
    """One run. `petition` is the petition as it must be saved now: date, reference and exports recorded."""

    procedure: str
    form_version: str
    checked_on: str
    reference: str
    language: str
    date: str
    files: tuple[WrittenFile, ...]
    refused: tuple[RefusedCopy, ...]
    notes: tuple[CopyNotes, ...]
    petition: dict[str, Any] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 when every copy was written, otherwise the gravest refusal's code (a leak before all others)."""
        codes = {copy.exit_code for copy in self.refused}
        return 0 if not codes else 6 if 6 in codes else min(codes)

    def to_json(self) -> dict[str, Any]:
        """Plain values, as written to `manifest.json` and printed by scripts: no names, no codes, no protected forms."""
        notes = {note.audience: note for note in self.notes}
        return {
            "format": "daftar-manifest/1",
            "procedure": self.procedure,
            "form_version": self.form_version,
            "checked_on": self.checked_on,
            "reference": self.reference,
            "language": self.language,
            "date": self.date,
            "files": [_file_json(file, self.form_version) for file in self.files],
            "refused": [{"audience": copy.audience, "code": copy.code} for copy in self.refused],
            "possible": {audience: note.possible for audience, note in sorted(notes.items())},
            "left_out": {audience: len(note.left_out) for audience, note in sorted(notes.items())},
            "recipients": {audience: list(note.recipients) for audience, note in sorted(notes.items())},
            "unchecked": list(self.unchecked),
        }

    def to_bytes(self) -> bytes:
        """The manifest file, the same for the same run."""
        return (json.dumps(self.to_json(), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _file_json(file: WrittenFile, form_version: str) -> dict[str, Any]:
    return {
        "name": file.name,
        "audience": file.audience,
        "kind": file.kind,
        "sha256": file.sha256,
        "size": file.size,
        "pages": file.pages,
        "form_version": form_version,
    }


def written(name: str, audience: str, data: bytes, pages: int, kind: str = "dossier") -> WrittenFile:
    """The entry of a file with these bytes."""
    return WrittenFile(name, audience, hashlib.sha256(data).hexdigest(), len(data), pages, kind)
