"""Keys are kept out of the swap where the system lets a user do so; a refusal changes nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from storage.crypto import secret

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


def locked_kib() -> int:
    found = re.search(r"VmLck:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) if found else 0


@linux
def test_the_page_of_a_key_is_pinned() -> None:
    key = bytearray(1 << 16)
    before = locked_kib()
    assert secret.pinned(key) is key
    assert locked_kib() >= before + 64


@linux
def test_the_keys_of_an_open_notebook_are_pinned(root: Path, tmp_path: Path) -> None:
    script = f"""
import sys; sys.path.insert(0, {str(root)!r})
from pathlib import Path
from storage import KdfCost, Vault
Vault.create(Path({str(tmp_path)!r}) / "one", bytearray(b"seven words of it"), cost=KdfCost(8192, 1, 1))
print(Path("/proc/self/status").read_text().split("VmLck:")[1].split()[0])
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 4


def test_a_refusal_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError

    monkeypatch.setattr(secret, "_pin", lambda: refuse)
    key = bytearray(b"key")
    assert secret.pinned(key) == b"key"
    assert secret.pinned(bytearray()) == b""
    key.extend(b"s")  # nothing holds on to the buffer
    assert key == b"keys"
