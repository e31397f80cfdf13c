"""The panic key on a real screen (X11): from the key to a blank sheet, with menus, the speaker's page and long work in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Vault
from tests.attacks import canaries
from tests.attacks.conftest import canary_notebook as canary_notebook  # the fixture

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not all(map(shutil.which, ("Xvfb", "xdotool"))),
    reason="Xvfb and xdotool are not installed",
)
WINDOW = Path(__file__).with_name("panic_window.py")
TYPED = "whatwassaidlast"
TO_BLANK, TO_LOCK = 0.300, 2.0  # seconds; security page 2.3, and what a system waits for before it sleeps


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    server.kill()
    server.wait()


class Open:
    """The window on a screen, in a situation."""

    def __init__(
        self,
        situation: str,
        notebook: Path,
        place: Path,
        display: str,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.folder, home = place / "notebook", place / "home"
        shutil.copytree(notebook, self.folder)
        home.mkdir()
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
        self.environment |= {"DISPLAY": display} if display else {"QT_QPA_PLATFORM": "offscreen"}
        self.environment |= environment or {}
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-B", str(WINDOW), situation, str(self.folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.environment, cwd=home, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdin is not None
        self.process.stdin.write(f"{canaries.PASSPHRASE}\n{TYPED}\n".encode())
        self.process.stdin.flush()
        number = self.line("ready")[1]
        if display:
            self.tool("windowfocus", "--sync", number)  # no window manager does it here

    def line(self, begin: str) -> list[str]:
        assert self.process.stdout is not None
        said = b""
        while one := self.process.stdout.readline():
            said += one
            if one.startswith(begin.encode()):
                return one.decode().split()
        raise AssertionError(said.decode("utf-8", "replace"))

    def tool(self, *words: str) -> float:
        """One call of xdotool; the moment just before its key was pressed (starting it is not the program's time)."""
        subprocess.run(["xdotool", *words], check=True, env=self.environment, timeout=20)
        return time.monotonic()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.mark.parametrize("situation", ["writing", "menu", "own menu", "speaker", "endless", "deaf"])
def test_the_panic_key_blanks_at_once_saves_and_ends_the_process(
    situation: str, canary_notebook: Path, tmp_path: Path, screen: str
) -> None:
    window = Open(situation, canary_notebook, tmp_path, screen)
    try:
        before = time.monotonic()
        window.tool("key", "--clearmodifiers", "ctrl+shift+l")
        blank = window.line("blank")
        to_blank = float(blank[1]) - before  # the start of xdotool counts too
        assert blank[2:] == [], "something stands above the sheet"
        while b"--locked" not in Path(f"/proc/{window.process.pid}/cmdline").read_bytes():
            assert time.monotonic() - before < 20
            time.sleep(0.002)
        to_lock = time.monotonic() - before
        print(
            f"\n{situation}: key to blank {to_blank * 1000:.0f} ms, to the lock screen {to_lock * 1000:.0f} ms"
        )
        assert to_blank < TO_BLANK
        assert to_lock < (TO_LOCK if situation != "deaf" else 5.0)
    finally:
        window.end()
    with Vault.open(window.folder, bytearray(canaries.PASSPHRASE.encode())) as vault:
        kept = any(TYPED in draft.text for draft in vault.drafts()) or any(
            TYPED in told["text"] for doc in vault.docs("interview") for told in doc["narratives"]
        )
    assert kept or situation == "deaf", "what was typed last is lost"


def test_on_a_real_screen_the_home_folder_stays_empty(
    canary_notebook: Path, tmp_path: Path, screen: str
) -> None:
    """No font cache, no shader cache, no list of recent files: X11 brings more libraries than the tests' own platform."""
    window = Open("menu", canary_notebook, tmp_path, screen)
    home = Path(window.environment["HOME"])
    try:
        assert list(home.rglob("*")) == []
        window.tool("key", "--clearmodifiers", "ctrl+shift+l")
        window.line("blank")
        time.sleep(2)  # the lock screen too
        assert list(home.rglob("*")) == []
    finally:
        window.end()


@pytest.mark.parametrize("layout", ["ru", "us"])
def test_the_panic_key_works_in_a_cyrillic_layout(
    layout: str, canary_notebook: Path, tmp_path: Path, screen: str
) -> None:
    environment = {**os.environ, "DISPLAY": screen}
    if shutil.which("setxkbmap") is None or shutil.which("xkbcomp") is None:
        pytest.skip("keyboard layouts cannot be changed here")
    subprocess.run(["setxkbmap", layout], check=True, env=environment)
    window = Open("writing", canary_notebook, tmp_path, screen)
    try:
        window.tool("keydown", "37", "keydown", "50", "key", "46", "keyup", "50", "keyup", "37")  # by place
        assert window.line("blank")[2:] == []
    finally:
        window.end()
        subprocess.run(["setxkbmap", "us"], check=True, env=environment)
