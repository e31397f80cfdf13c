"""Kill -9 at random moments: nothing acknowledged is lost (fifty kills here; `DAFTAR_KILLS=1000` for the long run)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DRIVER = Path(__file__).resolve().parent.parent / "bench" / "kill_vault.py"


def test_nothing_acknowledged_is_lost_when_the_process_is_killed() -> None:
    kills = os.environ.get("DAFTAR_KILLS", "50")
    done = subprocess.run(
        [sys.executable, str(DRIVER), "--kills", kills],
        capture_output=True,
        text=True,
        timeout=36 * int(kills),
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"kills {kills}," in done.stdout and "lost or corrupt 0" in done.stdout
