"""Recovery digits and shares: frozen answers, every slip of the pen, sets that do not fit, the published vectors."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from pathlib import Path

import pytest
from shamir_mnemonic import MnemonicError, combine_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from storage.crypto import code_digits, draw_code, read_digits, recovery_kek
from storage.crypto.shares import WORDS, CodeShare, combine_shares, read_kit, read_shares, split_code
from storage.errors import InvalidInput

VECTORS = Path(__file__).parent.parent / "vectors"
KATS = json.loads((VECTORS / "vault" / "recovery.json").read_text("utf-8"))
SLIP39 = json.loads((VECTORS / "slip39" / "vectors.json").read_text("utf-8"))
CODE = bytearray.fromhex(KATS[7]["code"])


def test_there_are_enough_frozen_answers() -> None:
    assert len(KATS) >= 20 and len(SLIP39) >= 40


@pytest.mark.parametrize("kat", KATS, ids=[kat["code"][:8] for kat in KATS])
def test_the_digits_of_a_code_are_frozen(kat: dict[str, str]) -> None:
    code = bytearray.fromhex(kat["code"])
    assert " ".join(code_digits(code)) == kat["digits"]
    assert read_digits(kat["digits"]) == code
    assert recovery_kek(code, bytes.fromhex(kat["salt"])) == bytes.fromhex(kat["kek"])


@pytest.mark.parametrize(
    "typed",
    [
        KATS[7]["digits"].replace(" ", ""),
        KATS[7]["digits"].replace(" ", " - "),
        KATS[7]["digits"].replace(" ", "\n"),
        "\ufeff " + KATS[7]["digits"] + " \r\n",
        KATS[7]["digits"].translate({48 + digit: 0x06F0 + digit for digit in range(10)}),
    ],
)
def test_digits_may_be_typed_in_any_grouping_and_script(typed: str) -> None:
    assert read_digits(typed) == CODE


def test_every_wrong_digit_but_a_65536th_of_them_is_found() -> None:
    plain = KATS[7]["digits"].replace(" ", "")
    missed = 0
    for at, digit in itertools.product(range(55), range(10)):
        typed = plain[:at] + str(digit) + plain[at + 1 :]
        if typed != plain:
            try:
                read_digits(typed)
                missed += 1
            except InvalidInput:
                pass
    assert missed == 0


def test_two_groups_exchanged_are_found() -> None:
    groups = KATS[7]["digits"].split()
    for one, two in itertools.combinations(range(10), 2):
        swapped = list(groups)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        with pytest.raises(InvalidInput):
            read_digits(" ".join(swapped))


def test_a_group_that_cannot_be_is_named() -> None:
    groups = KATS[7]["digits"].split()
    groups[2], groups[5] = "65536", "99999"
    with pytest.raises(InvalidInput) as caught:
        read_digits(" ".join(groups))
    assert [fault.path for fault in caught.value.faults] == ["group 3", "group 6"]


@pytest.mark.parametrize(
    "typed", ["", "12345", KATS[7]["digits"] + "0", KATS[7]["digits"][:-1], "x" * 55, "²" * 55]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_digits(typed)


def test_a_drawn_code_is_160_bits_of_the_given_source() -> None:
    assert draw_code(lambda count: bytes(range(count))) == bytearray(range(20))


# Shares


def words(share: CodeShare) -> str:
    return " ".join(share.words)


@pytest.fixture(scope="module")
def shares() -> list[CodeShare]:
    return split_code(CODE)


def test_any_two_or_all_three_shares_give_the_code(shares: list[CodeShare]) -> None:
    assert [share.number for share in shares] == [1, 2, 3]
    assert all(len(share.words) == WORDS for share in shares)
    for some in (*itertools.permutations(shares, 2), *itertools.permutations(shares, 3)):
        assert combine_shares(some) == CODE


def test_words_numbers_and_both_are_accepted(shares: list[CodeShare]) -> None:
    first, second = shares[0], shares[2]
    numbers = " ".join(first.numbers)
    both = "\n".join(f"{number} {word}" for number, word in zip(second.numbers, second.words, strict=True))
    short = " ".join(word[:4] for word in first.words)
    loud = words(second).swapcase()
    for text in (
        numbers + "\n" + both,
        "# Share 1\n" + short + "\n# Share 3\n" + loud,
        numbers.replace("0", "0") + " " + loud,
    ):
        assert combine_shares(read_shares(text)) == CODE
    assert all(
        WORDLIST[int(number) - 1] == word for number, word in zip(first.numbers, first.words, strict=True)
    )


def test_a_kit_file_may_hold_digits_or_shares_and_comments(shares: list[CodeShare]) -> None:
    numbers = "\n".join(" ".join(share.numbers) for share in shares[1:])
    assert read_kit("# Recovery digits, notebook of Aziza\n" + KATS[7]["digits"] + "\n") == CODE
    assert read_kit(numbers) == CODE
    assert read_kit("# 1\n" + words(shares[0]) + "\n# 2\n" + " ".join(shares[1].numbers)) == CODE
    for bad in ("", "# only a comment", words(shares[0]), KATS[7]["digits"][:-6]):
        with pytest.raises(InvalidInput):
            read_kit(bad)


def test_one_share_or_the_same_twice_is_not_enough(shares: list[CodeShare]) -> None:
    for few in ([shares[0]], [shares[0], shares[0]]):
        with pytest.raises(InvalidInput):
            combine_shares(few)


def test_shares_of_two_sets_are_refused(shares: list[CodeShare]) -> None:
    others = split_code(CODE)
    for one, two in itertools.product(shares, others):
        with pytest.raises(InvalidInput):
            combine_shares([one, two])
    with pytest.raises(InvalidInput):
        combine_shares([shares[0], shares[1], others[2]])


def test_every_single_wrong_word_is_found(shares: list[CodeShare]) -> None:
    rng = random.Random(39)
    for at in range(WORDS):
        changed = list(shares[0].words)
        changed[at] = rng.choice([word for word in WORDLIST if word != changed[at]])
        with pytest.raises(InvalidInput):
            read_shares(" ".join(changed))


def test_two_words_exchanged_are_found(shares: list[CodeShare]) -> None:
    for at in range(WORDS - 1):
        changed = list(shares[0].words)
        if changed[at] == changed[at + 1]:
            continue
        changed[at], changed[at + 1] = changed[at + 1], changed[at]
        with pytest.raises(InvalidInput):
            read_shares(" ".join(changed))


def test_a_slip_is_named_by_share_and_word(shares: list[CodeShare]) -> None:
    numbers, both = list(shares[0].numbers), list(shares[1].words)
    numbers[3], both[4] = "1025", "notaword"
    with pytest.raises(InvalidInput) as caught:
        read_shares(" ".join(numbers) + "\n" + " ".join(both))
    assert [fault.path for fault in caught.value.faults] == ["share 1, word 4", "share 2, word 5"]


def test_a_number_and_a_word_that_differ_are_found(shares: list[CodeShare]) -> None:
    pairs = [f"{number} {word}" for number, word in zip(shares[0].numbers, shares[0].words, strict=True)]
    other = next(word for word in WORDLIST if word != shares[0].words[6])
    pairs[6] = f"{shares[0].numbers[6]} {other}"
    with pytest.raises(InvalidInput) as caught:
        read_shares(" ".join(pairs))
    assert [fault.path for fault in caught.value.faults] == ["share 1, word 7"]


@pytest.mark.parametrize("text", ["", "# nothing", "academic acid", "0001 " * 22, "0000 " * 23, "١٢٣ ²"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_shares(text)


def test_shares_of_something_else_are_refused() -> None:
    two_of_three_of_16_bytes = SLIP39[3][1]  # a valid 2-of-3 set of a 128-bit secret
    with pytest.raises(InvalidInput):
        combine_shares(read_shares("\n".join(two_of_three_of_16_bytes)))


@pytest.mark.parametrize("number", range(len(SLIP39)), ids=[vector[0][:20] for vector in SLIP39])
def test_the_published_vectors(number: int) -> None:
    mnemonics, secret = SLIP39[number][1:3]
    if secret:
        assert combine_mnemonics(mnemonics, b"TREZOR").hex() == secret
    else:
        with pytest.raises(MnemonicError):
            combine_mnemonics(mnemonics, b"TREZOR")


def test_a_single_share_does_not_tell_the_code() -> None:
    """The same code split twice gives unrelated values, and no share holds a part of the code."""
    code = bytearray(hashlib.sha256(b"a code").digest()[:20])
    seen = {share.words[4:] for _ in range(4) for share in split_code(code)}
    assert len(seen) == 12
