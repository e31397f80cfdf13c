"""Where the program's own files are and how it starts itself again. Must not name a place outside the program.

There is no configuration folder, no cache, no log file: what must be remembered lies in a vault.
"""

from __future__ import annotations

import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent
# In a folder build there are no sources: everything, this module too, is compiled.
ENTRY = Path(__file__).resolve().with_name("__main__" + Path(__file__).suffix)
BUILT = ENTRY.suffix == ".pyc"
"""Whether this is a folder build (docs/adr/0010) and not a checkout."""
BUILD = PROGRAM.parent if BUILT else None
"""The folder build's own folder, which holds the list of its files; None in a checkout."""

LANGUAGE = "DAFTAR_LANGUAGE"
"""The environment variable that tells the lock screen which language the window spoke."""


REMAINS = "DAFTAR_REMAINS"
"""The environment variable that names the folder of a notebook whose keys were destroyed: its files are to be removed."""

CLOSING_CODE = "DAFTAR_CLOSING_CODE"
"""The environment variable that tells the lock screen the closing code; set only where the owner asked for it."""


def program_command(*arguments: str) -> tuple[str, ...]:
    """The command that starts this program anew: isolated from the user's Python settings (`-I`), writing no
    bytecode beside the sources (`-B`): a session writes into the notebook and the export folder, nowhere else.

    A folder build brings its own interpreter and knows its own places: no `site` (`-S`).
    """
    site = ("-S",) if BUILT else ()
    return (sys.executable, "-I", *site, "-B", "-X", "utf8", str(ENTRY), *arguments)


def worker_command() -> tuple[str, ...]:
    """The command of one worker process."""
    return program_command("--worker")


def recorder_command() -> tuple[str, ...]:
    """The command of the recorder, which lives on while the window is locked."""
    return program_command("--recorder")


def lock_screen_command(vault: Path | None = None) -> tuple[str, ...]:
    """The command of the lock screen; only the folder's name is handed over, never anything from inside it."""
    return program_command("--locked", *([] if vault is None else ["--", str(vault)]))
