"""`daftar new`: creates a notebook. Must not write anywhere but into the new folder."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import Run
from desktop.cli.passphrase import read_passphrase, wipe
from i18n.message import msg
from storage import Vault


def run(run: Run) -> int:
    """Ask for a passphrase, create the folder, say so."""
    arguments, console = run.arguments, run.console
    folder, key_file = Path(arguments.text("vault")), arguments.maybe("key_file")
    secret = read_passphrase(arguments.maybe("passphrase_file"), console, new=True)
    try:
        vault = Vault.create(
            folder,
            secret,
            label=arguments.maybe("label") or "",
            role=arguments.maybe("role") or "documenter",
            key_file=None if key_file is None else Path(key_file),
        )
    finally:
        wipe(secret)
    vault.close()
    if key_file is None:
        console.say(msg("The notebook was created. Without the passphrase nobody can open it, also not us."))
    else:
        # critical
        console.say(
            msg(
                "The notebook was created. Without the passphrase and the key file nobody can open it, also not us."
            )
        )
    console.result(str(folder))
    return 0
