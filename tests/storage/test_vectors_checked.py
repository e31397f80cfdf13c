"""The frozen vectors, checked by a script that uses nothing of the program; and the program against the same files."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from storage import read_digits, read_kit, share_word
from storage.errors import InvalidInput

VECTORS = Path(__file__).parent.parent / "vectors"
CHECKER = VECTORS / "check_vectors.py"
LEAST = {
    "pass-1": 40,
    "kdf": 3,
    "slot": 8,
    "header": 10,
    "blob": 10,
    "log": 5,
    "recovery": 20,
    "recovery-typed": 20,
    "share": 10,
    "padme": 20,
}


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(folder)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def load(name: str) -> Any:
    return json.loads((VECTORS / "vault" / f"{name}.json").read_text("utf-8"))


def test_the_checker_is_short_and_uses_nothing_of_the_program(root: Path) -> None:
    text = CHECKER.read_text("utf-8")
    assert len(text.splitlines()) <= 200
    rooms = {"i18n", "storage", "exports", "ui", "desktop"}
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not {name.split(".")[0] for name in names} & rooms


def test_every_vector_is_right_and_there_are_enough() -> None:
    done = check(VECTORS / "vault")
    assert (done.returncode, done.stderr) == (0, "")
    counts = {name: int(count) for name, count in (line.rsplit(" ", 1) for line in done.stdout.splitlines())}
    assert {name: count for name, count in LEAST.items() if counts.get(name, 0) < count} == {}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("pass-1", (7, "normal_utf8_hex")),
        ("kdf", (0, "kek_hex")),
        ("slot", (3, "master_key_hex")),
        ("header", (4, "log_head_hex")),
        ("blob", (2, "content_sha256")),
        ("log", ("events", 2, "head_hex")),
        ("recovery", (5, "kek")),
        ("recovery-typed", (1, "code_hex")),
        ("share", (6, "code_hex")),
    ],
)
def test_the_checker_sees_one_changed_sign(name: str, path: tuple[Any, ...], tmp_path: Path) -> None:
    shutil.copytree(VECTORS / "vault", tmp_path / "vault")
    value = load(name)
    place = value
    for step in path[:-1]:
        place = place[step]
    old = place[path[-1]]
    place[path[-1]] = ("0" if old[0] != "0" else "1") + old[1:]
    (tmp_path / "vault" / f"{name}.json").write_text(json.dumps(value), "utf-8")
    assert check(tmp_path / "vault").returncode != 0


@pytest.mark.parametrize("vector", load("recovery-typed"), ids=lambda vector: vector["name"])
def test_the_program_reads_typed_digits_as_the_vectors_say(vector: dict[str, str]) -> None:
    if "code_hex" in vector:
        assert read_digits(vector["typed"]).hex() == vector["code_hex"]
    else:
        with pytest.raises(InvalidInput):
            read_digits(vector["typed"])


@pytest.mark.parametrize("vector", load("share"), ids=lambda vector: vector["code_hex"][:8])
def test_the_program_reads_any_two_shares_in_words_or_numbers(vector: dict[str, Any]) -> None:
    shares = vector["shares"]
    for one, two in ((0, 1), (0, 2), (1, 2)):
        for first, second in (("words", "words"), ("numbers", "words"), ("numbers", "numbers")):
            text = shares[one][first] + "\n" + shares[two][second]
            assert read_kit(text).hex() == vector["code_hex"]
    for share in shares:
        for number, word in zip(share["numbers"].split(), share["words"].split(), strict=True):
            assert share_word(number) == share_word(word) == share_word(word[:4]) == (number, word)
