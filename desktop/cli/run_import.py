"""`daftar import`: records in, from an interchange file, all or nothing. Must not read the file's format itself."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import Run
from i18n.message import msg
from storage import EnvironmentProblem, Vault, import_file


def run(run: Run) -> int:
    """Import and say how many records came in."""
    with run.vault() as vault:
        summary = import_file(
            vault, Path(run.arguments.text("file")), progress=run.console.progress(msg("Importing"))
        )
        _keep_backup(vault, run)
    run.console.say(summary.message())
    return 0


def _keep_backup(vault: Vault, run: Run) -> None:
    """A rolling backup where one is due. The records are in already: a full disk is said and fails nothing."""
    if not vault.backup_due:
        return
    try:
        vault.keep_backup(run.console.progress(msg("Keeping a backup inside the notebook")))
    except EnvironmentProblem as error:
        run.console.say(msg("No backup was kept inside the notebook. {reason}", reason=error.message))
