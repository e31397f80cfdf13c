"""What each operation does, in one transaction: revisions, derived tables, log event. Must not decide what a record is.

Everything that can be refused is refused before the transaction begins, so a refusal changes no byte.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from i18n.message import msg
from storage.attaching import Attaching
from storage.audit import KINDS
from storage.checking import prepare_doc
from storage.custody import ATTACHED, has_custody, keep_steps, with_step
from storage.derived import Derived
from storage.drafts import Drafts
from storage.errors import Cancelled, InvalidInput
from storage.history import delete_ops
from storage.importing import Importing
from storage.issuing import Issuer
from storage.operations import (
    AttachFile,
    ChangeSet,
    DeleteRecord,
    Doc,
    DropDraft,
    ImportRecords,
    LogEvent,
    Operation,
    SaveDraft,
    SaveRecord,
    SetSetting,
    TakeInRecordings,
)
from storage.reading import Reader
from storage.recording.taking import Taking
from storage.records import spec_of
from storage.revising import Change, Reviser
from storage.session import Progress, Session

_CHECKPOINTED = frozenset(["export", "dump"])


class Writer:
    """Writes to the opened container."""

    def __init__(self, session: Session, reader: Reader, stop: threading.Event | None = None) -> None:
        self._session, self._reader = session, reader
        self._database = session.database
        self.drafts = Drafts(session.database)
        self.attaching = Attaching(session, reader)
        self._derived = Derived(session.database)
        self._reviser = Reviser(session, self._derived)
        self._cancel = stop or threading.Event()
        self.before_merge: Callable[[Progress], None] = lambda _listen: None

    def write(self, operation: Operation, progress: Progress | None) -> ChangeSet:
        """Do one operation; see `Vault.write`."""
        self._cancel.clear()
        match operation:
            case SaveRecord():
                return self._save(operation)
            case DeleteRecord():
                return self.delete(operation)
            case AttachFile():
                return self._attach(operation, progress)
            case SaveDraft() | DropDraft():
                return self._draft(operation)
            case SetSetting():
                return self._set(operation)
            case TakeInRecordings():
                return self._take_in(operation)
            case LogEvent():
                return self.log_event(operation)
            case ImportRecords():
                return self._import(operation, progress)

    def cancel(self) -> None:
        """Ask the running operation to stop (any thread)."""
        self._cancel.set()
        self._database.interrupt()

    def settle(self, most: int | None = None) -> int:
        """Bring the full-text index up to date, one record a transaction, at most `most`; gives how many wait."""
        waiting = self._derived.unsettled()
        for record_id in waiting[:most]:
            with self._session.transaction():
                self._derived.settle(record_id)
        return len(waiting) - len(waiting[:most])

    @contextmanager
    def _transaction(self, *, checkpoint: bool = False) -> Iterator[None]:
        """One transaction; a checkpoint is signed inside it where one is due."""
        try:
            with self._session.transaction():
                yield
                log = self._session.log
                if checkpoint or log.checkpoint_due:
                    log.checkpoint(self._session.signer)
        except BaseException:
            self.drafts.forget_cache()
            raise

    def _save(self, operation: SaveRecord) -> ChangeSet:
        type_, record_id = operation.type, operation.id or operation.doc.get("id")
        before = self._existing(type_, record_id) if record_id else None
        wished = {
            **operation.doc,
            "id": record_id or self._new_id(),
        }
        if before and before.get("code"):
            wished.setdefault("code", before["code"])  # a code is never taken back
        after = prepare_doc(type_, wished, before, self._reader, self._new_id)
        after = Issuer(self._session).with_code(type_, keep_steps(before, after))
        change = self._reviser.change(type_, before, after)
        if not change.ops:
            return ChangeSet()
        with self._transaction():
            self._revise("revise" if before else "create", change)
        named = frozenset([(type_, change.id)])
        return ChangeSet(changed=named) if before else ChangeSet(created=named)

    def _new_id(self) -> str:
        return str(uuid.UUID(bytes=self._session.env.random(16), version=4))

    def _existing(self, type_: str, record_id: str) -> Doc | None:
        """Give the record to be changed; a wrong type or a deleted record is refused, an unknown id is a new record."""
        row = self._database.one("SELECT type, doc IS NULL FROM documents WHERE id = ?", (record_id,))
        if row is None:
            return None
        if row[0] != type_ or row[1]:
            raise InvalidInput(msg("This record was deleted, or it is of another kind."))
        return self._reader.get(record_id)

    def _revise(self, kind: str, change: Change, facts: dict[str, Any] | None = None) -> None:
        """Write one revision and its event inside the open transaction."""
        at = self._session.env.now_ms()
        revisions = self._reviser.write([change], at)
        self._session.log.append(kind, at, {"record": change.id, **(facts or {})}, revisions)

    def delete(self, operation: DeleteRecord) -> ChangeSet:
        """Delete a record; see `DeleteRecord`."""
        record_id = operation.id
        row = self._database.one("SELECT type, doc IS NULL FROM documents WHERE id = ?", (record_id,))
        if row is None or (row[1] and not operation.erase):
            raise InvalidInput(msg("There is no such record."))
        type_ = str(row[0])
        blobs = self.attaching.blob_ids(record_id) if operation.erase else []
        with self._transaction():
            if not row[1]:
                change = Change(type_, record_id, self._reader.get(record_id), delete_ops())
                self._revise("delete", change)
            self.drafts.drop_of(record_id)
            if operation.erase:
                self._erase(record_id, len(blobs))
        self._session.blobs.remove(blobs)
        return ChangeSet(deleted=frozenset([(type_, record_id)]))

    def _erase(self, record_id: str, blobs: int) -> None:
        """Take the bodies and the files; ids, parents and the signed tombstone stay."""
        tombstones = self._reviser.heads(record_id)
        marks = ", ".join("?" * len(tombstones))
        self._database.execute(
            f"UPDATE revisions SET body = NULL WHERE record = ? AND id NOT IN ({marks})",
            (record_id, *tombstones),
        )
        self._database.execute("DELETE FROM blobs WHERE evidence = ?", (record_id,))
        self._session.log.append("erase", self._session.env.now_ms(), {"record": record_id, "blobs": blobs})

    def _import(self, operation: ImportRecords, progress: Progress | None) -> ChangeSet:
        importing = Importing(self._session, self._reader, self._reviser, self.attaching)
        listen = self._listener(progress)

        @contextmanager
        def merging(*, checkpoint: bool = False) -> Iterator[None]:
            self.before_merge(listen)  # only now: what was refused has changed no byte
            with self._transaction(checkpoint=checkpoint):
                yield

        return importing.run(operation.parsed, merging, listen, self._new_id)

    def _take_in(self, operation: TakeInRecordings) -> ChangeSet:
        taking = Taking(
            self._session,
            self._reader,
            self._reviser,
            self.attaching,
            self._transaction,
            self._new_id,
            operation.text,
        )
        return taking.run()

    def _attach(self, operation: AttachFile, progress: Progress | None) -> ChangeSet:
        evidence_id = operation.evidence_id
        before, type_ = self._reader.get(evidence_id), self._reader.type_of(evidence_id)
        if before is None or type_ is None or "file" not in spec_of(type_).fields:
            raise InvalidInput(msg("There is no such record to attach a file to."))
        blob = self.attaching.store(
            operation.source, operation.name, operation.media_type, self._listener(progress)
        )
        try:
            after = self._with_step(
                type_, self.attaching.describe(before, blob), ATTACHED, blob.trailer.sha256
            )
            change = self._reviser.change(type_, before, after)
            with self._transaction():
                self.attaching.commit_row(evidence_id, blob)
                self._revise("attach", change, {"sha256": blob.trailer.sha256})
        except BaseException:
            self.attaching.discard([blob])
            raise
        return ChangeSet(changed=frozenset([(type_, evidence_id)]))

    def _with_step(self, type_: str, doc: Doc, what: str, sha256: str) -> Doc:
        if not has_custody(type_):
            return doc
        env = self._session.env
        return with_step(doc, what, sha256, self._session.author, env.now_ms(), env.random)

    def note_custody(self, record_ids: Iterable[str], what: str) -> ChangeSet:
        """Add a step of custody to each of some evidence, in one transaction."""
        changes = []
        for record_id in record_ids:
            before, type_ = self._reader.get(record_id), self._reader.type_of(record_id)
            if before is not None and type_ is not None and before.get("file"):
                after = self._with_step(type_, before, what, before["file"]["sha256"])
                changes.append(self._reviser.change(type_, before, after))
        with self._transaction():
            at = self._session.env.now_ms()
            revisions = self._reviser.write(changes, at)
            self._session.log.append("custody", at, {"what": what}, revisions)
        return ChangeSet(changed=frozenset((change.type, change.id) for change in changes))

    def listening(self, progress: Progress | None) -> Progress:
        """Give a progress function for work outside an operation that `cancel` can stop too."""
        self._cancel.clear()
        return self._listener(progress)

    def _listener(self, progress: Progress | None) -> Progress:
        """Pass progress on, and stop the work when asked to."""

        def hear(done: int, total: int) -> None:
            if self._cancel.is_set():
                raise Cancelled
            if progress is not None:
                progress(done, total)

        return hear

    def _draft(self, operation: SaveDraft | DropDraft) -> ChangeSet:
        with self._transaction():
            if isinstance(operation, SaveDraft):
                require_text(operation.text)
                at = self._session.env.now_ms()
                done = self.drafts.save(operation.key, operation.base_id, operation.text, at)
            else:
                done = self.drafts.drop(operation.key)
        return ChangeSet(drafts=done)

    def _set(self, operation: SetSetting) -> ChangeSet:
        value = json.dumps(operation.value, ensure_ascii=False)
        require_text(value)
        if self.setting(operation.key, None) == operation.value:
            return ChangeSet()
        with self._transaction():
            self._database.execute("DELETE FROM settings WHERE key = ?", (operation.key,))
            if operation.value is not None:
                self._database.execute(
                    "INSERT INTO settings (key, value) VALUES (?, ?)", (operation.key, value)
                )
        return ChangeSet(settings=True)

    def setting(self, key: str, default: Any) -> Any:
        """Give a preference."""
        row = self._database.one("SELECT value FROM settings WHERE key = ?", (key,))
        return json.loads(row[0]) if row else default

    def log_event(self, operation: LogEvent) -> ChangeSet:
        """Note in the log that something was done."""
        if operation.kind not in KINDS:
            raise ValueError(operation.kind)
        facts = {**operation.facts, **({"record": operation.record_id} if operation.record_id else {})}
        with self._transaction(checkpoint=operation.kind in _CHECKPOINTED):
            self._session.log.append(operation.kind, self._session.env.now_ms(), facts)
        return ChangeSet()


def require_text(text: str) -> None:
    """Raise InvalidInput for what no file could hold: half a character (a lone surrogate)."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidInput(msg("The text holds half of a character and cannot be kept.")) from None
