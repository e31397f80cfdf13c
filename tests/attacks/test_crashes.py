"""Faults at system calls and power cuts: a few of each here, all of them by `just faults` and `just power-cuts`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="strace is not installed"
)


def attack(root: Path, module: str, *words: str, seconds: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.attacks.{module}", *words],
        cwd=root, capture_output=True, text=True, timeout=seconds, check=False, env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    if "strace cannot watch here" in done.stderr:
        pytest.skip("the system does not permit strace to watch a process")
    assert (done.returncode == 0) is ("wrong 0," in done.stdout), done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_fault_at_a_system_call_loses_nothing_acknowledged(root: Path) -> None:
    told = attack(root, "faults", "--points", "40", seconds=300)
    assert "points 40 of" in told and "wrong 0," in told, told


def test_a_power_cut_loses_nothing_acknowledged(root: Path) -> None:
    told = attack(root, "replay", "--images", "200", seconds=300)
    assert "images 200," in told and "wrong 0," in told, told


def test_the_power_cuts_find_a_forgotten_fsync(root: Path) -> None:
    told = attack(root, "replay", "--images", "60", "--act", "attach", "--without-fsync", seconds=300)
    assert "images 60," in told and "wrong 0," not in told, told


@pytest.mark.slow
def test_a_window_killed_at_work_loses_nothing_it_said_was_done(root: Path) -> None:
    told = attack(root, "window_kills", "--kills", "1", seconds=600)
    assert "kills 10," in told and "wrong 0," in told, told
