"""The header copies: faults at every point of a write, bit flips, planted copies, what a change must not touch."""

from __future__ import annotations

import errno
import random
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from storage.crypto import KdfCost, State, seal_state
from storage.environment import Environment, Files
from storage.errors import EnvironmentProblem, Incompatible, Tampered, WrongPassphrase
from storage.keys import KeyRing, create_ring, unlock, write_first
from storage.keys.copies import NAMES, read_copies, write_copies
from storage.keys.header import decode

FLOOR = KdfCost(8192, 1, 1)


class Crash(BaseException):
    """The power went."""


class FaultyFiles(Files):
    """Stops at the n-th step: before it, or in the middle of a write."""

    def __init__(self, stop_at: int, error: OSError | None = None) -> None:
        self.left, self.error = stop_at, error

    def _step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.error or Crash

    def write(self, file: BinaryIO, data: bytes) -> None:
        for at in range(0, len(data), 512):
            self._step()
            super().write(file, data[at : at + 512])

    def sync(self, file: BinaryIO) -> None:
        self._step()
        super().sync(file)

    def sync_folder(self, folder: Path) -> None:
        self._step()
        super().sync_folder(folder)


def passphrase(text: str = "yetti soʻz") -> bytearray:
    return bytearray(text.encode("utf-8"))


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    made = create_ring(tmp_path, passphrase(), FLOOR, Environment())
    write_first(made, 1, b"\1" * 32)
    return made


def both(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in NAMES]


def test_both_copies_are_equal_at_rest_and_open(ring: KeyRing) -> None:
    first, second = both(ring.folder)
    assert first == second and len(first) == 4096
    opened = unlock(ring.folder, passphrase("yetti so'z"), Environment())
    assert opened.state.vault_key == ring.state.vault_key and opened.alarm is None
    assert (opened.state.log_size, opened.state.log_head) == (1, b"\1" * 32)


def test_a_wrong_passphrase_is_one(ring: KeyRing) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(ring.folder, passphrase("Yetti soʻz"), Environment())


def test_sealing_an_unchanged_log_writes_nothing(ring: KeyRing) -> None:
    before = both(ring.folder)
    ring.seal(1, b"\1" * 32)
    assert both(ring.folder) == before


@pytest.mark.parametrize("kind", ["crash", "full"])
def test_a_write_stopped_at_any_point_still_opens_with_old_or_new(tmp_path: Path, kind: str) -> None:
    error = OSError(errno.ENOSPC, "full") if kind == "full" else None
    points = 0
    for point in range(1, 100):
        folder = tmp_path / str(point)
        folder.mkdir()
        made = create_ring(folder, passphrase(), FLOOR, Environment())
        write_first(made, 1, b"\1" * 32)
        made.env = replace(made.env, files=FaultyFiles(point, error))
        try:
            made.seal(2, b"\2" * 32)
            done = True
        except (Crash, EnvironmentProblem):
            done = False
            points += 1
        opened = unlock(folder, passphrase(), Environment())
        assert opened.alarm is None
        assert (opened.state.log_size, opened.state.log_head) in ((1, b"\1" * 32), (2, b"\2" * 32))
        opened.repair()
        first, second = both(folder)
        assert first == second
        again = unlock(folder, passphrase(), Environment())
        assert again.state.log_size == opened.state.log_size
        if done:
            assert opened.state.log_size == 2
            break
    assert points == 2 * 9 + 1  # eight pieces and an fsync per copy, and the folder's fsync between them


def test_a_random_bit_in_either_or_both_copies_is_never_silently_accepted(ring: KeyRing) -> None:
    rng = random.Random(20260501)
    whole = both(ring.folder)[0]
    for _ in range(150):
        at, bit = rng.randrange(4096), 1 << rng.randrange(8)
        bad = bytearray(whole)
        bad[at] ^= bit
        (ring.folder / "A.hdr").write_bytes(bad)
        assert unlock(ring.folder, passphrase(), Environment()).state.vault_key == ring.state.vault_key
        (ring.folder / "B.hdr").write_bytes(bad)
        with pytest.raises((Tampered, Incompatible, EnvironmentProblem)):
            unlock(ring.folder, passphrase(), Environment())
        (ring.folder / "B.hdr").write_bytes(whole)


def reseal_checksum(data: bytearray) -> bytes:
    import hashlib

    data[4064:] = hashlib.sha256(data[:4064]).digest()
    return bytes(data)


@pytest.mark.parametrize("at", [12, 20, 3152, 3296, 3440, 4000, 4040])
def test_a_copy_changed_with_a_right_checksum_falls_to_the_mac_and_raises_an_alarm(
    ring: KeyRing, at: int
) -> None:
    whole = both(ring.folder)[0]
    bad = bytearray(whole)
    bad[at] ^= 1
    (ring.folder / "A.hdr").write_bytes(reseal_checksum(bad))
    opened = unlock(ring.folder, passphrase(), Environment())
    assert opened.state.vault_key == ring.state.vault_key
    assert opened.alarm is not None or at == 12  # a lowered generation is tried second
    (ring.folder / "B.hdr").write_bytes(reseal_checksum(bad))
    with pytest.raises((Tampered, WrongPassphrase)):
        unlock(ring.folder, passphrase(), Environment())


def test_a_planted_cost_is_refused(ring: KeyRing) -> None:
    for at, value in ((40, b"\xff\xff\xff\xff"), (44, b"\0\0\0\x20"), (37, b"\xff")):
        bad = bytearray(both(ring.folder)[0])
        bad[at : at + len(value)] = value
        for name in NAMES:
            (ring.folder / name).write_bytes(reseal_checksum(bad))
        with pytest.raises(Tampered):
            unlock(ring.folder, passphrase(), Environment())
        for name in NAMES:
            (ring.folder / name).write_bytes(ring.header.encode(ring.content.header_key))


def test_versions_newer_major_is_refused_newer_minor_is_marked(ring: KeyRing) -> None:
    newer = replace(ring.header, minor=7)
    write_copies(ring.folder, newer.encode(ring.content.header_key), "A.hdr", Files())
    assert unlock(ring.folder, passphrase(), Environment()).newer_minor
    newer = replace(ring.header, major=2)
    write_copies(ring.folder, newer.encode(ring.content.header_key), "A.hdr", Files())
    with pytest.raises(Incompatible):
        unlock(ring.folder, passphrase(), Environment())


def test_one_missing_copy_opens_and_comes_back(ring: KeyRing) -> None:
    (ring.folder / "A.hdr").unlink()
    opened = unlock(ring.folder, passphrase(), Environment())
    opened.repair()
    first, second = both(ring.folder)
    assert first == second


def test_the_folder_that_is_none_and_the_folder_that_is_no_notebook(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="environment"):
        read_copies(tmp_path / "nowhere")
    (tmp_path / "A.hdr").write_bytes(b"something else")
    with pytest.raises(EnvironmentProblem):
        read_copies(tmp_path)


def test_the_salt_and_the_other_container_stay_through_rewrites(ring: KeyRing) -> None:
    """Regression: a new KDF salt would kill every other passphrase slot."""
    other = 1 - ring.content.container
    before = ring.header
    for size in range(2, 6):
        ring.seal(size, bytes([size]) * 32)
    after = decode(both(ring.folder)[0])
    assert after is not None and after.generation == before.generation + 4
    assert (after.salt, after.slots, after.vault_id, after.filler) == (
        before.salt,
        before.slots,
        before.vault_id,
        before.filler,
    )
    assert after.states[other] == before.states[other]
    assert len({after.states[ring.content.container][:32], before.states[ring.content.container][:32]}) == 2


def test_a_state_of_the_other_container_does_not_open(ring: KeyRing) -> None:
    from storage.crypto import open_state

    sealed = seal_state(
        State(bytearray(32), 0, 0, bytes(32)), ring.content.master_key, ring.header.vault_id, 0
    )
    with pytest.raises(Tampered):
        open_state(sealed, ring.content.master_key, ring.header.vault_id, 1)


def test_the_passphrase_slot_lies_anywhere_and_all_slots_look_alike(tmp_path: Path) -> None:
    used = set()
    for number in range(24):
        made = create_ring(tmp_path, passphrase(), FLOOR, Environment())
        opened = [index for index in range(8) if _opens(made, index)]
        assert len(opened) == 1, number
        used.add(opened[0])
    assert len(used) > 2


def _opens(ring: KeyRing, index: int) -> bool:
    from storage.crypto import derive_kek, unwrap_slot

    kek = derive_kek(passphrase(), ring.header.salt, ring.header.cost)
    return unwrap_slot(ring.header.slots[index], kek, ring.header.vault_id, index) is not None
