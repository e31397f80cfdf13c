"""Faults at system calls and power cuts: a few of each here, all of them by `just faults` and `just power-cuts`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from i18n.message import msg
from storage import AttachFile, Environment, EnvironmentProblem, Files, Vault
from tests.attacks.acts import OLD, make_template, record_id

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_template(tmp_path / "vault")
    return tmp_path / "vault"


def test_a_file_whose_commit_was_told_as_failed_but_stands_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last sync of a commit, of the folder after the journal went, may fail when all is done."""
    with Vault.open(folder, bytearray(OLD)) as vault:
        real = vault._session.database.execute

        def refusing(sql: str, values: Sequence[Any] = ()) -> None:
            real(sql, values)
            if sql == "COMMIT":
                raise EnvironmentProblem(msg("The disk reported an error (number {number}).", number=5))

        monkeypatch.setattr(vault._session.database, "execute", refusing)
        with pytest.raises(EnvironmentProblem):
            vault.write(AttachFile(record_id(20), b"said to have failed", "a.txt"))
        monkeypatch.undo()
    with Vault.open(folder, bytearray(OLD)) as vault:
        assert b"".join(vault.read_blob(record_id(20))) == b"said to have failed"
        assert vault.verify(deep=True).ok


@pytest.mark.parametrize("module", ["copying", "restoring"])
def test_half_a_copy_is_no_notebook(folder: Path, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Killed half way nothing is tidied up: what then lies there must not open."""
    target = folder.parent / "copy"

    class Dying(Files):
        def sync_folder(self, place: Path) -> None:
            if place == target:
                raise KeyboardInterrupt
            super().sync_folder(place)

    for name in ("copying", "restoring"):
        monkeypatch.setattr(sys.modules[f"storage.backup.{name}"], "remove_tree", lambda *_a, **_n: None)
    env = Environment(files=Dying())
    with pytest.raises(KeyboardInterrupt):
        if module == "restoring":
            Vault.restore(folder, target, bytearray(OLD), env=env)
        else:
            with Vault.open(folder, bytearray(OLD), env=env) as vault:
                vault.backup(target)
    assert any(target.rglob("db"))
    with pytest.raises(EnvironmentProblem):
        Vault.open(target, bytearray(OLD))
