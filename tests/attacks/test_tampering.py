"""Flipped bits, swapped pages, a whole old folder; and that no attempt at the door does more work than another (5.5, 5.6, 5.11)."""

from __future__ import annotations

import errno
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from storage import (
    DaftarError,
    Environment,
    EnvironmentProblem,
    Files,
    SaveRecord,
    SetSetting,
    Tampered,
    Vault,
    WrongPassphrase,
)
from storage.keys import attempts, ring
from storage.recording.handle import is_alive
from tests.attacks import timing
from tests.attacks.acts import FLOOR, NEW, OLD, make_template, narrative, record_id
from tests.attacks.exchanges import EXCHANGES, attack, wrong_of
from tests.attacks.timing import WRONG, mann_whitney

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="strace is not installed"
)


def flips(root: Path, *words: str, seconds: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.flips", *words],
        cwd=root, capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip
    if "strace cannot watch here" in done.stderr:
        pytest.skip("the system does not permit strace to watch a process")
    assert done.returncode == 0, done.stdout + done.stderr
    for kind in ("one header copy", "both header copies", "database", "journal", "attached file"):
        assert kind in done.stdout


@linux
def test_a_flipped_bit_never_gives_wrong_data(root: Path) -> None:
    flips(root, "--flips", "200", seconds=300)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_template(tmp_path / "vault")
    return tmp_path / "vault"


def open_old(folder: Path) -> Vault:
    return Vault.open(folder, bytearray(OLD))


@pytest.mark.parametrize("name", EXCHANGES)
def test_what_is_put_in_the_place_of_something_else_is_found(tmp_path: Path, name: str) -> None:
    tried = attack(name, tmp_path)
    assert tried and not wrong_of(name, tried), tried


def test_a_whole_old_folder_opens_and_only_the_closing_code_tells(folder: Path, tmp_path: Path) -> None:
    """What a laptop alone cannot find (security page 2.2): the code that was noted at closing differs."""
    old = shutil.copytree(folder, tmp_path / "yesterday")
    with open_old(folder) as vault:
        vault.write(SaveRecord("interview", narrative("имрӯз"), record_id(70)))
        vault.write(SetSetting("a", 1))
    with open_old(folder) as vault:
        noted = vault.closing_code
    with open_old(folder) as vault:
        assert vault.closing_code == noted
    with open_old(old) as vault:
        assert vault.alarm is None and vault.get(record_id(70)) is None
        assert vault.closing_code != noted


def test_right_decoy_and_wrong_passphrases_cost_the_same_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One Argon2id run and every slot tried, whatever was typed: what `timing` then measures on a quiet machine."""
    with open_old(folder) as vault:
        vault.decoy.create(bytearray(NEW))
    done: Counter[str] = Counter()

    def counted(module: Any, name: str) -> None:
        real = getattr(module, name)

        def call(*arguments: Any, **named: Any) -> Any:
            done[name] += 1
            return real(*arguments, **named)

        monkeypatch.setattr(module, name, call)

    counted(attempts, "derive_kek")
    counted(ring, "unwrap_slot")
    seen = set()
    for passphrase in (OLD, NEW, WRONG):
        done.clear()
        try:
            Vault.open(folder, bytearray(passphrase))._session.abandon()
            assert passphrase != WRONG
        except WrongPassphrase:
            assert passphrase == WRONG
        seen.add(tuple(sorted(done.items())))
    assert seen == {(("derive_kek", 1), ("unwrap_slot", 8))}


def test_the_statistics_of_timing_tell_apart_what_differs() -> None:
    rng = random.Random(3)
    first, second, later = ([rng.gauss(mean, 1) for _ in range(200)] for mean in (10, 10, 11))
    assert mann_whitney(first, second) > 0.01
    assert mann_whitney(first, later) < 0.0001


def test_a_difference_of_times_is_believed_only_when_the_machine_is_quiet(capsys: Any) -> None:
    rng = random.Random(4)

    def times(decoy: float, control: float) -> dict[str, list[float]]:
        means = {"right": 10.0, "decoy": decoy, "wrong": 10.0, "control": control}
        return {kind: [rng.gauss(mean, 0.2) for _ in range(200)] for kind, mean in means.items()}

    assert timing.judge(iter([times(10, 10)])) == 0
    assert timing.judge(iter([times(10.5, 10), times(10.5, 10)])) == 1
    assert timing.judge(iter([times(10.5, 10), times(10, 10)])) == 0
    assert timing.judge(iter([times(10, 10.5), times(10.5, 10.5)])) == 2


def test_no_error_of_a_damaged_notebook_is_without_words(folder: Path) -> None:
    for name in ("A.hdr", "B.hdr"):
        (folder / name).write_bytes(bytes(4096))
    with pytest.raises(DaftarError) as caught:
        open_old(folder)
    assert caught.value.message


def test_a_disk_error_while_looking_for_leftovers_keeps_nobody_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any, **_named: Any) -> Any:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(Path, "glob", broken)
    with open_old(folder) as vault:
        assert vault.get(record_id(1)) is not None
        with pytest.raises(EnvironmentProblem):
            vault.purge()
    monkeypatch.undo()
    monkeypatch.setattr(sys.modules["storage.db.migrate"], "files", broken)
    with pytest.raises(EnvironmentProblem):
        open_old(folder)
    monkeypatch.undo()
    open_old(folder).close()


def test_the_name_of_a_new_notebook_is_made_durable(tmp_path: Path) -> None:
    synced: list[Path] = []

    class Noting(Files):
        def sync_folder(self, folder: Path) -> None:
            synced.append(folder)
            super().sync_folder(folder)

    deep = tmp_path / "a" / "b" / "vault"
    Vault.create(deep, bytearray(OLD), cost=FLOOR, env=Environment(files=Noting())).close()
    assert {tmp_path, tmp_path / "a", tmp_path / "a" / "b", deep} <= set(synced)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meta SET value = '1' WHERE key = 'lamport'",
        "DELETE FROM unindexed",
        "UPDATE search_fts SET x = 'чизи', t = 'chizi' WHERE rowid = 1",
    ],
)
def test_counters_and_an_index_behind_the_records_are_found_and_mended(folder: Path, sql: str) -> None:
    with open_old(folder) as vault:
        vault.write(SaveRecord("interview", narrative("ҷустуҷӯ"), record_id(1)))
        assert vault.verify(deep=True).ok
        vault._session.database.execute(sql)
        assert vault.verify(deep=True).derived == "stale"
        assert vault.verify(deep=True, rebuild=True).ok
        assert [hit.id for hit in vault.search("ҷустуҷӯ").hits] == [record_id(1)]


def test_a_search_over_a_damaged_index_is_refused_in_words(folder: Path) -> None:
    with open_old(folder) as vault:
        vault._session.database.execute("DELETE FROM search_rows")
        with pytest.raises(Tampered):
            vault.search("рӯзи")


def test_a_disk_error_at_the_lists_of_words_is_told_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any, **_named: Any) -> Any:
        raise OSError(errno.EIO, "broken")

    module = sys.modules["storage.crypto.proposal"]
    module.word_list.cache_clear()
    module.all_words.cache_clear()
    with open_old(folder) as vault:
        monkeypatch.setattr(module, "files", broken)
        with pytest.raises(EnvironmentProblem):
            vault.ways_in.change_passphrase(bytearray(NEW))
        monkeypatch.undo()
        vault.ways_in.change_passphrase(bytearray(NEW))


def test_a_recorder_the_disk_does_not_tell_of_is_taken_for_alive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken for ended, its recording would be closed and what it still writes lost."""
    assert not is_alive(tmp_path, bytes(16))

    def broken(*_arguments: Any, **_named: Any) -> Any:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr("storage.recording.handle.os.open", broken)
    assert is_alive(tmp_path, bytes(16))
