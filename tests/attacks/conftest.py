"""A notebook with three hundred canaries, and the real window over it with somebody working in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import canaries

WINDOW = Path(__file__).resolve().parent / "window.py"


@pytest.fixture(scope="session")
def canary_notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canaries") / "notebook"
    canaries.make_notebook(folder)
    return folder


TYPED = " ".join(canaries.WORDS[number] for number in canaries.TYPED)


class Sitting:
    """The window as a process, in a home folder of its own."""

    def __init__(
        self,
        place: Path,
        notebook: Path,
        before: tuple[str, ...] = (),
        more: tuple[str, ...] = (),
        environment: dict[str, str] | None = None,
    ) -> None:
        self.home, self.folder = place / "home", place / "elsewhere" / "notebook"
        self.home.mkdir()
        (self.home / ".config").mkdir()
        shutil.copytree(notebook, self.folder)
        around = {
            "PATH": "/usr/bin:/bin", "HOME": str(self.home), "TMPDIR": str(self.home), "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(self.home), "QT_LOGGING_RULES": "*=true",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [*before, sys.executable, "-I", "-B", str(WINDOW), *more, str(self.folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**around, **(environment or {})}, cwd=self.home, start_new_session=True,
        )  # fmt: skip

    def work(self, typed: str = TYPED) -> None:
        """Type the passphrase and some words; returns when everything was done."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{canaries.PASSPHRASE}\n{typed}\n".encode())
        self.process.stdin.flush()
        said = b""
        while line := self.process.stdout.readline():
            said += line
            if line == b"ready\n":
                return
        raise AssertionError(said.decode("utf-8", "replace"))

    def say(self, last: str) -> None:
        """`lock` or `close`."""
        assert self.process.stdin is not None
        self.process.stdin.write(last.encode() + b"\n")
        self.process.stdin.flush()


@pytest.fixture
def sittings() -> Iterator[list[Sitting]]:
    """The windows a test started; ended with it, however it ends."""
    started: list[Sitting] = []
    yield started
    for sitting in started:
        sitting.process.kill()
        sitting.process.communicate()
