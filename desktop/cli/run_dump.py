"""`daftar dump`: the owner's plain copy of the records. Must not be quiet about what it writes."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import Run
from i18n.message import msg
from storage import Fault, InvalidInput, LogEvent, dump


def run(run: Run) -> int:
    """Write all records, or one case's, to a new file or to standard output."""
    arguments, console = run.arguments, run.console
    target = arguments.maybe("output")
    if target is not None and Path(target).exists():
        fault = Fault(target, msg("this file exists already"), msg("the name of a new file"))
        raise InvalidInput(msg("An existing file is never replaced."), [fault])
    with run.vault() as vault:
        case_id = None
        if (case := arguments.maybe("case")) is not None:
            case_id = vault.resolve(case, "case")
        if not vault.read_only:  # what leaves unprotected stands in the log before it leaves
            vault.write(LogEvent("dump", case_id, {"to": "stdout" if target is None else "file"}))
        document = dump(
            vault,
            case_id,
            to=Path(target) if target else None,
            progress=console.progress(msg("Writing the records")),
        )
    if target is None:
        console.json(document)
    # critical
    console.say(
        msg(
            "This copy is not protected: anyone who gets it can read everything. Delete it when it has served."
        )
    )
    return 0
