"""Where the program's own files are and how it starts itself again. Must not name a place outside the program.

There is no configuration folder, no cache, no log file: what must be remembered lies in a vault.
"""

from __future__ import annotations

import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent
ENTRY = Path(__file__).resolve().parent / "__main__.py"

LANGUAGE = "DAFTAR_LANGUAGE"
"""The environment variable that tells the lock screen which language the window spoke."""


def program_command(*arguments: str) -> tuple[str, ...]:
    """The command that starts this program anew: isolated from the user's Python settings (`-I`), writing no
    bytecode beside the sources (`-B`): a session writes into the notebook and the export folder, nowhere else."""
    return (sys.executable, "-I", "-B", "-X", "utf8", str(ENTRY), *arguments)


def worker_command() -> tuple[str, ...]:
    """The command of one worker process."""
    return program_command("--worker")


def lock_screen_command(vault: Path | None = None) -> tuple[str, ...]:
    """The command of the lock screen; only the folder's name is handed over, never anything from inside it."""
    return program_command("--locked", *([] if vault is None else ["--", str(vault)]))
