"""The folder build, made and then carried to somebody: another place, another user, a hostile environment."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.building import PLAIN, as_root, linux, make, run

pytestmark = linux
SOMEBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def elf_files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file() and one.read_bytes()[:4] == b"\x7fELF"]


# -- what it is


def test_the_list_holds_every_file_and_its_own_hash_lies_beside(built: Path, place: Path) -> None:
    lines = (built / "MANIFEST.sha256").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {one.relative_to(built).as_posix(): one for one in built.rglob("*") if one.is_file()}
    del found["MANIFEST.sha256"]
    assert set(listed) == set(found)
    assert all(hashlib.sha256(one.read_bytes()).hexdigest() == listed[name] for name, one in found.items())
    own = hashlib.sha256((built / "MANIFEST.sha256").read_bytes()).hexdigest()
    assert (place / "dist" / "Daftar.sha256").read_text("ascii") == f"{own}  Daftar/MANIFEST.sha256\n"
    assert not [one for one in built.rglob("*") if one.is_symlink()]


def test_nothing_in_it_can_connect(built: Path) -> None:
    names = [one.relative_to(built).as_posix() for one in built.rglob("*")]
    names = [name for name in names if not name.startswith("licences/")]
    bad = re.compile(
        r"QtNetwork|Qt6Network|/tls/|qmltooling|networkinformation|sqldrivers|vnc|Qml|Quick|_ssl\.|_socket\.|libssl"
    )
    assert not [name for name in names if bad.search(name)]
    assert not [
        name for name in names if re.search(r"(^|/)(pip|setuptools|tests?|sitecustomize|site)(\.|/|$)", name)
    ]
    plugins = built / "packages" / "PySide6" / "Qt" / "plugins"
    assert {one.name for one in (plugins / "platforms").iterdir()} == {
        "libqoffscreen.so", "libqxcb.so", "libqwayland.so",
    }  # fmt: skip
    told = run("ldd", *elf_files(built))
    assert "Network" not in told.stdout and "libssl" not in told.stdout
    python = next((built / "bin").iterdir())
    for module in ("socket", "_socket", "ssl", "_ssl", "http.client", "urllib.request"):
        tried = run(python, "-I", "-S", "-B", "-c", f"import {module}")
        assert "ModuleNotFoundError" in tried.stderr, module


def test_no_picture_reader_is_left_that_we_do_not_use(built: Path) -> None:
    plugins = {one.stem for one in (built / "packages" / "PIL").glob("*Plugin.pyc")}
    assert plugins == {
        "JpegImagePlugin", "MpoImagePlugin", "PngImagePlugin", "TiffImagePlugin", "WebPImagePlugin",
    }  # fmt: skip


def test_the_bill_of_materials_names_every_library(built: Path, root: Path) -> None:
    bill = json.loads((built / "sbom.cdx.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    parts = {one["purl"]: one for one in bill["components"]}
    assert len(parts) == len(bill["components"])
    assert {one["ref"] for one in bill["dependencies"]} | set(bill["dependencies"][0]["dependsOn"]) == {
        "daftar", *(one["bom-ref"] for one in bill["components"]),
    }  # fmt: skip
    folders = {one.parent.name for one in (built / "licences").glob("*/*")}
    assert len(folders) >= 20
    known = {name for one in bill["components"] for name in one.get("description", "").split(", ")}
    own = [one.name for one in elf_files(built / "lib") if one.parent == built / "lib"]
    screen = [one.name for one in (built / "packages/PySide6/Qt/lib").glob("libx*")]
    assert {name for name in own + screen if not name.startswith("libpython")} <= known
    text = (root / "packaging" / "requirements.lock").read_text("utf-8")
    for name, version in re.findall(
        r"^(cryptography|sqlcipher3|pyside6-essentials|pikepdf)==([^ ;]+)", text, re.M
    ):
        assert f"pkg:pypi/{name}@{version}" in parts


def test_two_builds_are_the_same_bytes(root: Path, place: Path, built: Path) -> None:
    """Another folder, another time zone, language and order of hashing."""
    second = make(
        root,
        place / "second with a longer name",
        PYTHONHASHSEED="4711",
        TZ="Asia/Dushanbe",
        LANG="ru_RU.UTF-8",
    )
    assert (second / "MANIFEST.sha256").read_text("utf-8") == (built / "MANIFEST.sha256").read_text("utf-8")
    shutil.rmtree(second)


# -- carried to somebody


@as_root
def test_somebody_without_a_home_runs_it_from_where_nothing_can_be_written(
    built: Path, daftar: str, place: Path
) -> None:
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    before = {one: one.stat().st_mtime_ns for one in built.rglob("*")}
    tried = run(*SOMEBODY, daftar, "selftest", env={}, cwd="/")
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.count("passed") == 5
    assert {one: one.stat().st_mtime_ns for one in built.rglob("*")} == before


@as_root
def test_the_command_line_works_for_somebody(daftar: str, place: Path, root: Path) -> None:
    """New, import, find, dossier, check, verify, as a user who owns nothing but one folder."""
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    home = place / "somebody"
    home.mkdir()
    shutil.copyfile(root / "desktop/demo/content/10-interviews.json", home / "interviews.json")
    (home / "secret").write_text("seven quiet words of one small notebook\n", "utf-8")
    for one in (home, *home.iterdir()):
        os.chown(one, 65534, 65534)

    def do(*words: str) -> str:
        done = run(*SOMEBODY, daftar, *words, "--passphrase-file", "secret", env=PLAIN, cwd=home)
        assert done.returncode == 0, done.stderr
        return done.stdout

    do("new", "notes")
    do("import", "notes", "interviews.json")
    assert do("find", "notes", "Исфара").strip()
    case = json.loads((home / "interviews.json").read_text("utf-8"))["cases"][0]["id"]
    do("dossier", "notes", "--case", case, "--for", "wgad", "--to", "out")
    public = [one for one in (home / "out").iterdir() if one.name.endswith("_public.pdf")]
    assert public
    do("check", f"out/{public[0].name}", "--vault", "notes", "--case", case)
    do("verify", "notes")
    made = {one.relative_to(home).parts[0] for one in home.rglob("*")}
    assert made == {"interviews.json", "secret", "notes", "out"}


def test_links_and_lost_folders_do_not_matter(built: Path, daftar: str, tmp_path: Path) -> None:
    first, second = tmp_path / "d", tmp_path / "bin" / "notes"
    first.symlink_to(daftar)
    second.parent.mkdir()
    second.symlink_to(Path("..") / "d")
    version = run(daftar, "--version").stdout
    assert version.startswith("daftar ")
    for words in ((str(first),), (str(second),), ("./d",), ("bin/notes",)):
        assert run(*words, "--version", cwd=tmp_path).stdout == version
    found = run("sh", "-c", "notes --version", env={"PATH": f"{second.parent}:/usr/bin:/bin"})
    assert found.stdout == version
    gone = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" --version'
    assert run("sh", "-c", gone, daftar, cwd=tmp_path).stdout == version


def test_a_changed_and_a_planted_file_are_found(built: Path, daftar: str) -> None:
    victim = next((built / "program" / "exports" / "forms").glob("*.toml"))
    data = victim.read_bytes()
    try:
        victim.write_bytes(data.replace(b"=", b"= ", 1))
        tried = run(daftar, "selftest")
        assert tried.returncode != 0
        assert victim.relative_to(built).as_posix() in tried.stdout + tried.stderr
    finally:
        victim.write_bytes(data)
    planted = built / "packages" / "sitecustomize.py"
    try:
        planted.write_text("raise SystemExit(66)\n", "utf-8")
        tried = run(daftar, "selftest")
        assert tried.returncode not in (0, 66)
        assert "sitecustomize.py" in tried.stdout + tried.stderr
    finally:
        planted.unlink()


SOUND = """
import sys
sys.path[:0] = [sys.argv[1] + "/program"]
sys.path.append(sys.argv[1] + "/packages")
from desktop.sound import RATE
from desktop.sound_opus import OpusEncoder, decode
import _miniaudio
encoder = OpusEncoder(RATE)
pages = encoder.feed(bytes(2 * RATE)) + encoder.close()
print(pages[:4], len(decode(pages)) // 2 / RATE >= 1, hasattr(_miniaudio.lib, "ma_device_init"))
"""


def test_sound_is_written_and_read_by_what_came_along(built: Path, daftar: str) -> None:
    python = next((built / "bin").iterdir())
    assert run(python, "-I", "-S", "-B", "-c", SOUND, built).stdout == "b'OggS' True True\n"
    asked = run(daftar, "--recorder", stdin=subprocess.DEVNULL)
    assert "Traceback" not in asked.stderr


EVIL = 'import os\nopen(os.path.join({folder!r}, "ran"), "a").write(__name__)\n'
MODULES = ("sitecustomize", "usercustomize", "PIL", "PySide6", "storage", "socket", "json", "desktop", "os")


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A folder of everything that other Pythons and Qts would run."""
    folder = tmp_path / "evil"
    folder.mkdir()
    for name in MODULES:
        (folder / f"{name}.py").write_text(EVIL.format(folder=str(folder)), "utf-8")
    shutil.copyfile(Path("/lib") / f"{os.uname().machine}-linux-gnu" / "libz.so.1", folder / "preload.so")
    for name in (
        "libz.so.1",
        "libpython3.11.so.1.0",
        "libffi.so.8",
        "libxcb-cursor.so.0",
        "libxkbcommon.so.0",
    ):
        (folder / name).write_bytes(b"not a library")
    for name in ("platforms", "imageformats", "styles"):
        (folder / name).mkdir()
    (folder / "platforms" / "libqoffscreen.so").write_bytes(b"not a plugin")
    (folder / "openssl.cnf").write_text("openssl_conf = evil\n[evil]\nengines = nothing\n", "utf-8")
    return folder


def hostile(folder: Path) -> dict[str, str]:
    at = str(folder)
    return {
        **PLAIN, "LD_PRELOAD": f"{at}/preload.so", "LD_LIBRARY_PATH": at, "LD_AUDIT": f"{at}/preload.so",
        "PYTHONPATH": at, "PYTHONHOME": at, "PYTHONSTARTUP": f"{at}/os.py", "PYTHONUSERBASE": at,
        "PYTHONINSPECT": "1", "QT_PLUGIN_PATH": at, "QT_QPA_PLATFORM_PLUGIN_PATH": f"{at}/platforms",
        "QT_QPA_PLATFORM": "offscreen", "QML2_IMPORT_PATH": at, "OPENSSL_CONF": f"{at}/openssl.cnf",
        "OPENSSL_MODULES": at, "GCONV_PATH": at, "XDG_CONFIG_HOME": at, "XDG_DATA_HOME": at, "FONTCONFIG_PATH": at,
        "GIO_MODULE_DIR": at, "LIBGL_DRIVERS_PATH": at, "__EGL_VENDOR_LIBRARY_DIRS": at, "ENV": f"{at}/os.py",
    }  # fmt: skip


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_hostile_environment_reaches_nothing(daftar: str, evil: Path, tmp_path: Path) -> None:
    """Selftest and the window, started in the planted folder: once our interpreter runs, nobody looks there."""
    (tmp_path / "window").mkdir()
    for words in (("selftest",), (str(tmp_path / "window"),)):
        log = tmp_path / "log"
        watch = [
            "strace",
            "-f",
            "-qq",
            "-o",
            str(log),
            "-e",
            "trace=execve,openat,open,stat,access,newfstatat",
        ]
        settings = [part for name, value in hostile(evil).items() for part in ("-E", f"{name}={value}")]
        began = [
            *watch,
            *settings,
            "timeout",
            "-s",
            "TERM",
            "12" if words[0] != "selftest" else "120",
            daftar,
        ]
        done = run(*began, *words, cwd=evil)
        lines = log.read_text("utf-8", "replace").splitlines()
        started = next(
            at
            for at, line in enumerate(lines)
            if "execve(" in line and "/bin/python3" in line and "= 0" in line
        )
        looked = [line for line in lines[started + 1 :] if str(evil) in line]
        assert looked == []
        assert not (evil / "ran").exists()
        if words[0] == "selftest":
            assert done.returncode == 0, done.stderr


# -- everything else, by the long command


@pytest.mark.slow
def test_the_whole_end_to_end_suite_passes_against_the_build(root: Path, daftar: str) -> None:
    words = [
        sys.executable,
        "-m",
        "pytest",
        str(root / "tests" / "e2e"),
        "-q",
        "-x",
        "-p",
        "tests.desktop.built",
    ]
    done = run(*words, env={**os.environ, "DAFTAR_BUILT": daftar}, cwd=root)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.slow
def test_from_a_clean_checkout_with_nothing_but_python(root: Path, tmp_path: Path) -> None:
    """A fresh clone, without an environment: `python3 packaging/build.py` alone."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(root), str(clone)], check=True)
    done = run(sys.executable, "-I", clone / "packaging" / "build.py", env=dict(os.environ), cwd="/")
    assert done.returncode == 0, done.stderr
    assert run(clone / "dist" / "Daftar" / "daftar", "selftest").returncode == 0
