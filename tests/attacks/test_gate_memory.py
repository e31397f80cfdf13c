"""What the open program still holds of what was typed at the gate: no passphrase, no digits, no share, in any form."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import CodeShare, KdfCost, Vault, digit_bytes, split_code
from tests.attacks import processes

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may still read a hardened process"
    ),
]
GATE = Path(__file__).resolve().parent / "gate.py"
OLD = "yetti olma anor gilos tarvuz qovun behi"
OWN = "sariq barg kuz shamoli deraza taqillatib oʻtdi"
ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le")


def kept(folder: Path) -> tuple[bytearray, list[CodeShare]]:
    """A notebook with a kit; the code and its shares."""
    with Vault.create(folder, bytearray(OLD.encode()), cost=KdfCost(8192, 1, 1)) as vault:
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(code)
    return code, split_code(code)


def forms(name: str, texts: dict[str, str]) -> dict[str, bytes]:
    return {f"{name} {how} {code}": text.encode(code) for how, text in texts.items() for code in ENCODINGS}


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[bytes]]]:
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for process in running:
        process.kill()
        process.communicate()


def sit(
    started: list[subprocess.Popen[bytes]], place: Path, how: str, folder: Path | None, lines: list[str]
) -> tuple[int, list[str]]:
    """Start the window, type the lines at its gate; the process and what it said before it was ready."""
    home = place / "home"
    (home / ".config").mkdir(parents=True)
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(home),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", str(GATE), how, *([str(folder)] if folder else [])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=home,
        start_new_session=True,
    )  # fmt: skip
    started.append(process)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("".join(line + "\n" for line in lines).encode())
    process.stdin.flush()
    said: list[str] = []
    while (line := process.stdout.readline()) not in (b"ready\n", b""):
        said.append(line.decode("utf-8", "replace").rstrip("\n"))
    assert line == b"ready\n", said
    return process.pid, said


def held(program: int, looked_for: dict[str, bytes]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in processes.of_session(program):
        for name, times in processes.count(one, looked_for).items():
            found[name] = found.get(name, 0) + times
    return found


def test_digits_and_new_passphrase_are_gone_once_the_notebook_is_open(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    code, _ = kept(tmp_path / "v")
    digits = digit_bytes(code).decode()
    groups = [digits[at : at + 5] for at in range(0, 55, 5)]
    program, _ = sit(started, tmp_path, "digits", tmp_path / "v", [digits, OWN, OWN])
    looked_for = forms("digits", {"in a row": digits, "in groups": " ".join(groups)})
    looked_for |= forms("half of the digits", {"": digits[:25]})
    looked_for |= forms("passphrase", {"": OWN, "beginning": OWN[:24]})
    looked_for["code"] = bytes(code)
    assert held(program, {"the scan sees something": b"Daftar"})
    assert held(program, looked_for) == {}


def test_shares_are_gone_once_the_notebook_is_open(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    code, shares = kept(tmp_path / "v")
    lines = ["".join(share.numbers) for share in shares[:2]]
    program, _ = sit(started, tmp_path, "shares", tmp_path / "v", [*lines, OWN, OWN])
    looked_for: dict[str, bytes] = {"code": bytes(code)}
    for share in shares:
        for how, text in (("words", " ".join(share.words[4:])), ("numbers", "".join(share.numbers))):
            looked_for |= forms(f"share {share.number}", {how: text})
    looked_for |= forms("passphrase", {"": OWN})
    assert held(program, looked_for) == {}


@pytest.mark.parametrize("how", ["words", "own"])
def test_a_new_passphrase_is_gone_once_the_notebook_is_made(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], how: str
) -> None:
    program, said = sit(started, tmp_path, how, None, [OWN, OWN] if how == "own" else [])
    passphrase = OWN if how == "own" else " ".join(said)
    assert len(passphrase.split()) == 7
    looked_for = forms("passphrase", {"": passphrase, "five words": " ".join(passphrase.split()[:5])})
    assert held(program, looked_for) == {}
