"""The export assistant: from a petition to written copies. Must not know widgets; never writes but through the exporter's gate.

Steps can be walked in any order; nothing leaves before `write`. A refusal changes nothing and says what to do.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

import exports
from exports import Manifest, Runner, WrittenFile
from i18n import edtf
from i18n.message import Message, msg
from storage import LogEvent, SaveRecord
from storage.errors import DaftarError, LeakFound
from ui.bus import touches
from ui.viewmodels.base import ViewModel
from ui.viewmodels.case_desk import first_procedure
from ui.viewmodels.export_reading import CaseChoice, ExportContents, cases, petition_for, read_export
from ui.viewmodels.export_writing import recorded, refusal_of, write_export

if TYPE_CHECKING:
    from storage import ChangeSet, Doc, Vault
    from ui.context import Context
    from ui.jobs import Job

STEPS = ("what", "who", "redaction", "write")


@dataclass(frozen=True)
class ExportState:
    """What the assistant shows. `refusal` says why nothing was written; `leak` that the gate was the reason."""

    step: str = "what"
    cases: tuple[CaseChoice, ...] = ()
    contents: ExportContents | None = None
    audiences: tuple[str, ...] = ()
    folder: Path | None = None
    busy: bool = True
    writing: bool = False
    fraction: float = 0.0
    doing: Message | str = ""
    files: tuple[WrittenFile, ...] = ()
    refused: tuple[str, ...] = ()
    refusal: Message | None = None
    hint: Message | None = None
    leak: bool = False

    @property
    def open_places(self) -> int:
        """Possible mentions in the chosen public copies that nobody has looked at."""
        counts = self.contents.counts if self.contents else {}
        return sum(
            count.open for name, count in counts.items() if name in self.audiences and name == "public"
        )

    @property
    def may_write(self) -> bool:
        """Whether the primary action can be taken."""
        ready = self.contents is not None and self.contents.ready
        return ready and bool(self.audiences) and not self.writing and not self.open_places


class ExportModel(ViewModel[ExportState]):
    """Commands: `load`, `choose_case`, `choose_procedure`, `choose_language`, `choose_copies`, `set_date`, `override`, `write_section`, `write`, `stop`."""

    petition_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(ExportState(), parent)
        self._context = context
        self._petition = ""
        self._job: Job | None = None
        context.bus.changed.connect(self._records_changed)

    def load(self, record_id: str) -> None:
        """Show a petition, or the petition of a case, or with "" the cases to choose from."""
        if not record_id:
            self._context.jobs.vault(cases, self._cases_read, self._failed)
            return
        self._context.jobs.vault(partial(_resolve, record_id), self._resolved, self._failed)

    def go(self, step: str) -> None:
        """Show another step."""
        if step in STEPS:
            self._become(replace(self._state, step=step))

    def choose_case(self, case_id: str) -> None:
        """Take a case: its open petition, or a new one."""
        self._take(case_id, "")

    def choose_procedure(self, procedure: str) -> None:
        """Take the case's petition for another procedure, or begin it."""
        contents = self._state.contents
        if contents is not None and procedure != contents.procedure:
            self._take(contents.case, procedure)

    def choose_language(self, language: str) -> None:
        """Write the petition in another language."""
        self._save({"language": language})

    def choose_copies(self, audiences: tuple[str, ...]) -> None:
        """Which copies are written."""
        self._become(replace(self._state, audiences=audiences))
        self._read()

    def set_date(self, value: str) -> None:
        """The date that stands on the paper: one certain day."""
        if edtf.is_valid(value) and edtf.parse(value).exact is not None:
            self._save({"date": value})

    def override(self, field_name: str, reason: str) -> None:
        """Override one formal block with a reason; an empty reason takes it back."""
        contents = self._state.contents
        if contents is None:
            return
        rows = {**contents.overrides, field_name: reason.strip()}
        self._save({"overrides": [{"field": name, "reason": why} for name, why in rows.items() if why]})

    def write_section(self, name: str, text: str) -> None:
        """Keep the lawyer's text of one request; an empty one lets the program's own words stand."""
        self._context.jobs.vault(
            partial(_with_section, self._petition, name, text), self._save_doc, self._failed
        )

    def choose_folder(self, folder: Path) -> None:
        """Where the copies go."""
        self._become(replace(self._state, folder=folder))

    def write(self) -> None:
        """Write the chosen copies through the gate. Nothing is left behind when it is refused or stopped."""
        state = self._state
        if state.contents is None or state.folder is None or not state.may_write:
            return
        self._become(
            replace(
                state,
                writing=True,
                fraction=0.0,
                doing=msg("Preparing"),
                refusal=None,
                files=(),
                refused=(),
                leak=False,
            )
        )
        work = partial(
            write_export, self._petition, state.audiences, state.folder, self._today(), self._runner()
        )
        self._job = self._context.jobs.vault_long(work, self._written, self._refused, self._progress)

    def stop(self) -> None:
        """Stop writing; no file stays."""
        if self._job is not None and self._state.writing:
            self._job.cancel()
            self._become(
                replace(
                    self._state,
                    writing=False,
                    doing="",
                    hint=None,
                    refusal=msg("Stopped. Nothing was written."),
                )
            )

    # inside

    def _runner(self) -> Runner:
        workers = self._context.program.workers
        return exports.local_runner if workers is None else workers.call

    def _today(self) -> date:
        return self._context.program.today()

    def _take(self, case_id: str, procedure: str) -> None:
        self._context.jobs.vault(
            partial(_petition_or_new, case_id, procedure, self._today()), self._taken, self._failed
        )

    def _taken(self, found: tuple[str, Doc]) -> None:
        petition_id, doc = found
        if petition_id:
            self._show_petition(petition_id)
        else:
            chosen = (
                exports.form(str(doc["procedure"])).leads_with != "interview"
            )  # a statement follows its speaker
            fields = {
                name: value for name, value in doc.items() if name != "id" and (chosen or name != "language")
            }
            self._context.jobs.write(SaveRecord("petition", fields), self._made, self._failed)

    def _made(self, changes: ChangeSet) -> None:
        for record_type, record_id in changes.created:
            if record_type == "petition":
                self._show_petition(record_id)

    def _show_petition(self, petition_id: str) -> None:
        self._petition = petition_id
        self._become(ExportState(step=self._state.step, folder=self._state.folder))
        self._read()

    def _resolved(self, found: tuple[str, str]) -> None:
        record_type, record_id = found
        if record_type == "petition":
            self._show_petition(record_id)
        elif record_type == "case":
            self.choose_case(record_id)
        else:
            self.load("")

    def _cases_read(self, found: tuple[CaseChoice, ...]) -> None:
        self._become(replace(self._state, cases=found, busy=False))

    def _read(self) -> None:
        if self._petition:
            work = partial(read_export, self._petition, self._state.audiences, self._today())
            self._context.jobs.vault(work, self._read_done, self._failed)

    def _read_done(self, contents: ExportContents | None) -> None:
        audiences = self._state.audiences
        if contents is not None and not audiences:
            audiences = contents.copies
        self._become(replace(self._state, contents=contents, audiences=audiences, busy=False))
        self.petition_changed.emit()

    def _save(self, values: Mapping[str, Any]) -> None:
        self._context.jobs.vault(
            partial(_changed, self._petition, dict(values)), self._save_doc, self._failed
        )

    def _save_doc(self, doc: Doc) -> None:
        self._context.jobs.write(SaveRecord("petition", doc, self._petition), None, self._failed)

    def _progress(self, fraction: float, doing: Message) -> None:
        if self._state.writing:
            self._become(replace(self._state, fraction=fraction, doing=doing))

    def _written(self, manifest: Manifest) -> None:
        refused = refusal_of(manifest.refused)
        message, hint, leak = refused if refused is not None else (None, None, False)
        self._become(
            replace(
                self._state,
                writing=False,
                files=manifest.files,
                refused=tuple(copy.audience for copy in manifest.refused),
                fraction=1.0,
                doing="",
                refusal=message,
                hint=hint,
                leak=leak,
            )
        )
        folder = self._state.folder
        if manifest.files and folder is not None:
            now = self._context.program.now()
            work = partial(recorded, self._petition, manifest, folder, now)
            self._context.jobs.vault(work, self._save_doc, self._failed)
            facts = {"files": len(manifest.files), "sha256": [item.sha256 for item in manifest.files]}
            self._context.jobs.write(LogEvent("export", self._petition, facts))

    def _refused(self, error: DaftarError) -> None:
        self._become(
            replace(
                self._state,
                writing=False,
                refusal=error.message,
                hint=error.hint,
                leak=isinstance(error, LeakFound),
                doing="",
            )
        )

    def _failed(self, error: DaftarError) -> None:
        self._become(replace(self._state, busy=False))
        self._context.navigator.say(error, "red")

    def _records_changed(self, changes: ChangeSet) -> None:
        if self._petition and touches(
            changes, "petition", "case", "person", "interview", "incident", "consent", "evidence"
        ):
            self._read()


def _resolve(record_id: str, vault: Vault) -> tuple[str, str]:
    return vault.type_of(record_id) or "", record_id


def _petition_or_new(case_id: str, procedure: str, today: date, vault: Vault) -> tuple[str, Doc]:
    known = petition_for(case_id, procedure, vault)
    if known:
        return known, {}
    form = exports.form(procedure or first_procedure())
    snapshot = vault.snapshot(case_id)
    rng = secrets.SystemRandom()
    return "", exports.new_petition(snapshot, case_id, form.id, form.languages[0], today=today, rng=rng)


def _changed(petition_id: str, values: Mapping[str, Any], vault: Vault) -> Doc:
    doc = {**(vault.get(petition_id) or {}), **values}
    return {
        name: value
        for name, value in doc.items()
        if name not in ("id", "code") and value not in (None, [], "")
    }


def _with_section(petition_id: str, name: str, text: str, vault: Vault) -> Doc:
    held = (vault.get(petition_id) or {}).get("sections")
    texts = {key: value for key, value in held.items() if key != "blank"} if isinstance(held, dict) else {}
    kept = {key: value for key, value in {**texts, name: text.strip()}.items() if value}
    return _changed(petition_id, {"sections": kept or None}, vault)
