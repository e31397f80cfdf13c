"""Documents read at one moment, as plain values for other rooms and other processes. Must not reach into the vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from storage.operations import Doc


@dataclass(frozen=True)
class Snapshot:
    """Documents by type and id, of one case or of the whole vault; picklable and JSON-able."""

    docs: dict[str, dict[str, Doc]] = field(default_factory=dict)
    case_id: str | None = None

    def get(self, record_id: str) -> Doc | None:
        """Give a document by id, of whatever type."""
        for documents in self.docs.values():
            if record_id in documents:
                return documents[record_id]
        return None

    def of(self, type_: str) -> list[Doc]:
        """Give all documents of a type, in the order of their ids."""
        documents = self.docs.get(type_, {})
        return [documents[key] for key in sorted(documents)]

    def type_of(self, record_id: str) -> str | None:
        """Give the type of a document that is here."""
        return next((type_ for type_, documents in self.docs.items() if record_id in documents), None)

    def ids(self) -> Iterator[str]:
        """Give every id that is here."""
        for documents in self.docs.values():
            yield from documents

    def to_json(self) -> dict[str, Any]:
        """Give a JSON-able form, as workers receive it."""
        return {"docs": self.docs, "case_id": self.case_id}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Snapshot:
        """Read the form `to_json` gives."""
        return cls(value["docs"], value["case_id"])
