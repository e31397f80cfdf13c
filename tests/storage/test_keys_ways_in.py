"""Ways into a vault: change, add, remove, key file, kit, drill, decoy; faults at every point; nobody is locked out."""

from __future__ import annotations

import errno
import hashlib
import hmac
import random
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from storage import (
    Environment,
    EnvironmentProblem,
    Files,
    Incompatible,
    InvalidInput,
    KdfCost,
    SaveRecord,
    Tampered,
    Vault,
    WrongPassphrase,
)
from storage.crypto import SLOT_COUNT
from storage.keys.copies import NAMES, read_copies

FLOOR = KdfCost(8192, 1, 1)
FIRST = "yetti soʻz"
SECOND = "olma anor gilos tarvuz qovun behi shaftoli"
THIRD = "kitob daftar qalam ruchka stol stul deraza"


def typed(text: str) -> bytearray:
    return bytearray(text.encode())


def opens(folder: Path, text: str, key_file: Path | None = None) -> bool:
    try:
        Vault.open(folder, typed(text), key_file=key_file).close()
    except WrongPassphrase:
        return False
    return True


def headers(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in NAMES]


class Crash(BaseException):
    """The power went."""


class FaultyFiles(Files):
    """Stops at the n-th step once armed: before it, or in the middle of a write."""

    def __init__(self, error: OSError | None = None) -> None:
        self.left, self.error = -1, error

    def _step(self) -> None:
        if self.left > 0:
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

    def rename(self, source: Path, target: Path) -> None:
        self._step()
        super().rename(source, target)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.change_passphrase(typed(SECOND))
        assert [(way.kind, way.current) for way in vault.ways_in.all()] == [("passphrase", True)]
    assert (opens(folder, FIRST), opens(folder, SECOND)) == (False, True)
    assert headers(folder)[0] == headers(folder)[1]


def test_a_weak_or_used_passphrase_is_refused_and_changes_no_header(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.add_passphrase(typed(SECOND))
        before = headers(folder)
        for bad in ("short", SECOND, ""):
            with pytest.raises(InvalidInput):
                vault.ways_in.change_passphrase(typed(bad))
            with pytest.raises(InvalidInput):
                vault.ways_in.add_passphrase(typed(bad))
        assert headers(folder) == before


@pytest.mark.parametrize("kind", ["crash", "full"])
def test_a_change_stopped_at_any_point_leaves_old_or_new_and_the_other_passphrase(
    folder: Path, kind: str
) -> None:
    """Every fault point of a passphrase change: the first or the new one opens, the second always does."""
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.add_passphrase(typed(THIRD), label="second way")
    whole, points = headers(folder), 0
    for point in range(1, 100):
        for name, data in zip(NAMES, whole, strict=True):
            (folder / name).write_bytes(data)
        files = FaultyFiles(OSError(errno.ENOSPC, "full") if kind == "full" else None)
        vault = Vault.open(folder, typed(FIRST), env=replace(Environment(), files=files))
        files.left = point
        try:
            vault.ways_in.change_passphrase(typed(SECOND))
            done = True
        except (Crash, EnvironmentProblem):
            done, points = False, points + 1
        vault._session.abandon()
        _, newest = read_copies(folder)[0]
        first, second = _try(folder, FIRST), _try(folder, SECOND)
        assert first or second
        assert _try(folder, THIRD)
        if done:
            assert (first, second) == (False, True)
            break
        assert newest.vault_id
    assert points == 2 * 9 + 1


def _try(folder: Path, text: str) -> bool:
    """Open on a copy of the header files only, so that the repair at opening does not help the next try."""
    kept = headers(folder)
    try:
        vault = Vault.open(folder, typed(text))
    except WrongPassphrase:
        return False
    finally:
        for name, data in zip(NAMES, kept, strict=True):
            (folder / name).write_bytes(data)
    assert vault.alarm is None
    vault._session.abandon()
    for name, data in zip(NAMES, kept, strict=True):
        (folder / name).write_bytes(data)
    return True


def test_four_ways_fit_and_the_last_passphrase_stays(folder: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.bin"
    card.write_bytes(random.Random(1).randbytes(64))
    with Vault.open(folder, typed(FIRST)) as vault:
        ways = vault.ways_in
        ways.add_passphrase(typed(SECOND), label="sister")
        ways.add_passphrase(typed(THIRD), key_file=card)
        code = ways.draw_code()
        ways.keep_code(code)
        assert [way.kind for way in ways.all()] == ["passphrase", "passphrase", "key-file", "recovery"]
        with pytest.raises(InvalidInput):
            ways.add_passphrase(typed("bitta ikkita uchta toʻrtta beshta oltita yettita"))
        for way in ways.all():
            if way.kind != "recovery" and not way.current:
                ways.remove(way.slot)
        current = next(way.slot for way in ways.all() if way.current)
        with pytest.raises(InvalidInput):
            ways.remove(current)
        with pytest.raises(InvalidInput):
            ways.remove(9)
        assert [way.kind for way in ways.all()] == ["passphrase", "recovery"]
    assert [opens(folder, text) for text in (FIRST, SECOND, THIRD)] == [True, False, False]
    assert not opens(folder, THIRD, card)


def test_a_key_file_is_needed_with_its_passphrase(folder: Path, tmp_path: Path) -> None:
    card, other = tmp_path / "card.bin", tmp_path / "other.bin"
    card.write_bytes(random.Random(1).randbytes(4096))
    other.write_bytes(random.Random(2).randbytes(4096))
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.change_passphrase(typed(SECOND), key_file=card)
    assert opens(folder, SECOND, card)
    assert not opens(folder, SECOND)
    assert not opens(folder, SECOND, other)
    assert not opens(folder, FIRST, card)
    for bad in (tmp_path / "none", tmp_path, _small(tmp_path)):
        with pytest.raises(InvalidInput):
            Vault.open(folder, typed(SECOND), key_file=bad)


def _small(tmp_path: Path) -> Path:
    (tmp_path / "small").write_bytes(b"x" * 31)
    return tmp_path / "small"


def test_a_key_file_is_never_lost_with_a_change_of_the_passphrase(folder: Path, tmp_path: Path) -> None:
    """Who changes only the words keeps both halves, unless they say otherwise."""
    card = tmp_path / "card.bin"
    card.write_bytes(random.Random(1).randbytes(4096))
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.change_passphrase(typed(SECOND), key_file=card)
        before = headers(folder)
        with pytest.raises(InvalidInput):
            vault.ways_in.change_passphrase(typed(THIRD))
        assert headers(folder) == before
        vault.ways_in.change_passphrase(typed(THIRD), key_file=card)
    assert opens(folder, THIRD, card) and not opens(folder, THIRD)
    with Vault.open(folder, typed(THIRD), key_file=card) as vault:
        with pytest.raises(InvalidInput):
            vault.ways_in.change_passphrase(typed(FIRST + SECOND))
        vault.ways_in.change_passphrase(typed(SECOND), without_key_file=True)
        shown = vault.ways_in.draw_code()
        code = bytearray(shown)
        vault.ways_in.keep_code(shown)
        vault.ways_in.change_passphrase(typed(THIRD), key_file=card)
    Vault.recover(folder, code, typed(SECOND)).close()
    assert opens(folder, SECOND), "a lost card is what a kit is for"


def test_a_passphrase_without_a_file_opens_though_a_file_is_given(folder: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.bin"
    card.write_bytes(bytes(64))
    assert opens(folder, FIRST, card)


def test_the_kit_opens_what_was_forgotten_and_the_replica_is_new(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        ways, replica = vault.ways_in, vault._session.replica
        assert not ways.has_kit and not ways.drill_due
        code = ways.draw_code()
        shown = bytearray(code)
        with pytest.raises(WrongPassphrase):
            ways.check_code(code)
        ways.keep_code(code, ["mother", "lawyer", "coordinator"])
        assert ways.all()[-1].holders == ("mother", "lawyer", "coordinator")
        vault.write(SaveRecord("interview", {}))
    with Vault.recover(folder, shown, typed(SECOND)) as vault:
        assert vault.counts() == {"interview": 1}
        assert vault._session.replica != replica
        vault.write(SaveRecord("interview", {}))
        assert vault.verify(deep=True).ok
    assert (opens(folder, FIRST), opens(folder, SECOND)) == (False, True)
    with Vault.open(folder, typed(SECOND)) as vault:
        vault.ways_in.check_code(shown)
        assert [way.kind for way in vault.ways_in.all()] == ["recovery", "passphrase"]


def test_a_wrong_or_replaced_code_is_refused_before_any_change(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        old = vault.ways_in.draw_code()
        vault.ways_in.keep_code(old)
        new = vault.ways_in.draw_code()
        vault.ways_in.keep_code(new)
    before = tree(folder)
    for wrong in (old, bytearray(20), bytearray(b"\xff" * 20)):
        with pytest.raises(WrongPassphrase):
            Vault.recover(folder, wrong, typed(SECOND))
    with pytest.raises(InvalidInput):
        Vault.recover(folder, new, typed("weak"))
    assert tree(folder) == before
    Vault.recover(folder, new, typed(SECOND)).close()
    assert opens(folder, SECOND)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_drill_changes_no_header_and_is_due_after_ninety_days(folder: Path) -> None:
    day, now = 24 * 3600 * 1000, [1_800_000_000_000]
    env = replace(Environment(), now_ms=lambda: now[0])
    with Vault.open(folder, typed(FIRST), env=env) as vault:
        ways = vault.ways_in
        code = ways.draw_code()
        ways.keep_code(code)
        assert not ways.drill_due
        now[0] += 90 * day
        assert ways.drill_due
        before = headers(folder)
        with pytest.raises(WrongPassphrase):
            ways.check_code(bytearray(20))
        assert ways.drill_due
        ways.check_code(code)
        assert headers(folder) == before and not ways.drill_due and ways.last_drill_ms == now[0]
        now[0] -= 10 * day
        assert ways.drill_due, "a clock put back must not silence the drill"


def test_the_drill_reads_the_disk_and_finds_a_copy_that_does_not_open(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        code = vault.ways_in.draw_code()
        before = (folder / "B.hdr").read_bytes()
        vault.ways_in.keep_code(code)
        (folder / "B.hdr").write_bytes(before)
        with pytest.raises(WrongPassphrase):
            vault.ways_in.check_code(code)


def test_a_vault_that_can_only_be_read_can_be_recovered(folder: Path) -> None:
    """A rolled back database must not lock its owner out: the header takes the new passphrase."""
    with Vault.open(folder, typed(FIRST)) as vault:
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(code)
        container = vault._session.ring.container
    old = (container / "db").read_bytes()
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.write(SaveRecord("interview", {}))
    (container / "db").write_bytes(old)
    with Vault.open(folder, typed(FIRST)) as vault:
        assert vault.read_only
        with pytest.raises(Tampered):
            vault.ways_in.change_passphrase(typed(SECOND))
    with Vault.recover(folder, code, typed(SECOND)) as vault:
        assert vault.read_only and vault.alarm is not None
    assert opens(folder, SECOND) and not opens(folder, FIRST)


def test_a_newer_minor_version_takes_no_change(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        ring = vault._session.ring
        newer = replace(ring.header, minor=9).encode(ring.content.header_key)
    for name in NAMES:
        (folder / name).write_bytes(newer)
    with Vault.open(folder, typed(FIRST)) as vault:
        with pytest.raises(Incompatible):
            vault.ways_in.change_passphrase(typed(SECOND))
        with pytest.raises(Incompatible):
            vault.decoy.create(typed(SECOND))
    assert headers(folder) == [newer, newer]


def test_a_vault_made_before_the_list_of_ways_gets_one(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault, vault._session.transaction():
        vault._session.database.execute("DELETE FROM meta WHERE key = 'slots'")
    with Vault.open(folder, typed(FIRST)) as vault:
        assert [(way.kind, way.current) for way in vault.ways_in.all()] == [("passphrase", True)]
        own = vault.ways_in.own_slots()
        assert len(own) == 4 and vault._session.ring.slot in own
    with Vault.open(folder, typed(FIRST)) as vault:
        assert vault.ways_in.own_slots() == own


# The decoy


def test_a_decoy_opens_by_its_passphrase_and_neither_touches_the_other(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.write(SaveRecord("interview", {"narratives": []}))
        vault.decoy.create(typed(SECOND), label="school", role="translator")
        assert vault.decoy.state == "made"
        own = set(vault.ways_in.own_slots())
    with Vault.open(folder, typed(SECOND)) as decoy:
        assert (decoy.label, decoy.role, decoy.counts(), decoy.alarm) == ("school", "translator", {}, None)
        assert set(decoy.ways_in.own_slots()) == set(range(SLOT_COUNT)) - own
        decoy.write(SaveRecord("interview", {}))
        decoy.ways_in.add_passphrase(typed(THIRD))
        code = decoy.ways_in.draw_code()
        decoy.ways_in.keep_code(code)
        decoy.ways_in.add_passphrase(typed("non sut tuz shakar choy guruch yogʻ"))
        with pytest.raises(InvalidInput):
            decoy.ways_in.add_passphrase(typed("qogʻoz qaychi rang boʻyoq mix bolgʻa arra"))
        assert decoy.verify(deep=True).ok
    with Vault.open(folder, typed(FIRST)) as vault:
        assert vault.counts() == {"interview": 1} and vault.alarm is None
        assert vault.verify(deep=True).ok
    with Vault.recover(folder, code, typed("qor yomgʻir shamol bulut quyosh oy yulduz")) as decoy:
        assert decoy.label == "school"
    assert opens(folder, FIRST)


def test_a_decoy_says_of_itself_what_a_real_notebook_may_say(folder: Path, tmp_path: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.decoy.create(typed(SECOND))
    Vault.create(tmp_path / "other", typed(FIRST), cost=FLOOR).close()
    with Vault.open(tmp_path / "other", typed(FIRST)) as other:
        other.decoy.give_up()
        with Vault.open(folder, typed(SECOND)) as decoy:
            assert decoy.decoy.state == other.decoy.state
            assert decoy._session.database.one("SELECT count(*) FROM meta") == (
                other._session.database.one("SELECT count(*) FROM meta")
            )
            said = []
            for one in (decoy, other):
                for refused in (lambda one=one: one.decoy.create(typed(THIRD)), one.decoy.remove):
                    with pytest.raises(InvalidInput) as caught:
                        refused()
                    said.append(caught.value.message.source)
                one.decoy.give_up()
                one.decoy.give_up()
                assert one.decoy.state == "none"
            assert said[:2] == said[2:]
    assert opens(folder, FIRST)


def test_the_story_of_a_decoy_begins_as_that_of_a_new_notebook(folder: Path, tmp_path: Path) -> None:
    """What happened is shown in a screen of its own: a decoy must not begin with a change of its keys."""
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.decoy.create(typed(SECOND))
    Vault.create(tmp_path / "other", typed(FIRST), cost=FLOOR).close()
    told = []
    for place, text in ((folder, SECOND), (tmp_path / "other", FIRST)):
        Vault.open(place, typed(text)).close()
        with Vault.open(place, typed(text)) as one:
            told.append([happened.kind for happened in one.what_happened()])
    assert told[0] == told[1] and told[0][-1] == "new"


def test_a_notebook_that_gave_the_room_up_looks_like_a_new_one(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        assert vault.decoy.state == "none"
        vault.decoy.give_up()
        assert vault.decoy.state == "none"
        with pytest.raises(InvalidInput) as caught:
            vault.decoy.create(typed(SECOND))
        assert "given up" in caught.value.message.source
    assert not opens(folder, SECOND)


def test_a_decoy_removed_is_gone_and_can_be_made_again(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        with pytest.raises(InvalidInput):
            vault.decoy.create(typed(FIRST + " " + FIRST))
        vault.decoy.create(typed(SECOND))
        with pytest.raises(InvalidInput):
            vault.decoy.create(typed(THIRD))
        vault.decoy.remove()
        assert vault.decoy.state == "none"
    assert (opens(folder, FIRST), opens(folder, SECOND)) == (True, False)
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.decoy.create(typed(SECOND))
        with pytest.raises(InvalidInput):
            vault.ways_in.add_passphrase(typed(SECOND))
    assert opens(folder, SECOND) and opens(folder, FIRST)


def test_making_a_decoy_stopped_at_any_point_leaves_the_notebook_and_no_half_decoy(folder: Path) -> None:
    for point in range(1, 60):
        files = FaultyFiles()
        vault = Vault.open(folder, typed(FIRST), env=replace(Environment(), files=files))
        if vault.decoy.state == "made":
            vault.decoy.remove()
        files.left = point
        try:
            vault.decoy.create(typed(SECOND))
            done = True
        except Crash:
            done = False
        vault._session.abandon()
        with Vault.open(folder, typed(FIRST)) as vault:
            assert vault.alarm is None and vault.verify().ok
        if opens(folder, SECOND):
            with Vault.open(folder, typed(SECOND)) as decoy:
                assert decoy.verify(deep=True).ok
        if done:
            assert opens(folder, SECOND)
            break
    assert 15 < point < 59


def test_right_duress_and_wrong_passphrases_do_the_same_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One Argon2id run and eight slots each; tests/attacks/timing.py measures the time itself."""
    from storage.keys import attempts, ring, unlock

    with Vault.open(folder, typed(FIRST)) as vault:
        vault.decoy.create(typed(SECOND))
    done: list[str] = []
    derive, unwrap = attempts.derive_kek, ring.unwrap_slot

    def counted_derive(*given: Any) -> bytearray:
        done.append("derive")
        return derive(*given)

    def counted_unwrap(slot: bytes, kek: bytearray, vault_id: bytes, index: int) -> Any:
        done.append(f"slot {index}")
        return unwrap(slot, kek, vault_id, index)

    monkeypatch.setattr(attempts, "derive_kek", counted_derive)
    monkeypatch.setattr(ring, "unwrap_slot", counted_unwrap)
    work: list[list[str]] = []
    for text in (FIRST, SECOND, THIRD):
        done.clear()
        with suppress(WrongPassphrase):
            unlock(folder, typed(text), Environment())
        work.append(list(done))
    assert work[0] == work[1] == work[2] == ["derive", *(f"slot {index}" for index in range(8))]


def test_the_closing_code_is_ten_digits_that_change_with_every_entry(folder: Path) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        before = vault.closing_code
        assert re.fullmatch(r"\d{5} \d{5}", before)
        vault.write(SaveRecord("interview", {}))
        after = vault.closing_code
        assert after != before
        head = vault._session.log.head
    assert after.replace(" ", "") == f"{int.from_bytes(head[:8], 'big') % 10**10:010d}"
    with Vault.open(folder, typed(FIRST)) as vault:
        assert vault.closing_code == after, "the code of the last closing is the code of the next opening"


def hkdf_by_hand(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 with SHA-512, from the standard library alone."""
    secret, out, block = hmac.new(salt, key, "sha512").digest(), b"", b""
    for count in range(1, -(-length // 64) + 1):
        block = hmac.new(secret, block + info + bytes([count]), "sha512").digest()
        out += block
    return out[:length]


def open_slots_by_hand(header: bytes, kek: bytes) -> list[bytes]:
    """A second program's reading of docs/formats/vault.md: the plaintexts of the slots this key opens."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    vault_id, found = header[20:36], []
    for index in range(8):
        slot = header[80 + 384 * index : 80 + 384 * (index + 1)]
        keys = hkdf_by_hand(kek, slot[:32], b"daftar/v1/slot" + vault_id + bytes([index]), 64)
        if keys[32:] == slot[32:64]:
            found.append(ChaCha20Poly1305(keys[:32]).decrypt(bytes(12), slot[64:], vault_id))
    return found


def test_a_second_program_opens_every_kind_of_slot(folder: Path, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    card = tmp_path / "card.bin"
    card.write_bytes(random.Random(4).randbytes(1000))
    with Vault.open(folder, typed(FIRST)) as vault:
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(code)
        vault.ways_in.add_passphrase(typed(SECOND), key_file=card)
        vault.decoy.create(typed(THIRD))
        real = vault._session.ring.content
        master, own = bytes(real.master_key), real.container
    header = headers(folder)[0]
    salt = header[48:80]

    def argon(text: str) -> bytes:
        cost = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=8192, ad=b"daftar/v1")
        return cost.derive(text.encode())

    keyed = hkdf_by_hand(
        argon(SECOND) + hashlib.sha256(card.read_bytes()).digest(), salt, b"daftar/v1/kek+file", 32
    )
    recovery = hkdf_by_hand(bytes(code), salt, b"daftar/v1/kek-recovery", 32)
    keks = {1: argon(FIRST.replace("ʻ", "'")), 2: argon(THIRD), 3: keyed, 4: recovery}
    header_keys = set()
    for kind, kek in keks.items():
        (plain,) = open_slots_by_hand(header, kek)
        assert plain[0] == kind
        assert (plain[1:33] == master, plain[65]) == ((False, 1 - own) if kind == 2 else (True, own))
        header_keys.add(plain[33:65])
    assert len(header_keys) == 1
