"""Two of three shares of the recovery code, as SLIP-39 words. Sole owner of `shamir_mnemonic`. Must not touch a file.

Each word has its number, 0001 to 1024, so that people who do not read English can copy, type and compare digits.
A share alone says nothing about the code. Whatever is wrong with shares is found before a key is derived.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORD_INDEX_MAP, WORDLIST

from i18n.message import Message, msg
from storage.crypto.recovery import CODE_BYTES, read_digits
from storage.errors import Fault, InvalidInput

NEEDED, MADE = 2, 3
WORDS = 23  # of a share of 160 bits
_ITERATIONS = 0  # the code is random: stretching an empty passphrase would protect nothing

_PREFIX = {word[:4]: word for word in WORDLIST}  # the list is made so that four letters suffice


@dataclass(frozen=True)
class CodeShare:
    """One share: its place (1 to 3) and its 23 words."""

    number: int
    words: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The words' numbers, four digits each."""
        return tuple(f"{WORD_INDEX_MAP[word] + 1:04d}" for word in self.words)


def split_code(code: bytearray) -> list[CodeShare]:
    """Split a recovery code into three shares, two of which give it back. Every call makes another set."""
    # The library wants bytes; they and the words cannot be wiped and go away with the process.
    (group,) = generate_mnemonics(1, [(NEEDED, MADE)], bytes(code), b"", True, _ITERATIONS)
    return [CodeShare(number, tuple(text.split())) for number, text in enumerate(group, 1)]


def read_shares(text: str) -> list[CodeShare]:
    """Read shares as typed: words, their first four letters, numbers, or number and word, on any lines.

    Lines that begin with # are left out. Raises InvalidInput with a fault for every word that cannot be right.
    """
    words, faults = _words(text)
    if faults:
        raise InvalidInput(msg("The shares hold a mistake."), faults)
    if not words or len(words) % WORDS:
        fault = Fault(
            "words", msg("{count} words", count=len(words)), msg("{count} words for each share", count=WORDS)
        )
        raise InvalidInput(msg("The shares are not complete."), [fault])
    parts = [words[at : at + WORDS] for at in range(0, len(words), WORDS)]
    return [_share(number, part) for number, part in enumerate(parts, 1)]


def share_word(token: str) -> tuple[str, str] | None:
    """Give number and word that a typed word, its first four letters or its number mean; None if there is no such word."""
    tokens = _tokens(token)
    if len(tokens) != 1:
        return None
    typed = tokens[0]
    word = _numbered(typed) if typed[0].isdecimal() else _PREFIX.get(typed[:4])
    if word is None or not (typed[0].isdecimal() or word.startswith(typed)):
        return None
    return f"{WORD_INDEX_MAP[word] + 1:04d}", word


def combine_shares(shares: Sequence[CodeShare]) -> bytearray:
    """Give the recovery code of two or three shares of one set; the caller wipes it.

    Raises InvalidInput for too few, repeated or mixed shares, and for shares that together say nothing.
    """
    distinct = {share.number: share for share in shares}
    if len(distinct) < NEEDED:
        raise InvalidInput(msg("Two different shares are needed."))
    if len({Share.from_mnemonic(" ".join(share.words)).common_parameters() for share in shares}) > 1:
        raise InvalidInput(_MIXED, hint=msg("Shares made at different times do not fit together."))
    codes = {_combine(pair) for pair in _pairs(list(distinct.values()))}
    if len(codes) != 1:
        raise InvalidInput(_MIXED)
    return bytearray(codes.pop())


_MIXED = msg("The shares do not belong to one set.")


def _pairs(shares: list[CodeShare]) -> list[list[CodeShare]]:
    return [[first, second] for at, first in enumerate(shares) for second in shares[at + 1 :]]


def _combine(pair: Sequence[CodeShare]) -> bytes:
    try:
        code = bytes(combine_mnemonics(" ".join(share.words) for share in pair))
    except MnemonicError:
        raise InvalidInput(_MIXED) from None
    if len(code) != CODE_BYTES:
        raise InvalidInput(_FOREIGN)
    return code


_FOREIGN = msg("These are not shares of a notebook's recovery code.")


def _share(place: int, words: list[str]) -> CodeShare:
    """Check one share by its own checksum; its place in the set stands inside it."""
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        fault = Fault(
            f"share {place}",
            msg("a word is wrong or stands in a wrong place"),
            msg("the words as they were written down"),
        )
        raise InvalidInput(msg("The shares hold a mistake."), [fault]) from None
    if (share.group_count, share.member_threshold) != (1, NEEDED) or share.index >= MADE:
        raise InvalidInput(_FOREIGN)
    return CodeShare(share.index + 1, tuple(words))


def _words(text: str) -> tuple[list[str], list[Fault]]:
    words: list[str] = []
    faults: list[Fault] = []
    numbered: str | None = None
    for token in _tokens(text):
        if token[0].isdecimal():
            numbered = _numbered(token)
            words.append(numbered or token)
            if numbered is None:
                faults.append(_fault(len(words), msg("no such number"), msg("a number from 0001 to 1024")))
            continue
        word = _PREFIX.get(token[:4])
        known = word if word is not None and word.startswith(token) else None
        full = len(words) % WORDS == 0  # behind a share in numbers another may begin with a word
        if numbered is not None and (known == numbered or not full):
            if known != numbered:
                faults.append(
                    _fault(len(words), msg("the word and its number differ"), msg("a word and its number"))
                )
        else:
            words.append(known or token)
            if known is None:
                faults.append(
                    _fault(len(words), msg("no such word"), msg("a word of the list, or its number"))
                )
        numbered = None
    return words, faults


def _tokens(text: str) -> list[str]:
    kept = [line for line in text.splitlines() if not line.lstrip("\ufeff \t").startswith("#")]
    signs = (" " if not (char.isalpha() or char.isdecimal()) else char for char in "\n".join(kept))
    return "".join(signs).casefold().split()


def _numbered(token: str) -> str | None:
    try:
        number = int("".join(str(unicodedata.decimal(char)) for char in token))
    except ValueError:
        return None
    return WORDLIST[number - 1] if 1 <= number <= len(WORDLIST) else None


def _fault(place: int, problem: Message, expected: Message) -> Fault:
    share, word = divmod(place - 1, WORDS)
    return Fault(f"share {share + 1}, word {word + 1}", problem, expected)


def read_kit(text: str) -> bytearray:
    """Read a recovery kit as a file holds it: eleven groups of digits, or two or three shares; the caller wipes it.

    Lines that begin with # are left out. Raises InvalidInput with what is wrong.
    """
    lines = [line for line in text.splitlines() if not line.lstrip("\ufeff \t").startswith("#")]
    kept = "\n".join(lines)
    tokens = _tokens(kept)
    numbered = all(len(token) == 4 and token.isdecimal() for token in tokens)
    if any(char.isalpha() for char in kept) or (numbered and len(tokens) >= WORDS):
        return combine_shares(read_shares(kept))
    return read_digits(kept)
