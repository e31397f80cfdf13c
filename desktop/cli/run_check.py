"""`daftar check`: the gate on its own, over finished PDF files. Must not change them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.cli.context import Run
from exports import Finding, check_pdf, protected_for
from i18n.message import msg
from storage import Fault, InvalidInput

LEAK = 6


def run(run: Run) -> int:
    """Print every finding; 6 if one of them is certain."""
    arguments, console = run.arguments, run.console
    files = [Path(name) for name in arguments.all("files")]
    audience = arguments.maybe("audience") or "public"
    absent = [
        Fault(str(path), msg("there is no such file"), msg("a finished PDF file"))
        for path in files
        if not path.is_file()
    ]
    if absent:
        raise InvalidInput(msg("Not every file can be checked."), absent)
    with run.vault() as vault:
        case_id = vault.resolve(arguments.text("case"), "case")
        protected = protected_for(vault.snapshot(case_id), case_id, audience)
    found = [(path, one) for path in files for one in check_pdf(path, protected, audience)]
    clean = not any(one.certain for _, one in found)
    if clean:
        _require_read(found)
    if arguments.flag("json"):
        console.json({"clean": clean, "findings": [_row(path, one) for path, one in found]})
    else:
        for path, one in found:
            mark = console.text(msg("certain") if one.certain else msg("possible"))
            console.result(f"{path}\t{one.where}\t{one.form}\t{mark}")
    # critical
    console.say(msg("No protected name was found.") if clean else msg("Protected names were found."))
    return 0 if clean else LEAK


def _require_read(found: list[tuple[Path, Finding]]) -> None:
    """What a reader could not read was not checked: it must not be called clean."""
    unread = [
        Fault(str(path), one.problem, msg("a finished PDF file"))
        for path, one in found
        if one.where == "file" and not one.subject
    ]
    if unread:
        # critical
        raise InvalidInput(msg("Not every file can be checked."), unread)


def _row(path: Path, one: Finding) -> dict[str, Any]:
    row = {"file": path.name, "where": one.where, "subject": one.subject, "form": one.form}
    return row if one.certain else {**row, "certain": False}
