"""`daftar deadlines`: every computed deadline and open task. Must not compute one itself."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import Run, today
from exports import Deadline, deadline_title, deadlines
from i18n.message import msg


def run(run: Run) -> int:
    """Print them by due date."""
    arguments, console = run.arguments, run.console
    day = arguments.day("today") or today()
    with run.vault() as vault:
        found = deadlines(vault.snapshot(), day)
    rows = [_row(one) for one in found]
    if arguments.flag("json"):
        console.json(rows)
        return 0
    for one in found:
        console.result("\t".join(_cells(one, console.text(deadline_title(one)))))
    if not rows:
        console.say(msg("No deadlines and no open tasks."))
    return 0


def _row(one: Deadline) -> dict[str, Any]:
    return {
        "case": one.case,
        "complaint": one.complaint,
        "rule": one.rule,
        "from": one.from_date,
        "from_kind": one.from_kind,
        "estimated": one.estimated,
        "due": one.due,
        "post_by": one.post_by,
        "passed": one.passed,
    }


def _cells(one: Deadline, title: str) -> list[str]:
    marks = ("~" if one.estimated else "") + ("!" if one.passed else "")
    return [one.due or "", one.case or "", title, one.complaint or "", marks]
