"""The front door: what it names for people is what it loads, and a worker does not load the database library."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import storage

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_list_for_type_checkers_and_the_list_that_loads_name_the_same() -> None:
    tree = ast.parse((ROOT / "storage" / "__init__.py").read_text("utf-8"))
    (checked,) = (node for node in tree.body if isinstance(node, ast.If))
    typed = {
        (node.module, name.name)
        for node in checked.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert typed == {(module, name) for name, module in storage._MODULE.items()}
    assert set(storage.__all__) == set(storage._MODULE) | {"lexicon"}
    for name in storage.__all__:
        assert getattr(storage, name) is not None


def test_an_unknown_name_is_none() -> None:
    assert not hasattr(storage, "Vaults")


def test_a_worker_and_the_parser_of_the_command_line_load_no_database() -> None:
    code = (
        "import sys; from storage import Workers, serve, InvalidInput, Snapshot\n"
        "assert not {'sqlcipher3', 'cryptography'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
