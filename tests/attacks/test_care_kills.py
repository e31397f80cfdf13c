"""kill -9 in the middle of a copy, a purge, going back and a package, all begun in the window: the notebook is always whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage import AttachFile, DaftarError, DeleteRecord, SaveRecord, Vault
from ui.gallery import content_desk
from ui.gallery.__main__ import make_notebook

KILLS = int(os.environ.get("DAFTAR_CARE_KILLS", "4"))
CANARY = "Ғайратжонов"
PROGRAM = Path(__file__).with_name("care_window.py")


def opened(folder: Path) -> Vault:
    return Vault.open(folder, bytearray(b"gallery"))


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A notebook with something large, something deleted, and a copy inside."""
    folder = tmp_path_factory.mktemp("kills") / "notebook"
    make_notebook(folder)
    with opened(folder) as vault:
        doc = {"title": "recording", "concerns": [content_desk.SPEAKER]}
        evidence = next(iter(vault.write(SaveRecord("evidence", doc)).created))[1]
        vault.write(AttachFile(evidence, random.Random(5).randbytes(1 << 20) * 30, "a.wav"))
        narrative = {"language": "tg", "kind": "original", "text": CANARY * 50}
        gone = next(iter(vault.write(SaveRecord("interview", {"narratives": [narrative]})).created))[1]
        vault.write(DeleteRecord(gone))
        vault.keep_backup()
    return folder, evidence


def begun(folder: Path, work: str, target: Path, record: str) -> subprocess.Popen[str]:
    """A window in which the work runs."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROGRAM.parent.parent.parent),
        "QT_QPA_PLATFORM": "offscreen",
    }
    running = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), work, str(target), record],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "running\n"
    return running


def seconds_it_lasts(folder: Path, work: str, target: Path, record: str) -> float:
    """How long the work takes when nobody disturbs it, on this machine at this moment."""
    running, start = begun(folder, work, target, record), time.monotonic()
    assert running.stdout is not None
    assert running.stdout.readline() == "ended\n"
    lasted = time.monotonic() - start
    running.communicate(timeout=30)
    return lasted


def killed(folder: Path, work: str, target: Path, record: str, after: float) -> bool:
    """Begin the work in a window and kill its process so many seconds later; True if it had not ended by itself."""
    running = begun(folder, work, target, record)
    time.sleep(after)
    alive = running.poll() is None
    running.send_signal(signal.SIGKILL)
    rest, _ = running.communicate(timeout=10)
    return alive and "ended" not in rest


@pytest.mark.parametrize("work", ["copy", "purge", "go_back", "evidence"])
@pytest.mark.timeout(180)
def test_a_kill_in_the_middle_leaves_a_whole_notebook(
    master: tuple[Path, str], tmp_path: Path, work: str
) -> None:
    whole, record = master
    drawn, in_the_middle = random.Random(work), 0
    shutil.copytree(whole, tmp_path / "undisturbed")
    lasts = seconds_it_lasts(tmp_path / "undisturbed", work, tmp_path / "made", record)
    for number in range(KILLS):
        folder, target = tmp_path / f"notebook{number}", tmp_path / f"target{number}"
        shutil.copytree(whole, folder)
        with opened(folder) as vault:
            before = vault.snapshot().docs
        in_the_middle += killed(folder, work, target, record, drawn.uniform(0.0, 0.9 * lasts))
        with opened(folder) as vault:
            assert vault.alarm is None and vault.verify(deep=True).ok
            after = vault.snapshot().docs
            if work == "evidence":  # the step of custody stands exactly when the package was whole
                before["evidence"].pop(record), after["evidence"].pop(record)
            assert after == before
        assert len(list(folder.glob("[01]?"))) == 2
        if work in ("copy", "go_back") and target.exists():
            _whole_or_none(target)
        shutil.rmtree(folder)
        shutil.rmtree(target, ignore_errors=True)
    assert in_the_middle, "at least one kill struck while it worked"


def _whole_or_none(target: Path) -> None:
    """What a killed copy left is no notebook, or a whole one: never something between."""
    try:
        vault = opened(target)
    except DaftarError:
        return
    assert vault.verify(deep=True).ok
    vault.close()
