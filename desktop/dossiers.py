"""Writes a petition's copies from a notebook and records that in it: the whole way, for commands and the demonstration.

Must not judge, redact or render: that is exports. The petition is made if the case has none, and saved with its date,
reference and what was written; the log gets the hashes.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from desktop.petitions import petition_language, petition_of
from exports import ExportRequest, Form, Manifest, Runner, form, new_petition, with_export, write_copies
from storage import LogEvent, SaveRecord, Vault

Progress = Callable[[str, int, int], None]
Doc = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What to write: a case by id, a procedure, a folder; without audiences all copies the procedure has."""

    case_id: str
    procedure: str
    folder: Path
    audiences: tuple[str, ...] = ()
    language: str | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    date: datetime.date | None = None
    possible: Literal["hide", "stop"] = "hide"


@dataclass(frozen=True)
class Written:
    """What came of it: the files of the copies, and the manifest with refusals and notes."""

    files: tuple[Path, ...]
    manifest: Manifest


def write_dossier(vault: Vault, request: Request, run: Runner, progress: Progress | None = None) -> Written:
    """Write the copies. Refusals stand in the manifest; InvalidInput, EnvironmentProblem and Cancelled are raised."""
    chosen = form(request.procedure)
    petition = _petition(vault, request, chosen)
    snapshot = vault.snapshot(request.case_id)
    manifest = write_copies(
        ExportRequest(
            petition=petition,
            language=petition_language(chosen, snapshot, petition, request.language),
            today=today(),
            audiences=request.audiences,
            date=request.date,
            overrides=request.overrides,
            possible=request.possible,
            follow_speaker=request.language is None,
        ),
        snapshot,
        vault.read_blob,
        request.folder,
        run=run,
        progress=progress,
    )
    if manifest.files:
        _record(vault, request, manifest)
    return Written(tuple(request.folder / file.name for file in manifest.files), manifest)


def today() -> datetime.date:
    """The laptop's calendar day, where it stands."""
    return now().date()


def now() -> datetime.datetime:
    """The laptop's clock with its zone."""
    return datetime.datetime.now(datetime.UTC).astimezone()


def _petition(vault: Vault, request: Request, chosen: Form) -> Doc:
    """The case's petition, with the given overrides written into it; a new one where there is none."""
    snapshot = vault.snapshot(request.case_id)
    petition = petition_of(snapshot, request.case_id, chosen.id)
    if petition is None:
        language = petition_language(chosen, snapshot, None, request.language)
        made = new_petition(
            snapshot, request.case_id, chosen.id, language, today=today(), rng=random.SystemRandom()
        )
        changes = vault.write(SaveRecord("petition", made))
        petition = vault.get(next(record_id for kind, record_id in changes.created if kind == "petition"))
        assert petition is not None
    if not request.overrides:
        return petition
    kept = [one for one in petition.get("overrides") or [] if one.get("field") not in request.overrides]
    given = [{"field": name, "reason": reason} for name, reason in sorted(request.overrides.items())]
    return _save(vault, {**petition, "overrides": [*kept, *given]})


def _record(vault: Vault, request: Request, manifest: Manifest) -> None:
    at = now().isoformat(timespec="minutes")
    petition = with_export(manifest.petition, manifest, at, None, str(request.folder.absolute()))
    petition["exports"] = [
        {key: value for key, value in one.items() if value is not None} for one in petition["exports"]
    ]
    saved = _save(vault, petition)
    facts = {"files": len(manifest.files), "sha256": [file.sha256 for file in manifest.files]}
    vault.write(LogEvent("export", saved["id"], facts))


def _save(vault: Vault, petition: Doc) -> Doc:
    vault.write(SaveRecord("petition", petition, petition["id"]))
    saved = vault.get(petition["id"])
    assert saved is not None
    return saved
