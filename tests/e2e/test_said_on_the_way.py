"""What a person is told on the way: whose consent lacks, in words; an alarm; a plain copy, which is logged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage import Vault


@pytest.mark.parametrize("language", ["ru", "tg", "az", "uz", "uz-Cyrl"])
def test_a_refused_copy_is_explained_without_codes_of_ours(
    language: str, program: Any, vault: Path, stories: Any, write_records: Callable[..., Path], case_id: str
) -> None:
    assert program("import", vault, write_records(stories["ru"], consents=[])).code == 0
    done = program(
        "dossier",
        vault,
        "--case",
        case_id,
        "--for",
        "wgad",
        "--to",
        program.folder / "o",
        "--lang-ui",
        language,
    )
    assert done.code == 5
    assert not [
        word
        for word in ("un_wgad", "filing", "government", "public", "not asked", "consent")
        if word in done.err
    ]
    assert not (program.folder / "o").exists()


def test_an_older_database_under_a_newer_header_is_said_once_by_every_command(
    program: Any, vault: Path, stories: Any, write_records: Callable[..., Path]
) -> None:
    older = program.folder / "older"
    shutil.copytree(vault, older)
    assert program("import", vault, write_records(stories["tg"])).code == 0
    for header in ("A.hdr", "B.hdr"):
        shutil.copy(vault / header, older / header)
    for words in (("find", older, "x"), ("import", older, write_records(stories["tg"])), ("dump", older)):
        done = program(*words)
        assert done.err.count("does not fit its header") == 1
        assert done.code == (7 if words[0] == "import" else 0)


@pytest.mark.parametrize("to_file", [False, True])
def test_a_plain_copy_stands_in_the_log(to_file: bool, program: Any, vault: Path) -> None:
    target = ("-o", program.folder / "copy.json") if to_file else ()
    assert program("dump", vault, *target).code == 0
    opened = Vault.open(vault, bytearray(program.secret.read_bytes().split(b"\n")[0]))
    try:
        rows = opened._session.database.all("SELECT event FROM log ORDER BY n")
    finally:
        opened.close()
    assert sum(b'"dump"' in bytes(row[0]) for row in rows) == 1
