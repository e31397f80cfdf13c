"""A folder build knows its own files: damaged, missing and foreign ones are found. Must not be taken for a signature.

Whoever can change the folder can change its list as well. The list's own hash stands beside the build, to be handed on
by another way (docs/adr/0010).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop import paths
from i18n.message import msg
from storage import Tampered

LIST = "MANIFEST.sha256"
_PIECE = 1 << 20


def check_own_files(folder: Path | None = paths.BUILD) -> None:
    """Compare every file of the build with its list; nothing to do in a checkout. Tampered names the first wrong one."""
    if folder is None:
        return
    listed = read_list(folder / LIST)
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if is_entry(path)}
    for name in sorted(present - set(listed) - {LIST}):
        raise Tampered(msg("This file does not belong to the program: {file}", file=name))
    for name, digest in listed.items():
        if name not in present or hash_of(folder / name) != digest:
            raise Tampered(msg("This file of the program is damaged or missing: {file}", file=name))


def is_entry(path: Path) -> bool:
    """Whether a path counts as a file: everything but a real folder. A build holds no links."""
    return path.is_symlink() or not path.is_dir()


def read_list(path: Path) -> dict[str, str]:
    """File name to SHA-256, as the list says. Tampered when there is no readable list."""
    try:
        lines = path.read_text("utf-8").splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError):
        raise Tampered(
            msg("This file of the program is damaged or missing: {file}", file=path.name)
        ) from None


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, in hex; empty for what cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while data := file.read(_PIECE):
                digest.update(data)
    except OSError:
        return ""
    return digest.hexdigest()
