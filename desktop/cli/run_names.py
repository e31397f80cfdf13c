"""`daftar names`: how alike two names are across scripts. Must not open a notebook or merge anybody."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from desktop.cli.context import Run, not_utf8, read_bytes
from desktop.cli.parser import UsageProblem
from desktop.cli.table import NAME_COLUMNS
from i18n.message import Message, msg
from i18n.names import Likeness, likeness
from storage import Fault, InvalidInput

_LIMIT = 64 << 20


def run(run: Run) -> int:
    """Print score, judgement and reasons of a pair, or of every pair of a table in its order."""
    table, pair = run.arguments.maybe("tsv"), run.arguments.all("pair")
    if (table is None) == (not pair) or (pair and len(pair) != 2):
        raise UsageProblem(msg("Give either {one} or {other}.", one="A B", other="--tsv FILE"))
    if table is None:
        _show(run, [likeness(*pair)], one=True)
    else:
        _show(run, [likeness(row["name_a"], row["name_b"]) for row in _rows(Path(table))], one=False)
    return 0


def _show(run: Run, found: list[Likeness], *, one: bool) -> None:
    rows = [_row(run, likeness) for likeness in found]
    if run.arguments.flag("json"):
        run.console.json(rows[0] if one else rows)
        return
    for row in rows:
        words = (
            msg("very likely the same")
            if row["certain"]
            else msg("perhaps the same")
            if row["same"]
            else msg("different")
        )
        run.console.result(f"{row['score']:.2f}\t{run.console.text(words)}\t{' '.join(row['reasons'])}")


def _row(run: Run, found: Likeness) -> dict[str, Any]:
    reasons = [run.console.text(reason) for reason in found.reasons]
    return {"score": found.score, "same": found.same, "certain": found.certain, "reasons": reasons}


def _rows(path: Path) -> list[dict[str, str]]:
    data = read_bytes(path, msg("a table with tabs between the columns"), _LIMIT)
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise not_utf8(path, error.start) from None
    table = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    header = table[0] if table else []
    expected = Message("{columns}", {"columns": ", ".join(NAME_COLUMNS)})
    faults = [
        Fault(f"{path}:1", msg("the column {name} is missing", name=name), expected)
        for name in NAME_COLUMNS
        if name not in header
    ]
    faults += [
        Fault(f"{path}:{number}", msg("this line has another number of columns"), expected)
        for number, cells in enumerate(table[1:], 2)
        if cells and len(cells) != len(header)
    ]
    if faults:
        raise InvalidInput(msg("The file “{file}” cannot be used.", file=path.name), faults)
    return [dict(zip(header, cells, strict=True)) for cells in table[1:] if cells]
