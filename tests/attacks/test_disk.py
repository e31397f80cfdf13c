"""A whole session watched call by call: no canary on any disk, no file beside the allow-list, no connection (5.12 to 5.14)."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.paths import program_command
from tests.attacks import canaries
from tests.attacks.conftest import Sitting
from tests.e2e.test_traces import written

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="strace is not installed"
)
CALLS = "openat,openat2,open,creat,rename,renameat,renameat2,mkdir,mkdirat,symlink,symlinkat,link,linkat,socket,memfd_create,mknod,mknodat"
# Inside the notebook: nothing else is ever written (security page 2.1).
ALLOWED = re.compile(
    r"A\.hdr|B\.hdr|lock|[01][a-z](/(db|db-journal|blobs(/[0-9a-f]{2}(/[0-9a-f]{64})?)?|(incoming|outgoing|backup)(/[^/]+)?))?"
)
_SYSTEM = ("/dev/null", "/dev/tty", "/proc/self")


def tree(folder: Path) -> dict[str, str]:
    """Every name below a folder with the hash of its bytes and its rights."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        )
        + oct(path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
    }


def with_canaries(folder: Path) -> list[str]:
    """Files whose bytes or names hold a canary."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (seen := canaries.found_in(path.read_bytes())):
            found.append(f"{path}: {sorted(seen)[:3]}")
        if canaries.found_in(str(path.relative_to(folder)).encode()):
            found.append(f"name of {path}")
    return found


def watched(place: Path, notebook: Path, sittings: list[Sitting], last: str) -> tuple[Sitting, str]:
    """Sit through a session under strace; the trace."""
    log = place / "trace"
    before = ("strace", "-f", "-qq", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(log))
    sitting = Sitting(place, notebook, before)
    sittings.append(sitting)
    home = tree(sitting.home)
    sitting.work()
    journal = with_canaries(sitting.folder)  # also while it is open
    assert journal == []
    sitting.say(last)
    if last == "close":
        assert sitting.process.wait(60) == 0
    assert tree(sitting.home) == home
    return sitting, log.read_text("utf-8", "replace")


def test_the_finder_of_canaries_finds_each_in_every_encoding() -> None:
    for code in canaries.ENCODINGS:
        data = b"\0x".join(one.encode(code) for one in canaries.WORDS)
        assert set(canaries.found_in(data)) - {canaries.PREFIX} == set(canaries.WORDS)
    assert len(set(canaries.WORDS)) == canaries.COUNT == 300
    assert canaries.found_in(canaries.PREFIX.encode() + b"?" * 20) == {canaries.PREFIX: 1}


def test_a_session_in_the_window_leaves_no_word_on_a_disk_and_connects_nowhere(
    canary_notebook: Path, tmp_path: Path, sittings: list[Sitting]
) -> None:
    everywhere = [Path(one) for one in ("/var/tmp", "/run/user") if Path(one).is_dir()]
    before = {one: tree_names(one) for one in everywhere}
    sitting, trace = watched(tmp_path, canary_notebook, sittings, "close")
    assert "libQt6Widgets" in trace and canaries.found_in(trace.encode()) == {}
    families = set(re.findall(r"socket\((AF_\w+)", trace))
    assert families <= {"AF_UNIX"}
    places = [path for path in written(trace) if not path.startswith(_SYSTEM)]
    inside = [path for path in places if path.startswith(str(sitting.folder))]
    assert inside, "the reader of traces sees nothing"
    assert sorted(set(places) - set(inside)) == []
    names = [str(Path(path).relative_to(sitting.folder)) for path in inside if path != str(sitting.folder)]
    assert [name for name in names if not ALLOWED.fullmatch(name)] == []
    assert with_canaries(sitting.folder) == []
    assert {one: tree_names(one) for one in everywhere} == before
    assert not [name for name in tree(sitting.folder) if not ALLOWED.fullmatch(name)]


def test_the_command_line_leaves_no_word_on_a_disk(canary_notebook: Path, tmp_path: Path) -> None:
    home, folder, log = tmp_path / "home", tmp_path / "notebook", tmp_path / "trace"
    home.mkdir()
    shutil.copytree(canary_notebook, folder)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8"}
    for words in (
        ("find", folder, canaries.WORDS[130]),
        ("verify", folder, "--deep"),
        ("find", folder, canaries.WORDS[5]),
    ):
        strace = ["strace", "-f", "-qq", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(log)]
        done = subprocess.run(
            [*strace, *program_command(), *map(str, words), "--passphrase-file", "-"],
            input=canaries.PASSPHRASE.encode(), capture_output=True, env=environment, cwd=home, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        trace = log.read_text("utf-8", "replace")
        assert set(re.findall(r"socket\((AF_\w+)", trace)) <= {"AF_UNIX"}
        places = [path for path in written(trace) if not path.startswith((*_SYSTEM, str(folder)))]
        assert places == []
        assert with_canaries(folder) == [] and tree(home) == {}


def tree_names(folder: Path) -> set[str]:
    """Names in a shared place, so that a new one of ours would be seen; others' sessions there are not ours."""
    return {str(path) for path in folder.rglob("*") if "daftar" in path.name.casefold()}


def test_the_same_session_works_where_there_is_no_network_at_all(
    canary_notebook: Path, tmp_path: Path, sittings: list[Sitting]
) -> None:
    alone = ("unshare", "-rn")
    if (
        shutil.which("unshare") is None
        or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("unshare is not allowed here")
    sitting = Sitting(tmp_path, canary_notebook, alone)
    sittings.append(sitting)
    home = tree(sitting.home)
    sitting.work()
    sitting.say("close")
    assert sitting.process.wait(60) == 0
    assert tree(sitting.home) == home and with_canaries(sitting.folder) == []
