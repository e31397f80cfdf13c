"""A database whose disk went away, came back as another, or is protected: told apart from a damaged one."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from i18n import Catalog
from storage import DaftarError, EnvironmentProblem, SaveRecord, Vault
from storage.db import connection, open_database
from tests.storage.conftest import typed

GONE = "The disk does not answer"


def said(error: DaftarError) -> str:
    return Catalog("en").text(error.message)


def test_another_folder_in_its_place_is_a_pulled_stick_and_no_damage(folder: Path) -> None:
    vault = Vault.open(folder, typed())
    shutil.copytree(folder, folder.parent / "other")
    folder.rename(folder.parent / "pulled")
    (folder.parent / "other").rename(folder)
    with pytest.raises(EnvironmentProblem) as refused:
        vault.write(SaveRecord("person", {}))
    assert GONE in said(refused.value) and refused.value.hint is not None
    vault.close()
    Vault.open(folder, typed()).close()


def test_a_folder_that_is_gone_is_no_damage_and_back_again_all_is_well(folder: Path) -> None:
    vault = Vault.open(folder, typed())
    folder.rename(folder.parent / "pulled")
    with pytest.raises(EnvironmentProblem) as refused:
        vault.write(SaveRecord("person", {}))
    assert GONE in said(refused.value)
    (folder.parent / "pulled").rename(folder)
    vault.write(SaveRecord("person", {"occupation": "after"}))
    vault.close()
    with Vault.open(folder, typed()) as again:
        assert [doc["occupation"] for doc in again.docs("person")] == ["after"]
        assert again.verify(deep=True).ok


def test_a_damaged_database_stays_a_damaged_one(folder: Path) -> None:
    with Vault.open(folder, typed()) as vault:
        for _ in range(30):
            vault.write(SaveRecord("person", {"occupation": "x" * 2000}))
        place = vault._session.ring.container / "db"
    data = bytearray(place.read_bytes())
    for at in range(8192, len(data), 4096):
        data[at + 100] ^= 1
    place.write_bytes(data)
    with pytest.raises(DaftarError) as refused, Vault.open(folder, typed()) as vault:
        list(vault.docs("person"))
    assert refused.value.code == "tampered"


@pytest.mark.parametrize("mode", ["missing", "folder"])
def test_why_a_database_cannot_be_opened_is_the_systems_word(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "no" / "db"
    if mode == "folder":
        path.mkdir(parents=True)
    with pytest.raises(EnvironmentProblem) as refused:
        open_database(path, bytearray(32), bytearray(16), create=True)
    assert "missing" in said(refused.value) or "error" in said(refused.value)


def test_pulled_out_at_the_very_moment_of_opening(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_path: Path) -> tuple[int, int]:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(connection, "_identity", gone)
    with pytest.raises(EnvironmentProblem) as refused:
        Vault.open(folder, typed())
    assert GONE in said(refused.value)
    monkeypatch.undo()
    Vault.open(folder, typed()).close()
