"""A bad file is refused with every fault named; whatever is thrown at the walker, nothing else ever happens."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from storage.errors import DaftarError, Incompatible, InvalidInput
from storage.interchange import ParsedInterchange, parse_interchange
from storage.records import limits

Doc = dict[str, Any]


class Notebook:
    """A notebook in memory."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, Doc]] = {}

    def get(self, record_id: str) -> Doc | None:
        return self.held[record_id][1] if record_id in self.held else None

    def type_of(self, record_id: str) -> str | None:
        return self.held[record_id][0] if record_id in self.held else None

    def find_code(self, code: str) -> str | None:
        return next((key for key, (_, doc) in self.held.items() if doc.get("code") == code), None)

    def docs(self, record_type: str) -> list[Doc]:
        return [doc for kind, doc in self.held.values() if kind == record_type]


def parse(value: Any, folder: Path, notebook: Notebook | None = None) -> ParsedInterchange:
    path = folder / "file.json"
    path.write_bytes(
        value if isinstance(value, bytes) else json.dumps(value).encode("utf-8", "surrogatepass")
    )
    return parse_interchange(path, notebook or Notebook())


def faults(value: Any, folder: Path, notebook: Notebook | None = None) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        parse(value, folder, notebook)
    assert refused.value.faults, "a refusal names at least one fault"
    return [fault.path for fault in refused.value.faults]


def file_with(**lists: Any) -> Doc:
    return {"format": "daftar-interchange/1", **lists}


def test_every_fault_is_listed_at_once(tmp_path: Path) -> None:
    found = faults(
        file_with(
            persons=[
                {
                    "id": "p1",
                    "names": [{"full": 7, "script": "cyrillic", "kind": "pet_name"}],
                    "sex": "unknown_word",
                    "birth_date": "27.03.2015",
                    "minor": "yes",
                    "citizenships": ["TJ", "XX", "TJ"],
                    "shoe_size": 38,
                    "ethnicity": {"blank": "forgotten"},
                    "religion": {"blank": "unknown", "words": "x"},
                    "protection": {"blank": "unknown"},
                    "relations": [{"person": "nobody", "kind": "brother"}],
                    "code": "P-31702-0482-7",
                    "classes": {"birth_date": {"class": "C0"}, "nowhere": {"class": "C2"}},
                    "custom": {"no.such": 1},
                },
                {"id": "p1"},
                {"names": []},
                "not a record",
            ],
            interviews=[
                {
                    "id": "i1",
                    "interviewee": "e1",
                    "languages": ["t_g"],
                    "sessions": [{"from": "2026-05-01T10:00Z", "to": "2026-02-30T10:00+02:00"}],
                    "narratives": [
                        {"id": "n1", "text": "a"},
                        {"id": "n1", "translation_of": "n9", "text": "b"},
                    ],
                }
            ],
            incidents=[
                {"id": "e1", "kind": "detention.by_ufo", "when": "2015-13", "stage": 4, "victims": ["e1"]}
            ],
            spaceships=[],
            tasks={},
        ),
        tmp_path,
    )
    for path in (
        "persons[0].names[0].full",
        "persons[0].names[0].script",
        "persons[0].names[0].kind",
        "persons[0].sex",
        "persons[0].birth_date",
        "persons[0].minor",
        "persons[0].citizenships[1]",
        "persons[0].citizenships[2]",
        "persons[0].shoe_size",
        "persons[0].ethnicity.blank",
        "persons[0].religion",
        "persons[0].protection",
        "persons[0].relations[0].person",
        "persons[0].code",
        "persons[0].classes.birth_date",
        "persons[0].classes.nowhere",
        "persons[0].custom.no.such",
        "persons[1].id",
        "persons[2].id",
        "persons[3]",
        "interviews[0].interviewee",
        "interviews[0].languages[0]",
        "interviews[0].sessions[0].from",
        "interviews[0].sessions[0].to",
        "interviews[0].narratives[1].id",
        "incidents[0].kind",
        "incidents[0].when",
        "incidents[0].stage",
        "incidents[0].victims[0]",
        "spaceships",
        "tasks",
    ):
        assert path in found, path


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"\xef\xbb\xbf{}",
        '{"format":"daftar-interchange/1"}'.encode("utf-16"),
        b'{"format":"daftar-interchange/1","persons":[{"id":"\xff"}]}',
        b'{"format":"daftar-interchange/1","format":"daftar-interchange/1"}',
        b'{"format":"daftar-interchange/1","losses":[{"id":"l","amount":NaN}]}',
        b"[" * 200_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"format":' + b"9" * 10_000 + b"}",
        b"[]",
        b"null",
        b'"x"',
        b'{"format":"other/1"}',
        b'{"format":1}',
        b"{}",
    ],
    ids=range(16),
)
def test_what_is_no_file_of_ours_gets_one_clear_fault(data: bytes, tmp_path: Path) -> None:
    assert len(faults(data, tmp_path)) == 1


def test_a_file_of_a_newer_program_is_called_that(tmp_path: Path) -> None:
    with pytest.raises(Incompatible):
        parse({"format": "daftar-interchange/2"}, tmp_path)


def test_a_missing_file_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        parse_interchange(tmp_path / "nothing.json", Notebook())
    with pytest.raises(InvalidInput):
        parse_interchange(tmp_path, Notebook())


def test_lone_surrogates_and_zero_characters_are_faults(tmp_path: Path) -> None:
    value = b'{"format":"daftar-interchange/1","persons":[{"id":"p","occupation":"a\\ud800","activity":"b\\u0000","names":[{"full":"\\udfff"}]}]}'
    assert faults(value, tmp_path) == [
        "persons[0].occupation",
        "persons[0].activity",
        "persons[0].names[0].full",
    ]


@pytest.mark.parametrize("number", ["1.5", "1e400", "-3.0", "9007199254740993", "true", '"eleven"', "[1]"])
def test_numbers_are_whole_and_exact(number: str, tmp_path: Path) -> None:
    text = '{"format":"daftar-interchange/1","evidence":[{"id":"d","pages":' + number + "}]}"
    assert faults(text.encode(), tmp_path) == ["evidence[0].pages"]


def test_limits_are_where_they_are_said_to_be(tmp_path: Path) -> None:
    fits = "я" * (limits.TEXT_BYTES // 2)
    parse(file_with(persons=[{"id": "p", "activity": fits}]), tmp_path)
    assert faults(file_with(persons=[{"id": "p", "activity": fits + "я"}]), tmp_path) == [
        "persons[0].activity"
    ]
    methods = [str(number) for number in range(limits.LIST_ELEMENTS)]
    parse(file_with(incidents=[{"id": "e", "methods": methods}]), tmp_path)
    assert faults(file_with(incidents=[{"id": "e", "methods": [*methods, "one more"]}]), tmp_path) == [
        "incidents[0].methods"
    ]
    heavy = [{"text": fits} for _ in range(5)]
    assert faults(file_with(interviews=[{"id": "i", "narratives": heavy}]), tmp_path) == ["interviews[0]"]


def test_blanks_have_one_spelling_per_kind(tmp_path: Path) -> None:
    good = file_with(
        persons=[
            {
                "id": "p",
                "sex": "withheld",
                "minor": "unknown",
                "birth_date": "declined",
                "occupation": {"blank": "unknown"},
                "names": {"blank": "withheld"},
                "birth_place": {"blank": "not_asked"},
                "citizenships": {"blank": "unknown"},
            }
        ],
        interviews=[{"id": "i", "interviewee": "withheld", "others_present": {"blank": "declined"}}],
        incidents=[{"id": "e", "perpetrators": [{"agency": "unknown"}], "victims": {"blank": "unknown"}}],
    )
    (person, *_) = parse(good, tmp_path).records
    assert person.doc["names"] == {"blank": "withheld"} and person.doc["sex"] == "withheld"
    bad = file_with(
        persons=[{"id": "p", "sex": {"blank": "unknown"}, "citizenships": ["unknown"], "names": "unknown"}]
    )
    assert faults(bad, tmp_path) == ["persons[0].sex", "persons[0].citizenships[0]", "persons[0].names"]
    text = parse(file_with(persons=[{"id": "p", "occupation": "unknown"}]), tmp_path).records[0]
    assert text.doc["occupation"] == "unknown", "a text is always text"


def test_raising_a_class_is_free_and_lowering_needs_a_reason(tmp_path: Path) -> None:
    parse(file_with(persons=[{"id": "p", "classes": {"birth_place": {"class": "C3"}}}]), tmp_path)
    parse(
        file_with(
            persons=[{"id": "p", "classes": {"contacts": {"class": "C1", "reason": "printed on her page"}}}]
        ),
        tmp_path,
    )
    assert faults(file_with(persons=[{"id": "p", "classes": {"contacts": {"class": "C1"}}}]), tmp_path)
    assert faults(file_with(persons=[{"id": "p", "classes": {"contacts": {"class": "C9"}}}]), tmp_path)


def test_own_fields_are_checked_against_their_questionnaire(tmp_path: Path) -> None:
    questionnaire = {
        "id": "q",
        "slug": "school",
        "fields": [
            {"name": "years", "type": "number", "on": "person"},
            {"name": "since", "type": "date", "on": "interview"},
        ],
    }
    good = file_with(questionnaires=[questionnaire], persons=[{"id": "p", "custom": {"school.years": 11}}])
    parsed = parse(good, tmp_path)
    assert parsed.records[0].doc["custom"] == {"school.years": 11}
    blank = file_with(
        questionnaires=[questionnaire],
        persons=[{"id": "p", "custom": {"school.years": {"blank": "unknown"}}}],
    )
    parse(blank, tmp_path)
    for value in (
        {"school.years": "eleven"},
        {"school.years": "unknown"},
        {"school.since": "2015"},
        {"school.other": 1},
    ):
        assert faults(
            file_with(questionnaires=[questionnaire], persons=[{"id": "p", "custom": value}]), tmp_path
        )
    notebook = Notebook()
    for record in parsed.records:
        notebook.held[record.id] = (record.type, record.doc)
    parse(file_with(persons=[{"id": "p9", "custom": {"school.years": 3}}]), tmp_path, notebook)


def test_accounts_hold_values_of_the_field_they_are_about(tmp_path: Path) -> None:
    person = {"id": "p", "birth_date": "1988", "accounts": [{"path": "birth_date", "value": "1987"}]}
    parse(file_with(persons=[person]), tmp_path)
    place = {"path": "birth_place", "value": {"country": "TJ", "locality": "Isfara"}}
    parsed = parse(
        file_with(persons=[{"id": "p", "accounts": [place, {"path": "citizenships", "value": ["TJ"]}]}]),
        tmp_path,
    )
    assert parsed.records[0].doc["accounts"][0]["value"] == place["value"]
    for account in (
        {"path": "birth_date", "value": "long ago"},
        {"path": "names", "value": []},
        {"path": "shoe", "value": 1},
        {"value": 1},
    ):
        assert faults(file_with(persons=[{"id": "p", "accounts": [account]}]), tmp_path)


def test_codes_are_kept_when_valid_and_free(tmp_path: Path) -> None:
    parsed = parse(file_with(persons=[{"id": "p", "code": "P-31702-0482-6"}]), tmp_path)
    assert parsed.records[0].doc["code"] == "P-31702-0482-6"
    notebook = Notebook()
    notebook.held[parsed.records[0].id] = ("person", parsed.records[0].doc)
    assert faults(file_with(persons=[{"id": "x", "code": "P-31702-0482-6"}]), tmp_path, notebook) == [
        "persons[0].code"
    ]
    twice = file_with(persons=[{"id": "a", "code": "P-31702-0482-6"}, {"id": "b", "code": "P-31702-0482-6"}])
    assert faults(twice, tmp_path) == ["persons[1].code"]
    assert faults(file_with(interviews=[{"id": "a", "code": "P-31702-0482-6"}]), tmp_path) == [
        "interviews[0].code"
    ]
    assert faults(file_with(persons=[{"id": "a", "code": "P-31702-0483-6"}]), tmp_path) == ["persons[0].code"]


def test_a_known_id_of_another_type_is_refused(tmp_path: Path) -> None:
    notebook = Notebook()
    identity = "0c2a4f0e-7d5b-4c3a-9a51-1f3d2b7c9e10"
    notebook.held[identity] = ("person", {"id": identity})
    assert faults(file_with(cases=[{"id": identity}]), tmp_path, notebook) == ["cases[0].id"]
    assert faults(file_with(incidents=[{"id": "e", "reprisal_for": identity}]), tmp_path, notebook) == [
        "incidents[0].reprisal_for"
    ]
    same = file_with(persons=[{"id": identity}, {"id": identity.upper()}])
    assert faults(same, tmp_path, notebook) == ["persons[1].id"]


def test_references_follow_ids_and_element_ids(shared: Path, tmp_path: Path) -> None:
    parsed = {
        record.type + record.doc.get("title", ""): record
        for record in parse(full(shared, tmp_path), tmp_path).records
        if record.type in ("interview", "petition")
    }
    interview, petition = parsed["interview"].doc, parsed["petition"].doc
    original, translation, _ = interview["narratives"]
    assert translation["translation_of"] == original["id"] != "n1"
    assert petition["redactions"][0]["path"] == f"narratives/{original['id']}/text"
    assert petition["redactions"][0]["record"] == interview["id"]
    assert petition["redactions"][0]["subject"] == petition["applicants"][0]


# -- attachments --


def with_file(path: str, **more: Any) -> Doc:
    return file_with(evidence=[{"id": "d", "file": {"path": path, **more}}])


def test_attachments_stay_inside_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "annexes").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(b"outside")
    (inside / "annexes" / "good").write_bytes(b"inside")
    (inside / "annexes" / "folder").mkdir()
    (inside / "annexes" / "link").symlink_to(tmp_path / "secret")
    (inside / "annexes" / "up").symlink_to(tmp_path)
    (inside / "annexes" / "loop").symlink_to(inside / "annexes" / "loop")
    (inside / "annexes" / "alias").symlink_to(inside / "annexes" / "good")
    parsed = parse(with_file("annexes/good"), inside)
    assert parsed.records[0].doc["file"]["size"] == 6 and "path" not in parsed.records[0].doc["file"]
    parse(with_file("annexes/alias"), inside)
    for bad in (
        "../secret",
        "annexes/../../secret",
        str(tmp_path / "secret"),
        "annexes/link",
        "annexes/up/secret",
        "annexes/loop",
        "annexes/folder",
        "annexes/missing",
        "annexes\\good",
        "C:good",
        ".",
        "x" * 5000,
        "a/" * 3000 + "b",
    ):
        assert faults(with_file(bad), inside) == ["evidence[0].file.path"], bad


def test_attachments_are_compared_with_what_the_file_says(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    digest = "a" * 64
    assert faults(with_file("a.pdf", sha256=digest), tmp_path) == ["evidence[0].file.path"]
    assert faults(with_file("a.pdf", size=4), tmp_path) == ["evidence[0].file.path"]
    assert faults(with_file("a.pdf", sha256="short"), tmp_path) == ["evidence[0].file.sha256"]
    assert faults(with_file("a.pdf", blobs=["x"]), tmp_path) == ["evidence[0].file.blobs"]
    absent = parse(file_with(evidence=[{"id": "d", "file": {"sha256": digest}}]), tmp_path)
    assert absent.records[0].doc["file"] == {"sha256": digest} and not absent.attachments


# -- the attack --


def full(shared: Path, folder: Path) -> Doc:
    value: Doc = json.loads((shared / "design" / "interchange-full.json").read_text(encoding="utf-8"))
    (folder / "annexes").mkdir(exist_ok=True)
    for name in ("decision.pdf", "decision-en.pdf", "power.pdf", "letter.pdf"):
        (folder / "annexes" / name).write_bytes(name.encode())
    return value


JUNK: tuple[Any, ...] = (
    None,
    "",
    "x",
    "unknown",
    "\ud800",
    "\0",
    "2015-03",
    "🙂" * 50,
    0,
    -1,
    10**30,
    1.5,
    True,
    [],
    {},
    [[]],
    [None],
    [{}],
    {"blank": "unknown"},
    {"blank": 3},
    {"blank": None},
    {"words": 1},
    {"words": "x"},
    {"id": "p1"},
    {"id": None},
    ["unknown"],
    [1, 1],
    {"": ""},
    {"\ud800": 1},
    "p1",
    "tj-mia",
    "../../etc",
    {"path": "../x"},
    [{"id": "n1"}, {"id": "n1"}],
)


def mutate(value: Any, rng: random.Random) -> Any:
    """Change one random place: replace, drop, add, duplicate, rename."""
    root = copy.deepcopy(value)
    places: list[tuple[Any, Any]] = []
    waiting = [root]
    while waiting:
        current = waiting.pop()
        for key in list(current) if isinstance(current, dict) else range(len(current)):
            places.append((current, key))
            if isinstance(current[key], dict | list):
                waiting.append(current[key])
    holder, key = rng.choice(places)
    action = rng.randrange(5)
    if action == 0:
        del holder[key]
    elif action == 1 and isinstance(holder, dict):
        holder[rng.choice(["blank", "id", "x", "path", "words", "\udc00", "classes", "custom", "blobs"])] = (
            rng.choice(JUNK)
        )
    elif action == 2 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif action == 3 and isinstance(holder, dict):
        other, other_key = rng.choice(places)
        holder[key] = copy.deepcopy(other[other_key])
    else:
        holder[key] = copy.deepcopy(rng.choice(JUNK))
    return root


def test_thousands_of_mutations_end_in_records_or_in_faults(shared: Path, tmp_path: Path) -> None:
    value = full(shared, tmp_path)
    rng = random.Random(20261125)
    good = parse(value, tmp_path).records
    notebook = Notebook()
    for record in good:
        notebook.held[record.id] = (record.type, record.doc)
    refused = 0
    for turn in range(400):
        mutated = mutate(value, rng)
        for _ in range(rng.randrange(3)):
            mutated = mutate(mutated, rng)
        try:
            parse(mutated, tmp_path, notebook if turn % 2 else None)
        except DaftarError as problem:
            assert isinstance(problem, InvalidInput | Incompatible)
            refused += 1
            for fault in getattr(problem, "faults", ()):
                assert fault.path.isprintable()
    assert 100 < refused < 400


def test_updates_with_random_damage_to_known_records(shared: Path, tmp_path: Path) -> None:
    """The same attack on records the notebook knows: merging with what is there must not fail either."""
    notebook = Notebook()
    for record in parse(full(shared, tmp_path), tmp_path).records:
        notebook.held[record.id] = (record.type, record.doc)
    plurals = {
        "person": "persons",
        "interview": "interviews",
        "incident": "incidents",
        "petition": "petitions",
    }
    known = file_with(
        **{plural: [copy.deepcopy(doc) for doc in notebook.docs(kind)] for kind, plural in plurals.items()}
    )
    assert not any(record.changes for record in parse(known, tmp_path, notebook).records)
    rng = random.Random(7)
    for _ in range(200):
        try:
            parsed = parse(mutate(known, rng), tmp_path, notebook)
        except InvalidInput:
            continue
        for record in parsed.records:
            assert record.doc["id"] == record.id
