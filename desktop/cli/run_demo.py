"""`daftar demo`: makes the demonstration notebook and its dossiers. Must not hold content of its own."""

from __future__ import annotations

from pathlib import Path

from desktop import paths
from desktop.cli.context import Run
from desktop.demo import make_demonstration
from desktop.demo.plan import read_plan
from i18n.message import msg
from storage import Workers


def run(run: Run) -> int:
    """Make it, print the written files and the passphrase."""
    console = run.console
    folder = Path(run.arguments.text("folder"))
    with Workers(paths.worker_command()) as workers:
        bar = console.progress(msg("Demonstration"))
        written = make_demonstration(folder, console.catalog, workers.call, console.say, bar)
    for path in written:
        console.result(str(path))
    console.result(f"Passphrase: {read_plan().passphrase}")
    return 0
