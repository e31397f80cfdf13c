"""Import as one call: parse, write, count. Must not check or store anything itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from storage.interchange.model import ImportSummary, Known
from storage.interchange.parsing import parse_interchange
from storage.operations import ImportRecords

Progress = Callable[[int, int], None]


class Target(Known, Protocol):
    """A notebook that can be asked and written to. `Vault` is one."""

    def write(self, operation: Any, progress: Progress | None = None) -> Any:
        """Do one operation."""


def import_file(vault: Target, path: Path, progress: Progress | None = None) -> ImportSummary:
    """Take in a file, whole or not at all. InvalidInput with every fault; the notebook is then as it was."""
    parsed = parse_interchange(Path(path), vault, progress=progress)
    changes = vault.write(ImportRecords(parsed), progress)
    created, changed = len(changes.created), len(changes.changed)
    unchanged = len(parsed.records) - created - changed
    attached = len(parsed.attachments) if created or changed else 0
    return ImportSummary(created, changed, unchanged, attached)
