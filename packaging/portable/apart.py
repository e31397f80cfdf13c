"""What differs on Windows and macOS. Written from those systems' documents; it has not been run there.

Must not be trusted before the list of checks in docs/adr/0010-folder-build.md has been walked on such a computer.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from portable import launchers
from portable.gather import Wrong

if TYPE_CHECKING:
    from build import Build

_STUB = "pip/_vendor/distlib/w64.exe"


def finish_windows(build: Build) -> None:
    """Both interpreters (with and without a console), their library, the C runtime, and two launchers."""
    home, version = Path(sys.base_prefix), f"{sys.version_info[0]}.{sys.version_info[1]}"
    names = ["python.exe", "pythonw.exe", "python3.dll", f"python{version.replace('.', '')}.dll"]
    names += [path.name for path in home.glob("vcruntime*.dll")]
    for name in names:
        build.copy(home / name, f"bin/{name}")
    for pattern in ("libffi*.dll", "libcrypto*.dll"):
        for path in (home / "DLLs").glob(pattern):
            build.copy(path, f"lib/native/{path.name}")
    name, text = launchers.windows_paths(version)
    build.write(f"bin/{name}", text)
    stub = build.packages / _STUB
    if not stub.is_file():
        raise Wrong("pip brings no launcher for programs with a window")
    build.write("Daftar.exe", launchers.windows_window(stub.read_bytes()), runs=True)
    build.write("daftar.cmd", launchers.windows_console(), runs=True)


def finish_macos(build: Build) -> None:
    """Interpreter and its library, found beside each other, signed for this computer only; the application's frame."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    python = build.copy(Path(sys.executable).resolve(), f"bin/{version}")
    bring_missing(build, python)
    contents = build.folder.parent.parent
    (contents / "MacOS").mkdir(exist_ok=True)
    launcher = contents / "MacOS" / "daftar"
    launcher.write_text(launchers.shell(version, "/../Resources/daftar"), "utf-8")
    launcher.chmod(0o755)
    (contents / "Info.plist").write_text(launchers.macos_plist(build.version), "utf-8")
    for path in sorted(build.folder.rglob("*")):
        if path.is_file() and path.open("rb").read(4) in (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
            _run("codesign", "--force", "--sign", "-", str(path))


def bring_missing(build: Build, python: Path) -> None:
    """Copy what Python needs from its own installation into `lib`, and let every file look for it there."""
    waiting = [python, *(build.folder / "lib").rglob("*.so")]
    known: set[Path] = set()
    while waiting:
        path = waiting.pop()
        for needed in needed_by(path):
            if needed.startswith(("/usr/lib/", "/System/", "@rpath/", "@loader_path/")):
                continue
            place = build.folder / "lib" / Path(needed).name
            if place not in known:
                known.add(place)
                shutil.copyfile(needed, place)
                place.chmod(0o755)
                waiting.append(place)
            _run("install_name_tool", "-change", needed, f"@executable_path/../lib/{place.name}", str(path))


def needed_by(path: Path) -> list[str]:
    """What a Mach-O file is linked with."""
    told = subprocess.run(["otool", "-L", str(path)], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\t(\S+) \(", told, re.M)


def _run(*words: str) -> None:
    if subprocess.run(words, capture_output=True, check=False).returncode:
        raise Wrong(f"{words[0]} failed on {words[-1]}")
