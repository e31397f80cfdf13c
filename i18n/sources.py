"""Finds every text a person can see: messages in Python, labels in data files, the toolkit's strings.

Must not skip what it cannot read: a file with a syntax error, a message built at run time or an f-string in `msg()`
stops the extraction, because a text left out would be a text left untranslated.
"""

from __future__ import annotations

import ast
import csv
import io
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from i18n import toolkit
from i18n.languages import SOURCE_LANGUAGE, UI_LANGUAGES
from i18n.po import CRITICAL, Entry

ROOMS = ("i18n", "storage", "exports", "ui", "desktop")
_ARGUMENTS = {"msg": 1, "nmsg": 2, "pmsg": 2}
_OWN = frozenset(entry.code for entry in UI_LANGUAGES)
_DEFINES_THEM = "i18n/message.py"

# Keys of data files that hold words. Those of `SENTENCE_KEYS` stand in documents: they count where the document may be
# written in a language of the program, and only when they are more than one word (`yes = "yes"` is a value).
TOML_KEYS = frozenset(
    {"title", "label", "help", "body", "column", "name", "question", "hint", "warning", "sentence"}
)
SENTENCE_KEYS = frozenset({"text", "intro", "yes", "no"})
TSV_COLUMNS = frozenset({"name_en", "definition_en", "label_en", "question_en", "help_en"})
DATA_FOLDERS = ("exports/forms", "exports/words", "storage/reference")


HINT = "in"  # begins a comment that tells a translator where a short text stands: `in HostStatus.left`
_SHORT = 3  # words


class SourceProblem(Exception):
    """A text that cannot be extracted: where, and why."""


@dataclass
class _Found:
    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        known = self.entries.get(entry.key)
        if known is not None:
            entry = replace(
                known,
                files=tuple(sorted({*known.files, *entry.files})),
                extracted=tuple(sorted({*known.extracted, *entry.extracted})),
            )
        self.entries[entry.key] = entry


def collect(root: Path) -> list[Entry]:
    """All entries, sorted by first file, context and source. SourceProblem for what cannot be extracted."""
    found = _Found()
    for entry in _all(root):
        found.add(entry)
    return sorted(
        found.entries.values(), key=lambda entry: (entry.files[:1], entry.context or "", entry.source)
    )


def python_messages(code: str, name: str) -> Iterator[Entry]:
    """The messages of one Python file."""
    if "msg(" not in code or name == _DEFINES_THEM:
        return
    try:
        tree = ast.parse(code)
    except SyntaxError as problem:
        raise SourceProblem(f"{name}:{problem.lineno}: cannot be read") from problem
    marked = _critical_lines(code)
    for call, first_line, place in _calls(tree):
        texts = _constant_arguments(call, name)
        critical = bool(marked & {call.lineno - 1, first_line - 1, call.lineno})
        kind = _called(call)
        source = texts[1] if kind == "pmsg" else texts[0]
        notes = [CRITICAL] if critical else []
        if place and len(source.split()) <= _SHORT:
            notes.append(f"{HINT} {place}")
        yield Entry(
            source=source,
            plural=texts[1] if kind == "nmsg" else None,
            context=texts[0] if kind == "pmsg" else None,
            extracted=tuple(notes),
            files=(name,),
        )


def _all(root: Path) -> Iterator[Entry]:
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            yield from python_messages(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    for folder in DATA_FOLDERS:
        for path in sorted((root / folder).rglob("*.toml")):
            name = path.relative_to(root).as_posix()
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            own = {code for code in data.get("languages", _OWN) if code != SOURCE_LANGUAGE} & _OWN
            for text in _toml_texts(data, TOML_KEYS | SENTENCE_KEYS if own else TOML_KEYS):
                yield Entry(text, files=(name,))
        for path in sorted((root / folder).rglob("*.tsv")):
            name = path.relative_to(root).as_posix()
            for text in _tsv_texts(path):
                yield Entry(text, files=(name,))
    for text in toolkit.STRINGS:
        yield Entry(text, context=toolkit.CONTEXT, files=("i18n/toolkit.py",))


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, int, str]]:
    """Every message call, the line its statement begins on, and the class and field or table it stands in."""

    def walk(node: ast.AST, line: int, owner: str, name: str) -> Iterator[tuple[ast.Call, int, str]]:
        for child in ast.iter_child_nodes(node):
            begins = child.lineno if isinstance(child, ast.stmt | ast.keyword) else line
            inner, label = owner, name
            if isinstance(child, ast.ClassDef):
                inner, label = child.name, ""
            elif isinstance(child, ast.FunctionDef):
                inner, label = "", ""
            elif isinstance(child, ast.AnnAssign | ast.Assign):
                target = child.target if isinstance(child, ast.AnnAssign) else child.targets[0]
                label = target.id.rstrip("_") if isinstance(target, ast.Name) else ""
                label = (
                    label if inner or label.isupper() else ""
                )  # a local variable tells a translator nothing
            if isinstance(child, ast.Call) and _called(child) in _ARGUMENTS:
                yield child, begins, ".".join(filter(None, (inner, label)))
            yield from walk(child, begins, inner, label)

    yield from walk(tree, 0, "", "")


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _constant_arguments(call: ast.Call, name: str) -> list[str]:
    wanted = _ARGUMENTS[_called(call)]
    texts: list[str] = []
    for argument in call.args[:wanted]:
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            raise SourceProblem(
                f"{name}:{call.lineno}: a message must be a plain text, not built at run time"
            )
        texts.append(argument.value)
    if len(texts) != wanted or not all(text.strip() for text in texts):
        raise SourceProblem(f"{name}:{call.lineno}: a message is empty or lacks a text")
    return texts


def _critical_lines(code: str) -> set[int]:
    if "# critical" not in code:
        return set()
    comments = (
        token
        for token in tokenize.generate_tokens(io.StringIO(code).readline)
        if token.type == tokenize.COMMENT
    )
    return {token.start[0] for token in comments if token.string.startswith("# critical")}


def _toml_texts(value: object, keys: frozenset[str]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(inner, str):
                yield from _toml_texts(inner, keys)
            elif key in keys and inner.strip() and (key not in SENTENCE_KEYS or " " in inner):
                yield inner
    elif isinstance(value, list):
        for inner in value:
            yield from _toml_texts(inner, keys)


def _tsv_texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield from (row[column] for column in row if column in TSV_COLUMNS and row[column])
