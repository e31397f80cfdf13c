"""A recovery kit as somebody types it: one group, one word, one share checked at a time. Must not keep what it looked at.

Digits come as ASCII in a buffer that its owner wipes, words as their numbers from 1 to 1024; neither becomes a text of the
whole. Where a slip is found, the place that would explain it is said: people copy one digit or one word wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shamir_mnemonic import rs1024
from shamir_mnemonic.constants import CUSTOMIZATION_STRING_EXTENDABLE, CUSTOMIZATION_STRING_ORIG
from shamir_mnemonic.wordlist import WORDLIST

from storage.crypto.recovery import GROUPS, LARGEST_GROUP, read_digit_bytes
from storage.crypto.secret import wipe
from storage.crypto.shares import WORDS, CodeShare, combine_shares, read_shares
from storage.errors import InvalidInput

GROUP_DIGITS = 5
DIGITS = GROUPS * GROUP_DIGITS
_ZERO = 0x30
_WORD_BITS = 10


def group_is_possible(digits: bytearray, group: int) -> bool:
    """Whether a complete group (from 0) can stand there: at most 65535."""
    return _number(digits, group) <= LARGEST_GROUP


def doubtful_group(digits: bytearray) -> int | None:
    """The one group (from 0) in which one wrong digit, or two that changed places, would explain a slip; else None."""
    trial = bytearray(digits)
    found = set()
    try:
        for place in _slips(trial):
            if _opens(trial):
                found.add(place // GROUP_DIGITS)
    finally:
        wipe(trial)
    return found.pop() if len(found) == 1 else None


def words_beginning(typed: str, most: int = 4) -> list[tuple[int, str]]:
    """Numbers and words of the list that begin with what is typed, at most `most`; empty for nothing typed."""
    wanted = typed.casefold()
    found = ((at + 1, word) for at, word in enumerate(WORDLIST) if wanted and word.startswith(wanted))
    return [pair for pair, _ in zip(found, range(most), strict=False)]


def word_of(number: int) -> str:
    """The word with a number from 1 to 1024."""
    return str(WORDLIST[number - 1])


def share_place(numbers: Sequence[int]) -> int:
    """Which of the three shares 23 numbers are (1 to 3). Raises InvalidInput when a word is wrong or it is no share of ours."""
    return _share(numbers).number


def doubtful_word(numbers: Sequence[int]) -> int | None:
    """The one word (from 0) that alone, or changed with the next one, would explain a wrong share; None if there is none."""
    indices = [number - 1 for number in numbers]
    if len(indices) != WORDS:
        return None
    found = {place for text in _TEXTS for place in _single_slips(indices, text)}
    if not found:
        for place in range(WORDS - 1):
            indices[place], indices[place + 1] = indices[place + 1], indices[place]
            if any(rs1024.verify_checksum(indices, text) for text in _TEXTS):
                found.add(place)
            indices[place], indices[place + 1] = indices[place + 1], indices[place]
    return found.pop() if len(found) == 1 else None


def code_of_shares(shares: Sequence[Sequence[int]]) -> bytearray:
    """Give the code of two or three shares; the caller wipes it. Raises InvalidInput for mixed, repeated or wrong ones."""
    return combine_shares([_share(numbers) for numbers in shares])


def _share(numbers: Sequence[int]) -> CodeShare:
    (share,) = read_shares(" ".join(word_of(number) for number in numbers))
    return share


def _number(digits: bytearray, group: int) -> int:
    number = 0
    for place in range(group * GROUP_DIGITS, (group + 1) * GROUP_DIGITS):
        number = number * 10 + digits[place] - _ZERO
    return number


def _opens(digits: bytearray) -> bool:
    """Whether groups and check group agree."""
    try:
        wipe(read_digit_bytes(digits))
    except InvalidInput:
        return False
    return True


def _slips(trial: bytearray) -> Iterator[int]:
    """Walk `trial` through every single wrong digit and every exchange of two neighbours; give the place of each."""
    for place in range(DIGITS):
        kept = trial[place]
        for digit in range(_ZERO, _ZERO + 10):
            if digit != kept:
                trial[place] = digit
                yield place
        trial[place] = kept
    for place in range(DIGITS - 1):
        trial[place], trial[place + 1] = trial[place + 1], trial[place]
        yield place
        trial[place], trial[place + 1] = trial[place + 1], trial[place]


_TEXTS = (CUSTOMIZATION_STRING_ORIG, CUSTOMIZATION_STRING_EXTENDABLE)


def _single_slips(indices: list[int], text: bytes) -> Iterator[int]:
    """Give the places where another word makes the checksum right: it is linear, so each place is ten bits to try."""
    prefix = list(text)
    empty = rs1024._polymod(prefix + [0] * WORDS)
    wanted = rs1024._polymod(prefix + indices) ^ 1
    for place in range(WORDS):
        sums = [0]
        for bit in range(_WORD_BITS):
            alone = [0] * WORDS
            alone[place] = 1 << bit
            effect = rs1024._polymod(prefix + alone) ^ empty
            sums += [one ^ effect for one in sums]
        if wanted in sums[1:]:
            yield place
