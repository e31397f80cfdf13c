"""The setup script: what it decides, without installing anything."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def checkout(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("checkout_script", root / "packaging" / "checkout.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, checkout: ModuleType) -> list[list[str]]:
    seen: list[list[str]] = []

    def run(words: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        seen.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(checkout.subprocess, "run", run)
    return seen


def test_an_old_python_is_told_so(checkout: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(checkout, "OLDEST", (99, 0))
    with pytest.raises(SystemExit):
        checkout.main(["setup"])
    assert "needs Python 99.0 or newer" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["install"], ["--help"]])
def test_unknown_words_are_a_usage_error(checkout: ModuleType, words: list[str]) -> None:
    assert checkout.main(words) == 2


def test_packages_are_installed_by_hash_and_only_once(
    checkout: ModuleType, calls: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "STAMPS", {False: tmp_path / "run", True: tmp_path / "test"})
    checkout.install_locked(False)
    assert len(calls) == 1
    assert {"--require-hashes", "--no-input", "--only-binary"} <= set(calls[0])
    assert not [word for word in calls[0] if "://" in word or word in ("--index-url", "-i")]
    checkout.install_locked(False)
    assert len(calls) == 1
    checkout.install_locked(True)
    assert len(calls) == 2
    (tmp_path / "run").unlink()
    checkout.install_locked(False)  # the development packages hold the others
    assert len(calls) == 2


def test_a_changed_lock_is_installed_anew(
    checkout: ModuleType, calls: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "x.lock"
    lock.write_text("a==1", "ascii")
    monkeypatch.setattr(checkout, "ROOT", tmp_path)
    monkeypatch.setattr(checkout, "LOCKS", {False: lock, True: lock})
    monkeypatch.setattr(checkout, "STAMPS", {False: tmp_path / "run", True: tmp_path / "test"})
    checkout.install_locked(False)
    lock.write_text("a==2", "ascii")
    checkout.install_locked(False)
    assert len(calls) == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs system packages")
def test_missing_system_packages_are_installed_by_root_and_named_to_others(
    checkout: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(checkout, "QT_LIBRARIES", {"libabsent1": "libabsent.so.1"})
    monkeypatch.setattr(
        checkout.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else "x"
    )
    monkeypatch.setattr(checkout.os, "geteuid", lambda: 1000)
    checkout.install_system_packages(False)
    assert calls == []
    assert "sudo apt-get install -y --no-install-recommends libabsent1" in capsys.readouterr().err
    monkeypatch.setattr(checkout.os, "geteuid", lambda: 0)
    checkout.install_system_packages(False)
    assert calls == [["apt-get", "install", "-y", "--no-install-recommends", "libabsent1"]]


def test_the_launcher_isolates_python(
    checkout: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "LAUNCHER", tmp_path / "daftar")
    checkout.write_launcher()
    text = (tmp_path / "daftar").read_text("utf-8")
    assert " -I -B -X utf8 " in text
    assert "__main__.py" in text
    if os.name != "nt":
        assert os.access(tmp_path / "daftar", os.X_OK)


def test_a_screen_is_seen_by_its_variables(checkout: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a screen")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not checkout.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert checkout.has_display()


def test_continuous_integration_runs_the_command_of_the_readme(root: Path) -> None:
    command = "python3 packaging/checkout.py test"
    assert command in (root / ".ci" / "run").read_text("utf-8")
    assert command in (root / "README.md").read_text("utf-8")
    assert os.access(root / ".ci" / "run", os.X_OK)


def test_every_check_is_run_and_one_failure_fails_the_whole(
    checkout: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    ran: list[str] = []

    def run(words: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        ran.append(" ".join(words))
        return subprocess.CompletedProcess(words, 1 if "pytest" in words else 0)

    monkeypatch.setattr(checkout.subprocess, "run", run)
    monkeypatch.setattr(checkout, "check_demonstration", lambda environment: True)
    assert checkout.run_checks([]) == 1
    assert len(ran) == len(checkout.checks([]))
    assert "FAILED: tests" in capsys.readouterr().err
    order = [name for name, _ in checkout.checks([])]
    assert (
        order.index("import contracts") < order.index("types") < order.index("tests") < order.index("schema")
    )
