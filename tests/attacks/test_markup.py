"""Markup in what is told stays text: no widget and no page opens the file it names (security page 5.17)."""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.paths import program_command
from storage import AttachFile, InvalidInput, KdfCost, SaveRecord, Vault, import_file
from tests.attacks import canaries
from tests.attacks.conftest import Sitting
from tests.e2e.conftest import CASE, PASSPHRASE, STORIES, records
from ui.gallery import content, content_desk

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="strace is not installed"
)
NAME = "canary-picture"
PICTURE = b"\x89PNG\r\n\x1a\n"


def watch(log: Path) -> list[str]:
    return ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=%file", "-o", str(log)]


def asked_for(log: Path) -> list[str]:
    """Calls that name the canary as a path (exec itself tells our own words)."""
    lines = log.read_text("utf-8", "replace").splitlines()
    return [line for line in lines if NAME in line and "execve(" not in line]


@pytest.fixture
def markup(tmp_path: Path) -> str:
    path = tmp_path / f"{NAME}.png"
    path.write_bytes(PICTURE)
    return f'<img src="{path}"/><b>x</b><a href="file://{path}">y</a><p style="background-image:url({path})">&lt;'


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from leaves(one, (*path, index))
    elif isinstance(value, str) and path[-1] != "id":
        yield path


def spoil(vault: Vault, markup: str) -> int:
    """Add markup to every text of every record that takes it; counts them."""
    count = 0
    for type_, docs in vault.snapshot().docs.items():
        for record_id, before in docs.items():
            doc = copy.deepcopy(before)
            for path in leaves(before):
                tried = copy.deepcopy(doc)
                at = tried
                for step in path[:-1]:
                    at = at[step]
                at[path[-1]] = f"{at[path[-1]]} {markup}"
                try:
                    vault.write(SaveRecord(type_, tried, record_id))
                except InvalidInput:
                    continue
                doc, count = tried, count + 1
    return count


def test_the_watching_itself_sees_a_file_that_rich_text_opens(tmp_path: Path, markup: str) -> None:
    body = (
        "import sys; from PySide6.QtWidgets import QApplication, QLabel\n"
        "app = QApplication([]); label = QLabel(sys.stdin.read()); label.resize(300, 300); label.grab()"
    )
    words = [*watch(tmp_path / "log"), sys.executable, "-I", "-c", body]
    environment = {"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"}
    subprocess.run(words, input=markup.encode(), check=True, env=environment, capture_output=True)
    assert asked_for(tmp_path / "log")


def test_no_widget_opens_a_file_that_markup_names(
    tmp_path: Path, markup: str, sittings: list[Sitting]
) -> None:
    folder = tmp_path / "spoiled"
    with Vault.create(
        folder, bytearray(canaries.PASSPHRASE.encode()), label=markup, cost=KdfCost(8192, 1, 1)
    ) as vault:
        content.fill(vault)
        assert spoil(vault, markup) > 40
        vault.write(AttachFile(content_desk.DOCUMENT, b"x", f'<img src="{NAME}.png">.txt'))
    sitting = Sitting(tmp_path, folder, tuple(watch(tmp_path / "log")))
    sittings.append(sitting)
    sitting.work(typed=markup)
    sitting.say("close")
    assert sitting.process.wait(60) == 0
    assert "libQt6Widgets" in (tmp_path / "log").read_text("utf-8", "replace")
    assert asked_for(tmp_path / "log") == []


def test_no_page_opens_a_file_that_markup_names(tmp_path: Path, markup: str) -> None:
    import json

    told = records(STORIES["en"])
    told["interviews"][0]["narratives"][0]["text"] += f"\n\n{markup}\n\n<para>{markup}</para>"
    told["incidents"][0]["title"] += markup
    told["incidents"][0]["description"] += markup
    told["petitions"][0]["arguments"][0]["explanation"] += markup
    told["incidents"][0]["details"]["detention"]["conditions"] += markup
    source, secret, out = tmp_path / "told.json", tmp_path / "secret", tmp_path / "out"
    source.write_text(json.dumps(told), "utf-8")
    secret.write_text(PASSPHRASE, "utf-8")
    with Vault.create(
        tmp_path / "notes", bytearray(PASSPHRASE.encode()), role="lawyer", cost=KdfCost(8192, 1, 1)
    ) as vault:
        import_file(vault, source)
    command = ["dossier", str(tmp_path / "notes"), "--case", CASE, "--for", "wgad", "--to", str(out)]
    words = [*watch(tmp_path / "log"), *program_command(), *command, "--passphrase-file", str(secret)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    done = subprocess.run(words, capture_output=True, env=environment, cwd=tmp_path, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    assert list(out.rglob("*.pdf"))
    assert asked_for(tmp_path / "log") == []
