"""Ctrl-C at any moment: the number 130, no file of ours left, the notebook whole."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def stopped(program: Any, words: list[str], after: float) -> tuple[int, str]:
    process = subprocess.Popen(
        [*program.command, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=program.folder,
        start_new_session=True,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": str(program.folder)},
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    return process.returncode, err.decode()


@pytest.mark.parametrize("after", [0.3, 1.0, 2.0])
def test_a_stopped_demonstration_leaves_nothing(program: Any, after: float) -> None:
    code, err = stopped(program, ["demo", "demo"], after)
    assert code == 130
    assert "Traceback" not in err
    assert not (program.folder / "demo").exists()


@pytest.mark.parametrize("after", [0.5, 1.5])
def test_a_stopped_dossier_leaves_nothing(
    after: float, program: Any, vault: Path, stories: Any, write_records: Callable[..., Path], case_id: str
) -> None:
    told = stories["ru"].text * 400  # long enough never to be done in time
    story = type(stories["ru"])(**{**vars(stories["ru"]), "text": told})
    assert program("import", vault, write_records(story)).code == 0
    words = ["dossier", str(vault), "--case", case_id, "--for", "wgad", "--to", "out"]
    code, err = stopped(program, [*words, "--passphrase-file", str(program.secret)], after)
    assert code == 130
    assert "Traceback" not in err
    assert not (program.folder / "out").exists()
    assert program("verify", vault).code == 0
