"""Editing one record: load it, change it field by field, save each change as its own revision. Must not know which record or any widget.

Writes go one after another; a change made while one is under way is kept and written after it. Only what was changed here
is written, into the record as it then is. New list elements get their id here, so that the next save finds them again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from storage import SaveRecord
from storage.errors import DaftarError, InvalidInput
from ui.bus import touches_record
from ui.context import Context
from ui.viewmodels.base import ViewModel
from ui.viewmodels.person_answers import Answer, Doc, Shape, read_answer, write_answer
from ui.viewmodels.record_merge import merged

if TYPE_CHECKING:
    from storage import ChangeSet, Vault

Reader = Callable[[str, "Vault"], Mapping[str, Any]]

GONE = msg("This record no longer exists.")


@dataclass(frozen=True)
class RecordState:
    """What an editor shows. `around` holds what it needs of other records, read together with this one."""

    id: str = ""
    doc: Doc = field(default_factory=dict)
    loaded: bool = False
    around: Mapping[str, Any] = field(default_factory=dict)
    problem: Message | None = None
    faults: Mapping[str, Message] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The record's code, empty until it was saved once."""
        return str(self.doc.get("code") or "")

    def answer(self, name: str, shape: Shape) -> Answer:
        """What the record says for one field."""
        return read_answer(self.doc, name, shape)

    def elements(self, name: str) -> list[Doc]:
        """The groups of a list field; nothing where it is blank."""
        value = self.doc.get(name)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    def values(self, name: str) -> list[Any]:
        """The members of a set field; nothing where it is blank."""
        value = self.doc.get(name)
        return list(value) if isinstance(value, list) else []


def new_element(values: Mapping[str, Any]) -> Doc:
    """A list element with an id of its own."""
    return {"id": str(uuid4()), **values}


def _load(record_id: str, reader: Reader, vault: Vault) -> tuple[Doc | None, Mapping[str, Any]]:
    return vault.get(record_id) if record_id else {}, reader(record_id, vault)


def _write(
    record_type: str, record_id: str, base: Doc, mine: Doc, vault: Vault
) -> tuple[list[ChangeSet], str]:
    now = vault.get(record_id) if record_id else {}
    if now is None:
        raise InvalidInput(GONE)
    made = merged(base, mine, now)
    doc = {name: value for name, value in made.items() if name not in ("id", "code")}
    changes = vault.write(SaveRecord(record_type, doc, record_id or None))
    new = next((made_id for kind, made_id in changes.created if kind == record_type), "")
    return [changes], record_id or new


class RecordEditor(ViewModel[RecordState]):
    """`load`, `answer`, `put`, `set_element`, `remove_element`. Saves by itself; faults stand in the state by path."""

    def __init__(
        self, context: Context, record_type: str, reader: Reader, parent: QObject | None = None
    ) -> None:
        super().__init__(RecordState(), parent)
        self._context = context
        self._type = record_type
        self._reader = reader
        self._writing = False
        self._pending = False
        self._base: Doc = {}
        context.bus.changed.connect(self._records_changed)

    def load(self, record_id: str, start: Mapping[str, Any] | None = None) -> None:
        """Show a record, or with "" a new one that begins with the values of `start`."""
        self._base = {}
        self._become(RecordState(id=record_id, doc=dict(start or {})))
        self._context.jobs.vault(partial(_load, record_id, self._reader), self._loaded)

    def answer(self, name: str, shape: Shape, answer: Answer) -> None:
        """Answer one field, and save."""
        self._change(write_answer(self._state.doc, name, shape, answer))

    def put(self, values: Mapping[str, Any]) -> None:
        """Set several fields at once; None and empty values clear. Saves."""
        doc = {**self._state.doc, **values}
        self._change({name: value for name, value in doc.items() if value not in (None, "", [], {})})

    def set_element(self, name: str, element: Mapping[str, Any]) -> str:
        """Change the list element with this id, or add it; returns its id. Saves."""
        made = dict(element) if element.get("id") else new_element(element)
        kept = self._state.elements(name)
        known = any(each.get("id") == made["id"] for each in kept)
        rows = [made if each.get("id") == made["id"] else each for each in kept]
        self.put({name: rows if known else [*rows, made]})
        return str(made["id"])

    def remove_element(self, name: str, element_id: str) -> None:
        """Take one list element out. Saves."""
        self.put({name: [each for each in self._state.elements(name) if each.get("id") != element_id]})

    # inside

    def _change(self, doc: Doc) -> None:
        if doc == self._state.doc:
            return
        self._become(replace(self._state, doc=doc, problem=None, faults={}))
        self._pending = True
        self._write()

    def _write(self) -> None:
        if self._writing or not self._pending:
            return
        self._writing, self._pending = True, False
        mine = self._state.doc
        work = partial(_write, self._type, self._state.id, self._base, mine)
        self._context.jobs.change(work, partial(self._written, mine), self._failed)

    def _written(self, mine: Doc, record_id: str) -> None:
        self._writing = False
        self._base = mine
        if not self._state.id:
            self._become(replace(self._state, id=record_id))
        if self._pending:
            self._write()
        else:
            self._reload()

    def _failed(self, error: DaftarError) -> None:
        self._writing = False
        faults = (
            {fault.path: fault.problem for fault in error.faults} if isinstance(error, InvalidInput) else {}
        )
        self._become(replace(self._state, problem=error.message, faults=faults))
        if self._pending:
            self._write()

    def _reload(self) -> None:
        if self._state.id:
            self._context.jobs.vault(partial(_load, self._state.id, self._reader), self._loaded)

    def _loaded(self, result: tuple[Doc | None, Mapping[str, Any]]) -> None:
        doc, around = result
        if self._writing or self._pending:
            return
        if doc is None:
            self._become(replace(self._state, loaded=True, problem=GONE))
            return
        shown = doc if self._state.id else self._state.doc
        self._base = doc
        self._become(replace(self._state, doc=shown, around=around, loaded=True))

    def _records_changed(self, changes: ChangeSet) -> None:
        if not self._writing and self._state.id and touches_record(changes, self._state.id):
            self._reload()
