"""Reads every import of the program: one way, front doors only, one owner for each dangerous library, no network."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("i18n", "storage", "exports", "ui", "desktop")  # a room may import those to its left

NETWORK = (
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "imaplib",
    "poplib",
    "telnetlib",
    "xmlrpc",
    "socketserver",
    "asyncio",
    "multiprocessing",
    "webbrowser",
    "requests",
    "PySide6.QtNetwork",
    "PySide6.QtWebSockets",
    "PySide6.QtMultimedia",
)
FORBIDDEN_NAMES = {
    "QDesktopServices": "opens other programs",
    "QSettings": "writes into the home folder",
    "QFileDialog": "writes a history into the home folder",
    "QFileIconProvider": "asks the system's services about files",
}
OWNERS = {
    "sqlcipher3": ("storage/db/",),
    "cryptography": ("storage/crypto/",),
    "shamir_mnemonic": ("storage/crypto/",),
    "reportlab": ("exports/pdf/",),
    "babel": ("i18n/",),
    "PySide6": ("ui/", "desktop/"),
    "PySide6.QtDBus": (
        "desktop/signals_linux.py",
        "desktop/awake.py",
    ),  # a local socket: sleep, lid and locked screens (ADR 4)
    "shiboken6": ("ui/", "desktop/"),
    # the gate: pdftotext as one more reader in tests; in the program the audit hook refuses it
    "_miniaudio": ("desktop/sound.py",),
    "miniaudio": (),  # its Python half loads a web client
    "_soundfile": ("desktop/sound_opus.py",),
    "soundfile": (),  # its Python half needs numpy
    "subprocess": (
        "storage/worker/",
        "desktop/recording.py",
        "desktop/autolock.py",
        "packaging/",
        "exports/gatehouse/reading.py",
    ),
    "pickle": ("exports/jobs.py",),  # into a worker only: what comes back is JSON (ADR 3)
    "marshal": (),
    "shelve": (),
}
# What other rooms may name although it is not the front door itself, and why.
SIDE_DOORS = {
    "i18n.message": "every room marks its texts with msg()",
    "storage.errors": "every room raises and catches the one hierarchy of errors",
    "i18n.languages": "the table of languages: loads nothing else",
    "i18n.names": "grammar of names: large, and needed by the finder alone",
    "ui.gallery": "a program of its own, started by just gallery",
}


@dataclass(frozen=True)
class Import:
    """One imported thing, where."""

    file: Path
    line: int
    module: str
    names: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"{self.file.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def room(self) -> str:
        return self.file.relative_to(ROOT).parts[0]

    def is_of(self, module: str) -> bool:
        """Whether this brings in a module or anything inside it, also as `from parent import module`."""
        parent, _, last = module.rpartition(".")
        inside = self.module == module or self.module.startswith(module + ".")
        return inside or (bool(parent) and self.module == parent and last in self.names)


def sources(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted(path for path in (ROOT / room).rglob("*.py"))


@cache
def imports() -> tuple[Import, ...]:
    found: list[Import] = []
    for path in sources(*ROOMS, "packaging"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [Import(path, node.lineno, alias.name, ()) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}:{node.lineno}: relative import"
                found.append(
                    Import(path, node.lineno, node.module or "", tuple(one.name for one in node.names))
                )
            elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    found.append(Import(path, node.lineno, str(first.value), ()))
    return tuple(found)


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_there_is_something_to_read() -> None:
    assert len(imports()) > 300
    assert {one.room for one in imports()} == {*ROOMS, "packaging"}


@pytest.mark.parametrize("module", NETWORK)
def test_no_network_module_anywhere(module: str) -> None:
    assert [one.place for one in imports() if one.is_of(module)] == []


@pytest.mark.parametrize("name", FORBIDDEN_NAMES)
def test_no_class_that_leaves_traces_outside_the_vault(name: str) -> None:
    assert [one.place for one in imports() if name in one.names] == []


@pytest.mark.parametrize("library", OWNERS)
def test_a_dangerous_library_has_one_owner(library: str) -> None:
    allowed = OWNERS[library]
    strangers = [
        one.place
        for one in imports()
        if one.is_of(library) and not one.place.startswith(tuple(allowed) or ("\0",))
    ]
    assert strangers == []


def test_imports_go_one_way() -> None:
    wrong = []
    for one in imports():
        target = one.module.partition(".")[0]
        if one.room in ROOMS and target in ROOMS and ROOMS.index(target) > ROOMS.index(one.room):
            wrong.append(f"{one.place} imports {one.module}")
    assert wrong == []


def test_rooms_are_entered_by_their_front_door() -> None:
    wrong = []
    for one in imports():
        target = one.module.partition(".")[0]
        inner = one.room in ROOMS and target in ROOMS and target != one.room and one.module != target
        if inner and not any(one.module == door or one.module.startswith(door + ".") for door in SIDE_DOORS):
            wrong.append(f"{one.place} imports {one.module}")
    assert wrong == []


def test_the_setup_script_needs_nothing_but_the_standard_library() -> None:
    import sys

    script = ROOT / "packaging" / "checkout.py"
    modules = {one.module.partition(".")[0] for one in imports() if one.file == script}
    assert modules
    assert modules <= sys.stdlib_module_names


def test_packaging_and_tests_are_no_packages() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_the_reader_of_imports_sees_hidden_ones() -> None:
    one = Import(ROOT / "ui" / "x.py", 1, "PySide6", ("QtNetwork",))
    assert one.is_of("PySide6.QtNetwork")
    assert Import(ROOT / "ui" / "x.py", 1, "urllib", ("request",)).is_of("urllib.request")
    assert not Import(ROOT / "ui" / "x.py", 1, "socketless", ()).is_of("socket")
