"""Imports: whole or not at all, fast, once only; a refused one leaves the folder as it was, byte for byte."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storage import Cancelled, ImportRecords, InvalidInput, SaveRecord, Vault


def typed() -> bytearray:
    return bytearray("yetti soʻz".encode())


@dataclass(frozen=True)
class Parsed:
    """One record as a parser gives it."""

    type: str
    doc: dict[str, Any]


@dataclass(frozen=True)
class Attached:
    """One file as a parser gives it."""

    record_id: str
    source: Path
    sha256: str
    field: str = "file"
    name: str = "ҳукм.pdf"
    media_type: str = "application/pdf"


@dataclass(frozen=True)
class ParsedFile:
    """A parsed file."""

    hash: str
    records: Sequence[Parsed]
    attachments: Sequence[Attached] = ()


def persons(count: int, seed: int = 0) -> list[Parsed]:
    ids = [str(uuid.UUID(int=(seed * 1_000_000 + number) | (4 << 76) | (8 << 60))) for number in range(count)]
    return [
        Parsed("person", {"id": one, "names": [{"id": "a", "full": f"Озмоишӣ {one[-4:]}"}]}) for one in ids
    ]


def file_of(records: Sequence[Parsed], *attachments: Attached) -> ParsedFile:
    return ParsedFile(hashlib.sha256(repr(records).encode()).hexdigest(), records, attachments)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_import_is_one_event_with_its_checkpoint_and_the_same_file_again_is_nothing(folder: Path) -> None:
    parsed = file_of(persons(600))
    with Vault.open(folder, typed()) as vault:
        heard: list[tuple[int, int]] = []
        changes = vault.write(ImportRecords(parsed), progress=lambda done, total: heard.append((done, total)))
        assert len(changes.created) == 600 and not changes.changed and heard[-1] == (600, 600)
        assert vault.counts() == {"person": 600} and vault.imported(parsed.hash)
        assert len({row.code for row in vault.rows("person", limit=1000)}) == 600
        report = vault.verify(deep=True)
        assert report.ok and report.entries == 2 and report.revisions == (600, 0)
    before = tree(folder)
    with Vault.open(folder, typed()) as vault:
        assert vault.write(ImportRecords(parsed)).empty
    assert tree(folder) == before


def test_files_come_in_with_their_records(vault: Vault, tmp_path: Path) -> None:
    data = b"warrant " * 10_000
    (tmp_path / "ҳукм.pdf").write_bytes(data)
    evidence = str(uuid.uuid4())
    doc = {
        "id": evidence,
        "title": "ҳукм",
        "file": {"name": "ҳукм.pdf", "sha256": hashlib.sha256(data).hexdigest()},
    }
    vault.write(
        ImportRecords(
            file_of(
                [Parsed("evidence", doc)], Attached(evidence, tmp_path / "ҳукм.pdf", doc["file"]["sha256"])
            )
        )
    )
    assert b"".join(vault.read_blob(evidence)) == data
    again = {**doc, "title": "warrant"}
    vault.write(ImportRecords(file_of([Parsed("evidence", again)])))
    assert (vault.get(evidence) or {})["title"] == "warrant" and b"".join(vault.read_blob(evidence)) == data
    assert vault.verify(deep=True).ok


def test_an_update_changes_what_it_says_and_keeps_the_code(vault: Vault) -> None:
    (one,) = persons(1)
    vault.write(ImportRecords(file_of([one])))
    before = vault.get(one.doc["id"]) or {}
    changes = vault.write(ImportRecords(file_of([Parsed("person", {**one.doc, "occupation": "teacher"})])))
    assert changes.changed == {("person", one.doc["id"])} and not changes.created
    assert vault.get(one.doc["id"]) == {**before, "occupation": "teacher"}


def refuse_code(records: list[Parsed], tmp_path: Path) -> ParsedFile:
    return file_of([*records, Parsed("person", {"id": str(uuid.uuid4()), "code": "P-00000-0000-1"})])


def refuse_missing_file(records: list[Parsed], tmp_path: Path) -> ParsedFile:
    evidence = str(uuid.uuid4())
    doc = {"id": evidence, "file": {"name": "a.pdf"}}
    return file_of(
        [*records, Parsed("evidence", doc)], Attached(evidence, tmp_path / "nowhere.pdf", "00" * 32)
    )


def refuse_other_file(records: list[Parsed], tmp_path: Path) -> ParsedFile:
    (tmp_path / "a.pdf").write_bytes(b"not what was described")
    evidence = str(uuid.uuid4())
    doc = {"id": evidence, "file": {"name": "a.pdf", "sha256": "00" * 32}}
    return file_of([*records, Parsed("evidence", doc)], Attached(evidence, tmp_path / "a.pdf", "00" * 32))


@pytest.mark.parametrize("broken", [refuse_code, refuse_missing_file, refuse_other_file])
def test_a_refused_import_changes_no_byte_of_the_folder(folder: Path, tmp_path: Path, broken: Any) -> None:
    with Vault.open(folder, typed()) as vault:
        vault.write(SaveRecord("person", {"occupation": "tailor"}))
    before = tree(folder)
    with Vault.open(folder, typed()) as vault:
        with pytest.raises(InvalidInput):
            vault.write(ImportRecords(broken(persons(20, seed=1), tmp_path)))
        assert vault.counts() == {"person": 1}
    assert tree(folder) == before


def test_two_records_with_one_code_are_refused(vault: Vault) -> None:
    first, second = persons(2)
    vault.write(ImportRecords(file_of([first])))
    code = (vault.get(first.doc["id"]) or {})["code"]
    with pytest.raises(InvalidInput):
        vault.write(ImportRecords(file_of([Parsed("person", {**second.doc, "code": code})])))


def test_an_import_stopped_half_way_leaves_nothing(vault: Vault) -> None:
    def stop_at_500(done: int, total: int) -> None:
        if done >= 500:
            vault.interrupt()

    with pytest.raises(Cancelled):
        vault.write(ImportRecords(file_of(persons(2000))), progress=stop_at_500)
    assert vault.counts() == {} and vault.verify().ok
    assert len(vault.write(ImportRecords(file_of(persons(10)))).created) == 10


def test_interrupt_comes_from_another_thread(vault: Vault) -> None:
    begun = threading.Event()
    other = threading.Thread(target=lambda: (begun.wait(), vault.interrupt()))
    other.start()
    with pytest.raises(Cancelled):
        vault.write(ImportRecords(file_of(persons(8000))), progress=lambda done, total: begun.set())
    other.join()
    assert vault.counts() == {}


def test_a_file_deep_inside_a_record_comes_in_and_out(vault: Vault, tmp_path: Path) -> None:
    data = b"letter"
    (tmp_path / "letter.pdf").write_bytes(data)
    petition = str(uuid.uuid4())
    doc = {
        "id": petition,
        "procedure": "wgad",
        "filing": {"correspondence": [{"id": "e1", "from": {"words": "WGAD"}}]},
    }
    where = "filing/correspondence/e1/file"
    attached = Attached(petition, tmp_path / "letter.pdf", hashlib.sha256(data).hexdigest(), where)
    vault.write(ImportRecords(file_of([Parsed("petition", doc)], attached)))
    assert b"".join(vault.read_blob(petition, where)) == data
    assert vault.verify(deep=True).ok
    with pytest.raises(InvalidInput):
        vault.read_blob(petition)
