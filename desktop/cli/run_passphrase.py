"""`daftar passphrase`: another passphrase in the place of the one just used. Must not touch any other way in."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import Run
from desktop.cli.passphrase import read_passphrase, wipe
from i18n.message import msg
from storage import Vault


def run(run: Run) -> int:
    """Open with the old passphrase, then take the new one."""
    arguments, console = run.arguments, run.console
    without = arguments.flag("without_key_file")
    with run.vault() as vault:
        key_file = arguments.maybe("new_key_file") or (None if without else _present_key_file(vault, run))
        secret = read_passphrase(arguments.maybe("new_passphrase_file"), console, new=True)
        try:
            vault.ways_in.change_passphrase(
                secret, None if key_file is None else Path(key_file), without_key_file=without
            )
        finally:
            wipe(secret)
        # Said before the notebook is closed: closing may fail on a full disk, and the change would stay unsaid.
        # critical
        console.say(
            msg(
                "The passphrase was changed. The old one opens this notebook no more, but it still opens older backups."
            )
        )
    return 0


def _present_key_file(vault: Vault, run: Run) -> str | None:
    """The key file this way in needs already: it stays unless somebody says otherwise."""
    needs = any(way.current and way.kind == "key-file" for way in vault.ways_in.all())
    return run.arguments.maybe("key_file") if needs else None
