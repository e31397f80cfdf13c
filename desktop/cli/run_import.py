"""`daftar import`: records in, from an interchange file, all or nothing. Must not read the file's format itself."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import Run
from i18n.message import msg
from storage import import_file


def run(run: Run) -> int:
    """Import and say how many records came in."""
    with run.vault() as vault:
        if vault.backup_due:
            vault.keep_backup(run.console.progress(msg("Keeping a backup inside the notebook")))
        summary = import_file(
            vault, Path(run.arguments.text("file")), progress=run.console.progress(msg("Importing"))
        )
    run.console.say(summary.message())
    return 0
