"""The whole gate by keyboard alone, in a real window of X11: make a notebook, leave the kit, lock, come back by the digits.

Nothing is clicked. What the window did is judged from outside: the folder, the process, the command line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="needs Xvfb and xdotool"
    ),
]
MAIN = Path(__file__).resolve().parent.parent.parent / "desktop" / "__main__.py"
FIRST = "sariq barg kuz shamoli deraza taqillatib otdi"
SECOND = "tarelka kumush daraxt sovun eshik qalam bulut"


def until(what: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that can be seen from outside."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)


class Walk:
    """One program on one display of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=[writing], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8",
            "DISPLAY": display, "QT_QPA_PLATFORM": "xcb",
        }  # fmt: skip
        self.program = subprocess.Popen(
            [sys.executable, "-I", "-B", "-X", "utf8", str(MAIN)], env=self.environment, cwd=home,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    def focus(self) -> None:
        """There is no window manager: give the window the keyboard."""
        until(lambda: bool(self.xdotool("search", "--onlyvisible", "--name", "^Daftar$").split()))
        time.sleep(1.5)
        window = self.xdotool("search", "--onlyvisible", "--name", "^Daftar$").split()[-1]
        self.xdotool("windowfocus", window)
        time.sleep(0.5)

    def key(self, *names: str) -> None:
        for name in names:
            self.xdotool("key", name)
            time.sleep(0.3)

    def type(self, text: str) -> None:
        self.xdotool("type", "--delay", "20", text)
        time.sleep(0.4)

    def daftar(self, *words: str, given: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-I", "-B", "-X", "utf8", str(MAIN), *words, "--passphrase-file", "-"],
            env=self.environment, cwd=self.home, input=given + "\n", capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout

    def is_locked(self) -> bool:
        return b"--locked" in Path(f"/proc/{self.program.pid}/cmdline").read_bytes()

    def end(self) -> None:
        for process in (self.program, self.server):
            process.kill()
            process.communicate()


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    home = tmp_path / "home"
    home.mkdir()
    started = Walk(home)
    try:
        started.focus()
        yield started
    finally:
        started.end()


def test_by_keys_alone_from_a_new_notebook_to_the_way_back_by_digits(walk: Walk) -> None:
    folder = walk.home / "Daftar"
    walk.key("Return")  # make a new notebook
    walk.key("Tab", "Tab", "Return")  # past the words and "Propose others": use my own
    walk.type(FIRST)
    walk.key("Tab", "Tab", "Tab")  # "Show", the field for screen readers, the second field
    walk.type(FIRST)
    walk.key("Return")
    until((folder / "B.hdr").exists)
    time.sleep(2)
    walk.key("Tab", "Return")  # the kit is left for later
    time.sleep(2)
    walk.key("ctrl+shift+l")
    until(walk.is_locked)
    walk.focus()
    code, digits = walk.daftar("kit", "Daftar", given=FIRST)
    assert code == 0 and len("".join(digits.split())) == 55
    before = (folder / "A.hdr").read_bytes()
    walk.key("Tab", "Tab", "Tab", "Tab", "Return")  # to the other ways in
    walk.key("Tab", "Return")  # the digits
    walk.type("".join(digits.split()))
    walk.key("Return")
    time.sleep(2)
    walk.key("Tab", "Tab", "Return")  # use my own
    walk.type(SECOND)
    walk.key("Tab", "Tab", "Tab")
    walk.type(SECOND)
    assert (folder / "A.hdr").read_bytes() == before, "nothing changes before the new passphrase is given"
    walk.key("Return")
    until(lambda: (folder / "A.hdr").read_bytes() != before)
    time.sleep(2)
    walk.key("ctrl+shift+l")
    time.sleep(5)
    assert walk.daftar("verify", "Daftar", given=FIRST)[0] == 4
    assert walk.daftar("verify", "Daftar", given=SECOND)[0] == 0
    left = {path.name for path in walk.home.iterdir()}
    assert left == {"Daftar"}, "nothing is written beside the notebook"
