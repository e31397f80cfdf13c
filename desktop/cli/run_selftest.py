"""`daftar selftest`: the installed program checks itself. Must not hide a failed check behind the others."""

from __future__ import annotations

from desktop.cli.context import Run
from desktop.selftest import checks
from i18n.message import msg
from storage import DaftarError

FAILED = 7


def run(run: Run) -> int:
    """Do every check and print how it went; 7 if one failed."""
    console = run.console
    failed = 0
    for title, check in checks():
        try:
            check()
        except DaftarError as error:
            failed += 1
            console.result(f"{console.text(msg('FAILED'))}\t{console.text(title)}")
            console.error(error)
        else:
            console.result(f"{console.text(msg('passed'))}\t{console.text(title)}")
    return FAILED if failed else 0
