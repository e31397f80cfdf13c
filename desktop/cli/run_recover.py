"""`daftar recover`: opens a notebook by its recovery code and sets a new passphrase. Must not try anything else."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import Run, require_notebook
from desktop.cli.passphrase import read_passphrase, wipe
from desktop.cli.run_kit import read_code
from i18n.message import msg
from storage import Vault, check_kit


def run(run: Run) -> int:
    """Read the code, then the new passphrase; nothing is changed before both are right."""
    arguments, console = run.arguments, run.console
    folder = Path(arguments.text("vault"))
    require_notebook(folder)
    code = read_code(arguments.text("kit_file"))
    try:
        check_kit(folder, code)  # before anybody thinks of a new passphrase
        secret = read_passphrase(arguments.maybe("new_passphrase_file"), console, new=True)
        try:
            Vault.recover(folder, code, secret, progress=console.progress(msg("Unlocking"))).close()
        finally:
            wipe(secret)
    finally:
        wipe(code)
    # critical
    console.say(msg("The notebook opens with the new passphrase. The recovery code stays in force."))
    return 0
