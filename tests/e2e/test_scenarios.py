"""From a testimony nobody has seen before to a redacted dossier, by command line alone, in every language."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

LANGUAGES = ("ru", "uz", "uz-Cyrl", "tg", "az", "en")


def plain(text: str) -> str:
    """Letters alone, small, without marks' variety: what a search by eye or machine would compare."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in text if not letter.isspace() and letter != "\u00ad")


def texts_of(path: Path) -> Iterable[str]:
    reader = PdfReader(path)
    yield "".join(page.extract_text() for page in reader.pages)
    yield json.dumps({key: str(value) for key, value in (reader.metadata or {}).items()}, ensure_ascii=False)
    yield path.name
    if shutil.which("pdftotext"):
        yield subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode(
            "utf-8"
        )
    if shutil.which("qpdf"):
        words = ["qpdf", "--qdf", "--object-streams=disable", str(path), "-"]
        yield subprocess.run(words, capture_output=True, check=False).stdout.decode("latin-1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_interview_to_public_copy(
    program: Any,
    vault: Path,
    tmp_path: Path,
    stories: dict[str, Any],
    write_records: Callable[..., Path],
    case_id: str,
    language: str,
) -> None:
    story = stories[language]
    done = program("import", vault, write_records(story))
    assert done.code == 0, done.err
    found = program("find", vault, story.query, "--json").json()
    assert found["total"] >= 1
    assert {"type", "id", "code", "snippet", "score"} <= set(found["hits"][0])
    assert "interview" in {hit["type"] for hit in found["hits"]}

    ready = program("readiness", vault, "--case", case_id, "--for", "wgad", "--json")
    assert ready.code == 0
    assert ready.json()["blocks"] == [], ready.out
    assert ready.json()["ready"] is True

    out = tmp_path / "out"
    done = program("dossier", vault, "--case", case_id, "--for", "wgad", "--to", out, "--date", "2026-06-01")
    assert done.code == 0, done.err
    files = [Path(line) for line in done.out.splitlines()]
    assert all(path.is_file() for path in files)
    public = [path for path in files if path.suffix == ".pdf" and "_public" in path.name]
    assert public
    assert {path.name.split("_")[2].removesuffix(".pdf") for path in files if path.suffix == ".pdf"} >= {
        "filing",
        "government",
        "public",
    }
    for path in public:
        for text in texts_of(path):
            left = [secret for secret in story.secrets if plain(secret) in plain(text)]
            assert left == [], (path.name, left)
    checked = program("check", *public, "--vault", vault, "--case", case_id, "--json")
    assert checked.code == 0
    assert checked.json()["clean"] is True


def test_the_gate_finds_what_a_filing_copy_says(
    program: Any,
    vault: Path,
    tmp_path: Path,
    stories: dict[str, Any],
    write_records: Callable[..., Path],
    case_id: str,
) -> None:
    """The same check must be able to fail: the filing copy names the applicant, as it has to."""
    consent = {
        "id": "c1",
        "person": "p1",
        "interview": "i1",
        "given_on": "2026-05-01",
        "manner": "signed",
        "grants": [
            {"purpose": purpose, "decision": "yes"}
            for purpose in ("keep", "un_wgad", "publish_anonymised", "name_to_government")
        ],
    }
    assert program("import", vault, write_records(stories["tg"], consents=[consent])).code == 0
    words = (
        "dossier",
        vault,
        "--case",
        case_id,
        "--for",
        "wgad",
        "--to",
        tmp_path / "out",
        "--audience",
        "filing",
    )
    done = program(*words)
    assert done.code == 0, done.err
    filing = done.out.split("\n")[0]
    checked = program("check", filing, "--vault", vault, "--case", case_id, "--audience", "public", "--json")
    assert checked.code == 6
    assert checked.json()["clean"] is False
    assert {"file", "where", "subject", "form"} <= set(checked.json()["findings"][0])


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage \xd0\xa1", b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>"],
)
def test_what_cannot_be_read_is_never_called_clean(
    program: Any,
    vault: Path,
    tmp_path: Path,
    stories: dict[str, Any],
    write_records: Callable[..., Path],
    case_id: str,
    content: bytes,
) -> None:
    assert program("import", vault, write_records(stories["tg"])).code == 0
    file = tmp_path / "x.pdf"
    file.write_bytes(content)
    done = program("check", file, "--vault", vault, "--case", case_id, "--json")
    assert done.code == 3
    assert done.out == ""
    assert "garbage" not in done.err
    assert program("check", tmp_path / "absent.pdf", "--vault", vault, "--case", case_id).code == 3


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--for", "no-such-form"], 3),
        (["--for", "wgad", "--audience", "interviewee"], 3),
        (["--for", "wgad", "--lang", "klingon"], 3),
        (["--for", "wgad", "--lang", "ru"], 5),
        (["--for", "wgad", "--override", "II.2"], 2),
        (["--for", "wgad", "--override", "II.2="], 2),
        (["--for", "wgad", "--case", "K-00000-0000-0"], 3),
    ],
)
def test_what_a_dossier_is_refused_for(
    program: Any,
    vault: Path,
    tmp_path: Path,
    stories: dict[str, Any],
    write_records: Callable[..., Path],
    case_id: str,
    options: list[str],
    code: int,
) -> None:
    assert program("import", vault, write_records(stories["tg"])).code == 0
    case = [] if "--case" in options else ["--case", case_id]
    done = program("dossier", vault, *case, *options, "--to", tmp_path / "out")
    assert done.code == code, done.err
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_formal_block_can_be_set_aside_with_a_reason_that_is_kept_and_never_printed(
    program: Any,
    vault: Path,
    tmp_path: Path,
    stories: dict[str, Any],
    write_records: Callable[..., Path],
    case_id: str,
) -> None:
    person = {
        "id": "p1",
        "names": list(stories["az"].names),
        "citizenships": ["AZ"],
        "protection": "pseudonym",
    }
    others = [
        {"id": "p2", "names": [stories["az"].relative]},
        {"id": "p3", "names": [stories["en"].relative]},
    ]
    assert program("import", vault, write_records(stories["az"], persons=[person, *others])).code == 0
    words = ("dossier", vault, "--case", case_id, "--for", "wgad", "--audience", "filing")
    assert program(*words, "--to", tmp_path / "no").code == 5
    blocks = program("readiness", vault, "--case", case_id, "--for", "wgad", "--json").json()["blocks"]
    reason = "nobody kept a paper xylophone"
    options = [word for block in blocks for word in ("--override", f"{block['field']}={reason}")]
    done = program(*words, "--to", tmp_path / "yes", *options)
    assert done.code == 0, done.err
    assert reason in program("dump", vault).out
    for path in (tmp_path / "yes").iterdir():
        assert all(
            "xylophone" not in plain(text)
            for text in (texts_of(path) if path.suffix == ".pdf" else [path.read_text()])
        )


def test_a_file_that_is_there_is_never_replaced_and_the_same_date_gives_the_same_bytes(
    program: Any,
    vault: Path,
    tmp_path: Path,
    stories: dict[str, Any],
    write_records: Callable[..., Path],
    case_id: str,
) -> None:
    assert program("import", vault, write_records(stories["az"])).code == 0
    words = (
        "dossier",
        vault,
        "--case",
        case_id,
        "--for",
        "wgad",
        "--audience",
        "public",
        "--date",
        "2026-06-01",
        "--to",
    )
    first = program(*words, tmp_path / "out")
    assert first.code == 0, first.err
    path = Path(first.out.splitlines()[0])
    content = path.read_bytes()
    again = program(*words, tmp_path / "out")
    assert again.code == 3
    assert path.read_bytes() == content
    other = program(*words, tmp_path / "other")
    assert Path(other.out.splitlines()[0]).read_bytes() == content


def test_without_consent_nothing_is_written(
    program: Any,
    vault: Path,
    tmp_path: Path,
    stories: dict[str, Any],
    write_records: Callable[..., Path],
    case_id: str,
) -> None:
    assert program("import", vault, write_records(stories["ru"], consents=[])).code == 0
    done = program("dossier", vault, "--case", case_id, "--for", "wgad", "--to", tmp_path / "out")
    assert done.code == 5
    assert done.out == ""
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_dump_and_import_give_equal_records(
    program: Any, vault: Path, tmp_path: Path, stories: dict[str, Any], write_records: Callable[..., Path]
) -> None:
    assert program("import", vault, write_records(stories["tg"])).code == 0
    dumped = program("dump", vault)
    assert dumped.code == 0
    file = tmp_path / "dump.json"
    assert program("dump", vault, "-o", file).code == 0
    assert program("dump", vault, "-o", file).code == 3
    other = tmp_path / "other"
    assert program("new", other).code == 0
    assert program("import", other, file).code == 0
    assert json.loads(program("dump", other).out) == json.loads(dumped.out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_redact_replaces_every_form_and_offsets_are_code_points(
    program: Any, vault: Path, tmp_path: Path, stories: dict[str, Any], language: str
) -> None:
    story = stories[language]
    names = tmp_path / "names.json"
    persons = [{"id": "p1", "names": list(story.names)}, {"id": "p2", "names": [story.relative]}]
    names.write_text(json.dumps({"persons": persons}, ensure_ascii=False), encoding="utf-8")
    text = "\ufeff🙂 " + story.text.replace("\n\n", "\r\n")
    file = tmp_path / "text.txt"
    file.write_bytes(text.encode("utf-8"))
    done = program.run("redact", file, "--lang", language, "--names", names, "--json")
    assert done.code == 0, done.err
    answer, text = done.json(), text.removeprefix("\ufeff")
    spans = answer["spans"]
    assert spans
    assert spans == sorted(spans, key=lambda span: span["start"])
    assert all(one["end"] <= two["start"] for one, two in pairwise(spans))
    assert all(text[span["start"] : span["end"]] == span["form"] for span in spans)
    assert [secret for secret in story.secrets if plain(secret) in plain(answer["text"])] == []
    assert "\r\n" in answer["text"]
    raw = program.run("redact", file, "--lang", language, "--names", names)
    assert raw.out == answer["text"]


def test_deadlines_and_forms_are_lists_for_scripts(
    program: Any, vault: Path, stories: dict[str, Any], write_records: Callable[..., Path], case_id: str
) -> None:
    decision = {
        "id": "x1",
        "kind": "criminal_trial",
        "country": "AZ",
        "complaint": "fair trial",
        "decided_on": "2026-02-20",
        "received_on": "2026-03-02",
        "received_by": "lawyer",
        "outcome": "refused",
        "is_final": True,
    }
    case = {
        "id": case_id,
        "title": "March case",
        "victims": ["p1"],
        "interviews": ["i1"],
        "incidents": ["e1"],
        "proceedings": ["x1"],
        "country": "AZ",
        "respondents": ["AZ"],
    }
    file = write_records(stories["az"], proceedings=[decision], cases=[case])
    assert program("import", vault, file).code == 0
    rows = program("deadlines", vault, "--today", "2026-06-01", "--json").json()
    row = next(row for row in rows if row["rule"] == "ecthr-4-months")
    assert row["from"] == "2026-03-02"
    assert row["from_kind"] == "received_by_lawyer"
    assert (row["due"], row["post_by"], row["estimated"]) == ("2026-07-02", "2026-06-18", False)
    assert row["case"].startswith("K-")
    late = program("deadlines", vault, "--today", "2026-08-01", "--json").json()
    assert next(row for row in late if row["rule"] == "ecthr-4-months")["passed"] is True
    forms = program.run("forms", "--json").json()
    assert {"wgad", "ecthr", "statement"} <= {form["id"] for form in forms}
    assert all(form["form_version"] and form["checked_on"] for form in forms)


def test_an_empty_notebook_answers_everything_calmly(program: Any, vault: Path) -> None:
    assert program("find", vault, "anything", "--json").json()["total"] == 0
    assert program("find", vault, '\u202e"NEAR( col:x -* 🙂').code == 0
    assert program("deadlines", vault, "--json").json() == []
    assert program("readiness", vault, "--case", "K-31702-0482-6", "--for", "wgad").code == 3
    assert program("readiness", vault, "--case", "K", "--for", "no-such-form").code == 3
    assert program("verify", vault, "--deep", "--rebuild", "--json").json()["ok"] is True
    assert json.loads(program("dump", vault).out)["format"] == "daftar-interchange/1"
