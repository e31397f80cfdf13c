"""Questions to an open vault: documents, lists, codes, snapshots. Must not write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from i18n.message import msg
from storage.db import Database
from storage.errors import InvalidInput
from storage.operations import Doc, Row
from storage.snapshot import Snapshot

# Types a case's snapshot takes whole: they are few, and many records refer to them.
_ALWAYS = ("person", "consent", "authority", "agency", "organisation", "task", "colleague", "questionnaire")
# Types that belong to a case only if something in the case leads to them, or they lead to it.
_REACHED = frozenset(["interview", "incident", "proceeding", "evidence", "petition", "loss", "note", "stub"])
_LEAD_BACK = frozenset(["petition", "proceeding", "evidence", "loss", "note"])


def encode_doc(doc: Doc) -> bytes:
    """Give a document as it is stored in the derived tables."""
    return msgspec.json.encode(doc)


def decode_doc(data: bytes) -> Doc:
    """Read a document from the derived tables."""
    doc: Doc = msgspec.json.decode(data)
    return doc


class Reader:
    """Reads the derived tables of an open vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, record_id: str) -> Doc | None:
        """Give the current document, or None."""
        row = self._database.one("SELECT doc FROM documents WHERE id = ? AND doc IS NOT NULL", (record_id,))
        return decode_doc(row[0]) if row else None

    def type_of(self, record_id: str) -> str | None:
        """Give the type of a current record, or None."""
        row = self._database.one("SELECT type FROM documents WHERE id = ? AND doc IS NOT NULL", (record_id,))
        return str(row[0]) if row else None

    def type_ever(self, record_id: str) -> str | None:
        """Give the type of a record that is or once was here."""
        row = self._database.one("SELECT type FROM documents WHERE id = ?", (record_id,))
        return str(row[0]) if row else None

    def docs(self, type_: str, ids: Iterable[str] | None = None) -> Iterator[Doc]:
        """Give documents of a type in the order of their ids, or those of `ids` in the given order."""
        if ids is None:
            rows = self._database.each(
                "SELECT doc FROM documents WHERE type = ? AND doc IS NOT NULL ORDER BY id", (type_,)
            )
            for (doc,) in rows:
                yield decode_doc(doc)
            return
        for record_id in ids:
            row = self._database.one(
                "SELECT doc FROM documents WHERE id = ? AND type = ? AND doc IS NOT NULL", (record_id, type_)
            )
            if row:
                yield decode_doc(row[0])

    def rows(self, type_: str, offset: int, limit: int) -> list[Row]:
        """Give one page of a list, the newest first."""
        rows = self._database.all(
            "SELECT id, code, title, language, changed, extra FROM listing WHERE type = ?"
            " ORDER BY changed DESC, id LIMIT ? OFFSET ?",
            (type_, limit, offset),
        )
        return [
            Row(record_id, code, title, language, changed, msgspec.json.decode(extra))
            for record_id, code, title, language, changed, extra in rows
        ]

    def counts(self) -> dict[str, int]:
        """Count the current records of each type."""
        return dict(self._database.all("SELECT type, count(*) FROM listing GROUP BY type ORDER BY type"))

    def referring(self, record_id: str) -> list[tuple[str, str]]:
        """Give (type, id) of every current record that refers to this one, in the order of types and ids."""
        rows = self._database.all(
            "SELECT DISTINCT type, id FROM links JOIN documents ON id = source"
            " WHERE target = ? AND doc IS NOT NULL ORDER BY type, id",
            (record_id,),
        )
        return [(str(type_), str(other)) for type_, other in rows]

    def find_code(self, code: str) -> str | None:
        """Give the id of the record with this code, or None."""
        row = self._database.one(
            "SELECT record FROM codes JOIN listing ON listing.id = codes.record WHERE codes.code = ?",
            (code.strip(),),
        )
        return str(row[0]) if row else None

    def resolve(self, code_or_id: str, type_: str) -> str:
        """Give the id for what a person typed; raises InvalidInput when no such record of this type exists."""
        typed = code_or_id.strip()
        record_id = self.find_code(typed) or typed
        if self.type_of(record_id) != type_:
            raise InvalidInput(msg("No record has the code or id {typed}.", typed=typed))
        return record_id

    def imported(self, canonical_hash: str) -> bool:
        """True if an interchange file with this hash was taken in before."""
        return self._database.one("SELECT 1 FROM imports WHERE hash = ?", (canonical_hash,)) is not None

    def snapshot(self, case_id: str | None) -> Snapshot:
        """Give everything, or one case with all persons and what leads to and from it."""
        if case_id is None:
            docs: dict[str, dict[str, Doc]] = {}
            for type_, record_id, data in self._database.each(
                "SELECT type, id, doc FROM documents WHERE doc IS NOT NULL"
            ):
                docs.setdefault(type_, {})[record_id] = decode_doc(data)
            return Snapshot(docs)
        if self.type_of(case_id) != "case":
            raise InvalidInput(msg("No record has the code or id {typed}.", typed=case_id))
        docs = {type_: {doc["id"]: doc for doc in self.docs(type_)} for type_ in _ALWAYS}
        docs["case"] = {case_id: self._known(case_id)}
        for type_, record_id in self._closure(case_id):
            docs.setdefault(type_, {})[record_id] = self._known(record_id)
        return Snapshot({type_: documents for type_, documents in docs.items() if documents}, case_id)

    def _known(self, record_id: str) -> Doc:
        doc = self.get(record_id)
        assert doc is not None
        return doc

    def _closure(self, case_id: str) -> set[tuple[str, str]]:
        """Follow references out of the case, and back to it from the types that hang on others."""
        found: set[tuple[str, str]] = set()
        waiting = [case_id]
        while waiting:
            record_id = waiting.pop()
            for named in self._neighbours(record_id):
                if named not in found:
                    found.add(named)
                    waiting.append(named[1])
        return found

    def _neighbours(self, record_id: str) -> list[tuple[str, str]]:
        forward: list[Any] = self._database.all(
            "SELECT type, id FROM links JOIN documents ON id = target WHERE source = ? AND doc IS NOT NULL",
            (record_id,),
        )
        back = self._database.all(
            "SELECT type, id FROM links JOIN documents ON id = source WHERE target = ? AND doc IS NOT NULL",
            (record_id,),
        )
        found = [(type_, other) for type_, other in forward if type_ in _REACHED]
        return found + [(type_, other) for type_, other in back if type_ in _LEAD_BACK]
