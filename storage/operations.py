"""Everything that can be asked to change in a vault, as plain values. Must not do anything.

`Vault.write` takes one of these and gives a `ChangeSet`; each is one transaction, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from i18n.message import Message

Doc = dict[str, Any]
"""A document: one record in its interchange form, always with `id`."""


@dataclass(frozen=True)
class SaveRecord:
    """Make the record's current document equal to `doc`; without an id it is a new record (a random one is drawn)."""

    type: str
    doc: Doc
    id: str | None = None


@dataclass(frozen=True)
class DeleteRecord:
    """Write a signed tombstone. With `erase` the bodies of all its revisions and its attached files go too."""

    id: str
    erase: bool = False


class ParsedRecord(Protocol):
    """One record of a parsed file: its type and its whole new document, checked and with ids (`code` only if given)."""

    @property
    def type(self) -> str: ...

    @property
    def doc(self) -> Doc: ...


class ParsedAttachment(Protocol):
    """One file that comes with the records: whose, at which field, where it lies, what it should be."""

    @property
    def record_id(self) -> str: ...

    @property
    def field(self) -> str: ...

    @property
    def source(self) -> Path: ...

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def sha256(self) -> str: ...


class ParsedFile(Protocol):
    """What `parse_interchange` gives: the file's canonical hash, its records, and the files they name."""

    @property
    def hash(self) -> str: ...

    @property
    def records(self) -> Sequence[ParsedRecord]: ...

    @property
    def attachments(self) -> Sequence[ParsedAttachment]: ...


@dataclass(frozen=True)
class ImportRecords:
    """Take in a parsed interchange file, whole; the same file again changes nothing."""

    parsed: ParsedFile


@dataclass(frozen=True)
class AttachFile:
    """Encrypt a file into the vault and describe it in the evidence's `file`."""

    evidence_id: str
    source: Path | bytes
    name: str
    media_type: str | None = None


@dataclass(frozen=True)
class SaveDraft:
    """Keep what is being typed: `key` names the editor's field, `base_id` the record it belongs to, if any."""

    key: str
    base_id: str | None
    text: str


@dataclass(frozen=True)
class DropDraft:
    """Forget a draft."""

    key: str


@dataclass(frozen=True)
class SetSetting:
    """Keep a preference (any JSON value; None forgets it)."""

    key: str
    value: Any


def _english(message: Message) -> str:
    return message.source.format(**message.values)


@dataclass(frozen=True)
class TakeInRecordings:
    """Take in what recorders wrote: finished segments, and all of a recording whose recorder has ended.

    `text` words the title and the steps of custody, in the language of the window.
    """

    text: Callable[[Message], str] = _english


@dataclass(frozen=True)
class LogEvent:
    """Write an event to the log: its kind, the record, and facts that are ids, counts and hashes only."""

    kind: str
    record_id: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


Operation = (
    SaveRecord
    | DeleteRecord
    | ImportRecords
    | AttachFile
    | SaveDraft
    | DropDraft
    | SetSetting
    | TakeInRecordings
    | LogEvent
)

Named = tuple[str, str]
"""(type, id) of a record."""


@dataclass(frozen=True)
class ChangeSet:
    """What an operation changed; views that care refresh, others do not."""

    created: frozenset[Named] = frozenset()
    changed: frozenset[Named] = frozenset()
    deleted: frozenset[Named] = frozenset()
    settings: bool = False
    drafts: bool = False

    @property
    def empty(self) -> bool:
        """True if nothing changed."""
        return not (self.created or self.changed or self.deleted or self.settings or self.drafts)


@dataclass(frozen=True)
class Row:
    """One line of a list, from the derived columns."""

    id: str
    code: str | None
    title: str
    language: str | None
    changed_ms: int
    extra: dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """Text being typed that no revision holds yet."""

    key: str
    base_id: str | None
    text: str
    saved_ms: int


@dataclass(frozen=True)
class RevisionInfo:
    """One save of a record: who, when (by the laptop's clock), what kinds of operations on which paths."""

    id: str
    author: str
    own: bool
    lamport: int
    claimed_ms: int
    parents: tuple[str, ...]
    ops: tuple[dict[str, Any], ...]
    erased: bool = False
