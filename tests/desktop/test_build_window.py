"""The window of the folder build on a hidden screen: the lock ends the process that held the keys, nothing connects."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import canaries, processes
from tests.attacks.test_memory import needles, wait_for_lock_screen
from tests.desktop.building import PLAIN, as_root, linux, run

pytestmark = linux
PASSPHRASE = "seven quiet words of one small notebook"


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
