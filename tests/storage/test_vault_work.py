"""A working day with a vault: save, list, find, attach, draft, delete, reopen."""

from __future__ import annotations

import hashlib
import json
import pickle
import tracemalloc
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import (
    AttachFile,
    DeleteRecord,
    DropDraft,
    InvalidInput,
    LogEvent,
    SaveDraft,
    SaveRecord,
    SetSetting,
    Snapshot,
    Vault,
)
from storage.drafts import splice

PERSON = {"names": [{"full": "Ниёзов Далер", "language": "tg", "kind": "legal"}], "protection": "pseudonym"}


def typed() -> bytearray:
    return bytearray("yetti soʻz".encode())


def save(vault: Vault, type_: str, doc: dict[str, Any], record_id: str | None = None) -> str:
    changes = vault.write(SaveRecord(type_, doc, record_id))
    named = changes.created or changes.changed
    assert {one for one, _ in named} == {type_}
    return next(iter(named))[1]


def narrative(text: str) -> dict[str, Any]:
    return {"narratives": [{"language": "tg", "kind": "original", "text": text}]}


def test_a_saved_record_comes_back_with_id_code_and_element_ids(vault: Vault) -> None:
    person = save(vault, "person", PERSON)
    doc = vault.get(person)
    assert doc is not None and doc["id"] == person and str(uuid.UUID(person, version=4)) == person
    assert doc["code"].startswith("P-" + vault.vault_number) and doc["names"][0]["id"]
    assert doc["names"][0]["full"] == "Ниёзов Далер"
    assert (
        vault.find_code(doc["code"])
        == person
        == vault.resolve(doc["code"], "person")
        == vault.resolve(person, "person")
    )
    assert vault.type_of(person) == "person" and vault.counts() == {"person": 1}
    (row,) = vault.rows("person")
    assert (row.id, row.code, row.title) == (person, doc["code"], "Ниёзов Далер")
    with pytest.raises(InvalidInput):
        vault.resolve(doc["code"], "case")
    with pytest.raises(InvalidInput):
        vault.resolve("P-00000-0000-0", "person")


def test_everything_is_there_after_reopening(folder: Path) -> None:
    with Vault.open(folder, typed()) as vault:
        person = save(vault, "person", PERSON)
        interview = save(vault, "interview", {"interviewee": person, **narrative("Гуфт, ки омаданд.")})
        vault.write(SetSetting("theme", {"dark": True}))
        vault.write(SaveDraft("interview/text", interview, "нимкора"))
        before = vault.snapshot().docs
    with Vault.open(folder, typed()) as vault:
        assert vault.snapshot().docs == before
        assert vault.setting("theme") == {"dark": True} and vault.setting("other", 5) == 5
        (draft,) = vault.drafts()
        assert (draft.key, draft.base_id, draft.text) == ("interview/text", interview, "нимкора")
        assert vault.label == "test" and vault.alarm is None


def test_saving_the_same_again_writes_nothing(folder: Path) -> None:
    with Vault.open(folder, typed()) as vault:
        person = save(vault, "person", PERSON)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with Vault.open(folder, typed()) as vault:
        assert vault.write(SaveRecord("person", vault.get(person) or {}, person)).empty
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_save_is_the_smallest_revision_and_the_history_tells_it(vault: Vault) -> None:
    interview = save(vault, "interview", narrative("матн " * 5000))
    doc = vault.get(interview) or {}
    doc["narratives"][0]["text"] = doc["narratives"][0]["text"].replace("матн", "матни нав", 1)
    save(vault, "interview", doc, interview)
    first, second = vault.history(interview)
    assert first.own and second.own and second.parents == (first.id,) and second.lamport > first.lamport
    (op,) = second.ops
    assert op["op"] == "splice" and len(json.dumps(op)) < 300


def test_a_code_is_kept_never_issued_again_and_checked(vault: Vault) -> None:
    person = save(vault, "person", PERSON)
    doc = vault.get(person) or {}
    code = doc.pop("code")
    doc["protection"] = "hidden"
    save(vault, "person", doc, person)
    assert (vault.get(person) or {})["code"] == code
    with pytest.raises(InvalidInput):
        vault.write(SaveRecord("person", {**PERSON, "code": code}))
    with pytest.raises(InvalidInput):
        vault.write(SaveRecord("person", {**PERSON, "code": code[:-1] + str((int(code[-1]) + 1) % 10)}))
    vault.write(DeleteRecord(person, erase=True))
    with pytest.raises(InvalidInput):
        vault.write(SaveRecord("person", {**PERSON, "code": code}))
    assert vault.find_code(code) is None


@pytest.mark.parametrize(
    "doc",
    [
        {"nonsense": 1},
        {"names": "text"},
        {"names": [{"full": "half \ud800"}]},
        {"names": [{"full": "zero \0"}]},
        {"birth_date": "31.12.1999"},
        {"relations": [{"person": "00000000-0000-4000-8000-000000000000", "kind": "brother"}]},
    ],
)
def test_what_is_no_record_is_refused_with_its_faults_and_nothing_changes(
    vault: Vault, doc: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        vault.write(SaveRecord("person", doc))
    assert refused.value.faults and vault.counts() == {} and vault.verify().entries == 1
    with pytest.raises(InvalidInput):
        vault.write(SaveRecord("spaceship", {}))


def test_a_narrative_of_five_megabytes_with_every_script_and_direction(vault: Vault) -> None:
    text = ("Ӯ гуфт: «на».\u202b שלום עליכם \u202c🌊👨‍👩‍👧 مرحبا İıəşğ\u0301\n" * 80_000)[: 5_000_000 // 2]
    assert len(text.encode()) > 4_500_000
    interview = save(vault, "interview", narrative(text))
    doc = vault.get(interview) or {}
    assert doc["narratives"][0]["text"] == text
    doc["narratives"][0]["text"] = text[:1000] + "!" + text[1000:]
    save(vault, "interview", doc, interview)
    assert (vault.get(interview) or {})["narratives"][0]["text"] == doc["narratives"][0]["text"]
    assert vault.verify().ok


def test_a_case_takes_its_snapshot_along_and_leaves_other_cases(vault: Vault) -> None:
    person, stranger = save(vault, "person", PERSON), save(vault, "person", {})
    interview = save(vault, "interview", {"interviewee": person})
    other = save(vault, "interview", {"interviewee": stranger})
    evidence = save(vault, "evidence", {"title": "warrant"})
    source = [{"interview": interview, "basis": "saw"}]
    incident = save(
        vault,
        "incident",
        {"title": "arrest", "victims": [person], "sources": [*source, {"evidence": evidence}]},
    )
    consent = save(vault, "consent", {"person": person, "interview": interview})
    case = save(vault, "case", {"title": "k", "victims": [person], "incidents": [incident]})
    second = save(vault, "case", {"title": "other", "interviews": [other]})
    petition = save(vault, "petition", {"case": case, "procedure": "wgad"})
    snapshot = vault.snapshot(case)
    assert snapshot.case_id == case
    assert {type_: set(docs) for type_, docs in snapshot.docs.items()} == {
        "person": {person, stranger},
        "interview": {interview},
        "incident": {incident},
        "evidence": {evidence},
        "consent": {consent},
        "case": {case},
        "petition": {petition},
    }
    assert snapshot.get(second) is None and snapshot.type_of(incident) == "incident"
    assert (
        pickle.loads(pickle.dumps(snapshot))
        == snapshot
        == Snapshot.from_json(json.loads(json.dumps(snapshot.to_json())))
    )
    everything = vault.snapshot()
    assert set(everything.ids()) == set(snapshot.ids()) | {other, second}
    with pytest.raises(InvalidInput):
        vault.snapshot(person)


@pytest.mark.parametrize("size", [0, 1, 65_000, 3_000_001])
def test_an_attached_file_is_described_hashed_and_read_back(vault: Vault, tmp_path: Path, size: int) -> None:
    data = hashlib.shake_256(str(size).encode()).digest(size)
    (tmp_path / "расм.jpg").write_bytes(data)
    evidence = save(vault, "evidence", {"title": "photo"})
    heard: list[tuple[int, int]] = []
    vault.write(
        AttachFile(evidence, tmp_path / "расм.jpg", "расм.jpg"),
        progress=lambda done, total: heard.append((done, total)),
    )
    file = (vault.get(evidence) or {})["file"]
    assert (file["name"], file["media_type"], file["size"]) == ("расм.jpg", "image/jpeg", size)
    assert file["sha256"] == hashlib.sha256(data).hexdigest()
    assert b"".join(vault.read_blob(evidence)) == data
    assert not heard or heard[-1] == (size, size)
    assert vault.verify(deep=True).blobs == (1, 0)


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 300, "half\ud800.pdf", "folder/"])
def test_a_file_name_that_cannot_be_kept_is_refused(vault: Vault, name: str) -> None:
    evidence = save(vault, "evidence", {"title": "photo"})
    with pytest.raises(InvalidInput):
        vault.write(AttachFile(evidence, b"x", name))
    with pytest.raises(InvalidInput):
        vault.write(AttachFile(evidence, vault.folder / "nowhere", "a.pdf"))
    with pytest.raises(InvalidInput):
        vault.write(AttachFile("00000000-0000-4000-8000-000000000000", b"x", "a.pdf"))
    with pytest.raises(InvalidInput):
        vault.read_blob(evidence)
    assert not list(vault.folder.glob("*/blobs/*/*")) and not list(vault.folder.glob("*/incoming/*"))


def test_a_deletion_leaves_a_tombstone_and_an_erasure_takes_bodies_and_files(vault: Vault) -> None:
    evidence = save(vault, "evidence", {"title": "secret photo"})
    vault.write(AttachFile(evidence, b"x" * 100, "a.pdf"))
    vault.write(SaveDraft("d", evidence, "half done"))
    changes = vault.write(DeleteRecord(evidence))
    assert changes.deleted == {("evidence", evidence)}
    assert (
        vault.get(evidence) is None
        and vault.counts() == {}
        and vault.rows("evidence") == []
        and vault.drafts() == []
    )
    assert [info.erased for info in vault.history(evidence)] == [False, False, False]
    with pytest.raises(InvalidInput):
        vault.write(SaveRecord("evidence", {"title": "again"}, evidence))
    with pytest.raises(InvalidInput):
        vault.write(DeleteRecord(evidence))
    vault.write(DeleteRecord(evidence, erase=True))
    assert [info.erased for info in vault.history(evidence)] == [True, True, False]
    assert not list(vault.folder.glob("*/blobs/*/*"))
    assert vault.verify(deep=True, rebuild=True).ok and vault.get(evidence) is None


def test_a_draft_is_kept_by_splices_and_never_enters_the_history(folder: Path) -> None:
    with Vault.open(folder, typed()) as vault:
        size = vault.verify().entries
        text = "Ман мегӯям " * 20_000
        vault.write(SaveDraft("e", None, text))
        for position in range(0, 3000, 7):
            text = text[:position] + "ӯ" + text[position:]
            vault.write(SaveDraft("e", None, text))
        assert not vault.write(SaveDraft("e", None, text)).drafts
        assert vault.drafts()[0].text == text and vault.verify().entries == size
    with Vault.open(folder, typed()) as vault:
        assert vault.drafts()[0].text == text
        assert (
            vault.write(DropDraft("e")).drafts
            and not vault.write(DropDraft("e")).drafts
            and vault.drafts() == []
        )
        with pytest.raises(InvalidInput):
            vault.write(SaveDraft("e", None, "half \udc00"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_splice_turns_one_text_into_the_other(before: str, after: str) -> None:
    at, removed, inserted = splice(before, after)
    assert before[:at] + inserted + before[at + removed :] == after


def test_log_events_are_kinds_we_know_and_a_checkpoint_follows_an_export(vault: Vault) -> None:
    before = vault.verify(deep=True)
    vault.write(LogEvent("export", None, {"sha256": "00" * 32, "pages": 3}))
    after = vault.verify(deep=True)
    assert after.entries == before.entries + 1 and after.head != before.head and after.ok
    with pytest.raises(ValueError, match="gossip"):
        vault.write(LogEvent("gossip"))


names = st.lists(
    st.fixed_dictionaries(
        {"full": st.text(min_size=1, max_size=12, alphabet=st.characters(exclude_categories=["Cs", "Cc"]))}
    ),
    max_size=4,
)


@given(st.lists(names, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_saved_the_derived_tables_follow_from_the_revisions(
    vault: Vault, states: list[list[dict[str, str]]]
) -> None:
    person = save(vault, "person", {"occupation": "x", "names": states[0]})
    for state in states[1:]:
        doc = vault.get(person) or {}
        kept = doc.get("names", [])[:: -1 if len(state) % 2 else 1]
        vault.write(SaveRecord("person", {**doc, "names": [*kept[:2], *state]}, person))
    before = vault.get(person)
    report = vault.verify(deep=True)
    assert report.ok, report.to_json()
    assert vault.verify(rebuild=True).ok and vault.get(person) == before


def found(vault: Vault, query: str) -> set[str]:
    return {hit.id for hit in vault.search(query).hits}


def test_an_edited_text_is_found_by_its_new_words_and_not_by_its_old_ones(folder: Path) -> None:
    with Vault.open(folder, typed()) as vault:
        interview = save(vault, "interview", narrative("дар бозор дастгир карданд"))
        assert found(vault, "bozor") == {interview}
        for words in ("дар майдон", "дар фурудгоҳ"):
            doc = vault.get(interview) or {}
            doc["narratives"][0]["text"] = words
            save(vault, "interview", doc, interview)
    with Vault.open(folder, typed()) as vault:
        assert vault.settle() == 0
        assert (
            found(vault, "furudgoh") == {interview}
            and not found(vault, "bozor")
            and not found(vault, "maydon")
        )
        doc = vault.get(interview) or {}
        doc["narratives"][0]["text"] = "дар истгоҳ"
        save(vault, "interview", doc, interview)
        assert found(vault, "istgoh") == {interview} and not found(vault, "furudgoh")
        doc["narratives"][0]["text"] = "дар роҳ"
        save(vault, "interview", doc, interview)
        vault.write(DeleteRecord(interview))
        assert not found(vault, "istgoh") and not found(vault, "roh")
        assert vault.settle() == 0 and vault.verify(deep=True).ok


def test_a_large_file_is_never_in_memory(vault: Vault, tmp_path: Path) -> None:
    size = 48 << 20
    with (tmp_path / "film.mp4").open("wb") as file:
        file.truncate(size)
    evidence = save(vault, "evidence", {"title": "film"})
    tracemalloc.start()
    try:
        vault.write(AttachFile(evidence, tmp_path / "film.mp4", "film.mp4"))
        assert sum(len(piece) for piece in vault.read_blob(evidence)) == size
        assert vault.verify().blobs == (1, 0)
        assert tracemalloc.get_traced_memory()[1] < 12 << 20
    finally:
        tracemalloc.stop()
