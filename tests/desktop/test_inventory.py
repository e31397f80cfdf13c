"""A folder build finds its own damaged, missing and foreign files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop import inventory, paths, selftest
from storage import Tampered


@pytest.fixture
def build(tmp_path: Path) -> Path:
    for name, text in (("daftar", "start"), ("program/Ӯ.txt", "one"), ("lib/x.pyc", "two")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    write_list(tmp_path)
    return tmp_path


def write_list(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.relative_to(folder).as_posix()}\n"
        for one in files
    ]
    (folder / inventory.LIST).write_text("".join(lines), "utf-8")


def test_a_whole_build_passes(build: Path) -> None:
    inventory.check_own_files(build)


def test_a_checkout_has_no_list_and_asks_for_none() -> None:
    assert not paths.BUILT
    inventory.check_own_files()
    assert len(selftest.checks()) == 4


@pytest.mark.parametrize("name", ["daftar", "program/Ӯ.txt", "lib/x.pyc"])
def test_a_changed_or_missing_file_is_named(build: Path, name: str) -> None:
    (build / name).write_text("tw0", "utf-8")
    with pytest.raises(Tampered) as changed:
        inventory.check_own_files(build)
    (build / name).unlink()
    with pytest.raises(Tampered) as missing:
        inventory.check_own_files(build)
    assert changed.value.message.values == missing.value.message.values == {"file": name}


@pytest.mark.parametrize("name", ["lib/sitecustomize.pyc", "program/PIL.py"])
def test_a_planted_file_is_named(build: Path, name: str) -> None:
    (build / name).write_text("evil", "utf-8")
    with pytest.raises(Tampered) as found:
        inventory.check_own_files(build)
    assert "does not belong" in found.value.message.source
    assert found.value.message.values == {"file": name}


@pytest.mark.parametrize("target", ["nowhere", "lib"])
def test_a_planted_link_is_found(build: Path, target: str) -> None:
    (build / "program" / "json").symlink_to(build / target)
    with pytest.raises(Tampered):
        inventory.check_own_files(build)


def test_a_build_without_its_list_is_not_whole(build: Path) -> None:
    (build / inventory.LIST).write_text("no list\n", "utf-8")
    with pytest.raises(Tampered):
        inventory.check_own_files(build)
    (build / inventory.LIST).unlink()
    with pytest.raises(Tampered):
        inventory.check_own_files(build)
