"""The folder build, made and then carried to somebody: another place, another user, a hostile environment, a real screen."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import canaries, processes
from tests.attacks.test_memory import needles, wait_for_lock_screen

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the build is tested on Linux")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes somebody else or reads memory"
)

SOMEBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
PASSPHRASE = "seven quiet words of one small notebook"
PLAIN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def make(root: Path, to: Path, **environment: str) -> Path:
    """One build by the real command; skipped, loudly, where its tools cannot be had."""
    words = [sys.executable, str(root / "packaging" / "build.py"), "--to", str(to)]
    words += ["--environment", str(Path(sys.prefix))]
    done = subprocess.run(
        words, capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )
    if "requirements-build.lock could not be installed" in done.stderr:
        pytest.skip("the tools of requirements-build.lock cannot be installed here")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="daftar-build-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def built(root: Path, place: Path) -> Path:
    """A build, carried to another folder after it was made."""
    made = make(root, place / "dist")
    target = place / "Гулнора Ӯлмас = ҳафт" / "Daftar"
    target.parent.mkdir()
    shutil.move(made, target)
    return target


@pytest.fixture
def daftar(built: Path) -> str:
    return str(built / "daftar")


def run(
    *words: str | Path, env: dict[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words], env=PLAIN if env is None else env, capture_output=True, text=True,
        timeout=300, check=False, **more,
    )  # type: ignore[call-overload, no-any-return]  # fmt: skip


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
    (home / "secret").write_text(PASSPHRASE + "\n", "utf-8")
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


# -- the window


@pytest.fixture
def screen() -> Iterator[str]:
    """A hidden X screen."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("Xvfb and xdotool are not installed")
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as file:
            yield f":{file.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


class Window:
    """The build's window on a hidden screen, and hands before it."""

    def __init__(
        self, daftar: str, screen: str, folder: Path, home: Path, before: tuple[str, ...] = ()
    ) -> None:
        self.environment = {**PLAIN, "DISPLAY": screen, "HOME": str(home), "LANG": "ru_RU.UTF-8"}
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [*before, daftar, str(folder)], env=self.environment, cwd=home, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def do(self, *words: str) -> str:
        return run("xdotool", *words, env=self.environment).stdout

    def wait_shown(self) -> float:
        """Seconds until a window stood."""
        while not self.do("search", "--onlyvisible", "--name", ".").strip():
            assert self.process.poll() is None, "the program ended"
            assert time.monotonic() - self.began < 60
            time.sleep(0.05)
        return time.monotonic() - self.began

    def unlock(self) -> None:
        time.sleep(1.5)
        self.do("mousemove", "612", "346", "click", "1")
        self.do("type", "--delay", "25", PASSPHRASE)
        self.do("key", "Return")

    def end(self) -> None:
        os.killpg(self.process.pid, 9)
        self.process.wait()


def canary_notebook(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(canaries, "PASSPHRASE", PASSPHRASE)
    folder = place / "notebook"
    canaries.make_notebook(folder)
    return folder


@as_root
def test_locking_ends_the_process_that_held_the_keys(
    daftar: str, screen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As tests/attacks/test_memory.py, against the build on a real screen: typed, opened, looked through, locked, searched."""
    folder = canary_notebook(tmp_path, monkeypatch)
    (tmp_path / "home").mkdir()
    looked_for = needles(folder, tmp_path)
    window = Window(daftar, screen, folder, tmp_path / "home")
    try:
        window.wait_shown()
        window.unlock()
        program = window.process.pid
        until = time.monotonic() + 40
        open_now: dict[str, int] = {}
        while open_now.get("canary utf-16-le", 0) < 10 and time.monotonic() < until:
            time.sleep(1)
            window.do("key", "ctrl+3")
            time.sleep(0.5)
            open_now = processes.count(program, looked_for)
        assert open_now.get("canary utf-16-le", 0) >= 10, "the scan sees nothing of the open notebook"
        assert open_now.get("vault key"), "the scan does not see the key that is in use"
        assert not [name for name in open_now if name.startswith("passphrase")], open_now
        window.do("key", "ctrl+shift+l")
        wait_for_lock_screen(program)
        everyone = processes.of_session(program)
        assert program in everyone
        assert {one: found for one in everyone if (found := processes.count(one, looked_for))} == {}
        command = Path(f"/proc/{program}/cmdline").read_bytes().decode("utf-8").split("\0")
        assert command[0].startswith(str(Path(daftar).parent))
        said = processes.status(program)
        assert (said["Seccomp"], said["NoNewPrivs"]) == ("2", "1")
        assert not any((tmp_path / "home").iterdir())
    finally:
        window.end()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_session_on_a_screen_opens_no_internet_socket(
    daftar: str, screen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = canary_notebook(tmp_path, monkeypatch)
    (tmp_path / "home").mkdir()
    log = tmp_path / "log"
    watch = ("strace", "-f", "-qq", "-o", str(log), "-e", "trace=socket,connect,bind,listen,execve")
    window = Window(daftar, screen, folder, tmp_path / "home", watch)
    try:
        window.wait_shown()
        time.sleep(3)
        window.unlock()
        time.sleep(4)
        for keys in ("ctrl+2", "ctrl+3", "ctrl+4", "ctrl+shift+l"):
            window.do("key", keys)
            time.sleep(1)
        until = time.monotonic() + 30
        while "--locked" not in log.read_text("utf-8") and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        window.end()
    text = log.read_text("utf-8")
    assert "--locked" in text, "the session did not come to its end"
    families = set(re.findall(r"socket\((AF_\w+|0x[0-9a-f]+)", text))
    assert families == {"AF_UNIX"}
    assert not re.search(r"(bind|listen)\(", text)


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
