"""A kit typed piece by piece: the right one opens, a slip is found and its place is said, nothing is guessed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from storage import (
    InvalidInput,
    KdfCost,
    Vault,
    WrongPassphrase,
    check_kit,
    code_of_shares,
    digit_bytes,
    doubtful_group,
    doubtful_word,
    group_is_possible,
    read_digit_bytes,
    share_place,
    split_code,
    word_of,
    words_beginning,
)
from storage.crypto.shares import WORDS

FLOOR = KdfCost(8192, 1, 1)
FIRST = b"olma anor gilos tarvuz qovun behi shaftoli"
_DRAWN = random.Random(7)


def code() -> bytearray:
    return bytearray(_DRAWN.randbytes(20))


def numbers(share: object) -> list[int]:
    return [int(number) for number in share.numbers]  # type: ignore[attr-defined]


def test_the_digits_of_a_code_give_it_back_and_nothing_is_changed_in_them() -> None:
    for _ in range(50):
        wanted = code()
        digits = digit_bytes(wanted)
        before = bytes(digits)
        assert read_digit_bytes(digits) == wanted and bytes(digits) == before


def test_a_group_over_65535_is_known_before_the_rest_is_typed() -> None:
    digits = bytearray(b"0" * 55)
    digits[10:15] = b"65536"
    assert [group_is_possible(digits, group) for group in range(4)] == [True, True, False, True]
    digits[10:15] = b"65535"
    assert group_is_possible(digits, 2)


def test_one_wrong_digit_and_two_that_changed_places_are_found_in_their_group() -> None:
    right = wrong = 0
    for _ in range(60):
        digits = digit_bytes(code())
        place = _DRAWN.randrange(55)
        digits[place] = 0x30 + (digits[place] - 0x30 + _DRAWN.randrange(1, 10)) % 10
        with pytest.raises(InvalidInput):
            read_digit_bytes(digits)
        said = doubtful_group(digits)
        right += said == place // 5
        wrong += said not in (None, place // 5)
    assert right >= 55 and wrong == 0
    digits = digit_bytes(bytearray(range(1, 21)))
    digits[6], digits[7] = digits[7], digits[6]
    assert doubtful_group(digits) == 1


def test_two_slips_are_not_guessed() -> None:
    said = []
    for _ in range(40):
        digits = digit_bytes(code())
        for place in (3, 33):
            digits[place] = 0x30 + (digits[place] - 0x30 + 1) % 10
        said.append(doubtful_group(digits))
    assert said.count(None) >= 36


def test_two_shares_in_numbers_give_the_code_back_in_any_order() -> None:
    wanted = code()
    shares = [numbers(share) for share in split_code(wanted)]
    assert [share_place(share) for share in shares] == [1, 2, 3]
    for pair in ((0, 1), (2, 0), (1, 2)):
        assert code_of_shares([shares[one] for one in pair]) == wanted


def test_a_share_twice_and_shares_of_two_sets_are_refused() -> None:
    wanted = code()
    first, second = [numbers(share) for share in split_code(wanted)][:2]
    other = numbers(split_code(wanted)[1])
    for mixed in ([first, first], [first, other], [first]):
        with pytest.raises(InvalidInput):
            code_of_shares(mixed)
    assert code_of_shares([first, second]) == wanted


def test_the_one_wrong_word_of_a_share_is_always_found() -> None:
    for _ in range(30):
        share = numbers(split_code(code())[0])
        place = _DRAWN.randrange(WORDS)
        share[place] = (share[place] - 1 + _DRAWN.randrange(1, 1024)) % 1024 + 1
        with pytest.raises(InvalidInput):
            share_place(share)
        assert doubtful_word(share) == place
    share = numbers(split_code(code())[0])
    at = next(place for place in range(5, 20) if share[place] != share[place + 1])
    share[at], share[at + 1] = share[at + 1], share[at]
    assert doubtful_word(share) == at


def test_words_are_completed_from_their_first_letters() -> None:
    assert words_beginning("acad") == [(1, "academic")] and word_of(1) == "academic"
    assert next(word for _, word in words_beginning("AC")) == "academic" and len(words_beginning("a")) == 4
    assert words_beginning("") == [] and words_beginning("xyz") == []


def test_a_kit_is_proven_at_the_door_and_not_one_byte_changes(tmp_path: Path) -> None:
    folder = tmp_path / "notebook"
    with Vault.create(folder, bytearray(FIRST), cost=FLOOR) as vault:
        kept = vault.ways_in.draw_code()
        vault.ways_in.keep_code(kept)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    check_kit(folder, kept)
    with pytest.raises(WrongPassphrase):
        check_kit(folder, code())
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
