"""What every test may rely on: an offscreen screen, a place for the shared reference folder, invented people only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared reference data beside the checkout; the test is skipped, loudly, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared reference folder is not beside this checkout")
    return SHARED
