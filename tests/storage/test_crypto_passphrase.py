"""Passphrases: the frozen answers of `pass-1`, the estimate of strength, what a guess must cost."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.crypto import (
    KdfCost,
    choose_cost,
    derive_kek,
    normalise_passphrase,
    passphrase_bits,
    require_strong,
)
from storage.crypto.kdf import COORDINATOR, DEFAULT, SMALL_MACHINE
from storage.errors import InvalidInput, Tampered

VECTORS = Path(__file__).parent.parent / "vectors" / "vault"
KATS = json.loads((VECTORS / "pass-1.json").read_text("utf-8"))


def normal(text: str) -> bytes:
    return bytes(normalise_passphrase(bytearray(text.encode("utf-8"))))


@pytest.mark.parametrize("kat", KATS, ids=[kat["name"] for kat in KATS])
def test_frozen_normalisations_hold(kat: dict[str, str]) -> None:
    assert normal(kat["typed"]).hex() == kat["normal_utf8_hex"]


def test_there_are_at_least_forty_kats() -> None:
    assert len(KATS) >= 40 and len({kat["name"] for kat in KATS}) == len(KATS)


def test_every_apostrophe_of_the_uzbek_keyboards_is_the_same_key() -> None:
    assert len({normal(f"o{mark}zbek yo{mark}l") for mark in "ʻʼ'`‘’´"}) == 1


def test_case_and_letters_are_different_keys() -> None:
    typed = ["İstanbul", "Istanbul", "ıstanbul", "istanbul", "аbc", "abc"]
    assert len({normal(text) for text in typed}) == len(typed)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
@settings(max_examples=300, deadline=None)
def test_piecewise_nfkc_is_nfkc_of_the_whole(text: str) -> None:
    from storage.crypto.normalise import _pieces

    pieces = list(_pieces(bytearray(text.encode("utf-8"))))
    assert "".join(pieces) == text
    whole = unicodedata.normalize("NFKC", text)
    assert "".join(unicodedata.normalize("NFKC", piece) for piece in pieces) == whole


@pytest.mark.parametrize(
    "raw", [b"", b"   ", b"\xe2\x80\x8b", b"\xff\xfe", b"abc\xed\xa0\x80", b"a\0b", b"\xc3", b"x" * 5000]
)
def test_what_is_no_passphrase_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(InvalidInput):
        normalise_passphrase(bytearray(raw))


def test_argon2id_is_the_published_algorithm_with_our_associated_data() -> None:
    kek = derive_kek(bytearray(b"yetti so\xca\xbbz"), bytes(range(32)), KdfCost(8192, 1, 1))
    vector = json.loads((VECTORS / "kdf.json").read_text("utf-8"))[0]
    assert bytes(kek).hex() == vector["kek_hex"]


@pytest.mark.parametrize(
    "cost", [(8191, 1, 1), (2097153, 1, 1), (8192, 17, 1), (8192, 1, 9), (8192, 0, 1), (8192, 1, 0)]
)
def test_planted_costs_are_refused_before_any_work(cost: tuple[int, int, int]) -> None:
    with pytest.raises(Tampered):
        derive_kek(bytearray(b"x"), bytes(32), KdfCost(*cost))


def stopwatch(seconds: float):  # type: ignore[no-untyped-def]
    ticks = iter([0.0, seconds])
    return lambda: next(ticks)


def test_calibration_raises_iterations_to_a_second_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    import storage.crypto.kdf as kdf

    class Instant:
        def derive(self, _: bytes) -> bytes:
            return b""

    monkeypatch.setattr(kdf, "_argon2", lambda cost, salt: Instant())
    big = 8 << 30
    assert choose_cost("documenter", ram_bytes=big, clock=stopwatch(1.4)) == DEFAULT
    assert choose_cost("documenter", ram_bytes=big, clock=stopwatch(0.5)).iterations == 6
    assert choose_cost("documenter", ram_bytes=big, clock=stopwatch(0.01)).iterations == 12
    assert choose_cost("documenter", ram_bytes=2 << 30, clock=stopwatch(1.2)) == SMALL_MACHINE
    assert choose_cost("coordinator", ram_bytes=big, clock=stopwatch(4.0)) == COORDINATOR


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "password",
        "qwertyuiopasdfghjkl",
        "12345678901234567890",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "Tr0ub4dor&3",
        "correct horse battery",
        "lamp lamp lamp lamp lamp lamp lamp lamp",
        "2019 2020 2021 2022",
        "парольпароль",
        "abcdefghijklmnopqrstuvwxyz",
    ],
)
def test_weak_passphrases_are_refused(weak: str) -> None:
    with pytest.raises(InvalidInput):
        require_strong(bytearray(weak.encode()))


@pytest.mark.parametrize(
    "strong",
    [
        "lamp river stone cloud paper green horse",
        "дом река камень лампа трава бумага мост",
        "daryo tosh qog'oz chiroq bahor osmon ko'prik",
        "x7#Kq!m2Zp9@Lw4&",
        "9f3c7a1e5b8d2f6a4c0e7b1d",
    ],
)
def test_strong_passphrases_pass(strong: str) -> None:
    require_strong(bytearray(strong.encode()))
    assert passphrase_bits(strong) == passphrase_bits(bytearray(strong.encode())) >= 60
