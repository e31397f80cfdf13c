"""The test plan names tests, files and sentences that exist. Must not judge their figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("test-plan.md", "threat-model.md")
SOURCES = "\n".join(
    path.read_text("utf-8") for room in ("storage", "ui", "desktop") for path in (ROOT / room).rglob("*.py")
)
TESTS = list((ROOT / "tests").rglob("*.py"))
PLAN = (ROOT / "docs" / "test-plan.md").read_text("utf-8")


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_every_file_that_is_named_exists() -> None:
    names = {path.name for path in TESTS}
    missing = []
    for words in quoted(PLAN):
        for word in re.findall(r"[\w./-]+\.(?:py|md|toml|lock)\b", words):
            if not (ROOT / word).exists() and Path(word).name not in names:
                missing.append(word)
    assert missing == []
    assert all((ROOT / "docs" / link).exists() for link in re.findall(r"\]\(([\w./-]+)\)", PLAN))


def test_every_test_that_is_named_exists() -> None:
    written = "\n".join(path.read_text("utf-8") for path in TESTS)
    defined = re.findall(r"def (test_\w+)\(", written)
    for name in [word for word in quoted(PLAN) if re.fullmatch(r"…?\w+…?", word) and "_" in word]:
        part = name.strip("…")
        assert any(part in one for one in defined), name


def test_every_command_of_just_exists() -> None:
    doors = re.findall(r"^(\w[\w-]*)[^:\n]*:", (ROOT / "justfile").read_text("utf-8"), re.MULTILINE)
    for page in PAGES:
        for words in quoted((ROOT / "docs" / page).read_text("utf-8")):
            if words.startswith("just "):
                assert words.split()[1] in doors, words


def _sentences() -> list[str]:
    """The second column of the table about media, without what stands in italics and what is explained."""
    table = PLAN.split("## The medium")[1].split("## Scenes")[0]
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")][2:]
    return [row[1] for row in rows if not row[1].startswith("the same")]


@pytest.mark.parametrize("said", _sentences())
def test_every_sentence_that_is_quoted_is_said_by_the_program(said: str) -> None:
    plain = re.sub(r'"\s*\n\s*"', "", SOURCES)
    for sentence in said.replace("*", "").split("…"):
        words = sentence.strip(" .,:")
        parts = [part.strip() for part in re.split(r"(?<=\.) ", words) if len(part.strip()) > 12]
        for part in parts:
            assert part.rstrip(".") in plain, part
