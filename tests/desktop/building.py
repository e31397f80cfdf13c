"""Makes the folder build for the tests and starts what is in it. Must not be the build itself: that is packaging/build.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLAIN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the build is tested on Linux")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes somebody else or reads memory"
)


def make(root: Path, to: Path, **environment: str) -> Path:
    """One build by the real command; skipped, loudly, where its tools cannot be had."""
    words = [sys.executable, str(root / "packaging" / "build.py"), "--to", str(to)]
    words += ["--environment", str(Path(sys.prefix))]
    done = subprocess.run(
        words, capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )
    if "requirements-build.lock could not be installed" in done.stderr:
        pytest.skip("the tools of requirements-build.lock cannot be installed here")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def run(
    *words: str | Path, env: dict[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words], env=PLAIN if env is None else env, capture_output=True, text=True,
        timeout=300, check=False, **more,
    )  # type: ignore[call-overload, no-any-return]  # fmt: skip
