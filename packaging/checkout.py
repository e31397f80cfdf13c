#!/usr/bin/env python3
"""Sets up and runs Daftar from a checkout: `setup`, `run`, `test`. Standard library only; must not need the environment it makes.

    python3 packaging/checkout.py run [VAULT]   set everything up, then open the window
    python3 packaging/checkout.py test          set everything up, then run every check
    python3 packaging/checkout.py setup         only make the environment and .venv/bin/daftar

Packages come through the ordinary pip settings of this computer, each checked against the hash in the lock file.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LAUNCHER = BIN / ("daftar.cmd" if WINDOWS else "daftar")
OLDEST = (3, 11)
ROOMS = ("i18n", "storage", "exports", "ui", "desktop")

LOCKS = {False: ROOT / "packaging" / "requirements.lock", True: ROOT / "packaging" / "requirements-dev.lock"}
STAMPS = {False: VENV / "daftar-run.stamp", True: VENV / "daftar-test.stamp"}

READER = VENV / "reader"
READER_PACKAGE = "pdfjs-dist@4.10.38"

# What Qt needs to open a window under X11, also a hidden one. Package -> a file that shows it is there.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xinerama0": "libxcb-xinerama.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
}
# What the tests look at finished files and running programs with. Package -> its program.
TEST_TOOLS = {
    "xvfb": "Xvfb",
    "xdotool": "xdotool",
    "poppler-utils": "pdftotext",
    "qpdf": "qpdf",
    "libimage-exiftool-perl": "exiftool",
    "strace": "strace",
    "nodejs": "node",
    "npm": "npm",
}
LIBRARY_FOLDERS = ("/usr/lib", "/lib", "/usr/lib64", "/lib64", "/usr/local/lib")


def say(text):
    print(text, file=sys.stderr, flush=True)


def stop(text):
    say(text)
    raise SystemExit(1)


def main(arguments):
    if sys.version_info < OLDEST:
        stop(f"Daftar needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] not in ("setup", "run", "test"):
        say("Usage: python3 packaging/checkout.py setup | run [VAULT] | test [pytest arguments]")
        return 2
    command, rest = arguments[0], arguments[1:]
    if command == "test":
        setup(dev=True)
        return run_checks(rest)
    setup(dev=False)
    if command == "setup":
        print(LAUNCHER)
        return 0
    return run_program(rest)


# -- setting up


def setup(dev):
    install_system_packages(dev)
    make_environment()
    install_locked(dev)
    if dev:
        install_reader()
    compile_sources()
    write_launcher()


def install_system_packages(dev):
    """Only Linux needs any; only Debian's family as root is done for the user, the others get the exact words."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name, library in QT_LIBRARIES.items() if not has_library(library)]
    if dev:
        missing += [name for name, program in TEST_TOOLS.items() if shutil.which(program) is None]
    if not missing:
        return
    words = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None:
        say(f"These system libraries seem to be missing (names as in Debian): {' '.join(missing)}")
        return
    if os.geteuid() != 0:
        say(f"System packages are missing. Please run:\n    sudo {' '.join(words)}")
        return
    say(f"Installing system packages: {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        subprocess.run(["apt-get", "update"], env=environment, stdout=subprocess.DEVNULL, check=False)
        if subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            say(f"That did not work. Please run:\n    sudo apt-get update && sudo {' '.join(words)}")


def has_library(name):
    for folder in LIBRARY_FOLDERS:
        if any(Path(folder).glob(name)) or any(Path(folder).glob(f"*/{name}")):
            return True
    return False


def make_environment():
    if PYTHON.exists() and subprocess.run([str(PYTHON), "-c", ""], check=False).returncode == 0:
        return
    say("Making the environment in .venv")
    words = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(words, check=False).returncode:
        hint = (
            "apt-get install -y python3-venv"
            if sys.platform.startswith("linux")
            else "a complete Python from its makers"
        )
        if sys.platform.startswith("linux") and shutil.which("apt-get") and os.geteuid() == 0:
            subprocess.run(hint.split(), stdout=subprocess.DEVNULL, check=False)
            if subprocess.run(words, check=False).returncode == 0:
                return
        stop(f"The environment could not be made. Needed: {hint}")


def install_locked(dev):
    """Install what the lock file pins, each file checked by its hash; nothing to do when the stamp fits the lock."""
    lock = LOCKS[dev]
    wanted = stamp_of(lock)
    # The development lock holds everything the other one does.
    for stamp, file in ((STAMPS[dev], lock), (STAMPS[True], LOCKS[True])):
        if stamp.exists() and stamp.read_text("ascii") == stamp_of(file):
            return
    say(f"Installing the packages of {lock.relative_to(ROOT)} (once)")
    words = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-q"]
    # The lock names all that is needed: what soundfile asks for besides (numpy) serves a part of it we never load (ADR 9).
    words += ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
    if subprocess.run(words, check=False).returncode:
        stop(
            "The packages could not be installed. Is there a connection, or a package mirror in the settings of pip?"
        )
    STAMPS[dev].write_text(wanted, "ascii")


def stamp_of(lock):
    text = lock.read_bytes() + sys.version.encode() + str(VENV).encode()
    return hashlib.sha256(text).hexdigest()


def compile_sources():
    """Compile what changed, so that the program starts fast although it writes no bytecode itself."""
    words = [str(PYTHON), "-m", "compileall", "-q", *(str(ROOT / room) for room in ROOMS)]
    subprocess.run(words, stdout=subprocess.DEVNULL, check=False)


def install_reader():
    """A third PDF reader, of another make, for the tests alone; they say so where it is absent."""
    if (READER / "node_modules" / "pdfjs-dist").is_dir() or shutil.which("npm") is None:
        return
    words = [shutil.which("npm"), "install", "--prefix", str(READER), "--no-save", "--no-audit", "--no-fund"]
    words += ["--ignore-scripts", "--omit=optional", "--loglevel=error", READER_PACKAGE]
    if subprocess.run(words, stdout=subprocess.DEVNULL, check=False).returncode:
        say("The PDF reader pdfjs-dist could not be installed; its test will be skipped.")


def write_launcher():
    """`-I` keeps the user's Python settings out from the first instruction on; clearing them later is too late.

    `-B`: the program writes nothing beside its sources; `compile_sources` has done that for it.
    """
    entry = ROOT / "desktop" / "__main__.py"
    if WINDOWS:
        text = f'@echo off\r\n"{PYTHON}" -I -B -X utf8 "{entry}" %*\r\n'
    else:
        text = f'#!/bin/sh\nexec "{PYTHON}" -I -B -X utf8 "{entry}" "$@"\n'
    data = text.encode("utf-8")
    if not LAUNCHER.exists() or LAUNCHER.read_bytes() != data:
        LAUNCHER.write_bytes(data)
        LAUNCHER.chmod(0o755)


# -- running


def run_program(arguments):
    if has_display():
        return subprocess.call([str(LAUNCHER), *arguments])
    say("There is no display here, so no window can be opened. Making the demonstration instead.")
    folder = Path(tempfile.mkdtemp(prefix="daftar-demo-"))
    code = subprocess.call([str(LAUNCHER), "demo", str(folder)])
    print(folder)
    return code


def has_display():
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# -- testing


def run_checks(arguments):
    """Every check in the order in which a mistake is cheapest to learn; all are run, and one failure fails the whole."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))},
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
    }
    failed = []
    for name, words in checks(arguments):
        say(f"\n== {name}")
        if subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
            say(f"== {name}: FAILED")
    say("\n== demonstration")
    if not check_demonstration(environment):
        failed.append("demonstration")
    say(f"\n{'FAILED: ' + ', '.join(failed) if failed else 'All checks passed.'}")
    return 1 if failed else 0


def checks(arguments):
    python = str(PYTHON)
    return [
        ("lint", [str(BIN / "ruff"), "check", "."]),
        ("import contracts", [str(BIN / "lint-imports")]),
        ("types", [str(BIN / "mypy")]),
        ("catalogs", [python, "-m", "i18n.check"]),
        ("extracted texts", [python, "-m", "i18n.extract", "--check"]),
        # -v undoes the -q of pyproject.toml: continuous integration reads the ordinary closing line.
        ("tests", [python, "-m", "pytest", "-v", "--no-header", *arguments]),
        ("schema", [python, str(ROOT / "packaging" / "schema_diff.py")]),
        ("selftest", [str(LAUNCHER), "selftest"]),
    ]


def check_demonstration(environment):
    """The whole way, from nothing to PDF files another program finds sound."""
    with tempfile.TemporaryDirectory(prefix="daftar-demo-") as folder:
        target = Path(folder) / "demo"
        if subprocess.run([str(LAUNCHER), "demo", str(target)], env=environment, check=False).returncode:
            return False
        files = sorted((target / "dossiers").rglob("*.pdf"))
        if not files:
            say("The demonstration wrote no PDF.")
            return False
        qpdf = shutil.which("qpdf")
        if qpdf is None:
            say("qpdf is not installed: the files were not checked by it.")
            return False
        sound = [
            subprocess.run([qpdf, "--check", str(file)], stdout=subprocess.DEVNULL, check=False)
            for file in files
        ]
        say(
            f"{sum(one.returncode == 0 for one in sound)} of {len(files)} PDF files are sound by qpdf --check"
        )
        return all(one.returncode == 0 for one in sound)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
