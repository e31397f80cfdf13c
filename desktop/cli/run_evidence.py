"""`daftar evidence`: the evidence package of a case. Must not write a file that a missing consent keeps back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import exports
from desktop.cli.console import Console
from desktop.cli.context import Run
from exports import LeavingEvidence
from i18n import canonical_language, catalog
from i18n.message import msg
from storage import InvalidInput, Snapshot
from storage.errors import ConsentMissing


def run(run: Run) -> int:
    """Judge, write, and say what was left out and why."""
    arguments, console = run.arguments, run.console
    purpose = arguments.maybe("purpose") or exports.PACKAGE_PURPOSES[0]
    with run.vault() as vault:
        case = vault.resolve(arguments.text("case"), "case")
        snapshot, today = vault.snapshot(case), datetime.datetime.now().astimezone().date()
        if exports.main_victim_missing(snapshot, case, purpose, today) is not None:
            # critical
            raise ConsentMissing(msg("The consent of the main victim is not in force. Nothing was written."))
        wanted = _wanted(snapshot, case, arguments.all("item"))
        judged = exports.leaving_evidence(snapshot, wanted, purpose, today)
        going = [one.id for one in judged if one.may_leave]
        left_out = [one for one in judged if not one.may_leave]
        _tell(snapshot, left_out, console)
        if not going:
            raise _nothing(left_out)
        words = catalog(canonical_language(arguments.maybe("lang") or console.catalog.language))
        progress = console.progress(msg("Writing the evidence package"))
        package = vault.export_evidence(going, arguments.text("to"), words.text, progress)
    # critical
    console.say(msg("The files lie unprotected in the folder: whoever finds them can read and hear them."))
    if arguments.flag("json"):
        console.json(
            {
                "folder": str(package.folder),
                "files": package.files,
                "manifest": package.manifest,
                "left_out": [_plain(snapshot, one) for one in left_out],
            }
        )
    else:
        console.result(str(package.folder))
    return 0


def _wanted(snapshot: Snapshot, case: str, items: Sequence[str]) -> list[str]:
    held = exports.evidence_of_case(snapshot, case)
    strange = [item for item in items if item not in held]
    if strange:
        raise InvalidInput(msg("This evidence does not belong to the case: {ids}", ids=strange))
    return [one for one in held if not items or one in items]


def _nothing(left_out: Sequence[LeavingEvidence]) -> Exception:
    if any(one.missing for one in left_out):
        # critical
        return ConsentMissing(msg("No file may leave: consents are missing. Nothing was written."))
    return InvalidInput(msg("This case has no evidence with a file in the notebook."))


def _plain(snapshot: Snapshot, one: LeavingEvidence) -> dict[str, Any]:
    people = [
        {"person": _code(snapshot, person), "decision": state.decision} for person, state in one.missing
    ]
    return {"evidence": one.id, "has_file": one.has_file, "missing": people}


def _code(snapshot: Snapshot, person: str) -> str:
    return str((snapshot.get(person) or {}).get("code") or person)


def _tell(snapshot: Snapshot, left_out: Sequence[LeavingEvidence], console: Console) -> None:
    for one in left_out:
        if one.missing:
            codes = [_code(snapshot, person) for person, _ in one.missing]
            # critical
            console.say(
                msg("{evidence}: left out for want of consent: {codes}", evidence=one.id, codes=codes)
            )
        else:
            console.say(msg("{evidence}: has no file in the notebook", evidence=one.id))
