"""A notebook made with a key file never opens without it: not when it is whole, not when its making was stopped anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest

from storage import (
    DaftarError,
    Environment,
    Files,
    InvalidInput,
    KdfCost,
    Vault,
    WrongPassphrase,
    lies_on_one_disk,
    make_key_file,
)

FLOOR = KdfCost(8192, 1, 1)
WORDS = b"olma anor gilos tarvuz qovun behi shaftoli"


class _Power(Exception):
    """The power went."""


class _Stopping(Files):
    """Stops at the n-th call, half of what was to be written then on the disk."""

    def __init__(self, at: int) -> None:
        self.left = at

    def _step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise _Power

    def write(self, file: BinaryIO, data: bytes) -> None:
        if self.left == 1:
            super().write(file, data[: len(data) // 2])
        self._step()
        super().write(file, data)

    def sync(self, file: BinaryIO) -> None:
        self._step()
        super().sync(file)

    def sync_folder(self, folder: Path) -> None:
        self._step()
        super().sync_folder(folder)

    def remove(self, path: Path) -> None:
        """After the power went nothing is tidied up."""


@pytest.fixture
def card(tmp_path: Path) -> Path:
    make_key_file(tmp_path / "card")
    return tmp_path / "card"


def opens(folder: Path, card: Path | None) -> bool:
    try:
        Vault.open(folder, bytearray(WORDS), key_file=card).close()
    except DaftarError:
        return False
    return True


def test_the_file_is_needed_from_the_first_opening(tmp_path: Path, card: Path) -> None:
    Vault.create(tmp_path / "v", bytearray(WORDS), key_file=card, cost=FLOOR).close()
    with pytest.raises(WrongPassphrase):
        Vault.open(tmp_path / "v", bytearray(WORDS))
    with Vault.open(tmp_path / "v", bytearray(WORDS), key_file=card) as vault:
        assert [way.kind for way in vault.ways_in.all()] == ["key-file"]
        assert vault.ways_in.all()[0].current


def test_a_missing_key_file_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        Vault.create(tmp_path / "v", bytearray(WORDS), key_file=tmp_path / "none", cost=FLOOR)
    assert not (tmp_path / "v").exists()


def test_wherever_the_making_stops_the_passphrase_alone_opens_nothing(tmp_path: Path, card: Path) -> None:
    ended = 0
    for at in range(1, 60):
        folder = tmp_path / f"v{at}"
        env = Environment(files=_Stopping(at))
        try:
            Vault.create(folder, bytearray(WORDS), key_file=card, cost=FLOOR, env=env).close()
        except _Power:
            ended += 1
        assert not opens(folder, None)
        if ended < at:
            assert opens(folder, card)
            break
    assert ended >= 5, "the making must have been stopped at several points"


def test_a_key_file_holds_random_bytes_and_never_replaces_anything(tmp_path: Path) -> None:
    make_key_file(tmp_path / "one")
    make_key_file(tmp_path / "two")
    first, second = (tmp_path / "one").read_bytes(), (tmp_path / "two").read_bytes()
    assert len(first) == len(second) == 64 and first != second
    with pytest.raises(InvalidInput):
        make_key_file(tmp_path / "one")
    assert (tmp_path / "one").read_bytes() == first


def test_a_key_file_stopped_half_way_is_not_left(tmp_path: Path) -> None:
    class _Full(Files):
        def write(self, file: BinaryIO, data: bytes) -> None:
            super().write(file, data[:10])
            raise OSError(28, "full")

    with pytest.raises(DaftarError):
        make_key_file(tmp_path / "key", Environment(files=_Full()))
    assert not (tmp_path / "key").exists()


def test_one_disk_is_told(tmp_path: Path, card: Path) -> None:
    assert lies_on_one_disk(card, tmp_path / "not" / "made" / "yet")
    assert not lies_on_one_disk(tmp_path / "gone", tmp_path)
    shared = Path("/dev/shm")
    if shared.is_dir() and shared.stat().st_dev != tmp_path.stat().st_dev:
        assert not lies_on_one_disk(card, shared / "v")
