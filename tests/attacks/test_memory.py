"""What a seized, locked computer still holds in memory: nothing of the notebook (security page 5.15); and 5.16 from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage import Vault
from storage.crypto import sub_key
from tests.attacks import canaries, processes
from tests.attacks.conftest import Sitting

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may still read a hardened process"
)


def keys_of(folder: Path, place: Path) -> dict[str, bytes]:
    """Every key of a notebook, from a copy of it."""
    copy = shutil.copytree(folder, place / "copy")
    with Vault.open(copy, bytearray(canaries.PASSPHRASE.encode())) as vault:
        ring = vault._session.ring
        keys = {"vault key": bytes(ring.state.vault_key), "master key": bytes(ring.content.master_key)}
        keys["header key"] = bytes(ring.content.header_key)
        for purpose in ("db", "blob", "blob-name"):
            keys[purpose] = bytes(sub_key(ring.state.vault_key, ring.header.vault_id, purpose))
        keys["db in hex"] = keys["db"].hex().encode()
        return keys


def needles(folder: Path, place: Path) -> dict[str, bytes]:
    found = keys_of(folder, place)
    for code in canaries.ENCODINGS[:3]:
        found[f"passphrase {code}"] = canaries.PASSPHRASE.encode(code)
        found[f"canary {code}"] = canaries.PREFIX.encode(code)
    found["canary cp1251"] = canaries.PREFIX.encode("cp1251")
    return found


def wait_for_lock_screen(process: int) -> None:
    """The lock screen stands when the program was replaced and drew its window."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if b"--locked" in Path(f"/proc/{process}/cmdline").read_bytes():
            break
        time.sleep(0.05)
    else:
        raise AssertionError("the lock screen did not come")
    while "libQt6Widgets" not in Path(f"/proc/{process}/maps").read_text("utf-8", "replace"):
        time.sleep(0.05)
    time.sleep(1.5)


@as_root
def test_after_the_lock_no_process_holds_anything_of_the_notebook(
    canary_notebook: Path, tmp_path: Path, sittings: list[Sitting]
) -> None:
    sitting = Sitting(tmp_path, canary_notebook)
    sittings.append(sitting)
    sitting.work()
    looked_for = needles(canary_notebook, tmp_path)
    program = sitting.process.pid
    open_now = processes.count(program, looked_for)
    assert open_now.get("canary utf-16-le", 0) + open_now.get("canary utf-8", 0) > 10, "the scan sees nothing"
    assert open_now.get("vault key"), "the scan does not see the key that is in use"
    assert not [name for name in open_now if name.startswith("passphrase")], open_now
    assert "db in hex" not in open_now
    sitting.say("lock")
    wait_for_lock_screen(program)
    everyone = processes.of_session(program)
    assert program in everyone
    assert {one: found for one in everyone if (found := processes.count(one, looked_for))} == {}


def test_the_open_program_is_closed_to_others(
    canary_notebook: Path, tmp_path: Path, sittings: list[Sitting]
) -> None:
    """As the kernel sees it: filter, no new rights, no core, owner root in /proc; the environment holds no switch of Qt's."""
    sitting = Sitting(tmp_path, canary_notebook)
    sittings.append(sitting)
    sitting.work()
    everyone = processes.of_session(sitting.process.pid)
    for process in everyone:
        said = processes.status(process)
        assert (said["Seccomp"], said["NoNewPrivs"]) == ("2", "1"), process
        assert "Max core file size        0 " in Path(f"/proc/{process}/limits").read_text("utf-8")
        # What is not dumpable belongs to root in /proc, whoever runs it.
        assert Path(f"/proc/{process}/maps").stat().st_uid == 0


BODY = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
if sys.argv[2] == "hardened":
    from desktop import hardening
    hardening.harden_process()
print("ready", flush=True)
time.sleep(60)
"""


@as_root
@pytest.mark.parametrize(("how", "refused"), [("hardened", True), ("open", False)])
def test_another_program_of_the_same_user_cannot_look_in(
    root: Path, tmp_path: Path, how: str, refused: bool
) -> None:
    """Reading /proc and attaching as a debugger, tried by a second process of one ordinary user."""
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    ordinary = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    interpreter = os.path.realpath(sys.executable)
    if subprocess.run(
        [*ordinary, "test", "-r", str(root / "desktop" / "hardening.py")], check=False
    ).returncode:
        code_at = shutil.copytree(root / "desktop", tmp_path / "desktop").parent
        for at in (tmp_path, *tmp_path.parents[:2], *tmp_path.rglob("*")):
            at.chmod(0o755)
    else:
        code_at = root
    start = [*ordinary, interpreter, "-I", "-B", "-c", BODY, str(code_at), how]
    victim = subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert victim.stdout is not None
        if victim.stdout.readline() != b"ready\n":
            pytest.skip("an ordinary user cannot start this interpreter here")
        reading = subprocess.run(
            [*ordinary, "cat", f"/proc/{victim.pid}/maps"], capture_output=True, check=False
        )
        assert (reading.returncode != 0) is refused
        if (debugger := shutil.which("gdb")) is not None:
            words = [*ordinary, debugger, "-batch", "-nx", "-p", str(victim.pid), "-ex", "info registers rip"]
            told = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
            assert ("Operation not permitted" in told.stderr or "ptrace" in told.stderr) is refused, (
                told.stderr
            )
    finally:
        victim.kill()
        victim.communicate()
