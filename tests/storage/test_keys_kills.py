"""Kill -9 during passphrase changes and purges: nobody locked out (ten kills here; tests/bench/kill_vault.py does more)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DRIVER = Path(__file__).resolve().parent.parent / "bench" / "kill_vault.py"


def test_nobody_is_locked_out_when_the_process_is_killed() -> None:
    words = [sys.executable, str(DRIVER), "--kills", "10", "--only", "keys"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost or corrupt 0" in done.stdout and "purge" in done.stdout and "passphrase" in done.stdout
