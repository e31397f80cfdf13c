"""Nobody changes the case of a text behind the languages' back: Azerbaijani and Turkish i would be wrong.

Allowed in `i18n/case.py` and `i18n/fold.py`, and on a line marked `# ascii` for protocol words (codes, file endings).
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

METHODS = {"upper", "lower", "title", "capitalize"}
ALLOWED = {"i18n/case.py", "i18n/fold.py"}


def offences(code: str) -> list[int]:
    lines = code.splitlines()
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in METHODS
        and not node.args
        and not any("# ascii" in line for line in lines[node.lineno - 1 : node.end_lineno])
    ]


def test_the_lint_itself() -> None:
    assert offences("a = b.upper()\n") == [1] and offences("x(\n  b\n  .title()\n)\n") == [2]
    assert offences("a = b.upper()  # ascii\n") == [] and offences("self.title\ncase.upper(a, b)\n") == []


@pytest.mark.parametrize("room", ["i18n", "storage", "exports", "ui", "desktop"])
def test_no_bare_case_change(room: str, root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{line}"
        for path in sorted((root / room).rglob("*.py"))
        if path.relative_to(root).as_posix() not in ALLOWED
        for line in offences(path.read_text(encoding="utf-8"))
    ]
    assert not found, "use i18n.case, or mark a protocol word with # ascii"
