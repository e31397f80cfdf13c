"""Looking after a vault: pages in slices, the quiet check, custody, checkpoints, stopping, pulled sticks, what was deleted."""

from __future__ import annotations

import errno
import itertools
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
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
    ImportRecords,
    InvalidInput,
    LogEvent,
    SaveDraft,
    SaveRecord,
    Tampered,
    Vault,
)
from storage.audit import checkpoint_body
from storage.db.pages import PAGE
from storage.verifying import page_check
from tests.storage.test_keys_rotation import everything_decrypted, raw_pages
from tests.storage.test_vault_import import file_of, persons

FIRST = "yetti soʻz"
CANARY = "Ғайратжонов"


def typed() -> bytearray:
    return bytearray(FIRST.encode())


def save(vault: Vault, text: str, record: str | None = None) -> str:
    doc = {"narratives": [{"language": "tg", "kind": "original", "text": text}]}
    changes = vault.write(SaveRecord("interview", doc, record))
    return next(iter(changes.created | changes.changed))[1]


def attach(vault: Vault, data: bytes, name: str = "a.jpg") -> str:
    evidence = next(iter(vault.write(SaveRecord("evidence", {"title": name})).created))[1]
    vault.write(AttachFile(evidence, data, name))
    return evidence


# Pages


def test_the_slices_find_what_the_library_finds(vault: Vault, tmp_path: Path) -> None:
    for number in range(12):
        save(vault, f"Рӯзи {number} омаданд. " * 300)
    session = vault._session
    path, key, vault_id = session.database.path, session.ring.state.vault_key, session.ring.header.vault_id
    whole, drawn = path.read_bytes(), random.Random(7)
    check = page_check(path, key, vault_id)
    while not check.step(5):
        assert check.done <= check.total
    assert (check.done, check.damaged) == (len(whole) // PAGE, [])
    for _ in range(60):
        place = drawn.randrange(len(whole))
        data = bytearray(whole)
        data[place] ^= 1 << drawn.randrange(8)
        path.write_bytes(bytes(data))
        check = page_check(path, key, vault_id)
        while not check.step(drawn.randrange(1, 9)):
            pass
        theirs = [row[0] for row in session.database.all("PRAGMA cipher_integrity_check")]
        assert len(check.damaged) == 1 and check.damaged[0] == place // PAGE + 1
        assert theirs or place < 16, "a changed salt is found by us alone"
    path.write_bytes(whole)
    assert vault.verify(deep=True).ok


@pytest.mark.parametrize("how", ["cut inside a page", "cut at a page", "swapped", "appended"])
def test_page_level_changes_are_found_by_the_check_after_opening(folder: Path, how: str) -> None:
    with Vault.open(folder, typed()) as vault:
        for number in range(40):
            save(vault, f"Рӯзи {number} омаданд. " * 200)
        path = vault._session.database.path
    data = path.read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    if how == "swapped":
        pages[-1], pages[-2] = pages[-2], pages[-1]
    changed = {
        "cut inside a page": data[:-100],
        "cut at a page": data[: -3 * PAGE],
        "swapped": b"".join(pages),
        "appended": data + bytes(PAGE),
    }[how]
    path.write_bytes(changed)
    try:
        vault = Vault.open(folder, typed())
    except Tampered:
        return
    try:
        for _ in range(500):
            if vault.check_quietly(lambda: False):
                break
        assert vault.alarm is not None
    finally:
        vault._session.abandon()


def test_the_quiet_check_ends_and_begins_anew_after_a_purge(vault: Vault) -> None:
    save(vault, "омаданд")
    while not vault.check_quietly(lambda: False):
        pass
    assert vault.alarm is None
    vault.purge()
    assert vault._quiet is not None and vault._quiet.session is not vault._session
    while not vault.check_quietly(lambda: False):
        pass
    assert vault.alarm is None


# Custody


def test_the_program_adds_steps_and_nobody_takes_one_away(vault: Vault, tmp_path: Path) -> None:
    evidence = attach(vault, b"\xff\xd8 picture " * 100)
    vault.check_evidence(evidence)
    vault.export_evidence([evidence], tmp_path / "package", lambda words: words.source)
    doc = vault.get(evidence)
    assert doc is not None
    assert [step["what"] for step in doc["custody"]] == ["attached", "checked", "exported"]
    assert all(
        step["who"] == {"words": vault.author} and step["hash"] == doc["file"]["sha256"]
        for step in doc["custody"]
    )
    changed = [{**doc["custody"][0], "what": "received from a friend"}, *doc["custody"][1:]]
    with pytest.raises(InvalidInput):
        vault.write(SaveRecord("evidence", {**doc, "custody": changed}))
    for kept in ([], [doc["custody"][2]], None, {"blank": "unknown"}):
        vault.write(SaveRecord("evidence", {**doc, "title": f"again {kept}"[:30], "custody": kept}))
        assert (vault.get(evidence) or {})["custody"] == doc["custody"]
    by_hand = {"who": {"words": "a lawyer"}, "at": "2026-05-03T10:00+02:00", "what": "taken to court"}
    vault.write(SaveRecord("evidence", {**doc, "custody": [by_hand, *doc["custody"]]}))
    steps = [step["what"] for step in (vault.get(evidence) or {})["custody"]]
    assert steps == ["attached", "checked", "exported", "taken to court"]
    assert vault.verify(deep=True).ok


def test_a_file_that_is_not_what_it_was_gets_no_step(vault: Vault) -> None:
    evidence = attach(vault, b"sound " * 50_000)
    (blob,) = vault.folder.glob("*/blobs/*/*")
    data = blob.read_bytes()
    blob.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(Tampered):
        vault.check_evidence(evidence)
    assert [step["what"] for step in (vault.get(evidence) or {})["custody"]] == ["attached"]


def test_an_export_whose_custody_cannot_be_noted_leaves_nothing(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = attach(vault, b"sound " * 500)

    def full(*_args: object) -> None:
        raise EnvironmentProblem(WORDS)

    from i18n.message import msg

    WORDS = msg("There is no space left on the disk. Free some space and try again.")  # noqa: N806
    monkeypatch.setattr(vault._writer, "note_custody", full)
    with pytest.raises(EnvironmentProblem):
        vault.export_evidence([evidence], tmp_path / "package", lambda words: words.source)
    assert not (tmp_path / "package").exists()


# The log


def checkpoints(vault: Vault) -> list[int]:
    return [int(row[0]) for row in vault._session.database.all("SELECT n FROM checkpoints ORDER BY n")]


def test_checkpoints_are_signed_every_hundred_events_at_export_and_at_lock(
    folder: Path, tmp_path: Path
) -> None:
    with Vault.open(folder, typed()) as vault:
        for number in range(230):
            vault.write(
                LogEvent("view-export", facts={"audience": "public"}) if number % 2 else LogEvent("print")
            )
        signed = checkpoints(vault)
        gaps = [after - before for before, after in itertools.pairwise([0, *signed])]
        assert len(signed) >= 2 and max(gaps) <= 101, gaps
        evidence = attach(vault, b"x" * 100)
        vault.export_evidence([evidence], tmp_path / "package", lambda words: words.source)
        exported = [event.number for event in vault.what_happened(limit=10) if event.kind == "export"]
        assert set(exported) <= set(checkpoints(vault))
        save(vault, "one more")
        size, author = vault._session.log.size, vault.author
        assert size not in checkpoints(vault)
    with Vault.open(folder, typed()) as vault:
        assert size in checkpoints(vault), "at lock"
        public = vault._session.signer.public
        for number, body, both in vault._session.database.all("SELECT n, body, signatures FROM checkpoints"):
            head = bytes(vault._session.database.one("SELECT head FROM log WHERE n = ?", (number,))[0])  # type: ignore[index]
            assert bytes(body) == checkpoint_body(author, number, head)
            assert len(both) == 64 + 3309 and public.verify_checkpoint(bytes(body), bytes(both))


def test_everything_the_design_names_is_logged_without_content(vault: Vault, tmp_path: Path) -> None:
    record = save(vault, f"{CANARY} омад")
    save(vault, f"{CANARY} рафт", record)
    evidence = attach(vault, f"{CANARY}".encode() * 10, f"{CANARY}.txt")
    for kind in ("view-export", "redact", "print", "merge"):
        vault.write(LogEvent(kind, record))
    code = vault.ways_in.draw_code()
    vault.ways_in.keep_code(code, (CANARY,))
    vault.export_evidence([evidence], tmp_path / "package", lambda words: words.source)
    vault.backup(tmp_path / "copy")
    vault.write(DeleteRecord(record))
    vault.purge()
    kinds = {event.kind for event in vault.what_happened(limit=500)}
    wanted = {"new", "create", "revise", "attach", "custody", "view-export", "redact", "print", "merge"}
    assert kinds >= wanted | {"key", "export", "backup", "delete", "erase", "purge"}
    for _, event in vault._session.log.events():
        assert CANARY not in event.decode() and "омад" not in event.decode()


def test_what_happened_comes_in_pages_without_gaps(vault: Vault) -> None:
    for _ in range(30):
        vault.write(LogEvent("print"))
    found, before = [], None
    while page := vault.what_happened(before, 7):
        found += [event.number for event in page]
        before = page[-1].number
    assert found == list(range(vault._session.log.size, 0, -1))


# Stopping


@pytest.mark.parametrize("work", ["backup", "purge", "verify", "evidence", "keep_backup", "check_evidence"])
def test_long_work_stops_within_300_ms_wherever_it_is(folder: Path, tmp_path: Path, work: str) -> None:
    with Vault.open(folder, typed()) as vault:
        big = attach(vault, random.Random(3).randbytes(1 << 20) * 24, "big.wav")
        for number in range(40):
            save(vault, f"Рӯзи {number} омаданд. " * 3000)
        wait = 0.0
        acts: dict[str, Callable[[], object]] = {
            "backup": lambda: vault.backup(tmp_path / f"copy{wait}"),
            "purge": vault.purge,
            "verify": lambda: vault.verify(deep=True),
            "evidence": lambda: vault.export_evidence(
                [big], tmp_path / f"package{wait}", lambda words: words.source
            ),
            "keep_backup": vault.keep_backup,
            "check_evidence": lambda: vault.check_evidence(big),
        }
        slowest = 0.0
        for wait in (0.0, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3):
            asked: list[float] = []

            def ask(asked: list[float] = asked) -> None:
                asked.append(time.perf_counter())
                vault.interrupt()

            timer = threading.Timer(wait, ask)
            timer.start()
            try:
                acts[work]()
            except Cancelled:
                slowest = max(slowest, time.perf_counter() - asked[0])
            timer.join()
            assert len(list(folder.glob("[01]?"))) == 2
        assert slowest < 0.3, slowest
        assert vault.verify(deep=True).ok
    assert not list(folder.glob("*/incoming/*"))


# Disks


class Pulled(Files):
    """A stick that is pulled out after so many bytes were written to it."""

    def __init__(self, stick: Path) -> None:
        self.stick, self.left = stick, -1

    def write(self, file: BinaryIO, data: bytes) -> None:
        if str(getattr(file, "name", "")).startswith(str(self.stick)) and self.left >= 0:
            self.left -= len(data)
            if self.left < 0:
                raise OSError(errno.EIO, "pulled")
        super().write(file, data)


@pytest.mark.parametrize("work", ["backup", "evidence", "go_back"])
def test_a_pulled_stick_is_one_sentence_and_the_notebook_goes_on(
    folder: Path, tmp_path: Path, work: str
) -> None:
    stick = tmp_path / "stick"
    files = Pulled(stick)
    with Vault.open(folder, typed(), env=replace(Environment(), files=files)) as vault:
        evidence = attach(vault, b"sound " * 100_000)
        vault.keep_backup()
        files.left = 300_000
        acts: dict[str, Callable[[], object]] = {
            "backup": lambda: vault.backup(stick),
            "evidence": lambda: vault.export_evidence([evidence], stick, lambda words: words.source),
            "go_back": lambda: vault.go_back(1, stick),
        }
        with pytest.raises(EnvironmentProblem) as problem:
            acts[work]()
        assert "pulled out" in problem.value.message.source
        assert not stick.exists()
        files.left = -1
        save(vault, "goes on")
        assert vault.care_facts().last_copy_ms is None
        assert vault.verify(deep=True).ok


def test_a_package_never_lies_inside_the_notebook(vault: Vault) -> None:
    evidence = attach(vault, b"x" * 100)
    for target in (
        vault.folder,
        vault.folder / "package",
        vault.folder / "0a" / "package",
        vault.folder.parent,
    ):
        with pytest.raises(InvalidInput):
            vault.export_evidence([evidence], target, lambda words: words.source)


# Withdrawn consent


def every_backup_decrypted(vault: Vault, tmp_path: Path) -> bytes:
    from storage.making import open_with

    session, found = vault._session, b""
    for number, _ in vault.rolling_backups():
        place = session.ring.container / "backup" / str(number)
        key = bytearray(session.ring.state.vault_key)
        database = open_with(place, key, session.ring.header.vault_id, purpose="backup", read_only=True)
        plain = tmp_path / f"plain{number}"
        connection: Any = database.raw
        connection.set_authorizer(None)
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),)).close()
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.execute("DETACH DATABASE plain").close()
        database.close()
        found += plain.read_bytes()
        plain.unlink()
    return found


def test_a_withdrawn_testimony_is_nowhere_after_the_purge(vault: Vault, tmp_path: Path) -> None:
    """Test 5.20 of the security design: no decrypted page, no block of the index, no blob, no copy inside."""
    person = next(iter(vault.write(SaveRecord("person", {"names": [{"full": CANARY}]})).created))[1]
    interview = save(vault, f"{CANARY} шаҳодат дод. " * 50)
    grant = {"purpose": "keep", "decision": "yes"}
    consent = {"person": person, "interview": interview, "given_on": "2026-05-01", "grants": [grant]}
    consent_id = next(iter(vault.write(SaveRecord("consent", consent)).created))[1]
    recording = attach(vault, f"{CANARY} sound ".encode() * 9000, f"{CANARY}.wav")
    vault.write(SaveDraft(f"interview:{interview}", None, f"{CANARY} draft"))
    for _ in range(3):
        vault.search(CANARY)
        vault.keep_backup()
        save(vault, "шаҳодати дигар")
    assert vault.search(CANARY).total and CANARY.encode() in every_backup_decrypted(vault, tmp_path)
    vault.write(SaveRecord("consent", {**consent, "id": consent_id, "withdrawn_on": "2026-05-09"}))
    for record in (recording, consent_id, interview, person):
        vault.write(DeleteRecord(record))
    vault.purge()
    pages = everything_decrypted(vault, tmp_path) + raw_pages(vault) + every_backup_decrypted(vault, tmp_path)
    folded = [CANARY, CANARY.casefold(), "ғайрат", "gayratjonov", "gajratjonov"]
    for form, coding in itertools.product(folded, ("utf-8", "utf-16-le", "cp1251")):
        found = form.encode(coding, "ignore")
        assert not found or found not in pages, (form, coding)
    assert vault.search(CANARY).total == 0 and vault.drafts() == []
    assert vault.verify(deep=True).ok


# Before records of somebody else come in


def test_an_import_keeps_a_copy_of_how_it_was_before_but_not_three_in_a_row(vault: Vault) -> None:
    vault.write(ImportRecords(file_of(persons(2, 1))))
    assert vault.rolling_backups() == [], "nothing was there that could be lost"
    vault.write(ImportRecords(file_of(persons(2, 2))))
    ((_, first),) = vault.rolling_backups()
    for seed in (3, 4):
        vault.write(ImportRecords(file_of(persons(2, seed))))
    assert vault.rolling_backups() == [(1, first)]
    assert vault.verify(deep=True).ok
