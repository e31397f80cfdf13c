"""A pytest plugin: the tests that start the program start the folder build named by DAFTAR_BUILT instead of the checkout."""

from __future__ import annotations

import os

from desktop import paths

BUILT = os.environ["DAFTAR_BUILT"]


def command(*arguments: str) -> tuple[str, ...]:
    """What `desktop.paths.program_command` gives, for the build."""
    return (BUILT, *arguments)


paths.program_command = command
