"""What is known of a folder before a notebook is put there: synced, on a network, removable, full. Must not write there.

Names and markers are those the synchronising programs use themselves; a folder is judged by where it really lies, so that
a link or a redirected Documents folder does not hide it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop import machine_windows, mounts
from i18n.message import Message, msg

ROOM = 200 << 20  # bytes a new notebook should find free
LONGEST = 180  # characters of a folder's path; the notebook's own names need about 80 more, Windows takes 260

# A folder of this name, or one that begins so, belongs to the program beside it.
_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), program)
    for pattern, program in (
        (r"onedrive( [-–(].*)?$|skydrive$", "OneDrive"),
        (r"dropbox( [-–(].*)?$", "Dropbox"),
        (r"icloud ?drive$|com~apple~clouddocs$|mobile documents$", "iCloud"),
        (r"google ?drive( [-–(].*)?$|my drive$|мой диск$|googledrive-.*$|google-drive:.*$", "Google Drive"),
        (r"yandex[. ]?disk.*$|яндекс[. ]?диск.*$", "Yandex Disk"),
        (r"cloud mail\.?ru$|облако mail\.?ru$|mail\.?ru cloud$", "Mail.ru Cloud"),
        (r"nextcloud\d*$|owncloud$", "Nextcloud"),
        (r"mega(sync)?( ?downloads)?$", "MEGA"),
        (r"pcloud ?drive$|p ?cloud$", "pCloud"),
        (r"box( sync)?$|box-box$", "Box"),
    )
)
# A file or folder that the program leaves in the top folder it keeps in step.
_MARKERS: tuple[tuple[str, str], ...] = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".shortcut-targets-by-id", "Google Drive"),
    (".yandex.disk", "Yandex Disk"),
    (".stfolder", "Syncthing"),
    (".owncloudsync.log", "Nextcloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".megaignore", "MEGA"),
    (".debris", "MEGA"),
)
_MARKER_BEGINNINGS = ((".sync_", "Nextcloud"), ("._sync_", "Nextcloud"))
_CLOUD_STORAGE = (("Library", "CloudStorage"), ("Library", "Mobile Documents"))


@dataclass(frozen=True)
class PlaceProblem:
    """One thing to know about a folder: `blocks` when nothing can be kept there, else the person decides."""

    kind: str
    message: Message
    blocks: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What of the computer decides about a folder; replaced in tests."""

    platform: str = sys.platform
    home: Path = Path()
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    kind_of_disk: Callable[[Path], mounts.Disk] = mounts.disk_of
    free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    moved: Callable[[], Mapping[Path, str]] = dict

    @classmethod
    def real(cls) -> Surroundings:
        """This computer."""
        home = Path.home()
        if os.name == "nt":
            return cls(home=home, kind_of_disk=machine_windows.disk_of, moved=machine_windows.synced_folders)
        return cls(home=home)


def problems(folder: Path, around: Surroundings | None = None) -> list[PlaceProblem]:
    """Everything to know about keeping a notebook in `folder` (which need not exist), the gravest first."""
    here = around or Surroundings.real()
    real = _really(folder)
    base = _existing(real)
    found = [
        *_unusable(real, base, here),
        *_synced(folder, real, here),
        *_disk(base, here),
    ]
    return sorted(found, key=lambda one: not one.blocks)


def synced_by(folder: Path, around: Surroundings | None = None) -> str | None:
    """The program that keeps a copy of this folder elsewhere, if one is recognised."""
    here = around or Surroundings.real()
    for place in {folder.absolute(): None, _really(folder): None}:
        if (found := _by_table(place, here) or _by_name(place, here) or _by_marker(place)) is not None:
            return found
    return None


def _synced(folder: Path, real: Path, here: Surroundings) -> Iterator[PlaceProblem]:
    program = synced_by(folder, here)
    if program is not None:
        yield PlaceProblem(
            "synced",
            msg(
                "{program} copies this folder to the internet and keeps old copies there. Choose a folder that stays on this computer.",
                program=program,
            ),
        )


def _disk(base: Path, here: Surroundings) -> Iterator[PlaceProblem]:
    disk = here.kind_of_disk(base)
    if disk == "network":
        yield PlaceProblem(
            "network",
            msg("This folder lies on another computer. Choose a folder that stays on this computer."),
        )
    elif disk == "removable":
        yield PlaceProblem(
            "removable",
            msg("This folder lies on a stick or card. Do not pull it out while the notebook is open."),
        )
    elif disk == "memory":
        yield PlaceProblem(
            "memory",
            msg("This folder is emptied when the computer is switched off. Choose another folder."),
        )


def _unusable(real: Path, base: Path, here: Surroundings) -> Iterator[PlaceProblem]:
    if len(str(real)) > LONGEST and here.platform == "win32":
        yield PlaceProblem(
            "path", msg("The path of this folder is too long for the system. Choose a shorter one."), True
        )
    if not base.is_dir():
        yield PlaceProblem("file", msg("A file stands where a folder is wanted."), True)
    elif not may_write(base, here.platform):
        yield PlaceProblem(
            "unwritable", msg("The system does not let Daftar write there. Choose another folder."), True
        )
    else:
        try:
            free = here.free(base)
        except OSError:
            free = 0
        if free < ROOM:
            yield PlaceProblem("full", msg("There is little space left on this disk."))


def may_write(folder: Path, platform: str = sys.platform) -> bool:
    """Whether a file can be made in a folder.

    On Windows only trying tells (controlled folder access): an empty file of a random name is made and removed at once.
    """
    if platform != "win32":
        return os.access(folder, os.W_OK | os.X_OK) and not _read_only(folder)
    name = folder / f"daftar-{os.urandom(6).hex()}"
    try:
        with name.open("xb"):
            pass
        name.unlink()
    except OSError:
        return False
    return True


def _read_only(folder: Path) -> bool:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    return False


def _really(folder: Path) -> Path:
    try:
        return folder.absolute().resolve()
    except (OSError, RuntimeError):  # a ring of links
        return folder.absolute()


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    for one in (folder, *folder.parents):
        if _lexists(one):
            return one
    return Path(folder.anchor or ".")


def _lexists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _by_table(folder: Path, here: Surroundings) -> str | None:
    for place, program in _known(here):
        if folder == place or place in folder.parents:
            return program
    return None


def _known(here: Surroundings) -> Iterator[tuple[Path, str]]:
    """Folders the synchronising programs have written down themselves."""
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if here.environment.get(name):
            yield _really(Path(here.environment[name])), "OneDrive"
    yield from ((_really(place), program) for place, program in here.moved().items())
    for path in _dropbox_lists(here):
        yield from ((_really(place), "Dropbox") for place in _dropbox_folders(path))
    config = here.home / ".config" / "yandex-disk" / "config.cfg"
    for line in _lines(config):
        if match := re.match(r'\s*dir\s*=\s*"?([^"]+)"?\s*$', line):
            yield _really(Path(match[1])), "Yandex Disk"
    for line in _lines(here.home / ".config" / "onedrive" / "config"):
        if match := re.match(r'\s*sync_dir\s*=\s*"([^"]+)"', line):
            yield _really(Path(match[1].replace("~", str(here.home), 1))), "OneDrive"
    documents = here.home / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    if here.platform == "darwin":
        for name in ("Desktop", "Documents"):  # iCloud keeps them when it has folders of these names
            if _lexists(documents / name):
                yield _really(here.home / name), "iCloud"


def _dropbox_lists(here: Surroundings) -> Iterator[Path]:
    yield here.home / ".dropbox" / "info.json"
    for name in ("APPDATA", "LOCALAPPDATA"):
        if here.environment.get(name):
            yield Path(here.environment[name]) / "Dropbox" / "info.json"


def _dropbox_folders(path: Path) -> Iterator[Path]:
    try:
        data = json.loads("".join(_lines(path)) or "{}")
    except ValueError:
        return
    for account in data.values() if isinstance(data, dict) else ():
        if isinstance(account, dict) and isinstance(account.get("path"), str):
            yield Path(account["path"])


def _lines(path: Path) -> list[str]:
    try:
        with path.open("r", encoding="utf-8", errors="replace") as file:
            return file.read(1 << 16).splitlines()
    except OSError:
        return []


def _by_name(folder: Path, here: Surroundings) -> str | None:
    parts = folder.parts
    for library, within in _CLOUD_STORAGE:
        for at in range(len(parts) - 2):
            if parts[at : at + 2] == (library, within):
                if within != "CloudStorage":
                    return "iCloud"
                name = parts[at + 2].partition("-")[0]  # such as "OneDrive-Personal"
                return _program(name) or name
    for part in parts:
        if (program := _program(part)) is not None:
            return program
    return None


def _program(name: str) -> str | None:
    for pattern, program in _NAMES:
        if pattern.match(name):
            return program
    return None


def _by_marker(folder: Path) -> str | None:
    for place in (folder, *folder.parents):
        for name, program in _MARKERS:
            if _lexists(place / name):
                # In the home folder itself ".dropbox" is where the program keeps its settings.
                if name == ".dropbox" and (place / name).is_dir():
                    continue
                return program
        for name in _names_in(place):
            for beginning, program in _MARKER_BEGINNINGS:
                if name.startswith(beginning) and name.endswith(".db"):
                    return program
    return None


def _names_in(folder: Path, most: int = 2000) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= most:
                    return
                yield entry.name
    except OSError:
        return
