"""Panic wipe: the keys first, then what can still be unlinked. Must not ask, wait or promise what a disk cannot keep.

Both headers are overwritten with random bytes and made durable: without them (or the recovery code and an old copy of a
header) nobody can open the containers. On SSD, USB and SD the controller may keep an old copy of a header.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from i18n.message import msg, pmsg
from storage.environment import Environment
from storage.errors import DaftarError, EnvironmentProblem
from storage.keys import PassphraseOffer, hash_key_file, unlock_with
from storage.keys.copies import NAMES, read_copy
from storage.keys.header import LENGTH, decode
from storage.keys.lock import NAME as LOCK
from storage.making import remove_tree

_ROUNDS = 3  # the notebook's own thread may be writing a header at this very moment
# critical
WIPE_TEXT = msg(
    "The keys of this notebook will be destroyed now. Without a backup nobody can open it again, also not you. On SSD,"
    " USB and SD memory a laboratory may still find an old copy of the keys; then only the passphrase protects them."
)

# critical
WIPE_WORD = pmsg("the word somebody types to destroy the notebook", "destroy")
"""What must be typed, in the language of whoever types it; capitals do not matter."""


def wipe_vault(folder: Path | str, env: Environment | None = None) -> None:
    """Destroy the keys of a vault folder, open or not, then remove its files as far as the system permits.

    Only what belongs to a vault is removed, also from a folder that holds other files. The caller ends its process next.
    Raises EnvironmentProblem if a header that still opens could not be overwritten, and for a folder that is no vault.
    """
    destroy_keys(folder, env)
    _remove_remains(Path(folder))


def proves_passphrase(
    folder: Path | str, passphrase: bytearray, key_file: Path | None = None, env: Environment | None = None
) -> None:
    """Prove that somebody may destroy a vault, also while it is open elsewhere. Writes nothing; takes no lock.

    Raises WrongPassphrase, Tampered, Incompatible, EnvironmentProblem; InvalidInput (key file).
    """
    offer = PassphraseOffer(passphrase, None if key_file is None else hash_key_file(key_file))
    unlock_with(Path(folder), offer, env or Environment()).wipe()


def destroy_keys(folder: Path | str, env: Environment | None = None) -> None:
    """Overwrite both headers with random bytes, make that durable, unlink them. The first half of `wipe_vault`; quick.

    Another thread that has the vault open may still write a header: the caller ends the process at once and wipes anew.
    """
    place, machine = Path(folder), env or Environment()
    if not _containers(place) and not any((place / name).exists() for name in NAMES):
        raise EnvironmentProblem(msg("This folder is not a notebook of Daftar."))
    for _ in range(_ROUNDS):
        for name in NAMES:
            with suppress(OSError):
                machine.files.overwrite(place / name, machine.random(LENGTH))
        for name in NAMES:
            with suppress(OSError):
                machine.files.remove(place / name)
        with suppress(OSError):
            machine.files.sync_folder(place)
        if not any(_readable(place / name) for name in NAMES):
            return
    raise EnvironmentProblem(
        msg("The keys could not be destroyed: the disk is write-protected or was pulled.")
    )


def _remove_remains(place: Path) -> None:
    """Unlink what a vault leaves once its keys are destroyed, as far as the system permits."""
    for path in _containers(place):
        remove_tree(path)
    for name in (*NAMES, LOCK):
        with suppress(OSError):
            (place / name).unlink(missing_ok=True)
    with suppress(OSError):  # something else lies there too
        place.rmdir()


def _containers(folder: Path) -> list[Path]:
    """The containers that can be seen; a disk that refuses to list them does not stop a wipe."""
    found: list[Path] = []
    with suppress(OSError):
        found += [path for path in folder.glob("[01][a-z]") if (path / "db").exists()]
    return found


def _readable(path: Path) -> bool:
    """True if a header that still opens something stands there."""
    with suppress(OSError, DaftarError):
        return decode(read_copy(path)) is not None
    return False
