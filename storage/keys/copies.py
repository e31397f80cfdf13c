"""The two header copies on disk: which to believe, how to write so that one is always whole. Must not hold keys.

The other copy is written first and made durable, then the first: a crash leaves old or new, never neither.
"""

from __future__ import annotations

from pathlib import Path

from i18n.message import msg
from storage.environment import Files, disk_errors
from storage.errors import EnvironmentProblem, Tampered
from storage.keys.header import LENGTH, Header, decode, is_header

NAMES = ("A.hdr", "B.hdr")


def read_copies(folder: Path) -> list[tuple[str, Header]]:
    """Give the valid copies, the highest generation first (A before B when equal).

    Raises EnvironmentProblem when the folder is missing or no vault, Tampered when both copies are unusable.
    """
    if not folder.is_dir():
        raise EnvironmentProblem(msg("There is no notebook folder at this place."))
    found: list[tuple[str, Header]] = []
    seen = 0
    for name in NAMES:
        path = folder / name
        if not path.is_file():
            continue
        with disk_errors():
            data = read_copy(path)
        seen += is_header(data)
        header = decode(data)
        if header is not None:
            found.append((name, header))
    if not found:
        if seen or _has_containers(folder):
            raise Tampered(msg("Both copies of the notebook's header are damaged."))
        raise EnvironmentProblem(msg("This folder is not a notebook of Daftar."))
    return sorted(found, key=lambda copy: -copy[1].generation)


def read_copy(path: Path) -> bytes:
    """Give the bytes of one copy, or enough of a planted giant to see that it is none. Raises OSError."""
    with path.open("rb", buffering=0) as file:
        return file.read(LENGTH + 1)


def _has_containers(folder: Path) -> bool:
    return any((folder / name).is_file() for name in NAMES) and any(folder.glob("[01][a-z]"))


def write_new(folder: Path, data: bytes, files: Files) -> None:
    """Write both copies of a new vault."""
    for name in NAMES:
        files.create(folder / name, data)
    files.sync_folder(folder)


def write_copies(folder: Path, data: bytes, active: str, files: Files) -> None:
    """Replace both copies; `active` is the copy now believed, and is written last."""
    other = NAMES[1 - NAMES.index(active)]
    _put(folder / other, data, files)
    files.sync_folder(folder)
    _put(folder / active, data, files)


def _put(path: Path, data: bytes, files: Files) -> None:
    if path.exists():
        files.overwrite(path, data)
    else:
        files.create(path, data)
