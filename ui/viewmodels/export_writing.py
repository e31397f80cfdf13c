"""Writes the copies through the exporter's gate and records on the petition what has left. Must not write a file itself.

Runs in the vault lane: attachments are read there. Typesetting and the gate go to a worker process where there is one.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import exports
from exports import ExportRequest, Manifest, RefusedCopy, Runner
from i18n.message import Message, msg
from storage.errors import Refused
from ui.viewmodels.export_reading import counts_of, overrides_of
from ui.viewmodels.petition_language import language_of, was_chosen

if TYPE_CHECKING:
    from storage import Doc, Vault
    from ui.jobs import Job

_STEPS: dict[str, Message] = {
    "filing": msg("Setting and checking the filing copy"),
    "government": msg("Setting and checking the Government’s copy"),
    "public": msg("Setting and checking the public copy"),
    "interviewee": msg("Setting and checking the interviewee’s copy"),
    "annexes": msg("Printing the annexes anew"),
}


def write_export(
    petition_id: str,
    audiences: tuple[str, ...],
    folder: Path,
    today: date,
    run: Runner,
    vault: Vault,
    job: Job,
) -> Manifest:
    """Write the copies into a folder. Raises Refused while a public copy has places nobody has looked at.

    A copy that is refused stands in the manifest's `refused`; the others are written.
    """
    petition = vault.get(petition_id) or {}
    snapshot = vault.snapshot(str(petition.get("case") or "") or None)
    day = str(petition.get("date") or today.isoformat())
    if "public" in audiences and counts_of(snapshot, petition, "public", day).open:
        # critical
        raise Refused(
            msg("The public copy has possible places that nobody has looked at. Nothing was written."),
            msg("Look at each of them in the review."),
        )
    request = ExportRequest(
        petition,
        language_of(snapshot, petition),
        today,
        audiences,
        overrides=overrides_of(petition),
        follow_speaker=not was_chosen(petition),
    )
    return exports.write_copies(
        request,
        snapshot,
        vault.read_blob,
        folder,
        run=run,
        progress=partial(_tell, job, audiences),
        cancel=job.cancel_event,
    )


def _tell(job: Job, audiences: tuple[str, ...], step: str, done: int, total: int) -> None:
    """Progress over all copies: each has an equal share."""
    place = audiences.index(step) if step in audiences else 0
    share = done / total if total else 0.0
    job.report((place + share) / max(1, len(audiences)), _STEPS.get(step, msg("Writing")))


def recorded(petition_id: str, manifest: Manifest, folder: Path, now: datetime, vault: Vault) -> Doc:
    """The petition with date, reference and this run's files, to be saved."""
    known = vault.get(petition_id) or {}
    fresh: Doc = {
        name: manifest.petition[name]
        for name in ("date", "reference", "label_seed", "form_version")
        if name in manifest.petition
    }
    at = now.astimezone().isoformat(timespec="minutes")
    made = exports.with_export({**known, **fresh}, manifest, at, {"words": "window"}, str(folder))
    return {name: value for name, value in made.items() if name not in ("id", "code")}


def refusal_of(copies: tuple[RefusedCopy, ...]) -> tuple[Message, Message | None, bool] | None:
    """What to say about refused copies: the gravest first; whether the gate was the reason."""
    if not copies:
        return None
    leak = next((copy for copy in copies if copy.code == "leak_found"), None)
    chosen = leak or copies[0]
    return chosen.message, chosen.hint, leak is not None
