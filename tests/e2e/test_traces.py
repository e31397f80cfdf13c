"""A whole session under strace: no internet socket, no file written outside the notebook and the export folder."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="strace is not installed"
)

_OPEN = re.compile(r'(?:openat\((?:AT_FDCWD|\d+(?:<[^>]*>)?), |creat\()"((?:[^"\\]|\\.)*)", ([A-Z_|0-9]+)')
_MAKE = re.compile(
    r'(?:rename|renameat2?|mkdir|mkdirat|symlink|link|linkat)\(.*"((?:[^"\\]|\\.)*)"[^"]*\)\s+= 0'
)
_SOCKET = re.compile(r"socket\((AF_\w+)")


def traced(program: Any, log: Path, *words: Any) -> str:
    calls = (
        "trace=openat,creat,rename,renameat,renameat2,mkdir,mkdirat,symlink,link,linkat,socket,connect,bind"
    )
    before = ["strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o", str(log)]
    done = program.run(*words, "--passphrase-file", program.secret, before=before)
    assert done.code == 0, done.err
    return log.read_text(encoding="utf-8", errors="replace")


def written(trace: str) -> list[str]:
    found = [
        path
        for path, flags in _OPEN.findall(trace)
        if re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|TMPFILE)", flags)
    ]
    found += _MAKE.findall(trace)
    decoded = [
        path.encode("latin-1").decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
        for path in found
    ]
    return [path for path in decoded if not path.startswith(("/dev/null", "/dev/tty", "/proc/self"))]


def test_a_session_writes_only_where_it_may_and_connects_nowhere(
    program: Any,
    vault: Path,
    tmp_path: Path,
    stories: dict[str, Any],
    write_records: Callable[..., Path],
    case_id: str,
) -> None:
    out = tmp_path / "out"
    session = (
        ("import", vault, write_records(stories["tg"])),
        ("find", vault, stories["tg"].query),
        ("readiness", vault, "--case", case_id, "--for", "wgad"),
        ("dossier", vault, "--case", case_id, "--for", "wgad", "--to", out),
        ("verify", vault, "--deep"),
    )
    places: set[str] = set()
    for number, words in enumerate(session):
        trace = traced(program, tmp_path / f"trace-{number}", *words)
        families = set(_SOCKET.findall(trace))
        assert families <= {"AF_UNIX"}, (words[0], families)
        places |= set(written(trace))
    assert any(str(vault) in path for path in places), "the reader of traces sees nothing"
    outside = [path for path in places if not path.startswith((str(vault), str(out)))]
    assert outside == []


def test_a_session_works_without_any_network_at_all(
    program: Any, vault: Path, stories: dict[str, Any], write_records: Callable[..., Path]
) -> None:
    alone = ["unshare", "-rn"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("unshare is not allowed here")
    words = ("import", vault, write_records(stories["ru"]), "--passphrase-file", program.secret)
    assert program.run(*words, before=alone).code == 0


def test_the_open_window_writes_nothing_and_connects_nowhere(
    program: Any, vault: Path, tmp_path: Path
) -> None:
    log = tmp_path / "trace-window"
    calls = "trace=openat,creat,rename,renameat,renameat2,mkdir,mkdirat,socket"
    words = ["strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o", str(log), *program.command, str(vault)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        words,
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        with pytest.raises(subprocess.TimeoutExpired):  # it stays open until somebody closes it
            process.wait(6)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        output = process.communicate()[0]
    trace = log.read_text(encoding="utf-8", errors="replace")
    assert "libQt6Widgets" in trace
    assert set(_SOCKET.findall(trace)) <= {"AF_UNIX"}
    assert [path for path in written(trace) if not path.startswith(str(vault))] == []
    assert b"Traceback" not in output
