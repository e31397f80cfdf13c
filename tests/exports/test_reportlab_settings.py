"""ReportLab runs no file of the home folder, hears no variable and looks for no font where the program stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BODY = """
import os, sys
sys.path.insert(0, sys.argv[1])
__import__(sys.argv[2])
from reportlab import rl_config
print(rl_config.trustedHosts, rl_config.T1SearchPath, rl_config.TTFSearchPath, rl_config.CMapSearchPath, rl_config.invariant)
"""
PLANTED = (
    "import os\nopen(os.path.join(os.path.expanduser('~'), 'ran'), 'w').close()\ntrustedHosts = ['evil']\n"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / ".reportlab_settings").write_text(PLANTED, "utf-8")
    (tmp_path / "reportlab_settings.py").write_text(PLANTED, "utf-8")
    (tmp_path / "fonts").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "module",
    ["exports.pdf", "exports.pdf.faces", "exports.pdf.paint", "exports.writer", "exports.jobs"],
)
def test_a_planted_settings_file_is_not_run(root: Path, home: Path, module: str) -> None:
    given = {"HOME": str(home), "RL_trustedHosts": "evil", "RL_invariant": "0", "PATH": "/usr/bin:/bin"}
    words = [sys.executable, "-I", "-B", "-c", BODY, str(root), module]
    done = subprocess.run(words, env=given, cwd=home, capture_output=True, text=True, check=True)
    assert done.stdout == "[] [] [] [] 1\n"
    assert not (home / "ran").exists()


def test_the_trap_would_snap(home: Path) -> None:
    """Without our settings ReportLab does run the file: the test above can fail."""
    words = [sys.executable, "-I", "-B", "-c", "from reportlab import rl_config"]
    subprocess.run(words, env={"HOME": str(home)}, cwd=home, check=True)
    assert (home / "ran").exists()
