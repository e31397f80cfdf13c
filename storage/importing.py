"""Taking in a parsed interchange file: records, codes and files in one transaction. Must not read the file itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from i18n.message import msg
from storage.attaching import Attaching
from storage.attachments import StoredBlob
from storage.errors import InvalidInput
from storage.issuing import Issuer
from storage.operations import ChangeSet, Doc, ParsedAttachment, ParsedFile
from storage.reading import Reader
from storage.revising import Change, Reviser
from storage.session import Progress, Session

_BATCH = 250
Transaction = Callable[..., AbstractContextManager[None]]


class Importing:
    """One import into the opened container."""

    def __init__(self, session: Session, reader: Reader, reviser: Reviser, attaching: Attaching) -> None:
        self._session, self._reader = session, reader
        self._reviser, self._attaching = reviser, attaching
        self._blobs: list[tuple[ParsedAttachment, StoredBlob]] = []

    def run(
        self, parsed: ParsedFile, transaction: Transaction, tell: Progress, make_id: Callable[[], str]
    ) -> ChangeSet:
        """Write everything or nothing; a file taken in before changes nothing. `tell` may raise Cancelled."""
        if self._reader.imported(parsed.hash):
            return ChangeSet()
        total = len(parsed.records) + len(parsed.attachments)
        try:
            self._store_files(parsed, tell, total)
            created, changed = self._changes(parsed)
            with transaction(checkpoint=True):
                self._write(parsed, created, changed, tell, total)
        except BaseException:
            self._attaching.discard(blob for _, blob in self._blobs)
            raise
        named = [frozenset((change.type, change.id) for change in changes) for changes in (created, changed)]
        return ChangeSet(created=named[0], changed=named[1])

    def _store_files(self, parsed: ParsedFile, tell: Progress, total: int) -> None:
        """Encrypt the files first; their rows are committed with the records."""
        for number, item in enumerate(parsed.attachments):
            tell(number, total)
            blob = self._attaching.store(item.source, item.name, item.media_type)
            self._blobs.append((item, blob))
            if item.sha256 != blob.trailer.sha256:
                raise InvalidInput(msg("The file {name} was changed while it was read.", name=item.name))

    def _changes(self, parsed: ParsedFile) -> tuple[list[Change], list[Change]]:
        """Work out every revision before the transaction begins: new records, and records that change."""
        issuer = Issuer(self._session)
        created: list[Change] = []
        changed: list[Change] = []
        for record in self._given_codes_first(parsed):
            doc: Doc = record.doc
            before = self._reader.get(doc["id"])
            if before is None and self._reader.type_ever(doc["id"]) is not None:
                raise InvalidInput(msg("The file holds a record that was deleted from this notebook."))
            if before is not None and before.get("code"):
                doc = {"code": before["code"], **doc}
            doc = issuer.with_code(record.type, doc)
            doc = self._with_files(before, doc)
            change = self._reviser.change(record.type, before, doc)
            if change.ops:
                (created if before is None else changed).append(change)
        return created, changed

    def _with_files(self, before: Doc | None, doc: Doc) -> Doc:
        """Give the document with its stored files; a file that stands here already keeps its stored parts."""
        if before is not None:
            doc = _keeping_file(before, doc)
        for item, blob in self._blobs:
            if item.record_id == doc["id"]:
                doc = self._attaching.describe(doc, blob, item.field)
        return doc

    def _given_codes_first(self, parsed: ParsedFile) -> Iterator[Any]:
        """Records that bring a code come first, so that none is drawn which a later record brings."""
        yield from (record for record in parsed.records if record.doc.get("code"))
        yield from (record for record in parsed.records if not record.doc.get("code"))

    def _write(
        self, parsed: ParsedFile, created: list[Change], changed: list[Change], tell: Progress, total: int
    ) -> None:
        session = self._session
        at, number, ids = session.env.now_ms(), session.log.next_number, list[bytes]()
        for changes, new in ((created, True), (changed, False)):
            for start in range(0, len(changes), _BATCH):
                tell(len(self._blobs) + len(ids), total)
                ids += self._reviser.write(changes[start : start + _BATCH], at, new=new)
        for item, blob in self._blobs:
            self._attaching.commit_row(item.record_id, blob)
        session.database.execute("INSERT INTO imports (hash, logged) VALUES (?, ?)", (parsed.hash, number))
        facts = {
            "hash": parsed.hash,
            "created": len(created),
            "changed": len(changed),
            "files": len(self._blobs),
        }
        session.log.append("import", at, facts, ids)
        tell(total, total)


def _keeping_file(before: Doc, doc: Doc) -> Doc:
    """Keep the stored parts of a file that the imported document describes by the same hash."""
    old, new = before.get("file"), doc.get("file")
    if not isinstance(old, dict) or not isinstance(new, dict) or "blobs" not in old:
        return doc
    same = new.get("sha256") in (None, old.get("sha256"))
    return {**doc, "file": {**new, "blobs": old["blobs"]}} if same else doc
