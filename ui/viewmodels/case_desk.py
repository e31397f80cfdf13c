"""The case desk: one case with everything that belongs to it, and the commands that add to it. Must not know widgets.

Reading goes through one snapshot in the vault lane; readiness and deadlines are computed there too, so that the window
never waits.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

import exports
from exports import Deadline
from i18n.message import Message, msg
from storage import AttachFile, SaveRecord
from storage.errors import DaftarError
from ui.bus import touches
from ui.context import Context
from ui.viewmodels.base import ViewModel
from ui.viewmodels.case_desk_reading import CaseContents, read_case

if TYPE_CHECKING:
    from storage import ChangeSet, Row, Vault

Doc = dict[str, Any]

LISTS = {
    "person": "victims",
    "interview": "interviews",
    "incident": "incidents",
    "proceeding": "proceedings",
    "evidence": "evidence",
}
"""Which list of the case holds records of a type."""

_BEGINNINGS: dict[str, Doc] = {"interview": {"review": {"state": "draft"}}}
_CARED = ("case", "person", "interview", "incident", "proceeding", "evidence", "petition", "consent", "task")


@dataclass(frozen=True)
class Check:
    """One line of readiness: what is wrong in words; `holds` when it keeps the paper from being written."""

    field: str
    message: Message
    holds: bool
    protective: bool


@dataclass(frozen=True)
class CaseState:
    """What the desk shows. `choices` are records that could be added, while somebody is choosing."""

    id: str = ""
    contents: CaseContents | None = None
    procedure: str = ""
    language: str = "en"
    checks: tuple[Check, ...] = ()
    ready: bool = False
    deadlines: tuple[Deadline, ...] = ()
    choosing: str = ""
    choices: tuple[Row, ...] = ()
    loaded: bool = False
    gone: bool = False

    @property
    def petition(self) -> str:
        """The petition for the procedure in view, the last one in the list where there are several; empty when there is none."""
        petitions = self.contents.petitions if self.contents is not None else ()
        return next((line.id for line in reversed(petitions) if line.procedure == self.procedure), "")


@dataclass(frozen=True)
class _Read:
    contents: CaseContents | None
    checks: tuple[Check, ...] = ()
    ready: bool = False
    deadlines: tuple[Deadline, ...] = field(default=())


def checks_of(readiness: exports.Readiness) -> tuple[Check, ...]:
    """Blocks first, then warnings, as lines for people."""
    blocks = [
        Check(item.field, item.message, True, item.severity == "protective") for item in readiness.blocks
    ]
    return (*blocks, *(Check(item.field, item.message, False, False) for item in readiness.warnings))


def _read(case_id: str, procedure: str, language: str, today: date, vault: Vault) -> _Read:
    snapshot = vault.snapshot(case_id)
    contents = read_case(snapshot, case_id)
    if contents is None:
        return _Read(None)
    state = exports.readiness(snapshot, case_id, procedure, language=language, today=today)
    due = tuple(item for item in exports.deadlines(snapshot, today) if item.case_id in (case_id, None))
    return _Read(contents, checks_of(state), state.ready, due)


def _choices(record_type: str, taken: frozenset[str], vault: Vault) -> tuple[Row, ...]:
    return tuple(row for row in vault.rows(record_type, 0, 500) if row.id not in taken)


def _saved(case_id: str, change: Callable[[Vault], Doc], vault: Vault) -> tuple[list[ChangeSet], str]:
    """Read, change and write without letting anybody between."""
    return [vault.write(SaveRecord("case", stripped(change(vault)), case_id))], case_id


def _with_member(case_id: str, name: str, record_ids: tuple[str, ...], vault: Vault) -> Doc:
    doc = vault.get(case_id) or {}
    held = [item for item in doc.get(name) or [] if isinstance(item, str)]
    return {**doc, name: [*held, *(item for item in record_ids if item not in held)]}


def _without_member(case_id: str, name: str, record_id: str, vault: Vault) -> Doc:
    doc = vault.get(case_id) or {}
    return {**doc, name: [item for item in doc.get(name) or [] if item != record_id]}


def _petition(case_id: str, procedure: str, language: str, today: date, vault: Vault) -> Doc:
    snapshot = vault.snapshot(case_id)
    return exports.new_petition(
        snapshot, case_id, procedure, language, today=today, rng=secrets.SystemRandom()
    )


def stripped(doc: Doc) -> Doc:
    """A document as `SaveRecord` takes it beside an id."""
    return {name: value for name, value in doc.items() if name not in ("id", "code")}


def first_procedure() -> str:
    """What a case is looked at for until somebody chooses: the UN petition where it ships, else the first form."""
    known = [form.id for form in exports.forms()]
    return "wgad" if "wgad" in known else known[0]


class CaseDeskModel(ViewModel[CaseState]):
    """Commands: `load`, `create`, `rename`, `look_at`, `choose`, `add`, `remove`, `attach`, `open_petition`, `start_petition`."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        first = exports.form(first_procedure())
        super().__init__(CaseState(procedure=first.id, language=first.languages[0]), parent)
        self._context = context
        context.bus.changed.connect(self._records_changed)

    def load(self, case_id: str) -> None:
        """Show a case."""
        kept = self._state
        self._become(CaseState(id=case_id, procedure=kept.procedure, language=kept.language))
        self._refresh()

    def create(self, title: str) -> None:
        """Make a case and go to it."""
        self._context.jobs.write(SaveRecord("case", {"title": title, "status": "open"}), self._created)

    def rename(self, title: str) -> None:
        """Give the case another neutral title."""
        self._save(partial(_renamed, self._state.id, title))

    def look_at(self, procedure: str, language: str = "") -> None:
        """Show readiness for another procedure and language."""
        form = exports.form(procedure)
        chosen = language if language in form.languages else form.languages[0]
        self._become(replace(self._state, procedure=procedure, language=chosen))
        self._refresh()

    def choose(self, record_type: str) -> None:
        """Offer the records of a type that are not in the case yet; "" stops choosing."""
        self._become(replace(self._state, choosing=record_type, choices=()))
        if record_type:
            self._context.jobs.vault(partial(_choices, record_type, self._taken(record_type)), self._offered)

    def add(self, record_type: str, record_id: str) -> None:
        """Put an existing record into the case."""
        self._save(partial(_with_member, self._state.id, LISTS[record_type], (record_id,)))
        self._become(replace(self._state, choosing="", choices=()))

    def begin_new(self, record_type: str) -> None:
        """Make an empty record, put it into the case and go to its page."""
        operation = SaveRecord(record_type, dict(_BEGINNINGS.get(record_type, {})))
        self._context.jobs.write(operation, partial(self._new_made, record_type), self._failed)

    def remove(self, record_type: str, record_id: str) -> None:
        """Take a record out of the case; the record itself stays."""
        self._save(partial(_without_member, self._state.id, LISTS[record_type], record_id))

    def attach(self, path: Path, title: str) -> None:
        """Encrypt a file into the notebook as a new piece of evidence of this case."""
        operation = SaveRecord("evidence", {"title": title})
        self._context.jobs.write(operation, partial(self._evidence_made, path), self._failed)

    def open_petition(self) -> None:
        """Go to the petition for the procedure in view; make it where there is none."""
        if self._state.petition:
            self._context.navigator.go("export", self._state.petition)
        else:
            self.start_petition()

    def start_petition(self) -> None:
        """Make another petition for the procedure in view and go to it."""
        state = self._state
        work = partial(_petition, state.id, state.procedure, state.language, self._context.program.today())
        self._context.jobs.vault(work, self._petition_made, self._failed)

    # inside

    def _taken(self, record_type: str) -> frozenset[str]:
        contents = self._state.contents
        if contents is None:
            return frozenset()
        if record_type in ("incident", "proceeding"):
            return frozenset(event.id for event in contents.events)
        lines = {"person": contents.people, "interview": contents.interviews, "evidence": contents.evidence}
        return frozenset(line.id for line in lines[record_type])

    def _refresh(self) -> None:
        state = self._state
        if state.id:
            today = self._context.program.today()
            work = partial(_read, state.id, state.procedure, state.language, today)
            self._context.jobs.vault(work, self._read, self._failed)

    def _read(self, found: _Read) -> None:
        self._become(
            replace(
                self._state,
                contents=found.contents,
                checks=found.checks,
                ready=found.ready,
                deadlines=found.deadlines,
                loaded=True,
                gone=found.contents is None,
            )
        )

    def _offered(self, rows: tuple[Row, ...]) -> None:
        self._become(replace(self._state, choices=rows))

    def _save(self, change: Callable[[Vault], Doc]) -> None:
        self._context.jobs.change(partial(_saved, self._state.id, change), None, self._failed)

    def _created(self, changes: ChangeSet) -> None:
        for record_type, record_id in changes.created:
            if record_type == "case":
                self.load(record_id)

    def _evidence_made(self, path: Path, changes: ChangeSet) -> None:
        for record_type, record_id in changes.created:
            if record_type == "evidence":
                self._context.jobs.write(AttachFile(record_id, path, path.name), None, self._failed)
                self.add("evidence", record_id)

    def _new_made(self, record_type: str, changes: ChangeSet) -> None:
        for made_type, record_id in changes.created:
            if made_type == record_type:
                self.add(record_type, record_id)
                self._context.navigator.go(record_type, record_id)

    def _petition_made(self, doc: Doc) -> None:
        operation = SaveRecord("petition", {name: value for name, value in doc.items() if name != "id"})
        self._context.jobs.write(operation, self._petition_saved, self._failed)

    def _petition_saved(self, changes: ChangeSet) -> None:
        for record_type, record_id in changes.created:
            if record_type == "petition":
                self._context.navigator.go("export", record_id)

    def _failed(self, error: DaftarError) -> None:
        self._context.navigator.say(error, "red")

    def _records_changed(self, changes: ChangeSet) -> None:
        if self._state.id and touches(changes, *_CARED):
            self._refresh()


def _renamed(case_id: str, title: str, vault: Vault) -> Doc:
    return {**(vault.get(case_id) or {}), "title": title}


NO_TITLE = msg("Case without a title")
