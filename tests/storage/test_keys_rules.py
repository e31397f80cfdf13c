"""What the design promises of slots, salts and the header's MAC, each with a test that would see the old mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from i18n.message import Message
from storage import EnvironmentProblem, InvalidInput, KdfCost, SaveRecord, Tampered, Vault, WrongPassphrase
from storage.crypto import (
    SLOT_COUNT,
    SLOT_DURESS,
    SLOT_KEY_FILE,
    SLOT_LENGTH,
    SLOT_PASSPHRASE,
    SLOT_RECOVERY,
    STATE_LENGTH,
    derive_kek,
    unwrap_slot,
)
from storage.decoy import Decoy
from storage.keys.copies import NAMES, read_copies

FLOOR = KdfCost(8192, 1, 1)
FIRST = "yetti soʻz"
SECOND = "olma anor gilos tarvuz qovun behi shaftoli"
THIRD = "kitob daftar qalam ruchka stol stul deraza"


def typed(text: str) -> bytearray:
    return bytearray(text.encode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Vault.create(tmp_path / "vault", typed(FIRST), cost=FLOOR).close()
    return tmp_path / "vault"


def headers(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in NAMES]


def opens(folder: Path, text: str) -> bool:
    try:
        Vault.open(folder, typed(text)).close()
    except WrongPassphrase:
        return False
    return True


# The first prototype's mistakes (security page 2.1)


ACTS: dict[str, Callable[[Vault], object]] = {
    "change": lambda vault: vault.ways_in.change_passphrase(typed(THIRD)),
    "add": lambda vault: vault.ways_in.add_passphrase(typed(THIRD)),
    "kit": lambda vault: vault.ways_in.keep_code(vault.ways_in.draw_code()),
    "decoy": lambda vault: vault.decoy.create(typed(THIRD)),
    "save": lambda vault: vault.write(SaveRecord("interview", {})),
    "purge": lambda vault: vault.purge(),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_kdf_salt_and_cost_live_as_long_as_the_header(folder: Path, act: str) -> None:
    """Renewing the salt at a change of passphrase would kill every other passphrase: they all hang on it."""
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.add_passphrase(typed(SECOND))
    before = headers(folder)[0]
    with Vault.open(folder, typed(FIRST)) as vault:
        ACTS[act](vault)
    after = headers(folder)
    assert after[0] == after[1] and after[0] != before
    assert after[0][36:80] == before[36:80], "kind, lanes, memory, iterations, salt"
    assert opens(folder, SECOND)


def test_a_renewed_salt_would_lock_every_passphrase_out(folder: Path) -> None:
    """The mistake itself, so that the test above is known to see it."""
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.add_passphrase(typed(SECOND))
        ring = vault._session.ring
        wrong = replace(ring.header, salt=bytes(32)).encode(ring.content.header_key)
    for name in NAMES:
        (folder / name).write_bytes(wrong)
    assert not opens(folder, FIRST) and not opens(folder, SECOND)


def test_a_decoy_session_proves_and_rewrites_the_header_without_the_other_key(folder: Path) -> None:
    """A MAC keyed by the vault key would make the duress slot fail, or alarm the real notebook after it."""
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.decoy.create(typed(SECOND))
        real = bytearray(vault._session.ring.content.header_key)
        real_key = bytearray(vault._session.ring.state.vault_key)
        real_master = bytearray(vault._session.ring.content.master_key)
    before = headers(folder)
    with Vault.open(folder, typed(SECOND)) as decoy:
        ring = decoy._session.ring
        assert ring.content.header_key == real, "the one key both share"
        assert ring.state.vault_key != real_key and ring.content.master_key != real_master
        for foreign in (ring.state.vault_key, ring.content.master_key, real_key, real_master):
            with pytest.raises(Tampered):
                ring.header.require_mac(foreign)
        decoy.write(SaveRecord("interview", {}))
        decoy.ways_in.change_passphrase(typed(THIRD))
    assert headers(folder) != before
    with Vault.open(folder, typed(FIRST)) as vault:
        assert vault.alarm is None and not vault.read_only and vault.verify().ok
    assert opens(folder, THIRD) and not opens(folder, SECOND)


# Slots


def test_what_stands_in_the_slots(folder: Path, tmp_path: Path) -> None:
    """Kinds 1 to 4, flags zero, the rest zeros, each slot another salt; those that are nobody's look like the others."""
    card = tmp_path / "card"
    card.write_bytes(bytes(range(64)))
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.add_passphrase(typed(SECOND), key_file=card)
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(code)
        vault.decoy.create(typed(THIRD))
        kinds = {note.slot: note.kind for note in vault.ways_in._notes()}
        own = set(vault.ways_in.own_slots())
        container = vault._session.ring.content.container
    header = read_copies(folder)[0][1]
    assert sorted(kinds.values()) == [SLOT_PASSPHRASE, SLOT_KEY_FILE, SLOT_RECOVERY] == [1, 3, 4]
    assert set(kinds) <= own and len(own) == SLOT_COUNT // 2
    found = {}
    for text in (FIRST, THIRD):
        kek = derive_kek(typed(text), header.salt, header.cost)
        for index, slot in enumerate(header.slots):
            content = unwrap_slot(slot, kek, header.vault_id, index)
            if content is not None:
                found[text] = (index, content.kind, content.container, content.flags)
    assert found[FIRST][1:] == (SLOT_PASSPHRASE, container, 0) and found[FIRST][0] in own
    assert found[THIRD][1:] == (SLOT_DURESS, 1 - container, 0) == (2, 1 - container, 0)
    assert found[THIRD][0] not in own
    assert len({slot[:32] for slot in header.slots}) == SLOT_COUNT
    assert {len(slot) for slot in header.slots} == {SLOT_LENGTH}
    assert {len(state) for state in header.states} == {STATE_LENGTH}


def test_two_containers_hold_eight_ways_and_no_ninth_fits(folder: Path) -> None:
    """Four each: neither may write over a slot of the other, which looks like room."""
    texts = {name: [f"{word} {SECOND}" for word in "abcd"] for name in ("real", "decoy")}
    texts["decoy"] = [text + " uchun" for text in texts["decoy"]]
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.change_passphrase(typed(texts["real"][0]))
        vault.decoy.create(typed(texts["decoy"][0]))
    for name in ("real", "decoy"):
        with Vault.open(folder, typed(texts[name][0])) as vault:
            for text in texts[name][1:]:
                vault.ways_in.add_passphrase(typed(text))
            assert vault.ways_in.room == 0
            before = headers(folder)
            for refused in (
                lambda vault=vault: vault.ways_in.add_passphrase(typed(THIRD)),
                lambda vault=vault: vault.ways_in.keep_code(vault.ways_in.draw_code()),
            ):
                with pytest.raises(InvalidInput):
                    refused()
            assert headers(folder) == before
    assert all(opens(folder, text) for name in texts for text in texts[name])


# Asking again


def test_the_question_reads_both_copies_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.write_bytes(bytes(range(64)))
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.add_passphrase(typed(SECOND), key_file=card)
        vault.decoy.create(typed(THIRD))
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        vault.ways_in.check_passphrase(typed(FIRST))
        vault.ways_in.check_passphrase(typed(SECOND), card)
        vault.ways_in.check_passphrase(typed(FIRST), card)
        for wrong in (SECOND, THIRD, "yetti so", ""):
            with pytest.raises(WrongPassphrase):
                vault.ways_in.check_passphrase(typed(wrong))
        with pytest.raises(InvalidInput):
            vault.ways_in.check_passphrase(typed(SECOND), tmp_path / "none")
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
        old = (folder / NAMES[1]).read_bytes()
        (folder / NAMES[1]).write_bytes(bytes(4096))
        vault.ways_in.check_passphrase(typed(FIRST))
        (folder / NAMES[1]).write_bytes(old)


@pytest.mark.parametrize(
    ("cost", "readable"),
    [
        ((8192, 1, 1), True),
        ((2 << 20, 16, 8), True),
        ((8191, 1, 1), False),
        (((2 << 20) + 1, 1, 1), False),
        ((8192, 17, 1), False),
        ((8192, 1, 9), False),
        ((8192, 0, 1), False),
        ((8192, 1, 0), False),
    ],
)
def test_the_limits_of_a_reader(cost: tuple[int, int, int], readable: bool) -> None:
    """8 MiB to 2 GiB, at most 16 iterations and 8 lanes: a planted header must not exhaust the machine."""
    if readable:
        KdfCost(*cost).check_readable()
    else:
        with pytest.raises(Tampered):
            KdfCost(*cost).check_readable()


@pytest.mark.parametrize("holders", [(), ("a",), ("", "b", ""), ("a", "b", "c", "d")])
def test_whoever_keeps_a_share_makes_it_a_kit_of_shares(folder: Path, holders: tuple[str, ...]) -> None:
    with Vault.open(folder, typed(FIRST)) as vault:
        vault.ways_in.keep_code(vault.ways_in.draw_code(), holders)
        (kit,) = [way for way in vault.ways_in.all() if way.kind == "recovery"]
        assert kit.in_shares == bool(holders) and len(kit.holders) in (0, 3)
        before = headers(folder)
        for bad in (("\ud800",), ("a", "\udfff", "")):
            with pytest.raises(InvalidInput):
                vault.ways_in.keep_code(vault.ways_in.draw_code(), bad)
            with pytest.raises(InvalidInput):
                vault.ways_in.add_passphrase(typed(SECOND), label=bad[-2] if len(bad) > 1 else bad[0])
        assert headers(folder) == before


def test_a_disk_that_refuses_after_a_decoy_was_made_or_ended_is_not_taken_for_a_refusal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = EnvironmentProblem(Message("full"))

    def refuse(*_: object) -> None:
        raise full

    with Vault.open(folder, typed(FIRST)) as vault:
        with monkeypatch.context() as patched:
            patched.setattr(Decoy, "_remember", refuse)
            with pytest.raises(EnvironmentProblem) as caught:
                vault.decoy.create(typed(SECOND))
        assert "was made" in caught.value.message.source and caught.value.hint == full.message
        assert vault.decoy.state == "none"
        vault.decoy.create(typed(THIRD))
    assert opens(folder, THIRD) and not opens(folder, SECOND)
    with Vault.open(folder, typed(FIRST)) as vault:
        with monkeypatch.context() as patched:
            patched.setattr(Decoy, "_replace_database", refuse)
            with pytest.raises(EnvironmentProblem) as caught:
                vault.decoy.remove()
        assert "opens no more" in caught.value.message.source and vault.decoy.state == "made"
        vault.decoy.remove()
        assert vault.decoy.state == "none" and vault.verify().ok
    assert opens(folder, FIRST) and not opens(folder, THIRD)
