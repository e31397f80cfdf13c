"""`daftar backup`: the whole notebook, copied byte for byte and still locked. Must not write into an existing folder."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import Run
from i18n.message import msg


def run(run: Run) -> int:
    """Copy, and print the folder."""
    arguments, console = run.arguments, run.console
    folder = Path(arguments.text("folder"))
    with run.vault() as vault:
        vault.backup(folder, console.progress(msg("Copying the notebook")))
    # critical
    console.say(
        msg(
            "The backup is locked like the notebook: it opens with the passphrases and codes of today, also later."
        )
    )
    console.result(str(folder))
    return 0
