#!/usr/bin/env python3
"""Makes dist/Daftar: the program in one folder that needs no Python on the computer it is carried to. Standard library only.

    python3 packaging/build.py                      for this system, from nothing
    python3 packaging/build.py --to FOLDER          somewhere else than dist
    python3 packaging/build.py --environment VENV   take the libraries of an environment that already fits the lock

Tested on Linux. The parts for Windows and macOS are written from those systems' documents and have not been run.
Why a copied interpreter and no freezing program: docs/adr/0010-folder-build.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from portable import apart, gather, launchers, listing, native, plan

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
TOOLS_LOCK = ROOT / "packaging" / "requirements-build.lock"
SCRATCH = ROOT / "build"
PYTHON = f"python{sys.version_info[0]}.{sys.version_info[1]}"
LINUX = sys.platform.startswith("linux")
LIB = {"win32": "lib/python"}.get(sys.platform, f"lib/{PYTHON}")
NATIVE = {"win32": "lib/native"}.get(sys.platform, f"lib/{PYTHON}/lib-dynload")


@dataclass
class Build:
    """One build on its way: where it grows and what has been put into it."""

    folder: Path  # the build's own folder: interpreter, libraries, program
    packages: Path  # where the libraries of the lock are installed
    version: str
    when: int
    parts: list[listing.Part] = field(default_factory=list)
    sources: list[tuple[Path, str, str]] = field(default_factory=list)  # source, target, name in tracebacks

    def copy(self, source: Path, target: str) -> Path:
        """Copy one file, its rights reduced to reading (and running)."""
        place = self.folder / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        place.chmod(0o755 if os.access(source, os.X_OK) and place.suffix != ".py" else 0o644)
        return place

    def write(self, target: str, data: bytes | str, runs: bool = False) -> Path:
        """Write one file of the build's own."""
        place = self.folder / target
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        place.chmod(0o755 if runs else 0o644)
        return place


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(words: list[str]) -> int:
    """Build; the exit code."""
    parser = argparse.ArgumentParser(description="Makes the folder build of Daftar.")
    parser.add_argument("--to", type=Path, default=ROOT / "dist")
    parser.add_argument("--environment", type=Path, help="an environment that holds what the lock pins")
    chosen = parser.parse_args(words)
    began = time.monotonic()
    try:
        target = make(chosen.to.resolve(), chosen.environment)
    except gather.Wrong as wrong:
        say(f"The build was not made: {wrong}")
        return 1
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    say(f"{size / 1e6:.0f} MB in {time.monotonic() - began:.0f} s")
    print(target)
    return 0


def make(to: Path, environment: Path | None = None) -> Path:
    """Make the build below `to`; the folder a person carries. Wrong with the reason when it cannot be made."""
    packages, tools = prepare(environment)
    target = to / ("Daftar.app" if sys.platform == "darwin" else "Daftar")
    shutil.rmtree(target, ignore_errors=True)
    inner = target / "Contents" / "Resources" / "daftar" if sys.platform == "darwin" else target
    inner.mkdir(parents=True)
    build = Build(inner, packages, project_version(), moment())
    add_rooms(build)
    add_libraries(build)
    add_python(build)
    compile_all(build)
    if LINUX:
        finish_linux(build, tools)
    elif sys.platform == "win32":
        apart.finish_windows(build)
    else:
        apart.finish_macos(build)
    refuse_forbidden(build.folder)
    load_everything(build.folder)
    finish_lists(build, target, to)
    return target


# -- what it is built from


def prepare(environment: Path | None) -> tuple[Path, Path]:
    """Folders of the installed libraries and of the tools; both made from their locks where they are absent."""
    if environment is None:
        environment = SCRATCH / "environment"
        install(environment, LOCK)
    tools = SCRATCH / "tools"
    if LINUX:
        install(tools, TOOLS_LOCK)
    return packages_of(environment), tools / "bin"


def packages_of(environment: Path) -> Path:
    """Where an environment keeps its packages."""
    scheme = sysconfig.get_path("purelib", "venv", {"base": str(environment), "platbase": str(environment)})
    return Path(scheme)


def install(environment: Path, lock: Path) -> None:
    """Make an environment that holds exactly what the lock pins, by hash; nothing to do where it fits already."""
    stamp = environment / "daftar.stamp"
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text("ascii") == wanted:
        return
    say(f"Installing the packages of {lock.name} (once)")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    words = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-q"]
    # The lock names all that is needed: what soundfile asks for besides (numpy) serves a part of it we never load (ADR 9).
    words += ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
    if subprocess.run(words, check=False).returncode:
        raise gather.Wrong(f"the packages of {lock.name} could not be installed")
    stamp.write_text(wanted, "ascii")


def project_version() -> str:
    """The version in pyproject.toml."""
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    if found is None:
        raise gather.Wrong("pyproject.toml names no version")
    return found[1]


def moment() -> int:
    """The time every file of the build bears: SOURCE_DATE_EPOCH, else that of the last commit, else 1980."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    words = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 315532800


# -- what goes in


def add_rooms(build: Build) -> None:
    """The program itself: modules to be compiled, data as it is."""
    for path in gather.room_files(ROOT):
        if path.endswith(".py"):
            build.sources.append((ROOT / path, f"program/{path}c", path))
        else:
            build.copy(ROOT / path, f"program/{path}").chmod(0o644)
    build.copy(ROOT / "LICENSE", "LICENSE").chmod(0o644)


def add_libraries(build: Build) -> None:
    """The libraries of the lock that are shipped, and the licence texts of each."""
    for one in gather.distributions(build.packages, LOCK):
        for path in gather.library_files(one):
            if path.endswith(".py"):
                build.sources.append((one.folder / path, f"packages/{path}c", path))
            else:
                build.copy(one.folder / path, f"packages/{path}")
        texts = gather.licence_files(one)
        if not texts:  # Qt for Python: of its licences we take the one that is Daftar's own
            words = (
                f"{one.name} {one.version}: {one.licence}\nThe text of the GNU GPL 3 is the file LICENSE.\n"
            )
            build.write(f"licences/{one.name}/LICENSE.txt", words)
        for path in texts:
            name = path.removeprefix(f"{one.info}/").replace("licenses/", "", 1)
            build.copy(one.folder / path, f"licences/{one.name}/{name}").chmod(0o644)
        build.parts.append(listing.Part(one.name, one.version, "pypi", one.licence))


def add_python(build: Build) -> None:
    """The interpreter's modules: a standard library that cannot connect."""
    standard = Path(sysconfig.get_path("stdlib"))
    for path in gather.stdlib_modules(standard):
        build.sources.append((standard / path, f"{LIB}/{path}c", f"{PYTHON}/{path}"))
    compiled = Path(sys.base_prefix) / "DLLs" if sys.platform == "win32" else standard / "lib-dynload"
    for name in gather.native_modules(compiled):
        build.copy(compiled / name, f"{NATIVE}/{name}").chmod(0o644)
    for text in (
        standard / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc") / PYTHON / "copyright",
    ):
        if text.is_file():
            build.copy(text, "licences/python/LICENSE.txt").chmod(0o644)
            break
    build.parts.append(listing.Part("python", ".".join(map(str, sys.version_info[:3])), "generic", "PSF-2.0"))


def compile_all(build: Build) -> None:
    """Compile every module, in one process that knows nothing of this computer's settings."""
    job = []
    for source, target, shown in sorted(build.sources, key=lambda one: one[1]):
        place = build.folder / target
        place.parent.mkdir(parents=True, exist_ok=True)
        job.append((str(source), str(place), shown))
    words = [sys.executable, "-P", "-s", "-S", "-B", "-X", "utf8", "-W", "ignore"]
    words.append(str(ROOT / "packaging" / "portable" / "compiling.py"))
    environment = {"PYTHONHASHSEED": "0", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    done = subprocess.run(words, input=json.dumps(job).encode(), env=environment, check=False)
    if done.returncode:
        raise gather.Wrong("a module could not be compiled")
    for _, made, _ in job:
        Path(made).chmod(0o644)


# -- Linux


def finish_linux(build: Build, tools: Path) -> None:
    """Interpreter, the libraries it and Qt need, their search path, and the launcher."""
    python = build.copy(Path(sys.executable).resolve(), f"bin/{PYTHON}")
    bring_missing(build)
    own = [python, *sorted((build.folder / "lib").rglob("*.so*"))]
    if not native.strip(own):
        say("binutils are not installed: the interpreter keeps its debugging information")
    patchelf = tools / "patchelf"
    for path in own:
        if native.dynamic(path)["search"]:
            native.set_search(patchelf, path, "")
    native.set_search(patchelf, python, "$ORIGIN/../lib:$ORIGIN/../packages/PySide6/Qt/lib")
    build.write("daftar", launchers.shell(PYTHON), runs=True)


def bring_missing(build: Build) -> None:
    """Copy what is needed and not part of every Linux desktop, until nothing is missing."""
    around = [Path(sysconfig.get_config_var("LIBDIR") or "/usr/lib"), Path(sys.base_prefix) / "lib"]
    while names := native.missing(build.folder):
        for name in names:
            source = native.find(name, around)
            beside_qt = native.is_screen_library(name)
            place = build.copy(source, f"packages/PySide6/Qt/lib/{name}" if beside_qt else f"lib/{name}")
            if not name.startswith("libpython"):
                note_system_library(build, source, place)


def note_system_library(build: Build, source: Path, place: Path) -> None:
    """A library of this computer in the bill of materials, with its licence text."""
    name, version, licence = listing.system_package(source)
    digest = hashlib.sha256(place.read_bytes()).hexdigest()
    if licence is not None:
        build.copy(licence, f"licences/{name}/copyright").chmod(0o644)
    build.parts.append(listing.Part(name, version, "deb", hashes=(digest,), note=place.name))


# -- the end


def refuse_forbidden(folder: Path) -> None:
    """No file by a name that must not be there, and no library that asks for one."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name.startswith("licences/") or not path.is_file():
            continue
        asked = native.dynamic(path)["needed"] if native.is_elf(path) else []
        if bad := [one for one in (name, *asked) if plan.forbidden(one)]:
            raise gather.Wrong(f"{name} must not be in the build ({bad[0]})")


def load_everything(folder: Path) -> None:
    """Every module that is shipped can be loaded by the interpreter that is shipped, with nothing else around."""
    python = folder / "bin" / ("python.exe" if sys.platform == "win32" else PYTHON)
    words = [str(python), *launchers.FLAGS, str(ROOT / "packaging" / "portable" / "importing.py")]
    words += [str(folder / "program"), str(folder / "packages"), str(folder / LIB), str(folder / NATIVE)]
    done = subprocess.run(words, capture_output=True, text=True, env={}, cwd=folder, check=False)
    if done.returncode:
        raise gather.Wrong(f"modules cannot be loaded:\n{done.stdout}{done.stderr}")


def finish_lists(build: Build, target: Path, to: Path) -> None:
    """The bill of materials, the list of files, one time for all files, and the hash of the list beside the build."""
    needs = native.system_needs(build.folder) if LINUX else []
    libraries = [path for path in build.folder.rglob("*") if LINUX and path.is_file() and native.is_elf(path)]
    glibc = native.newest_glibc(libraries) if libraries else ""
    bill = listing.sbom(build.version, build.parts, build.when, needs, glibc)
    text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
    build.write("sbom.cdx.json", text)
    listed = build.write(listing.MANIFEST, listing.manifest(build.folder))
    (to / "Daftar.cdx.json").write_text(text, "utf-8")
    digest = hashlib.sha256(listed.read_bytes()).hexdigest()
    (to / "Daftar.sha256").write_text(f"{digest}  {listed.relative_to(to).as_posix()}\n", "ascii")
    for path in [target, *target.rglob("*")]:
        os.utime(path, (build.when, build.when))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
