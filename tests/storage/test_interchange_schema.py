"""The published schema is the one the definitions give, and accepts what the program accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from storage import json_schema


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_committed_schema_is_up_to_date(root: Path) -> None:
    committed = (root / "docs" / "formats" / "interchange.schema.json").read_text(encoding="utf-8")
    assert committed == json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n", "run: just schema"


def test_the_normative_file_is_valid(validator: Any, shared: Path) -> None:
    value = json.loads((shared / "design" / "interchange-full.json").read_text(encoding="utf-8"))
    assert [error.json_path for error in validator.iter_errors(value)] == []


@pytest.mark.parametrize(
    "person",
    [
        {"id": "p", "shoe_size": 38},
        {"id": "p", "sex": {"blank": "unknown"}},
        {"id": "p", "occupation": 7},
        {"id": "p", "citizenships": ["TJ", "TJ"]},
        {"id": "p", "citizenships": ["XX"]},
        {"id": "p", "birth_date": "27.03.2015"},
        {"id": "p", "code": "K-31702-0482-6"},
        {"id": "p", "names": [{"kind": "pet"}]},
        {"id": "p", "classes": {"sex": {"class": "C7"}}},
        {"sex": "male"},
    ],
)
def test_bad_records_are_invalid(validator: Any, person: dict[str, Any]) -> None:
    assert not validator.is_valid({"format": "daftar-interchange/1", "persons": [person]})


@pytest.mark.parametrize(
    "person",
    [
        {"id": "p"},
        {"id": "p", "sex": None, "names": [], "occupation": "", "birth_place": {}},
        {"id": "p", "sex": "withheld", "occupation": {"blank": "declined"}, "names": {"blank": "unknown"}},
        {"id": "p", "birth_date": "[2015..2016-03]", "minor": "unknown"},
        {"id": "p", "host_status": [{"body": "pl-office", "from": "2015/.."}]},
    ],
)
def test_good_records_are_valid(validator: Any, person: dict[str, Any]) -> None:
    value = {"format": "daftar-interchange/1", "persons": [person]}
    assert [error.message for error in validator.iter_errors(value)] == []


def test_work_of_our_own_is_not_in_the_format() -> None:
    properties = json_schema()["properties"]
    assert "stubs" not in properties and "colleagues" not in properties
    assert set(properties) == {
        "format", "persons", "interviews", "consents", "incidents", "proceedings", "evidence", "authorities",
        "organisations", "agencies", "cases", "petitions", "tasks", "notes", "losses", "questionnaires",
    }  # fmt: skip
