"""Panic wipe: the keys first, then what can still be unlinked. Must not ask, wait or promise what a disk cannot keep.

Both headers are overwritten with random bytes and made durable: without them (or the recovery code and an old copy of a
header) nobody can open the containers. On SSD, USB and SD the controller may keep an old copy of a header.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from i18n.message import msg
from storage.environment import Environment
from storage.errors import DaftarError, EnvironmentProblem
from storage.keys.copies import NAMES
from storage.keys.header import LENGTH, decode
from storage.making import remove_tree

# critical
WIPE_TEXT = msg(
    "The keys of this notebook will be destroyed now. Without a backup nobody can open it again, also not you. On SSD,"
    " USB and SD memory a laboratory may still find an old copy of the keys; then only the passphrase protects them."
)


def wipe_vault(folder: Path | str, env: Environment | None = None) -> None:
    """Destroy the keys of a vault folder, open or not, then remove its files as far as the system permits.

    The caller ends its process next. Raises EnvironmentProblem only if neither header could be overwritten or removed.
    """
    place, machine = Path(folder), env or Environment()
    for name in NAMES:
        with suppress(OSError):
            machine.files.overwrite(place / name, machine.random(LENGTH))
    for name in NAMES:
        with suppress(OSError):
            machine.files.remove(place / name)
    with suppress(OSError):
        machine.files.sync_folder(place)
    if any(_readable(place / name) for name in NAMES):
        raise EnvironmentProblem(
            msg("The keys could not be destroyed: the disk is write-protected or was pulled.")
        )
    remove_tree(place)


def _readable(path: Path) -> bool:
    """True if a header that still opens something stands there."""
    with suppress(OSError, DaftarError):
        return decode(path.read_bytes()) is not None
    return False
