"""One folder build for all tests of it, carried to another folder after it was made."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.building import make


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="daftar-build-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="session")
def built(root: Path, place: Path) -> Path:
    """A build, carried to another folder after it was made."""
    made = make(root, place / "dist")
    target = place / "Гулнора Ӯлмас = ҳафт" / "Daftar"
    target.parent.mkdir()
    shutil.move(made, target)
    return target


@pytest.fixture(scope="session")
def daftar(built: Path) -> str:
    return str(built / "daftar")
