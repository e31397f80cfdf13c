"""Backups: rolling ones, copies of the folder, the way back; disk full, cancelled, damaged, in the way of something."""

from __future__ import annotations

import errno
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from storage import (
    AttachFile,
    Cancelled,
    DeleteRecord,
    Environment,
    EnvironmentProblem,
    Files,
    InvalidInput,
    SaveRecord,
    Tampered,
    Vault,
    WrongPassphrase,
)

migrating = import_module("storage.db.migrate")  # the package gives its function under the same name
FIRST = "yetti soʻz"
SECOND = "olma anor gilos tarvuz qovun behi shaftoli"


def typed(text: str = FIRST) -> bytearray:
    return bytearray(text.encode())


def save(vault: Vault, text: str) -> str:
    doc = {"narratives": [{"language": "tg", "kind": "original", "text": text}]}
    return next(iter(vault.write(SaveRecord("interview", doc)).created))[1]


@pytest.fixture
def filled(folder: Path) -> Path:
    with Vault.open(folder, typed()) as vault:
        for number in range(10):
            save(vault, f"Рӯзи {number} " * 40)
        evidence = next(iter(vault.write(SaveRecord("evidence", {"title": "photo"})).created))[1]
        vault.write(AttachFile(evidence, b"\xff\xd8 picture " * 9000, "a.jpg"))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


class FullFiles(Files):
    """The disk is full after so many bytes, once armed."""

    def __init__(self) -> None:
        self.left: int | None = None

    def write(self, file: BinaryIO, data: bytes) -> None:
        if self.left is not None:
            self.left -= len(data)
            if self.left < 0:
                super().write(file, data[: len(data) // 2])
                raise OSError(errno.ENOSPC, "full")
        super().write(file, data)


# The copy of the folder


def test_a_backup_is_the_folder_byte_for_byte_without_its_lock(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        seen: list[tuple[int, int]] = []
        same: list[bool] = []

        def hear(done: int, total: int) -> None:
            seen.append((done, total))
            if done == total:
                same.append(tree(tmp_path / "copy") == tree(filled))

        assert vault.care_facts().last_copy_ms is None
        vault.backup(tmp_path / "copy", hear)
        assert same and all(same), "also while the vault is open: nothing of it is pending"
        assert vault.care_facts().last_copy_ms, "when it was copied is noted after the copy was read again"
        assert not (tmp_path / "copy" / "lock").exists()
        assert seen[-1][0] == seen[-1][1] > 0
        save(vault, "goes on after the backup")
        assert vault.verify(deep=True).ok
    parts = {path.name for path in (tmp_path / "copy").iterdir()}
    assert parts == {"A.hdr", "B.hdr", "0a", "1a"}
    assert all((tmp_path / "copy" / part / "blobs").is_dir() for part in ("0a", "1a"))


def test_a_backup_restores_with_a_new_replica_and_says_so_in_the_log(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        vault.backup(tmp_path / "copy")
        docs, replica = vault.snapshot().docs, vault._session.replica
    before = tree(tmp_path / "copy")
    with Vault.restore(tmp_path / "copy", tmp_path / "again", typed()) as vault:
        assert vault.snapshot().docs == docs and vault.alarm is None
        assert vault._session.replica != replica
        assert b'"kind":"restore"' in vault._session.log.events()[-1][1]
    assert tree(tmp_path / "copy") == before
    with Vault.open(tmp_path / "again", typed()) as vault:
        assert vault.alarm is None and vault.verify(deep=True).ok


def test_a_target_that_exists_or_lies_inside_is_refused(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_bytes(b"x")
    (tmp_path / "file").write_bytes(b"x")
    with Vault.open(filled, typed()) as vault:
        for target in (tmp_path / "full", tmp_path / "file", filled, filled / "inside", tmp_path):
            with pytest.raises(InvalidInput):
                vault.backup(target)
        vault.backup(tmp_path / "copy")
    for target in (tmp_path / "full", tmp_path / "file", tmp_path / "copy", tmp_path / "copy" / "inside"):
        with pytest.raises(InvalidInput):
            Vault.restore(tmp_path / "copy", target, typed())
    assert (tmp_path / "full" / "x").read_bytes() == b"x"


def test_a_full_disk_leaves_nothing_and_the_vault_as_it_was(filled: Path, tmp_path: Path) -> None:
    for room in (0, 1000, 5000, 50_000, 300_000):
        files = FullFiles()
        with Vault.open(filled, typed(), env=replace(Environment(), files=files)) as vault:
            files.left = room + 8192  # the header is sealed first
            with pytest.raises(EnvironmentProblem):
                vault.backup(tmp_path / "copy")
            files.left = None
            assert not (tmp_path / "copy").exists()
            save(vault, "goes on")
            assert vault.verify().ok


def test_too_little_space_is_found_before_anything_is_written(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: _Usage())
    with Vault.open(filled, typed()) as vault, pytest.raises(EnvironmentProblem):
        vault.backup(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


class _Usage:
    free = 1000


def test_a_backup_is_stopped_between_two_pieces(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:

        def stop(done: int, total: int) -> None:
            if done > total // 2:
                vault.interrupt()

        with pytest.raises(Cancelled):
            vault.backup(tmp_path / "copy", stop)
        assert not (tmp_path / "copy").exists()
        assert vault.verify().ok


def test_a_damaged_backup_is_not_restored(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        vault.backup(tmp_path / "copy")
        container = vault._session.ring.container.name
    rng = random.Random(5)
    database, (blob,) = (
        tmp_path / "copy" / container / "db",
        (tmp_path / "copy" / container).glob("blobs/*/*"),
    )
    for path in (database, blob):
        whole = path.read_bytes()
        for _ in range(4):
            bad = bytearray(whole)
            bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
            for damage in (bytes(bad), whole[: len(whole) // 2 // 4096 * 4096]):
                path.write_bytes(damage)
                with pytest.raises((Tampered, EnvironmentProblem)):
                    Vault.restore(tmp_path / "copy", tmp_path / "again", typed())
                assert not (tmp_path / "again").exists()
        path.write_bytes(whole)
    with pytest.raises(WrongPassphrase):
        Vault.restore(tmp_path / "copy", tmp_path / "again", typed("wrong"))
    assert not (tmp_path / "again").exists()
    for name in ("A.hdr", "B.hdr"):
        (tmp_path / "copy" / name).write_bytes(b"\0" * 4096)
    with pytest.raises((Tampered, EnvironmentProblem)):
        Vault.restore(tmp_path / "copy", tmp_path / "again", typed())


def test_an_old_database_in_a_backup_is_not_restored(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        container = vault._session.ring.container
    old = (container / "db").read_bytes()
    with Vault.open(filled, typed()) as vault:
        save(vault, "later")
        vault.backup(tmp_path / "copy")
    (tmp_path / "copy" / container.name / "db").write_bytes(old)
    with pytest.raises(Tampered):
        Vault.restore(tmp_path / "copy", tmp_path / "again", typed())


def test_a_backup_holds_the_decoy_too(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        vault.decoy.create(typed(SECOND), label="school")
        vault.backup(tmp_path / "copy")
    with Vault.restore(tmp_path / "copy", tmp_path / "one", typed(SECOND)) as decoy:
        assert decoy.label == "school"
    with Vault.open(tmp_path / "one", typed()) as vault:
        assert vault.counts()["interview"] == 10 and vault.alarm is None


def test_a_copy_while_another_daftar_has_it_open_is_refused(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()), pytest.raises(EnvironmentProblem):
        Vault.restore(filled, tmp_path / "again", typed())
    assert not (tmp_path / "again").exists()


# Rolling backups


@pytest.fixture
def clocked(filled: Path) -> Iterator[tuple[Vault, list[int]]]:
    now = [int(filled.stat().st_mtime * 1000) + 1000]
    vault = Vault.open(filled, typed(), env=replace(Environment(), now_ms=lambda: now[0]))
    yield vault, now
    vault.close()


def test_three_rolling_backups_are_kept(clocked: tuple[Vault, list[int]]) -> None:
    vault, _ = clocked
    container, sizes = vault._session.ring.container, []
    for number in range(5):
        save(vault, f"entry {number} " * 500)
        vault.keep_backup()
        sizes.append((container / "backup" / "1").read_bytes()[:16])
    assert [number for number, _ in vault.rolling_backups()] == [1, 2, 3]
    assert not list((container / "incoming").iterdir())
    plain = (container / "backup" / "1").read_bytes()
    assert b"SQLite format" not in plain[:16] and b"entry" not in plain
    assert plain[:16] != (container / "db").read_bytes()[:16]


def test_a_rolling_backup_is_due_a_day_later_if_something_was_written(
    clocked: tuple[Vault, list[int]],
) -> None:
    vault, now = clocked
    day = 24 * 3600 * 1000
    assert vault.backup_due
    vault.keep_backup()
    now[0] = vault.rolling_backups()[0][1] + 1
    save(vault, "new")
    assert not vault.backup_due
    now[0] += day
    assert vault.backup_due
    vault.keep_backup()
    now[0] += 3 * day
    assert not vault.backup_due, "nothing was written since"
    save(vault, "new again")
    now[0] -= 40 * day
    assert vault.backup_due, "a clock put back must not stop the backups"


def test_a_damaged_database_comes_back_from_a_rolling_backup(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        docs: dict[str, Any] = vault.snapshot().docs
        vault.keep_backup()
        save(vault, "after the backup")
        container = vault._session.ring.container
    (container / "db").write_bytes(random.Random(3).randbytes(40_960))
    with pytest.raises(Tampered):
        Vault.open(filled, typed())
    with pytest.raises(EnvironmentProblem):
        Vault.restore(filled, tmp_path / "again", typed(), rolling=2)
    assert not (tmp_path / "again").exists()
    with Vault.restore(filled, tmp_path / "again", typed(), rolling=1) as vault:
        assert vault.snapshot().docs == docs
    with Vault.open(tmp_path / "again", typed()) as vault:
        assert vault.alarm is None and vault.verify(deep=True).ok


def test_a_damaged_rolling_backup_is_not_put_back(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        vault.keep_backup()
        path = vault._session.ring.container / "backup" / "1"
    bad = bytearray(path.read_bytes())
    bad[len(bad) // 2] ^= 1
    path.write_bytes(bad)
    with pytest.raises(Tampered):
        Vault.restore(filled, tmp_path / "again", typed(), rolling=1)
    assert not (tmp_path / "again").exists()


def test_a_rolling_backup_with_an_erased_file_still_comes_back(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        vault.keep_backup()
        (evidence,) = (doc["id"] for doc in vault.docs("evidence"))
        vault.write(DeleteRecord(evidence, erase=True))
    with Vault.restore(filled, tmp_path / "again", typed(), rolling=1) as vault:
        assert vault.counts()["interview"] == 10


def test_a_backup_is_kept_before_a_migration(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = migrating.migrations()
    newer = [*real, (real[-1][0] + 1, "CREATE TABLE later (n INTEGER PRIMARY KEY) STRICT;\n")]
    monkeypatch.setattr(migrating, "migrations", lambda: newer)
    with Vault.open(filled, typed()) as vault:
        assert [number for number, _ in vault.rolling_backups()] == [1]
        assert vault._session.database.one("SELECT count(*) FROM later") == (0,)
    with Vault.open(filled, typed()) as vault:
        assert [number for number, _ in vault.rolling_backups()] == [1]


def test_a_rolling_backup_stopped_leaves_the_older_ones(clocked: tuple[Vault, list[int]]) -> None:
    vault, _ = clocked
    vault.keep_backup()
    before = vault.rolling_backups()

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        vault.keep_backup(stop)
    assert vault.rolling_backups() == before
    assert vault.verify().ok
