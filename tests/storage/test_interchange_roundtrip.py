"""Every field of every record goes in, comes out and goes in again, unchanged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from storage import InvalidInput, KdfCost, Vault, dump, import_file, json_schema, parse_interchange

COST = KdfCost(memory_kib=8192, iterations=1, lanes=1)
FILES = ("decision.pdf", "decision-en.pdf", "power.pdf", "letter.pdf")


def new_vault(folder: Path) -> Vault:
    return Vault.create(folder, bytearray(b"seven quiet rivers under the bridge"), cost=COST)


@pytest.fixture()
def full(shared: Path, tmp_path: Path) -> Path:
    """The normative file with stand-ins for its attachments."""
    folder = tmp_path / "in"
    (folder / "annexes").mkdir(parents=True)
    for name in FILES:
        (folder / "annexes" / name).write_bytes(b"stand-in for " + name.encode())
    shutil.copy(shared / "design" / "interchange-full.json", folder / "full.json")
    return folder / "full.json"


def snapshot(vault: Vault) -> dict[str, Any]:
    return vault.snapshot().docs


def test_dump_of_an_import_imports_to_equal_records(full: Path, tmp_path: Path) -> None:
    with new_vault(tmp_path / "a") as first:
        summary = import_file(first, full)
        assert summary.created == 32
        out = tmp_path / "out.json"
        dump(first, to=out)
        document = json.loads(out.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(json_schema()).validate(document)
        with new_vault(tmp_path / "b") as second:
            import_file(second, out)
            for record_type, held in snapshot(first).items():
                for identity, doc in held.items():
                    assert _plain(second.get(identity)) == _plain(doc), record_type
            again = tmp_path / "again.json"
            dump(second, to=again)
            assert again.read_bytes() == out.read_bytes().replace(b"out.files", b"again.files")


def test_attached_bytes_come_out_as_they_went_in(full: Path, tmp_path: Path) -> None:
    with new_vault(tmp_path / "a") as vault:
        import_file(vault, full)
        out = tmp_path / "out.json"
        document = dump(vault, to=out)
        written = [record["file"] for record in document["evidence"] if "path" in record.get("file", {})]
        assert len(written) == 2
        contents = {(tmp_path / file["path"]).read_bytes() for file in written}
        assert contents == {b"stand-in for decision.pdf", b"stand-in for decision-en.pdf"}
        (letter,) = document["petitions"][0]["filing"]["correspondence"]
        assert (tmp_path / letter["file"]["path"]).read_bytes() == b"stand-in for letter.pdf"
        power = document["authorities"][0]["file"]
        assert (tmp_path / power["path"]).read_bytes() == b"stand-in for power.pdf"
        assert all("path" not in record.get("file", {}) for record in dump(vault)["evidence"])


def test_the_same_file_twice_changes_nothing(full: Path, tmp_path: Path) -> None:
    with new_vault(tmp_path / "a") as vault:
        import_file(vault, full)
        before = snapshot(vault)
        summary = import_file(vault, full)
        assert (summary.created, summary.changed) == (0, 0)
        assert snapshot(vault) == before


def test_a_dump_imported_into_its_own_vault_changes_nothing(full: Path, tmp_path: Path) -> None:
    with new_vault(tmp_path / "a") as vault:
        import_file(vault, full)
        before = snapshot(vault)
        dump(vault, to=tmp_path / "out.json")
        summary = import_file(vault, tmp_path / "out.json")
        assert (summary.created, summary.changed) == (0, 0)
        assert snapshot(vault) == before


def test_case_dump_is_closed_and_leaves_strangers_out(full: Path, tmp_path: Path) -> None:
    with new_vault(tmp_path / "a") as vault:
        import_file(vault, full)
        stranger = tmp_path / "stranger.json"
        stranger.write_text(
            json.dumps(
                {"format": "daftar-interchange/1", "persons": [{"id": "x", "occupation": "a stranger"}]}
            )
        )
        import_file(vault, stranger)
        (case,) = snapshot(vault)["case"]
        out = tmp_path / "case.json"
        document = dump(vault, case, to=out)
        assert "a stranger" not in [person.get("occupation") for person in document["persons"]]
        assert len(document["cases"]) == 1
        with new_vault(tmp_path / "b") as other:
            assert import_file(other, out).created > 5


def test_update_semantics(full: Path, tmp_path: Path) -> None:
    with new_vault(tmp_path / "a") as vault:
        import_file(vault, full)
        person = next(
            doc for doc in vault.docs("person") if doc.get("sex") == "female" and doc.get("activity")
        )
        patch = {
            "id": person["id"],
            "occupation": None,
            "sex": "",
            "citizenships": [],
            "birth_place": {"region": "Khatlon"},
            "names": [
                {key: value for key, value in person["names"][1].items() if key != "id"},
                {"full": "Нила Нав", "language": "tg"},
            ],
        }
        changed = tmp_path / "patch.json"
        changed.write_text(
            json.dumps({"format": "daftar-interchange/1", "persons": [patch]}), encoding="utf-8"
        )
        assert import_file(vault, changed).changed == 1
        after = vault.get(person["id"])
        assert after is not None
        assert "occupation" not in after
        assert after["sex"] == "female" and after["citizenships"] == ["TJ"]
        assert after["birth_place"] == {**person["birth_place"], "region": "Khatlon"}
        assert after["names"][0] == person["names"][1], "an element of equal content keeps its id"
        assert [name["full"] for name in after["names"]] == ["Нилуфар Саидзода", "Нила Нав"]
        assert after["code"] == person["code"]
        assert after["protection"] == "pseudonym"


def test_parsing_alone_does_not_touch_the_vault(full: Path, tmp_path: Path) -> None:
    with new_vault(tmp_path / "a") as vault:
        parsed = parse_interchange(full, vault)
        assert len(parsed.records) == 32
        assert vault.counts() == {}


def test_existing_targets_are_never_replaced(full: Path, tmp_path: Path) -> None:
    with new_vault(tmp_path / "a") as vault:
        import_file(vault, full)
        (tmp_path / "out.json").write_text("mine")
        with pytest.raises(InvalidInput):
            dump(vault, to=tmp_path / "out.json")
        assert (tmp_path / "out.json").read_text() == "mine"
        (tmp_path / "two.files").mkdir()
        with pytest.raises(InvalidInput):
            dump(vault, to=tmp_path / "two.json")
        assert not (tmp_path / "two.json").exists()


def _plain(doc: Any) -> Any:
    """A document without the ids of the blobs, which every vault draws anew."""
    if isinstance(doc, dict):
        return {key: _plain(value) for key, value in doc.items() if key != "blobs"}
    return [_plain(item) for item in doc] if isinstance(doc, list) else doc
