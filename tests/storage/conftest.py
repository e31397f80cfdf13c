"""Vaults for the storage tests: always with the reader's floor of work, always thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import KdfCost, Vault

FLOOR = KdfCost(8192, 1, 1)


def typed() -> bytearray:
    """The passphrase of every test vault, freshly typed."""
    return bytearray("yetti soʻz".encode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed new vault."""
    Vault.create(tmp_path / "vault", typed(), label="test", cost=FLOOR).close()
    return tmp_path / "vault"


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    """The same vault, opened; closed again at the end."""
    opened = Vault.open(folder, typed())
    yield opened
    opened.close()
