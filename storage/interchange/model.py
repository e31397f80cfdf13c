"""What a checked interchange file amounts to, as plain values. Must not read or write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from i18n.message import Message, msg, nmsg
from storage.interchange.files import Attachment

Doc = dict[str, Any]
FORMAT = "daftar-interchange/1"


class Known(Protocol):
    """What an import asks the notebook. `Vault` is one."""

    def get(self, record_id: str, /) -> Doc | None:
        """The current document."""

    def type_of(self, record_id: str, /) -> str | None:
        """The type of a current record."""

    def find_code(self, code: str, /) -> str | None:
        """The id of the record that has a code."""

    def docs(self, record_type: str, /) -> Any:
        """The current documents of a type."""


@dataclass(frozen=True)
class ParsedRecord:
    """One record to be stored: its whole document afterwards, and what it is now (None when new)."""

    type: str
    id: str
    doc: Doc
    before: Doc | None

    @property
    def changes(self) -> bool:
        """Whether storing it changes anything."""
        return self.before is None or self.before != self.doc


@dataclass(frozen=True)
class ParsedInterchange:
    """A file without faults. `hash`: SHA-256 (hex) of its canonical form and its attachments."""

    records: tuple[ParsedRecord, ...]
    attachments: tuple[Attachment, ...]
    hash: str


@dataclass(frozen=True)
class ImportSummary:
    """How many records came in."""

    created: int
    changed: int
    unchanged: int
    attachments: int

    def message(self) -> Message:
        """The outcome in words."""
        if not (self.created or self.changed):
            return msg("Nothing to import: everything in this file is in the notebook already.")
        created = nmsg("{count} new record", "{count} new records", self.created)
        changed = nmsg("{count} changed record", "{count} changed records", self.changed)
        return msg("Imported: {created}, {changed}.", created=created, changed=changed)
