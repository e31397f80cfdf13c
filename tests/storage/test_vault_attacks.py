"""What others may do to a vault folder: flip, cut, swap, roll back, plant, open twice. Never silently wrong data."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from sqlcipher3 import dbapi2

from storage import (
    AttachFile,
    Cancelled,
    DaftarError,
    Environment,
    EnvironmentProblem,
    Files,
    Incompatible,
    InvalidInput,
    KdfCost,
    SaveDraft,
    SaveRecord,
    SetSetting,
    Tampered,
    Vault,
    WrongPassphrase,
)

FLOOR = KdfCost(8192, 1, 1)
PAGE = 4096


def typed(text: str = "yetti soʻz") -> bytearray:
    return bytearray(text.encode())


def save(vault: Vault, doc: dict[str, Any], record_id: str | None = None) -> str:
    changes = vault.write(SaveRecord("interview", doc, record_id))
    return next(iter(changes.created | changes.changed))[1]


def narrative(text: str) -> dict[str, Any]:
    return {"narratives": [{"language": "tg", "kind": "original", "text": text}]}


def real_container(folder: Path) -> Path:
    """The container that grew: only a test can know it so easily."""
    return max(folder.glob("[01]a"), key=lambda path: (path / "db").stat().st_size)


@pytest.fixture
def filled(folder: Path) -> tuple[Path, dict[str, Any]]:
    with Vault.open(folder, typed()) as vault:
        for number in range(30):
            save(vault, narrative(f"Рӯзи {number}: омаданд ва бурданд. " * 60))
        evidence = next(iter(vault.write(SaveRecord("evidence", {"title": "photo"})).created))[1]
        vault.write(AttachFile(evidence, b"\xff\xd8 picture " * 9000, "a.jpg"))
        return folder, vault.snapshot().docs


def open_and_check(folder: Path) -> tuple[str, dict[str, Any] | None]:
    """Open, verify, read everything: gives (how it went, the documents when all seemed well)."""
    try:
        vault = Vault.open(folder, typed())
    except DaftarError as error:
        return error.code, None
    try:
        if vault.alarm is not None or not vault.verify(deep=True).ok:
            return "found", None
        return "ok", vault.snapshot().docs
    except DaftarError as error:
        return error.code, None
    finally:
        vault._session.abandon()


def test_a_random_bit_anywhere_in_the_database_is_found(filled: tuple[Path, dict[str, Any]]) -> None:
    folder, docs = filled
    database = real_container(folder) / "db"
    whole, rng = database.read_bytes(), random.Random(7)
    assert open_and_check(folder) == ("ok", docs)
    for _ in range(40):
        bad = bytearray(whole)
        bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        database.write_bytes(bad)
        how, found = open_and_check(folder)
        assert how != "ok" or found == docs, "a flipped bit changed what is read"
    database.write_bytes(whole)
    assert open_and_check(folder) == ("ok", docs)


def test_a_random_bit_in_an_attached_file_is_found(filled: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = filled
    (blob,) = folder.glob("*/blobs/*/*")
    whole, rng = blob.read_bytes(), random.Random(8)
    with Vault.open(folder, typed()) as vault:
        (evidence,) = (doc["id"] for doc in vault.docs("evidence"))
        for _ in range(60):
            bad = bytearray(whole)
            bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
            blob.write_bytes(bad)
            assert vault.verify().blobs == (1, 1)
            with pytest.raises(Tampered):
                list(vault.read_blob(evidence))
        for damage in (whole[:-1], whole[:1000], b"", whole + b"x"):
            blob.write_bytes(damage)
            assert not vault.verify().ok
        blob.unlink()
        assert vault.verify().blobs == (1, 1)
        with pytest.raises(Tampered):
            list(vault.read_blob(evidence))


@pytest.mark.parametrize("cut", [1, PAGE, 3 * PAGE])
def test_a_cut_database_is_found(filled: tuple[Path, dict[str, Any]], cut: int) -> None:
    folder, _ = filled
    database = real_container(folder) / "db"
    os.truncate(database, database.stat().st_size - cut)
    assert open_and_check(folder)[0] != "ok"


def test_every_single_old_page_put_back_is_found_by_the_check(folder: Path) -> None:
    """SQLCipher accepts an old page; the check of revisions, log and derived tables together does not."""
    with Vault.open(folder, typed()) as vault:
        interview = save(vault, narrative("ӯ дар хона буд " * 10))
        before_docs = vault.snapshot().docs
    database = real_container(folder) / "db"
    old = database.read_bytes()
    with Vault.open(folder, typed()) as vault:
        save(vault, {**(vault.get(interview) or {}), "languages": ["tg"]}, interview)
        docs = vault.snapshot().docs
    new = database.read_bytes()
    assert docs != before_docs
    changed = [
        at for at in range(0, min(len(old), len(new)), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]
    ]
    assert len(changed) > 5
    for at in changed:
        database.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        how, found = open_and_check(folder)
        assert how != "ok" or found == docs, f"page {at // PAGE} was put back unnoticed"
    database.write_bytes(new)


def test_an_old_database_under_a_new_header_opens_read_only_with_an_alarm(
    filled: tuple[Path, dict[str, Any]],
) -> None:
    folder, docs = filled
    database = real_container(folder) / "db"
    old = database.read_bytes()
    with Vault.open(folder, typed()) as vault:
        save(vault, narrative("баъдтар"))
    database.write_bytes(old)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with Vault.open(folder, typed()) as vault:
        assert vault.alarm is not None and vault.read_only
        assert vault.snapshot().docs == docs
        for operation in (SetSetting("a", 1), SaveDraft("a", None, "b"), SaveRecord("person", {})):
            with pytest.raises(Tampered):
                vault.write(operation)
        report = vault.verify()
        assert not report.ok and report.log == "rolled back"
        with pytest.raises(Tampered):
            vault.verify(rebuild=True)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_log_longer_than_the_seal_is_what_a_crash_leaves(filled: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = filled
    vault = Vault.open(folder, typed())
    save(vault, narrative("пеш аз қатъи барқ"))
    vault._session.abandon()
    with Vault.open(folder, typed()) as vault:
        assert vault.alarm is None and vault.counts()["interview"] == 31
    first, second = ((folder / name).read_bytes() for name in ("A.hdr", "B.hdr"))
    assert first == second


def test_a_database_of_another_vault_does_not_open(
    filled: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, _ = filled
    Vault.create(tmp_path / "other", typed(), cost=FLOOR).close()
    for index in ("0a", "1a"):
        shutil.copy(tmp_path / "other" / index / "db", folder / index / "db")
    with pytest.raises(Tampered):
        Vault.open(folder, typed())


def test_a_missing_database_is_said_to_be_missing(folder: Path) -> None:
    for index in ("0a", "1a"):
        (folder / index / "db").unlink()
    with pytest.raises(Tampered):
        Vault.open(folder, typed())


def test_both_containers_look_alike_and_either_may_be_the_real_one(tmp_path: Path) -> None:
    real = set()
    for number in range(12):
        folder = tmp_path / str(number)
        vault = Vault.create(folder, typed(), cost=FLOOR)
        real.add(vault._session.ring.content.container)
        vault.close()
        sizes = {(folder / index / "db").stat().st_size for index in ("0a", "1a")}
        trees = {tuple(sorted(path.name for path in (folder / index).iterdir())) for index in ("0a", "1a")}
        assert len(sizes) == 1 and trees == {("backup", "blobs", "db", "incoming", "outgoing")}
        assert sorted(path.name for path in folder.iterdir()) == ["0a", "1a", "A.hdr", "B.hdr", "lock"]
        assert (folder / "lock").stat().st_size == 0
    assert real == {0, 1}


def test_nothing_typed_stands_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    canary = "Канарейка-Ӯғур-Şıəh"
    needles = [
        word.encode(code) for word in canary.split("-") for code in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    needles += [b"yetti", b"secret-file-name", b"canarylabel", "Канарейка".encode("cp1251")]
    with Vault.create(folder, typed(), label="canarylabel", cost=FLOOR) as vault:
        interview = save(vault, narrative(canary * 200))
        vault.write(SaveDraft("d", interview, canary * 50))
        vault.write(SetSetting("s", canary))
        evidence = next(iter(vault.write(SaveRecord("evidence", {"title": canary})).created))[1]
        vault.write(AttachFile(evidence, canary.encode() * 100, "secret-file-name.txt"))
        vault.search(canary)
        during = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    for data in [*during, *(path.read_bytes() for path in folder.rglob("*") if path.is_file())]:
        assert not any(needle in data for needle in needles)
    assert not any(canary in str(path) or "secret" in str(path) for path in folder.rglob("*"))


def test_the_vault_opens_once_at_a_time_in_one_process_and_in_two(folder: Path) -> None:
    with Vault.open(folder, typed()):
        with pytest.raises(EnvironmentProblem):
            Vault.open(folder, typed())
        code = (
            "import sys; from storage import Vault, EnvironmentProblem\n"
            "try: Vault.open(sys.argv[1], bytearray('yetti soʻz'.encode()))\n"
            "except EnvironmentProblem as error: sys.exit(error.exit_code)\n"
        )
        root = Path(__file__).resolve().parent.parent.parent
        assert (
            subprocess.run([sys.executable, "-c", code, str(folder)], cwd=root, check=False).returncode == 8
        )
    Vault.open(folder, typed()).close()


def test_a_wrong_passphrase_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for wrong in ("", "yetti soz", "Yetti soʻz", "x" * 5000, "half \0"):
        with pytest.raises(WrongPassphrase):
            Vault.open(folder, typed(wrong))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    Vault.open(folder, typed("yetti so`z")).close()


def test_the_folder_that_cannot_be_used_is_said_so_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    with pytest.raises(InvalidInput):
        Vault.create(tmp_path / "full", typed(), cost=FLOOR)
    with pytest.raises(InvalidInput):
        Vault.create(tmp_path / "full" / "letter.txt", typed(), cost=FLOOR)
    with pytest.raises(EnvironmentProblem):
        Vault.open(tmp_path / "full", typed())
    with pytest.raises(EnvironmentProblem):
        Vault.open(tmp_path / "nowhere", typed())
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "letter.txt"]
    with pytest.raises(EnvironmentProblem):
        Vault.create(tmp_path / "full" / "letter.txt" / "below", typed(), cost=FLOOR)
    with pytest.raises(InvalidInput):
        Vault.create(tmp_path / "weak", typed(), cost=FLOOR, role="spy")
    with pytest.raises(InvalidInput):
        Vault.create(tmp_path / "weak", typed(), cost=FLOOR, label="half \ud800")
    with pytest.raises(InvalidInput):
        Vault.create(tmp_path / "weak", typed("password"))
    assert not (tmp_path / "weak").exists()


class RefusingFiles(Files):
    """The disk is full, or write-protected, from the n-th write on."""

    def __init__(self, number: int, at: int) -> None:
        self.error, self.left = number, at

    def write(self, file: BinaryIO, data: bytes) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(self.error, os.strerror(self.error))
        super().write(file, data)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_disk_that_refuses_an_attachment_leaves_the_vault_whole(folder: Path, number: int, at: int) -> None:
    with Vault.open(folder, typed(), env=Environment(files=RefusingFiles(number, at))) as vault:
        evidence = next(iter(vault.write(SaveRecord("evidence", {"title": "x"})).created))[1]
        before = vault.snapshot().docs
        with pytest.raises(EnvironmentProblem):
            vault.write(AttachFile(evidence, b"x" * 300_000, "a.bin"))
        assert vault.snapshot().docs == before and vault.verify().ok
        assert not list(folder.glob("*/incoming/*"))
        vault._session.env.files.left = 10**9  # type: ignore[attr-defined]
    with Vault.open(folder, typed()) as vault:
        vault.write(AttachFile(evidence, b"x" * 300_000, "a.bin"))
        assert vault.verify().ok


@pytest.mark.parametrize("at", range(0, 3))
def test_a_disk_that_refuses_a_new_vault_leaves_nothing(tmp_path: Path, at: int) -> None:
    files = RefusingFiles(errno.ENOSPC, at)
    if at == 2:
        Vault.create(tmp_path / "v", typed(), cost=FLOOR, env=Environment(files=files))._session.abandon()
        return
    with pytest.raises(EnvironmentProblem):
        Vault.create(tmp_path / "v", typed(), cost=FLOOR, env=Environment(files=files))
    assert not (tmp_path / "v").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of eight megabytes, where this user may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_said_in_words_and_loses_nothing(small_disk: Path) -> None:
    folder = small_disk / "vault"
    Vault.create(folder, typed(), cost=FLOOR).close()
    with Vault.open(folder, typed()) as vault:
        first = save(vault, narrative("аввал"))
        saved: list[str] = []
        with pytest.raises(EnvironmentProblem):
            for number in range(40):
                saved.append(save(vault, narrative(f"{number} дарё " * 20_000)))
        assert {doc["id"] for doc in vault.docs("interview")} == {first, *saved}
        evidence_problem = pytest.raises((EnvironmentProblem, InvalidInput))
        with evidence_problem:
            vault.write(AttachFile(first, b"x" * 8_000_000, "big.bin"))
        (small_disk / "ballast").unlink(missing_ok=True)
    with Vault.open(folder, typed()) as vault:
        assert vault.alarm is None and vault.verify().ok
        assert {doc["id"] for doc in vault.docs("interview")} == {first, *saved}


def test_a_newer_minor_version_is_read_only_a_newer_major_is_refused(
    filled: tuple[Path, dict[str, Any]],
) -> None:
    folder, docs = filled
    vault = Vault.open(folder, typed())
    ring = vault._session.ring
    newer, newest = replace(ring.header, minor=3), replace(ring.header, major=2)
    minor, major = (one.encode(ring.content.header_key) for one in (newer, newest))
    vault.close()
    for name in ("A.hdr", "B.hdr"):
        (folder / name).write_bytes(minor)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with Vault.open(folder, typed()) as vault:
        assert (
            vault.read_only
            and vault.alarm is None
            and vault.snapshot().docs == docs
            and vault.verify(deep=True).ok
        )
        with pytest.raises(Incompatible):
            vault.write(SetSetting("a", 1))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    for name in ("A.hdr", "B.hdr"):
        (folder / name).write_bytes(major)
    with pytest.raises(Incompatible):
        Vault.open(folder, typed())


def test_a_newer_schema_is_refused(folder: Path) -> None:
    vault = Vault.open(folder, typed())
    vault._session.database.execute("PRAGMA user_version = 999")
    vault.close()
    with pytest.raises(Incompatible):
        Vault.open(folder, typed())


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE '{out}' AS plain KEY ''",
        "DETACH DATABASE main",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "PRAGMA cipher_log = '{out}'",
        "PRAGMA journal_mode = WAL",
        "PRAGMA temp_store = FILE",
        "PRAGMA writable_schema = ON",
        "SELECT sqlcipher_export('main')",
        "SELECT load_extension('{out}')",
        "VACUUM INTO '{out}'",
    ],
)
def test_sql_that_could_write_in_the_clear_is_denied(vault: Vault, tmp_path: Path, statement: str) -> None:
    with pytest.raises(dbapi2.Error):
        vault._session.database.execute(statement.format(out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_the_settings_of_the_connection_hold(vault: Vault) -> None:
    connection = vault._session.database.raw
    connection.set_authorizer(None)
    values = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "temp_store",
            "secure_delete",
            "trusted_schema",
            "cell_size_check",
            "foreign_keys",
            "locking_mode",
            "cipher_memory_security",
        )
    }
    assert values == {
        "journal_mode": "delete",
        "synchronous": 3,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "foreign_keys": 1,
        "locking_mode": "exclusive",
        "cipher_memory_security": "1",
    }


@pytest.mark.parametrize("table", ["revisions", "log"])
def test_the_history_and_the_log_can_only_grow(vault: Vault, table: str) -> None:
    save(vault, narrative("матн"))
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET n = n + 100"):
        with pytest.raises(dbapi2.IntegrityError):
            vault._session.database.execute(statement)


def test_orphans_of_a_crash_are_swept_in_the_opened_container_only(
    filled: tuple[Path, dict[str, Any]],
) -> None:
    folder, _ = filled
    real = real_container(folder)
    (other,) = (path for path in folder.glob("[01]a") if path != real)
    for container in (real, other):
        (container / "blobs" / "ab").mkdir(exist_ok=True)
        (container / "blobs" / "ab" / ("ab" * 32)).write_bytes(b"orphan")
        (container / "incoming" / "half").write_bytes(b"half")
    with Vault.open(folder, typed()) as vault:
        assert vault.verify().blobs == (1, 0)
    assert not (real / "blobs" / "ab" / ("ab" * 32)).exists() and not (real / "incoming" / "half").exists()
    assert (other / "blobs" / "ab" / ("ab" * 32)).exists() and (other / "incoming" / "half").exists()


def test_a_signature_of_somebody_else_is_found_by_the_deep_check(vault: Vault) -> None:
    save(vault, narrative("матн"))
    database = vault._session.database
    database.execute("DROP TRIGGER revisions_do_not_change")
    database.execute("UPDATE revisions SET signature = zeroblob(64)")
    assert vault.verify().ok
    report = vault.verify(deep=True)
    assert not report.ok and report.revisions == (1, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET doc = replace(doc, 'матн', 'нест')",
        "DELETE FROM documents",
        "DELETE FROM listing",
    ],
)
def test_derived_tables_that_lie_are_found_and_rebuilt(vault: Vault, statement: str) -> None:
    interview = save(vault, narrative("матн"))
    before = vault.get(interview)
    vault._session.database.execute(
        statement.replace("replace(doc,", "replace(CAST(doc AS TEXT),")
        .replace("SET doc = replace", "SET doc = CAST(replace")
        .replace("'нест')", "'нест') AS BLOB)")
    )
    assert vault.verify().derived == "stale"
    assert (
        vault.verify(rebuild=True).ok and vault.get(interview) == before and len(vault.rows("interview")) == 1
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET event = replace(CAST(event AS TEXT), 'create', 'revise') WHERE n = 2",
        "DELETE FROM log WHERE n = 2",
        "DELETE FROM log WHERE n = 3",
    ],
)
def test_a_changed_log_is_found(folder: Path, statement: str) -> None:
    with Vault.open(folder, typed()) as vault:
        save(vault, narrative("як"))
        save(vault, narrative("ду"))
    vault = Vault.open(folder, typed())
    database = vault._session.database
    database.execute("DROP TRIGGER log_stays")
    database.execute("DROP TRIGGER log_does_not_change")
    database.execute(
        statement.replace("replace(", "CAST(replace(").replace("'revise')", "'revise') AS BLOB)")
    )
    assert not vault.verify().ok
    vault._session.abandon()
    with Vault.open(folder, typed()) as vault:
        assert not vault.verify().ok


def test_a_full_text_index_that_lies_is_found_and_rebuilt(vault: Vault) -> None:
    interview = save(vault, narrative("бозор"))
    vault._session.database.execute("DELETE FROM search_fts_content")
    assert not vault.verify(deep=True).ok
    assert vault.verify(deep=True, rebuild=True).ok
    assert [hit.id for hit in vault.search("bozor").hits] == [interview]
    vault._session.database.execute("UPDATE search_rows SET id = 'somebody else'")
    assert vault.verify().derived == "stale"


def test_a_planted_header_copy_raises_an_alarm_is_logged_and_mended(
    filled: tuple[Path, dict[str, Any]],
) -> None:
    folder, docs = filled
    whole = (folder / "A.hdr").read_bytes()
    planted = bytearray(whole)
    planted[3500] ^= 1
    planted[4064:] = hashlib.sha256(planted[:4064]).digest()
    (folder / "A.hdr").write_bytes(planted)
    with Vault.open(folder, typed()) as vault:
        assert vault.alarm is not None and not vault.read_only and vault.snapshot().docs == docs
        vault.write(SetSetting("a", 1))
        assert vault.verify(deep=True).ok
    with Vault.open(folder, typed()) as vault:
        assert vault.alarm is None
        assert b"alarm" in vault._session.log.events()[-1][1]


def test_a_check_can_be_stopped(filled: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = filled
    with Vault.open(folder, typed()) as vault:
        with pytest.raises(Cancelled):
            vault.verify(progress=lambda done, total: vault.interrupt())
        assert vault.verify().ok
