"""A notebook on a small, full, write-protected or pulled medium. Must be run in mount namespaces of its own; judges nothing.

    unshare -m python -B -m tests.attacks.medium SCENARIO PLACE [LEVEL …]

Prints one JSON line for each thing done: what, what was said (English), exit code, and what stands afterwards.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from i18n import catalog
from storage import (
    AttachFile,
    DaftarError,
    DeleteRecord,
    ImportRecords,
    SaveDraft,
    SaveRecord,
    SetSetting,
    Vault,
    dump,
    parse_interchange,
)
from tests.attacks.acts import FLOOR, NEW, OLD, make_template, narrative, record_id
from tests.attacks.judging import look

ROOT = Path(__file__).resolve().parents[2]
SIZE_KIB = 8 * 1024
_SHUTDOWN = 0x8004587D  # FS_IOC_SHUTDOWN: every later access fails, as when the stick is pulled
Doc = dict[str, Any]


def shell(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True)


def tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class Medium:
    """A mounted tmpfs or, for pulling, a small disk image; the notebook lies in `folder`."""

    def __init__(self, place: Path) -> None:
        self.place, self.at = place, place / "medium"
        self.folder, self.ballast = self.at / "vault", self.at / "ballast"
        self.at.mkdir(exist_ok=True)

    def mount_tmpfs(self) -> None:
        shell("mount", "-t", "tmpfs", "-o", f"size={SIZE_KIB}k", "tmpfs", self.at)

    def mount_image(self) -> None:
        image = self.place / "image"
        if not image.exists():
            with image.open("wb") as file:
                file.truncate(24 << 20)
            shell("mkfs.ext4", "-q", "-F", image)
        shell("mount", "-o", "loop,errors=remount-ro", image, self.at)

    def pull(self) -> None:
        handle = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", 2))
        finally:
            os.close(handle)

    def unmount(self, *how: str) -> None:
        shell("umount", *how, self.at)

    def leave(self, kib: int) -> None:
        """Fill the medium but for so much room."""
        self.ballast.unlink(missing_ok=True)
        room = os.statvfs(self.at)
        left = room.f_bavail * room.f_frsize - kib * 1024
        with self.ballast.open("wb", buffering=0) as file, suppress(OSError):
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 20)))

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def renew(self) -> None:
        """Put the template's notebook onto the empty medium."""
        for path in list(self.at.iterdir()):
            if path.name != "lost+found":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.place / "template", self.folder)
        os.sync()


# --- through the front door ----------------------------------------------------------------------------------------------


def _import(vault: Vault, medium: Medium) -> None:
    source = medium.place / "in.json"
    persons = [{"id": record_id(1000 + n), "names": [{"full": f"Шахс {n}"}]} for n in range(60)]
    source.write_text(json.dumps({"format": "daftar-interchange/1", "persons": persons}), "utf-8")
    vault.write(ImportRecords(parse_interchange(source, known=vault)))


def _kit(vault: Vault, _medium: Medium) -> None:
    vault.ways_in.keep_code(vault.ways_in.draw_code())


def _restore(vault: Vault, medium: Medium) -> None:
    vault.close()
    Vault.restore(medium.place / "template", medium.at / "restored", bytearray(OLD)).close()


def _recreate(vault: Vault, medium: Medium) -> None:
    vault.close()
    Vault.create(medium.at / "fresh", bytearray(OLD), cost=FLOOR).close()


def _evidence(vault: Vault, medium: Medium) -> None:
    vault.export_evidence([record_id(20)], medium.at / "package", catalog("en").text)


def _reopen(vault: Vault, medium: Medium) -> None:
    vault.close()
    Vault.open(medium.folder, bytearray(OLD)).close()


def _purge(vault: Vault, _medium: Medium) -> None:
    vault.write(DeleteRecord(record_id(3)))
    vault.purge()


OPERATIONS: dict[str, Callable[[Vault, Medium], object]] = {
    "create": _recreate,
    "save": lambda vault, _: vault.write(SaveRecord("interview", narrative("Нав. " * 8000), record_id(50))),
    "draft": lambda vault, _: vault.write(SaveDraft("e", record_id(1), "сиёҳнавис " * 9000)),
    "setting": lambda vault, _: vault.write(SetSetting("ui.theme", "dark")),
    "attach": lambda vault, _: vault.write(AttachFile(record_id(20), b"\1\2" * 400_000, "new.bin")),
    "erase": lambda vault, _: vault.write(DeleteRecord(record_id(21), erase=True)),
    "import": _import,
    "search": lambda vault, _: vault.search("рӯзи"),
    "rolling backup": lambda vault, _: vault.keep_backup(),
    "backup": lambda vault, medium: vault.backup(medium.at / "copy"),
    "purge": _purge,
    "passphrase change": lambda vault, _: vault.ways_in.change_passphrase(bytearray(NEW)),
    "second passphrase": lambda vault, _: vault.ways_in.add_passphrase(bytearray(NEW)),
    "kit": _kit,
    "decoy": lambda vault, _: vault.decoy.create(bytearray(NEW)),
    "evidence package": _evidence,
    "dump": lambda vault, medium: dump(vault, to=medium.at / "dump.json"),
    "restore": _restore,
    "close and open": _reopen,
}


def attempt(work: Callable[[], object]) -> Doc:
    """What came of it: `said` is empty where it was done."""
    try:
        work()
    except DaftarError as error:
        text = catalog("en").text
        return {
            "said": text(error.message),
            "hint": text(error.hint) if error.hint else "",
            "code": error.code,
        }
    except Exception as error:  # noqa: BLE001 - what the trials are looking for
        return {"said": f"UNTYPED {type(error).__name__}: {error}", "hint": "", "code": "untyped"}
    return {"said": "", "hint": "", "code": ""}


def go_on(vault: Vault) -> Doc:
    """The same session writes on, unless the operation has closed it."""
    if vault._session.lock.released:
        return attempt(lambda: None)
    return attempt(lambda: vault.write(SetSetting("after", 1)))


def look_at(folder: Path) -> Doc:
    """What stands: faults, what it opens with, how many records, drafts."""
    found = look(folder)
    if found.holds is None:
        return {"opens": found.refusal, "faults": list(found.faults)}
    docs = found.holds["docs"]
    return {
        "opens": "+".join(found.holds["opens with"]),
        "faults": list(found.faults),
        "records": {name: len(held) for name, held in docs.items()},
        "blobs": len(found.holds["blobs"]),
        "drafts": len(found.holds["drafts"]),
        "theme": found.holds["theme"],
        "after": found.after,
    }


def full(medium: Medium, levels: list[int]) -> None:
    """Every operation with so many KiB left; then the same session goes on, closes, and is judged with room again."""
    medium.mount_tmpfs()
    for level in levels:
        for name, work in OPERATIONS.items():
            medium.renew()
            vault = Vault.open(medium.folder, bytearray(OLD))
            vault.write(SetSetting("ui.theme", "light"))
            medium.leave(level)
            done = attempt(lambda work=work, vault=vault: work(vault, medium))  # type: ignore[misc]
            afterwards = go_on(vault)
            closing = attempt(vault.close)
            left = sorted(path.name for path in medium.at.iterdir() if path.name not in ("ballast", "vault"))
            medium.free()
            tell(
                what=name, level=level, done=done, afterwards=afterwards, closing=closing, left=left,
                stands=look_at(medium.folder),
            )  # fmt: skip
    medium.unmount()


def read_only(medium: Medium, _levels: list[int]) -> None:
    """The medium becomes write-protected in mid-session, and is so from the beginning."""
    medium.mount_image()
    medium.renew()
    vault = Vault.open(medium.folder, bytearray(OLD))
    vault.write(SetSetting("ui.theme", "light"))
    _protect(medium)
    for name, work in OPERATIONS.items():
        if name in ("create", "restore", "close and open"):
            continue
        tell(what=name, done=attempt(lambda work=work: work(vault, medium)), stands={})  # type: ignore[misc]
    tell(what="close", done=attempt(vault.close), stands={})
    medium.unmount()
    subprocess.run(["e2fsck", "-fy", medium.place / "image"], capture_output=True, check=False)
    medium.mount_image()
    tell(what="afterwards", done={"said": ""}, stands=look_at(medium.folder))
    shell("mount", "-o", "remount,ro", medium.at)
    before = bytes_of(medium.folder)
    tell(what="open", done=attempt(lambda: Vault.open(medium.folder, bytearray(OLD))), stands={})
    for words in COMMANDS:
        told = command(medium, *words)
        tell(what=words[0], done=told, stands={})
    tell(what="unchanged", done={"said": "" if before == bytes_of(medium.folder) else "changed"}, stands={})
    medium.unmount()


def _protect(medium: Medium) -> None:
    """Let the file system find a fault: it refuses to write from then on, also to files that are open, like a card's switch."""
    mounts = Path("/proc/self/mountinfo").read_text("utf-8").splitlines()
    (device,) = {line.split(" - ")[1].split()[1] for line in mounts if f" {medium.at} " in line}
    (Path("/sys/fs/ext4") / Path(device).name / "trigger_fs_error").write_text("1", "ascii")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def pulled(medium: Medium, _levels: list[int]) -> None:
    """The stick is pulled at every operation in turn, and put in again; the notebook is opened and judged."""
    for name, work in OPERATIONS.items():
        medium.mount_image()
        medium.renew()
        vault = Vault.open(medium.folder, bytearray(OLD))
        vault.write(SetSetting("ui.theme", "light"))
        medium.pull()
        done = attempt(lambda work=work, vault=vault: work(vault, medium))  # type: ignore[misc]
        afterwards = go_on(vault)
        closing = attempt(vault.close)
        medium.unmount("-l")
        gone = attempt(lambda: Vault.open(medium.folder, bytearray(OLD)))
        medium.mount_image()
        tell(
            what=name, done=done, afterwards=afterwards, closing=closing, gone=gone,
            stands=look_at(medium.folder),
        )  # fmt: skip
        medium.unmount()


# --- by the command line -------------------------------------------------------------------------------------------------

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("new", "{at}/fresh"),
    ("import", "{vault}", "{place}/in.json"),
    ("dump", "{vault}", "--output", "{at}/dump.json"),
    ("passphrase", "{vault}", "--new-passphrase-file", "{place}/new.txt"),
    ("backup", "{vault}", "{at}/copy"),
    ("restore", "{place}/template", "{at}/restored"),
    ("verify", "{vault}", "--rebuild"),
    ("find", "{vault}", "рӯзи"),
)


def command(medium: Medium, *words: str) -> Doc:
    """Run a command of the program in this namespace."""
    place, secret = medium.place, medium.place / "old.txt"
    secret.write_bytes(OLD + b"\n")
    (place / "new.txt").write_bytes(NEW + b"\n")
    names = {"at": medium.at, "vault": medium.folder, "place": place}
    filled = [word.format(**names) for word in words]
    main = ROOT / "desktop" / "__main__.py"
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-X", "utf8", str(main), *filled, "--passphrase-file", str(secret)],
        capture_output=True, encoding="utf-8", cwd=place, env={"LANG": "C", "HOME": str(place)}, timeout=120,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return {
        "said": done.stderr.strip() if done.returncode else "",
        "exit": done.returncode,
        "code": "",
        "hint": "",
    }


def full_by_command(medium: Medium, levels: list[int]) -> None:
    """Every command that writes, with so many KiB left."""
    medium.mount_tmpfs()
    persons = [{"id": record_id(1000 + n), "names": [{"full": f"Шахс {n}"}]} for n in range(60)]
    (medium.place / "in.json").write_text(
        json.dumps({"format": "daftar-interchange/1", "persons": persons}), "utf-8"
    )
    for level in levels:
        for words in COMMANDS:
            medium.renew()
            medium.leave(level)
            told = command(medium, *words)
            left = sorted(path.name for path in medium.at.iterdir() if path.name not in ("ballast", "vault"))
            medium.free()
            tell(what=words[0], level=level, done=told, left=left, stands=look_at(medium.folder))
    medium.unmount()


def full_dossier(medium: Medium, levels: list[int]) -> None:
    """The copies of a petition, written onto the medium with so many KiB left; the notebook lies there too."""
    from desktop.demo.plan import read_plan
    from storage import import_file

    plan = read_plan()
    medium.mount_tmpfs()
    (filing,) = [one for one in plan.filings if one.procedure == "wgad"][:1]
    with Vault.create(medium.folder, bytearray(OLD), cost=FLOOR) as vault:
        for file in plan.files:
            import_file(vault, file)
    for level in levels:
        medium.leave(level)
        told = command(
            medium, "dossier", "{vault}", "--case", filing.case, "--for", filing.procedure, "--to", "{at}/out",
            *(["--lang", filing.language] if filing.language else []),
        )  # fmt: skip
        out = medium.at / "out"
        left = sorted(path.name for path in out.iterdir()) if out.exists() else []
        shutil.rmtree(out, ignore_errors=True)
        medium.free()
        with Vault.open(medium.folder, bytearray(OLD)) as vault:
            whole = vault.verify(deep=True).ok
        tell(what="dossier", level=level, done=told, left=left, stands={}, whole=whole)
    medium.unmount()


@contextmanager
def _places(place: Path) -> Iterator[Medium]:
    template = place / "template"
    if not template.exists():
        make_template(template)
    yield Medium(place)


SCENARIOS = {
    "full": full,
    "full-cli": full_by_command,
    "full-dossier": full_dossier,
    "read-only": read_only,
    "pulled": pulled,
}


def main(arguments: list[str]) -> int:
    scenario, place, *levels = arguments
    with _places(Path(place)) as medium:
        SCENARIOS[scenario](medium, [int(level) for level in levels] or [0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
