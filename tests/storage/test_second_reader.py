"""Vaults of our code in every state, read by a program written from the format page alone (tests/vectors/reader.py)."""

from __future__ import annotations

import ast
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from storage import (
    AttachFile,
    DeleteRecord,
    Environment,
    Files,
    KdfCost,
    SaveRecord,
    SegmentWriter,
    TakeInRecordings,
    Tampered,
    Vault,
    code_digits,
    import_file,
    split_code,
)
from storage.crypto import blob_head, decrypt_blob
from storage.crypto.normalise import normalise_passphrase
from tests.vectors import reader

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors"
READER = VECTORS / "reader.py"
DEMONSTRATION = ROOT / "desktop" / "demo" / "content" / "10-interviews.json"
FLOOR = KdfCost(8192, 1, 1)
FIRST = "yetti soʻz"
SECOND = "olma anor gilos tarvuz qovun behi shaftoli"
THIRD = "daryo tosh chiroq bahor osmon ko‘prik yulduz"
STRANGER = "kitob daftar qalam ruchka stol stul deraza"
FILES = {"ҳукм.jpg": bytes(range(256)) * 300, "empty.txt": b"", "big.bin": b"\7" * 300_001}


def typed(text: str) -> bytearray:
    return bytearray(text.encode())


def truth(vault: Vault) -> dict[str, Any]:
    """Every record there is, as our code reads it."""
    return {doc["id"]: doc for name in vault.counts() for doc in vault.docs(name)}


def fill(vault: Vault) -> None:
    """The demonstration, three files, and edits of every kind: texts, lists, sets, blanks, answers, deletions."""
    import_file(vault, DEMONSTRATION)
    evidence = next(iter(vault.write(SaveRecord("evidence", {"title": "Ҳукм"})).created))[1]
    for name, data in FILES.items():
        each = next(iter(vault.write(SaveRecord("evidence", {"title": name})).created))[1]
        vault.write(AttachFile(each, data, name))
    vault.write(DeleteRecord(evidence, erase=True))
    drawn = random.Random(7)
    for type_ in ("person", "interview", "incident", "case", "consent"):
        for doc in list(vault.docs(type_)):
            for edit in EDITS:
                edited = edit(json.loads(json.dumps(doc)), drawn)
                if edited != doc:
                    vault.write(SaveRecord(type_, edited, doc["id"]))
                    doc = vault.get(doc["id"]) or {}
    gone = next(vault.docs("task"), None) or {}
    if gone:
        vault.write(DeleteRecord(gone["id"]))


def _reverse(doc: dict[str, Any], _drawn: random.Random) -> dict[str, Any]:
    return {name: value[::-1] if isinstance(value, list) else value for name, value in doc.items()}


def _drop(doc: dict[str, Any], _drawn: random.Random) -> dict[str, Any]:
    lists = [name for name, value in doc.items() if isinstance(value, list) and len(value) > 1]
    return {**doc, **{name: doc[name][1:] for name in lists}}


def _blank(doc: dict[str, Any], _drawn: random.Random) -> dict[str, Any]:
    return {**doc, "religion": {"blank": "withheld"}, "sex": "declined"} if "names" in doc else doc


def _splice(doc: dict[str, Any], drawn: random.Random) -> dict[str, Any]:
    for narrative in doc.get("narratives", []):
        at = drawn.randrange(len(narrative["text"]) + 1)
        narrative["text"] = narrative["text"][:at] + " қайд 🌾 " + narrative["text"][at + 3 :]
    return doc


EDITS: tuple[Callable[[dict[str, Any], random.Random], dict[str, Any]], ...] = (
    _splice,
    _reverse,
    _blank,
    _splice,
    _drop,
    _splice,
)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled vault that needs reading only; copied by tests that change it."""
    folder = tmp_path_factory.mktemp("second") / "vault"
    with Vault.create(folder, typed(FIRST), cost=FLOOR) as vault:
        fill(vault)
    return folder


@pytest.fixture
def folder(master: Path, tmp_path: Path) -> Path:
    shutil.copytree(master, tmp_path / "vault")
    return tmp_path / "vault"


def read(folder: Path, vault: dict[str, Any], **offer: Any) -> Any:
    """Open with the second reader, compare every record and the log, rescue every file."""
    notebook = reader.Notebook(folder, **(offer or {"passphrase": FIRST}))
    database = notebook.connect()
    assert notebook.check_log(database) >= notebook.size
    records = notebook.records(database)
    found = {name: doc for name, doc in records.items() if doc is not None}
    assert sorted(found) == sorted(vault)
    for name, doc in vault.items():
        assert found[name] == doc
    kept = {bytes(row[0]) for row in database.execute("SELECT id FROM blobs")}
    database.close()
    assert {trailer["name"]: content for trailer, content in notebook.rescue()} == (FILES if kept else {})
    assert [notebook.blob_of(blob)[0]["name"] in FILES for blob in kept] == [True] * len(kept)
    return notebook


def test_the_reader_uses_nothing_of_the_product() -> None:
    names = set()
    source = READER.read_text("utf-8") + READER.with_name("reading_revisions.py").read_text("utf-8")
    for node in ast.walk(ast.parse(source.replace("from __future__ import annotations", ""))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).split(".")[0])
    outside = names - set(sys.stdlib_module_names)
    assert outside == {"cryptography", "sqlcipher3", "shamir_mnemonic", "tests"}


def test_records_log_and_files_of_a_worked_in_vault(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        told = truth(vault)
        assert len(told) > 50
    notebook = read(folder, told)
    with Vault.open(folder, typed(FIRST)) as vault:
        assert vault.closing_code == notebook.closing_code


def test_every_way_in(folder: Path, tmp_path: Path) -> None:
    key_file = tmp_path / "card"
    key_file.write_bytes(b"k" * 32)
    with Vault.open(folder, typed(FIRST)) as vault:
        ways = vault.ways_in
        ways.add_passphrase(typed(SECOND), key_file=key_file)
        code = ways.draw_code()
        digits = " ".join(code_digits(code))
        shares = split_code(code)
        ways.keep_code(code)
        told = truth(vault)
    assert read(folder, told).kind == 1
    assert read(folder, told, passphrase=SECOND, key_file=b"k" * 32).kind == 3
    assert read(folder, told, passphrase=FIRST.replace("ʻ", "’"), key_file=b"x" * 40).kind == 1
    assert read(folder, told, code=reader.code_of_digits(digits)).kind == 4
    for first, second in ((0, 1), (1, 2), (2, 0)):
        words = [" ".join(shares[first].words), " ".join(shares[second].numbers)]
        assert reader.code_of_shares(words) == reader.code_of_digits(digits)
    for wrong in ({"passphrase": SECOND}, {"passphrase": STRANGER}, {"code": bytes(20)}):
        with pytest.raises(PermissionError):
            reader.Notebook(folder, **wrong)


def test_after_a_purge_the_next_letter_holds_without_what_was_deleted(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        gone = next(doc for doc in vault.docs("evidence") if doc["title"] == "big.bin")
        vault.write(DeleteRecord(gone["id"], erase=True))
        vault.purge()
        told = truth(vault)
    notebook = reader.Notebook(folder, passphrase=FIRST)
    assert notebook.place.name[1] == "b" and not (folder / f"{notebook.container}a").exists()
    database = notebook.connect()
    notebook.check_log(database)
    assert {name: doc for name, doc in notebook.records(database).items() if doc} == told
    database.close()
    assert sorted(trailer["name"] for trailer, _ in notebook.rescue()) == ["empty.txt", "ҳукм.jpg"]
    rolling = notebook.connect(rolling=1)  # the one that a purge makes under the new key
    assert {name: doc for name, doc in notebook.records(rolling).items() if doc} == told


def test_decoy_changed_passphrase_recovered_and_rolling_backup(folder: Path, tmp_path: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        before = truth(vault)
        vault.keep_backup()
        vault.write(SaveRecord("person", {"occupation": "after the backup"}))
        vault.decoy.create(typed(STRANGER), label="")
        code = vault.ways_in.draw_code()
        kept = bytes(code)
        vault.ways_in.keep_code(code)
        vault.ways_in.change_passphrase(typed(SECOND))
        told = truth(vault)
    real = read(folder, told, passphrase=SECOND)
    rolling = real.connect(rolling=1)
    real.check_log(rolling, sealed=False)
    assert {name: doc for name, doc in real.records(rolling).items() if doc} == before
    rolling.close()
    with Vault.open(folder, typed(STRANGER)) as decoy:
        decoy.write(SaveRecord("person", {"occupation": "nothing to see"}))
        shown = truth(decoy)
    other = read(folder, shown, passphrase=STRANGER)
    assert (other.kind, other.container) == (2, 1 - real.container)
    with pytest.raises(PermissionError):
        reader.Notebook(folder, passphrase=FIRST)
    Vault.recover(folder, bytearray(kept), typed(THIRD)).close()
    read(folder, told, passphrase=THIRD)
    with Vault.restore(folder, tmp_path / "restored", typed(THIRD)) as restored:
        restored.write(SaveRecord("person", {"occupation": "in the copy"}))
        told = truth(restored)
    read(tmp_path / "restored", told, passphrase=THIRD)


def test_files_are_rescued_when_database_and_backups_are_gone(folder: Path, tmp_path: Path) -> None:
    for path in folder.glob("*/db"):
        path.unlink()
    into = tmp_path / "rescued"
    into.mkdir()
    command = [
        sys.executable,
        "-m",
        "tests.vectors.reader",
        str(folder),
        "--passphrase",
        FIRST,
        "--rescue",
        str(into),
    ]
    said = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8", timeout=60
    ).stdout
    assert sorted(path.read_bytes() for path in into.iterdir()) == sorted(FILES.values())
    assert all(name in said for name in FILES)


def test_a_recording_that_was_not_taken_in_is_read_from_its_segments(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        ticket = vault.begin_recording(next(vault.docs("interview"))["id"])
        writer = SegmentWriter(ticket.incoming, ticket.id, ticket.key, {"interview": "x"}, 48_000)
        spoken = b""
        for number in range(1, 45):  # three segments, the last without an end
            piece = bytes([number]) * 700
            writer.add(piece, number * 24_000)
            spoken += piece
        writer.end()
    last = max((path for path in folder.glob("*/incoming/*")), key=lambda path: path.stat().st_mtime_ns)
    notebook = reader.Notebook(folder, passphrase=FIRST)
    assert notebook.recordings() == {ticket.id: spoken}
    torn = next(
        path
        for path in last.parent.iterdir()
        if path.read_bytes()[:1] == b"\2" and path.stat().st_size < 12_000
    )
    torn.write_bytes(torn.read_bytes()[:-5])
    assert notebook.recordings() == {ticket.id: spoken[:-700]}
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.write(TakeInRecordings())
        assert b"".join(vault.read_blob(ticket.evidence)) == spoken[:-700]
    assert reader.Notebook(folder, passphrase=FIRST).recordings() == {}


def test_the_journal_stands_while_open_and_means_nothing_between_transactions(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        assert not list(folder.glob("*/db-journal"))
        vault.write(SaveRecord("person", {}))
        (journal,) = folder.glob("*/db-journal")
        assert journal.read_bytes()[:28] == bytes(28)
        told = truth(vault)
        shutil.copytree(folder, folder.parent / "copied while open")
        read(folder.parent / "copied while open", told)
    assert not list(folder.glob("*/db-journal"))


NAMES = re.compile(
    r"A\.hdr|B\.hdr|lock|[01][a-z](/(db|db-journal|blobs(/[0-9a-f]{2}(/[0-9a-f]{64})?)?|backup(/[123])?|outgoing"
    r"|incoming(/([0-9a-f]{64}(\.new)?|(backup|db)(-journal)?))?))?"
)


class Watching(Files):
    """Looks at the whole folder before and after every step on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: set[str] = set()

    def look(self) -> None:
        self.seen |= {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*")}

    def sync(self, file: BinaryIO) -> None:
        self.look()
        super().sync(file)

    def sync_folder(self, folder: Path) -> None:
        self.look()
        super().sync_folder(folder)

    def rename(self, source: Path, target: Path) -> None:
        self.look()
        super().rename(source, target)

    def remove(self, path: Path) -> None:
        self.look()
        super().remove(path)


def test_no_name_is_ever_written_that_the_page_does_not_list(folder: Path) -> None:
    watching = Watching(folder)
    with Vault.open(folder, typed(FIRST), env=replace(Environment(), files=watching)) as vault:
        evidence = next(doc["id"] for doc in vault.docs("evidence") if "file" not in doc)
        vault.write(AttachFile(evidence, b"new" * 9000, "new.bin"))
        ticket = vault.begin_recording(next(vault.docs("interview"))["id"])
        writer = SegmentWriter(
            ticket.incoming,
            ticket.id,
            ticket.key,
            {"interview": "x"},
            48_000,
            replace(Environment(), files=watching),
        )
        writer.add(b"sound", 24_000)
        ticket.commands.say("pause")
        writer.finish("stop")
        for _ in range(4):
            vault.keep_backup(lambda done, total: watching.look())
            vault.write(SaveRecord("person", {}))
        vault.decoy.create(typed(STRANGER))
        vault.purge(lambda done, total: watching.look())
        watching.look()
    watching.look()
    assert [name for name in sorted(watching.seen) if not NAMES.fullmatch(name)] == []
    for part in ("db-journal", "incoming/backup", "incoming/db", "backup/3"):
        assert any(name.endswith(part) for name in watching.seen), part
    assert {name[1] for name in watching.seen if name[0] in "01"} == {"a", "b"}


def test_the_tables_of_the_page_are_those_of_the_program() -> None:
    vectors = json.loads((VECTORS / "vault" / "pass-1.json").read_text("utf-8"))
    for vector in vectors:
        assert reader.normal(vector["typed"]).hex() == vector["normal_utf8_hex"], vector["name"]
    drawn = random.Random(3)
    marks = sorted(
        set().union(*(reader.table(name) for name in ("apostrophes", "dashes", "deleted", "spaces")))
    )
    for _ in range(300):
        text = "a" + "".join(drawn.choice([*marks, "ғ", "É", "ﬁ", "\u0301"]) for _ in range(12)) + "z"
        assert reader.normal(text) == bytes(normalise_passphrase(typed(text))), ascii(text)


@pytest.mark.parametrize("vector", json.loads((VECTORS / "vault" / "blob-head.json").read_text("utf-8")))
def test_heads_of_blobs_are_frozen(vector: dict[str, str]) -> None:
    key, blob_id = bytearray.fromhex(vector["name_key_hex"]), bytes.fromhex(vector["blob_id_hex"])
    assert blob_head(key, blob_id).hex() == vector["head_hex"]


@pytest.mark.parametrize("at", [0, 1, 9, 16])
def test_a_changed_head_is_refused(folder: Path, at: int) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        (path, *_) = sorted(folder.glob("*/blobs/??/*"))
        data = bytearray(path.read_bytes())
        data[at] ^= 4
        path.write_bytes(bytes(data))
        assert not vault.verify(deep=True).ok
        with pytest.raises(Tampered):
            for doc in vault.docs("evidence"):
                if "file" in doc:
                    list(vault.read_blob(doc["id"]))


@pytest.mark.parametrize("length", [0, 1, 5, 16, 17])
def test_a_file_that_ends_in_its_head_is_refused(length: int) -> None:
    head = blob_head(bytearray(32), bytes(16))
    with pytest.raises(Tampered):
        list(decrypt_blob([head[:length]], bytearray(32), bytes(16), bytes(16), head))
