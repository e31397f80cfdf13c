"""Commands of the command line as acts: the same attacks as on the vault, with all that a command does around it. Must not judge.

A command's exit code tells: 0 is acknowledged, a worded refusal is refused, 1 (a bug) is never right.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from desktop.cli import BUG, main
from desktop.cli.table import COMMANDS
from storage import DaftarError, Vault, code_digits
from tests.attacks.acts import NEW, OLD, Act, Teller, record_id

for _one in COMMANDS:
    importlib.import_module(_one.module)  # here, so that no child has to
Words = Callable[[Path], list[str]]


class Refused(DaftarError):
    """A command ended with another exit code than 0."""

    code = "refused"

    def __init__(self) -> None:
        """Nothing: what was said stands in the file `said`."""


def _passphrases(folder: Path) -> list[str]:
    for name, passphrase in (("old", OLD), ("new", NEW)):
        (folder.parent / name).write_bytes(passphrase + b"\n")
    return ["--passphrase-file", str(folder.parent / "old"), "--lang-ui", "en"]


def _new(folder: Path) -> list[str]:
    return ["--new-passphrase-file", str(folder.parent / "new")]


def door(words: Words) -> Act:
    """An act that is one command."""

    def act(folder: Path, tell: Teller) -> None:
        chosen = words(folder)
        os.chdir(folder.parent)
        said = os.open("said", os.O_WRONLY | os.O_CREAT)
        for stream in (1, 2):
            os.dup2(said, stream)
        tell.begin()
        with tell.step():
            code = main(chosen)
            if code == BUG:
                raise RuntimeError("a bug, by the exit code")
            if code:
                raise Refused

    return act


def _import(folder: Path) -> list[str]:
    evidence = [{"id": record_id(1000 + n), "title": f"акс {n}"} for n in range(10)]
    source = folder.parent / "in.json"
    source.write_text(json.dumps({"format": "daftar-interchange/1", "evidence": evidence}), "utf-8")
    return ["import", str(folder), str(source), *_passphrases(folder)]


def _recover(folder: Path) -> list[str]:
    with Vault.open(folder, bytearray(OLD)) as vault:
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(bytearray(code))
    _passphrases(folder)
    kit = folder.parent / "kit"
    kit.write_text(" ".join(code_digits(code)), "utf-8")
    return ["recover", str(folder), "--kit-file", str(kit), "--lang-ui", "en", *_new(folder)]


def _restore(folder: Path) -> list[str]:
    source = folder.rename(folder.parent / "copy")
    return ["restore", str(source), str(folder), *_passphrases(folder)]


def _on(name: str, *more: str) -> Words:
    def words(folder: Path) -> list[str]:
        new = _new(folder) if name in ("passphrase", "decoy") else []
        own = [str(folder.parent / one) if one == "copy" else one for one in more]
        return [name, str(folder), *own, *_passphrases(folder), *new]

    return words


DOORS: dict[str, Act] = {
    "daftar import": door(_import),
    "daftar passphrase": door(_on("passphrase")),
    "daftar kit": door(_on("kit")),
    "daftar recover": door(_recover),
    "daftar decoy": door(_on("decoy", "create", "--understood")),
    "daftar purge": door(_on("purge")),
    "daftar backup": door(_on("backup", "copy")),
    "daftar restore": door(_restore),
    "daftar wipe": door(_on("wipe", "--word", "destroy")),
}
"""Each command that changes a notebook or its copies."""
