"""Reads every source file: sizes, docstrings, traps of Qt, plain text, no place or host of the builder's machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("i18n", "storage", "exports", "ui", "desktop")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Longer than the rule, and why that is right.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {
    "ui/gallery/content.py:records": "invented records, written out as one literal",
    "ui/gallery/content_desk.py:records": "invented records, written out as one literal",
}
# Checks that answer instead of raising, and why that is right.
ANSWERING_CHECKS = {
    "verify_revision": "checking a notebook counts every bad signature instead of stopping at the first",
    "verify_checkpoint": "the same",
}

TEXT_ENDINGS = {
    ".py",
    ".toml",
    ".md",
    ".txt",
    ".lock",
    ".in",
    ".json",
    ".po",
    ".pot",
    ".sql",
    ".svg",
    ".tsv",
    ".cfg",
    "",
}
# Split, so that this file does not name what it looks for.
MACHINE_PLACES = tuple("/" + name + "/" for name in ("work", "root", "home/[a-z]+"))
REGISTRY_HOSTS = tuple(
    re.escape(name + "." + end)
    for name, end in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("anaconda", "org"),
    )
)


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode == 0 and listing.stdout:
        names = listing.stdout.decode("utf-8").split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and ".venv" not in path.parts and ".git" not in path.parts
    ]


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module, str]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            yield path.relative_to(ROOT).as_posix(), ast.parse(text), text


def test_no_file_is_two_things() -> None:
    sizes = {name: text.count("\n") for name, _, text in modules(*ROOMS, "packaging")}
    assert {
        name: size for name, size in sizes.items() if size > LONGEST_FILE and name not in LONG_FILES
    } == {}
    assert all(sizes.get(name, 0) > LONGEST_FILE for name in LONG_FILES), (
        "an exception that is needed no more"
    )


def test_no_function_is_two_things() -> None:
    long: dict[str, int] = {}
    lengths: list[int] = []
    for name, tree, _ in modules(*ROOMS, "packaging"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                lengths.append(length)
                if length > LONGEST_FUNCTION:
                    long[f"{name}:{node.name}"] = length
    assert {name: size for name, size in long.items() if name not in LONG_FUNCTIONS} == {}
    assert sorted(lengths)[len(lengths) // 2] < 10, "the median function"


def test_every_module_says_what_it_is_for_and_what_it_must_not_do() -> None:
    silent = []
    for name, tree, _ in modules(*ROOMS):
        words = ast.get_docstring(tree) or ""
        if len(words) < 20 or (
            not name.endswith("__init__.py") and not re.search(r"[Mm]ust not|[Nn]ever|[Nn]o ", words)
        ):
            silent.append(name)
    assert silent == []


def test_no_function_gives_back_true_for_checked_security() -> None:
    """Security checks raise: a verify or check function that returns a bool could be ignored."""
    wrong = []
    for name, tree, _ in modules("storage/crypto", "storage/keys", "exports/gate"):
        for node in ast.walk(tree):
            named = isinstance(node, ast.FunctionDef) and re.match(
                r"(verify|check|authenticate|gate)", node.name
            )
            if isinstance(node, ast.FunctionDef) and named and node.name not in ANSWERING_CHECKS:
                returns = node.returns
                if isinstance(returns, ast.Name) and returns.id == "bool":
                    wrong.append(f"{name}:{node.lineno} {node.name}")
    assert wrong == []


class _QtReader(ast.NodeVisitor):
    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[str] = []

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute):
            self._attribute_call(node, node.func)
        self.generic_visit(node)

    def _attribute_call(self, node: ast.Call, function: ast.Attribute) -> None:
        place = f"{self.name}:{node.lineno} {function.attr}"
        if function.attr in ("exec", "exec_") and not self._is_the_program_loop(function):
            self.found.append(place)
        if function.attr in ("processEvents", "terminate", "setHtml", "insertHtml", "setTextFormat_RichText"):
            self.found.append(place)
        if function.attr in ("connect", "submit") and any(isinstance(item, ast.Lambda) for item in node.args):
            self.found.append(place)

    def _is_the_program_loop(self, function: ast.Attribute) -> bool:
        """The one event loop of the program: `app.exec()` in the place that starts the window."""
        owner = function.value
        return isinstance(owner, ast.Name) and owner.id in ("app", "application")


def test_dialogs_never_block_and_signals_hold_no_lambda() -> None:
    found: list[str] = []
    for name, tree, _ in modules("ui", "desktop"):
        reader = _QtReader(name)
        reader.visit(tree)
        found += reader.found
    assert found == []


def test_the_reader_of_qt_traps_finds_them() -> None:
    reader = _QtReader("x.py")
    reader.visit(
        ast.parse(
            "dialog.exec()\na.clicked.connect(lambda: self.go())\napp.exec()\nQApplication.processEvents()"
        )
    )
    assert len(reader.found) == 3


def test_labels_show_plain_text_only() -> None:
    """A QLabel opens the file named in an <img>: whoever makes one says PlainText in the same file, or uses our label."""
    loud = []
    for name, tree, text in modules("ui", "desktop"):
        made = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") in ("QLabel", "QMessageBox", "QTextBrowser", "QTextEdit")
        ]
        based = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            and any(getattr(base, "id", "") in ("QLabel", "QMessageBox") for base in node.bases)
        ]
        if (made or based) and "PlainText" not in text:
            loud.append(name)
    assert loud == []


_BARE_CASE = re.compile(r"\.(lower|upper|title|capitalize)\(\)")


def test_case_is_changed_by_the_rules_of_the_language() -> None:
    """`.lower()` knows no dotted i. Where a text is ASCII by nature, the line says `# ascii`; i18n does it itself."""
    bare = [
        f"{name}:{number}"
        for name, _, text in modules("storage", "exports", "ui", "desktop")
        for number, line in enumerate(text.splitlines(), 1)
        if _BARE_CASE.search(line) and "# ascii" not in line
    ]
    assert bare == []


@pytest.mark.parametrize("kind", ["machine places", "registry hosts"])
def test_no_file_names_the_builders_machine_or_a_package_registry(kind: str) -> None:
    words = MACHINE_PLACES if kind == "machine places" else REGISTRY_HOSTS
    pattern = re.compile(
        "|".join(rf"(?<![\w.]){word}" if kind == "machine places" else word for word in words)
    )
    found = []
    for path in tracked():
        if path.suffix not in TEXT_ENDINGS:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in pattern.finditer(text)]
    assert found == []


def test_lock_files_pin_every_package_by_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
        assert len(entries) > 8
        for entry in entries:
            if not entry.startswith("#"):
                assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==", entry), entry[:80]
                assert "--hash=sha256:" in entry, entry[:80]
