"""`daftar restore`: a notebook out of a backup. Must not change the backup or write into an existing folder."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import Run, require_notebook
from desktop.cli.passphrase import read_passphrase, wipe
from i18n.message import msg
from storage import Vault


def run(run: Run) -> int:
    """Copy, check, seal anew; print the new folder."""
    arguments, console = run.arguments, run.console
    source, folder = Path(arguments.text("folder")), Path(arguments.text("vault"))
    require_notebook(source)
    key_file, rolling = arguments.maybe("key_file"), arguments.maybe("rolling")
    secret = read_passphrase(arguments.maybe("passphrase_file"), console)
    try:
        vault = Vault.restore(
            source,
            folder,
            secret,
            key_file=None if key_file is None else Path(key_file),
            rolling=None if rolling is None else int(rolling),
            progress=console.progress(msg("Restoring the notebook")),
        )
    finally:
        wipe(secret)
    vault.close()
    # critical
    console.say(
        msg("The notebook was restored and checked. Do not go on writing in two copies of one notebook.")
    )
    console.result(str(folder))
    return 0
