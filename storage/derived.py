"""The derived tables: current documents, lists, references, codes, full-text index. Must not write revisions.

Everything here can be thrown away and written again from the revisions (`rebuild`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from storage import search
from storage.db import Database
from storage.listing import extra_of, language_of, references_of, title_of
from storage.operations import Doc
from storage.reading import decode_doc, encode_doc

Keys = dict[str, dict[str, str]]
"""Order keys of lists, as `storage.history` keeps them: by path, then by element."""


@dataclass(frozen=True)
class Current:
    """What is now true of one record: its document (None once deleted), its heads, when it last changed (ms, claimed)."""

    type: str
    id: str
    doc: Doc | None
    heads: tuple[bytes, ...]
    changed_ms: int
    keys: Keys = field(default_factory=dict)


class Derived:
    """Writes the derived tables inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, records: Iterable[Current], *, new: bool = False) -> None:
        """Write what is now true; `new` says that none of the records stands here yet (an import: no deletes needed)."""
        held = list(records)
        if not new:
            self._clear(held)
        alive = [record for record in held if record.doc is not None]
        database = self._database
        database.execute_many(
            "INSERT INTO documents (id, type, heads, order_keys, doc) VALUES (?, ?, ?, ?, ?)",
            map(_document, held),
        )
        database.execute_many("INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?, ?)", map(_line, alive))
        links = ((record.id, target) for record in alive for target in references_of(record.doc or {}))
        database.execute_many("INSERT INTO links (source, target) VALUES (?, ?)", links)
        codes = ((record.doc["code"], record.id) for record in alive if record.doc and record.doc.get("code"))
        database.execute_many(
            "INSERT INTO codes (code, record) VALUES (?, ?) ON CONFLICT (code) DO NOTHING", codes
        )

        self._index(held, new)

    def _index(self, records: list[Current], new: bool) -> None:
        """Index what is new, forget what is deleted word by word, and note what changed.

        Taking an edited text's old words out of the index rewrites hundreds of pages, so that waits until somebody
        searches or the program is idle (`settle`): a text saved a hundred times is indexed once.
        """
        with self._database.errors():
            for record in records:
                if record.doc is None and not new:
                    search.remove(self._database.raw, record.id)
                    self._database.execute("DELETE FROM unindexed WHERE id = ?", (record.id,))
            alive = [record for record in records if record.doc is not None]
            known = set() if new else {record.id for record in alive if self._is_indexed(record.id)}
            fresh = (record for record in alive if record.id not in known)
            search.index_many(self._database.raw, map(_texts, fresh), new=True)
        notes = [(record_id,) for record_id in sorted(known)]
        self._database.execute_many(
            "INSERT INTO unindexed (id) VALUES (?) ON CONFLICT (id) DO NOTHING", notes
        )

    def _is_indexed(self, record_id: str) -> bool:
        return self._database.one("SELECT 1 FROM search_rows WHERE id = ?", (record_id,)) is not None

    def unsettled(self) -> list[str]:
        """Give the records whose words in the index are older than their document."""
        return [str(row[0]) for row in self._database.all("SELECT id FROM unindexed ORDER BY id")]

    def settle(self, record_id: str) -> None:
        """Bring one record's words in the index up to date, inside the caller's transaction."""
        row = self._database.one(
            "SELECT type, doc FROM documents WHERE id = ? AND doc IS NOT NULL", (record_id,)
        )
        if row is not None:
            current = Current(str(row[0]), record_id, decode_doc(bytes(row[1])), (), 0)
            with self._database.errors():
                search.index_many(self._database.raw, [_texts(current)])
        self._database.execute("DELETE FROM unindexed WHERE id = ?", (record_id,))

    def _clear(self, records: list[Current]) -> None:
        ids = [(record.id,) for record in records]
        for statement in (
            "DELETE FROM documents WHERE id = ?",
            "DELETE FROM listing WHERE id = ?",
            "DELETE FROM links WHERE source = ?",
        ):
            self._database.execute_many(statement, ids)

    def clear_all(self) -> None:
        """Empty the tables before a rebuild. Codes stay: one that was issued is never issued again."""
        for table in ("documents", "listing", "links", "unindexed"):
            self._database.execute(f"DELETE FROM {table}")
        with self._database.errors():
            search.clear(self._database.raw)


def _texts(record: Current) -> tuple[str, str, list[search.Part], str | None]:
    doc = record.doc or {}
    return record.id, record.type, search.parts_of(doc), doc.get("code")


def _document(record: Current) -> tuple[str, str, bytes, bytes | None, bytes | None]:
    doc = None if record.doc is None else encode_doc(record.doc)
    keys = msgspec.json.encode(record.keys, order="sorted") if record.keys and doc is not None else None
    return record.id, record.type, b"".join(record.heads), keys, doc


def _line(record: Current) -> tuple[str, str, str | None, str, str | None, int, str]:
    doc = record.doc or {}
    extra = msgspec.json.encode(extra_of(record.type, doc)).decode("utf-8")
    code = doc.get("code")
    title, language = title_of(record.type, doc), language_of(doc)
    return record.id, record.type, code, title, language, record.changed_ms, extra
