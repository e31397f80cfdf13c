"""Makes a key file of random bytes, as on a memory card, and says whether it lies too near to a notebook. Must not open one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from i18n.message import msg
from storage.environment import Environment, disk_errors
from storage.errors import InvalidInput

KEY_FILE_BYTES = 64


def make_key_file(path: Path, env: Environment | None = None) -> None:
    """Write a new key file; durable when this returns. Its bytes exist nowhere else.

    Raises InvalidInput when something of that name is there, EnvironmentProblem (disk); then nothing new is left.
    """
    here = env or Environment()
    with disk_errors():
        if path.exists():
            raise InvalidInput(msg("A folder or file of this name is already here."))
        try:
            here.files.create(path, here.random(KEY_FILE_BYTES))
            here.files.sync_folder(path.parent)
        except FileExistsError:
            raise
        except BaseException:
            with suppress(OSError):
                here.files.remove(path)
            raise


def lies_on_one_disk(key_file: Path, folder: Path) -> bool:
    """Whether a key file and a notebook's folder (or the place it will have) are on the same disk: taken together."""
    place = folder
    try:
        while not place.exists() and place != place.parent:
            place = place.parent
        return key_file.stat().st_dev == place.stat().st_dev
    except OSError:
        return False
