"""Wrong passphrase, locked, newer, damaged, existing files: each has its own number, and nothing changes."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage import Vault


def test_a_wrong_passphrase_is_4_and_changes_nothing(
    program: Any, vault: Path, bytes_of: Callable[[Path], dict[str, bytes]]
) -> None:
    before = bytes_of(vault)
    done = program.run("verify", vault, "--passphrase-file", "-", given=b"not the words\n")
    assert done.code == 4
    assert bytes_of(vault) == before
    assert program.run("verify", vault, "--passphrase-file", "-", given=b"").code == 4


def test_a_passphrase_comes_from_standard_input_too(program: Any, vault: Path) -> None:
    words = program.secret.read_bytes()
    assert program.run("verify", vault, "--passphrase-file", "-", given=words).code == 0
    assert (
        program.run("verify", vault, "--passphrase-file", "-", given=words.replace(b"\n", b"\r\n")).code == 0
    )


def test_without_a_terminal_the_prompt_is_an_environment_problem(program: Any, vault: Path) -> None:
    done = program.run("verify", vault, before=["setsid", "--wait"])
    assert done.code == 8
    assert "--passphrase-file" in done.err


def test_a_notebook_open_elsewhere_is_8(program: Any, vault: Path) -> None:
    secret = bytearray(program.secret.read_bytes().split(b"\n")[0])
    holder = Vault.open(vault, secret)
    try:
        assert program("verify", vault).code == 8
    finally:
        holder.close()
    assert program("verify", vault).code == 0


def test_a_newer_notebook_is_9(program: Any, vault: Path) -> None:
    for header in ("A.hdr", "B.hdr"):
        data = bytearray((vault / header).read_bytes())
        data[8:10] = b"\0\2"
        data[4064:4096] = hashlib.sha256(data[:4064]).digest()
        (vault / header).write_bytes(data)
    assert program("verify", vault).code == 9


def test_a_damaged_database_is_7(program: Any, vault: Path) -> None:
    for database in vault.glob("0*/db"):
        data = bytearray(database.read_bytes())
        data[len(data) // 2] ^= 1
        database.write_bytes(data)
    for database in vault.glob("1*/db"):
        data = bytearray(database.read_bytes())
        data[len(data) // 2] ^= 1
        database.write_bytes(data)
    assert program("verify", vault).code == 7


@pytest.mark.parametrize("what", ["file", "folder with something"])
def test_new_never_takes_a_place_that_is_taken(program: Any, tmp_path: Path, what: str) -> None:
    place = tmp_path / "taken"
    if what == "file":
        place.write_text("x")
    else:
        place.mkdir()
        (place / "x").write_text("x")
    assert program("new", place).code == 3
    assert "secret" not in "".join(path.name for path in place.rglob("*"))


@pytest.mark.parametrize("words", ["", "a", "password password", "1234567890"])
def test_a_weak_passphrase_is_refused_and_no_folder_is_left(program: Any, tmp_path: Path, words: str) -> None:
    place = tmp_path / "weak"
    done = program.run("new", place, "--passphrase-file", "-", given=words.encode() + b"\n")
    assert done.code == 3
    assert not place.exists()


def test_what_is_not_a_notebook_is_bad_input(program: Any, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert program("verify", tmp_path / "plain").code == 3
    assert program("verify", tmp_path / "absent").code == 3
    assert program("verify", program.secret).code == 3


def test_a_reader_that_goes_away_is_no_bug(program: Any) -> None:
    words = [*program.command, "schema"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""
    assert process.returncode != 1
