"""The panic wipe: keys first and durably, quickly, also of an open vault, and honest when the disk refuses."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from storage import DaftarError, Environment, EnvironmentProblem, Files, Vault, wipe_vault


def typed() -> bytearray:
    return bytearray("yetti soʻz".encode())


class Recorder(Files):
    """Notes the order of what is done."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []
        self.written: dict[str, bytes] = {}

    def overwrite(self, path: Path, data: bytes) -> None:
        super().overwrite(path, data)
        self.steps.append(("overwritten and synced", path.name))
        self.written[path.name] = path.read_bytes()

    def remove(self, path: Path) -> None:
        self.steps.append(("removed", path.name))
        super().remove(path)


def test_both_headers_are_overwritten_before_anything_is_removed(folder: Path) -> None:
    whole, files = (folder / "A.hdr").read_bytes(), Recorder()
    vault = Vault.open(folder, typed())
    wipe_vault(folder, replace(Environment(), files=files))
    assert files.steps[:4] == [
        ("overwritten and synced", "A.hdr"),
        ("overwritten and synced", "B.hdr"),
        ("removed", "A.hdr"),
        ("removed", "B.hdr"),
    ]
    first, second = files.written["A.hdr"], files.written["B.hdr"]
    assert len(first) == len(second) == 4096 and first != second
    assert sum(one == two for one, two in zip(first, whole, strict=True)) < 64
    assert not folder.exists()
    vault._session.abandon()
    with pytest.raises(DaftarError):
        Vault.open(folder, typed())


def test_it_takes_less_than_a_second(folder: Path) -> None:
    (folder / "0a" / "blobs" / "ab").mkdir(parents=True)
    for number in range(2000):
        (folder / "0a" / "blobs" / "ab" / f"{number}").write_bytes(b"x")
    started = time.perf_counter()
    wipe_vault(folder)
    assert time.perf_counter() - started < 1.0
    assert not folder.exists()


class Refusing(Files):
    """A write-protected medium."""

    def overwrite(self, path: Path, data: bytes) -> None:
        raise PermissionError(30, "read-only")

    def remove(self, path: Path) -> None:
        raise PermissionError(30, "read-only")


def test_a_disk_that_refuses_is_said_and_nothing_else_is_removed(folder: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        wipe_vault(folder, replace(Environment(), files=Refusing()))
    Vault.open(folder, typed()).close()


def test_one_header_gone_already_does_not_stop_it(folder: Path) -> None:
    (folder / "A.hdr").unlink()
    wipe_vault(folder)
    assert not folder.exists()


def test_only_a_notebook_is_wiped_and_only_what_belongs_to_it(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "pictures"
    other.mkdir()
    (other / "wedding.jpg").write_bytes(b"x")
    (other / "0a").mkdir()
    (other / "0a" / "notes.txt").write_bytes(b"x")
    for place in (other, tmp_path / "nowhere"):
        with pytest.raises(EnvironmentProblem):
            wipe_vault(place)
    assert (other / "wedding.jpg").exists() and (other / "0a" / "notes.txt").exists()
    (folder / "letter.txt").write_bytes(b"x")
    wipe_vault(folder)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
