"""Every bad file: exit code 3, every fault on a line, and not one byte of the notebook changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FORMAT = '"format": "daftar-interchange/1"'
PERSON = {"id": "p1", "names": [{"full": "Зебо Ниёзова", "kind": "legal"}]}


def document(**lists: Any) -> bytes:
    return json.dumps({"format": "daftar-interchange/1", **lists}, ensure_ascii=False).encode("utf-8")


BAD: dict[str, bytes] = {
    "empty": b"",
    "no json": b"{",
    "not utf-8": b'{"format": "daftar-interchange/1", "persons": [{"id": "\xff"}]}',
    "a list": b"[]",
    "a text": b'"persons"',
    "null": b"null",
    "no format": b'{"persons": []}',
    "another format": b'{"format": "other-interchange/1"}',
    "format is a number": b'{"format": 1}',
    "duplicate key": f'{{{FORMAT}, "persons": [{{"id": "a", "id": "b"}}]}}'.encode(),
    "nan": f'{{{FORMAT}, "persons": [{{"id": "a", "minor": NaN}}]}}'.encode(),
    "infinity": f'{{{FORMAT}, "evidence": [{{"id": "a", "pages": 1e999}}]}}'.encode(),
    "lone surrogate": f'{{{FORMAT}, "persons": [{{"id": "\\ud800"}}]}}'.encode(),
    "unknown list": document(people=[]),
    "unknown field": document(persons=[{**PERSON, "shoe_size": 42}]),
    "list is an object": document(persons={"id": "p1"}),
    "record is a text": document(persons=["p1"]),
    "no id": document(persons=[{"names": []}]),
    "id is a number": document(persons=[{"id": 5}]),
    "id twice": document(persons=[PERSON, PERSON]),
    "dangling reference": document(interviews=[{"id": "i1", "interviewee": "p9"}]),
    "reference to another type": document(persons=[PERSON], interviews=[{"id": "i1", "interviewee": "i1"}]),
    "no date": document(persons=[{**PERSON, "birth_date": "03/04/1990"}]),
    "impossible date": document(persons=[{**PERSON, "birth_date": "2019-02-30"}]),
    "no choice": document(persons=[{**PERSON, "protection": "secret"}]),
    "no country": document(persons=[{**PERSON, "citizenships": ["Tajikistan"]}]),
    "yes/no is a text": document(persons=[{**PERSON, "minor": "yes, probably"}]),
    "text is a number": document(persons=[{**PERSON, "occupation": 7}]),
    "bad code": document(persons=[{**PERSON, "code": "P-31702-0482-5"}]),
    "code of another type": document(persons=[{**PERSON, "code": "I-31702-0482-6"}]),
    "unknown kind of incident": document(incidents=[{"id": "e1", "kind": "detention.by_aliens"}]),
    "file outside the folder": document(
        evidence=[{"id": "d1", "title": "t", "file": {"path": "../secret.txt"}}]
    ),
    "absolute path": document(evidence=[{"id": "d1", "title": "t", "file": {"path": "/etc/hostname"}}]),
    "file that is not there": document(evidence=[{"id": "d1", "title": "t", "file": {"path": "gone.pdf"}}]),
    "wrong hash": document(
        evidence=[{"id": "d1", "title": "t", "file": {"path": "secret.txt", "sha256": "0" * 64}}]
    ),
    "too long a text": document(persons=[{**PERSON, "occupation": "а" * (4 * 1024 * 1024 + 1)}]),
    "too many elements": document(persons=[{**PERSON, "citizenships": ["TJ"] * 10_001}]),
    "deep nesting": f'{{{FORMAT}, "persons": {"[" * 5000}{"]" * 5000}}}'.encode(),
    "a huge number": f'{{{FORMAT}, "evidence": [{{"id": "d1", "pages": {"9" * 5000}}}]}}'.encode(),
    "class lowered without a reason": document(
        persons=[{**PERSON, "classes": {"birth_place": {"class": "C0"}}}]
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_whole(
    program: Any, vault: Path, tmp_path: Path, bytes_of: Callable[[Path], dict[str, bytes]], name: str
) -> None:
    before = bytes_of(vault)
    file = tmp_path / "bad.json"
    file.write_bytes(BAD[name])
    done = program("import", vault, file)
    assert done.code == 3, done.err
    assert done.out == ""
    assert bytes_of(vault) == before
    assert not list(tmp_path.glob("daftar-report-*"))


def test_every_fault_is_a_line_with_path_problem_and_expectation(
    program: Any, vault: Path, tmp_path: Path
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(
        document(
            persons=[{"id": "p1", "minor": "maybe", "protection": "secret", "shoe_size": 1}],
            interviews=[{"id": "i1", "interviewee": "nobody", "languages": "tg"}],
        )
    )
    done = program("import", vault, file)
    assert done.code == 3
    lines = done.err.splitlines()
    for path in (
        "persons[0].minor",
        "persons[0].protection",
        "persons[0].shoe_size",
        "interviews[0].interviewee",
        "interviews[0].languages",
    ):
        fitting = [line for line in lines if line.startswith(f"{path}: ")]
        assert len(fitting) == 1, (path, lines)
        assert fitting[0].count(": ") >= 2


def test_a_file_that_is_not_there_and_a_folder_are_bad_input(
    program: Any, vault: Path, tmp_path: Path
) -> None:
    for path in (tmp_path / "absent.json", tmp_path):
        assert program("import", vault, path).code == 3
