"""The recovery code: 160 random bits, written as eleven groups of five digits. Must not keep or log what it read.

Ten groups of sixteen bits (00000 to 65535) and a check group, the first sixteen bits of SHA-256 of the code. Digits
are typed and read in every script; a group over 65535 or a wrong check group is a slip of the pen, found at once.
"""

from __future__ import annotations

import struct
import unicodedata

from i18n.message import msg
from storage.crypto.derive import hkdf, sha256
from storage.crypto.secret import RandomBytes, system_random, wipe
from storage.errors import Fault, InvalidInput

CODE_BYTES = 20
GROUPS = 11
_DIGITS = 5
LARGEST_GROUP = 0xFFFF


def draw_code(random: RandomBytes = system_random) -> bytearray:
    """Draw a new recovery code; the caller wipes it."""
    return bytearray(random(CODE_BYTES))


def code_digits(code: bytearray) -> list[str]:
    """Give the eleven groups of five digits of a code of 20 bytes."""
    numbers = (*struct.unpack(">10H", code), _check(code))
    return [f"{number:05d}" for number in numbers]


def digit_bytes(code: bytearray) -> bytearray:
    """Give the 55 digits of a code as ASCII bytes, for whoever paints them one by one; the caller wipes them."""
    digits = bytearray(GROUPS * _DIGITS)  # never grown: that would leave copies behind
    for group, number in enumerate((*struct.unpack(">10H", code), _check(code))):
        digits[group * _DIGITS : (group + 1) * _DIGITS] = b"%05d" % number
    return digits


def read_digits(text: str) -> bytearray:
    """Read the groups as typed, in any script's digits, with any spaces and dashes; the caller wipes the code.

    Raises InvalidInput, one fault for each group that cannot be right.
    """
    digits = _plain_digits(text)
    try:
        return read_digit_bytes(digits)
    finally:
        wipe(digits)


def read_digit_bytes(digits: bytearray) -> bytearray:
    """Read the 55 ASCII digits of a code, as `digit_bytes` gives them; the caller wipes both. Raises as `read_digits`."""
    if len(digits) != GROUPS * _DIGITS or not digits.isdigit():
        expected = msg("{groups} groups of {digits} digits", groups=GROUPS, digits=_DIGITS)
        fault = Fault("digits", msg("{count} digits", count=len(digits)), expected)
        raise InvalidInput(msg("The recovery digits are not complete."), [fault])
    numbers = [int(digits[at : at + _DIGITS]) for at in range(0, len(digits), _DIGITS)]
    wrong = [at for at, number in enumerate(numbers) if number > LARGEST_GROUP]
    if wrong:
        raise InvalidInput(msg("The recovery digits hold a mistake."), [_fault(at) for at in wrong])
    code = bytearray(CODE_BYTES)
    struct.pack_into(">10H", code, 0, *numbers[:-1])
    if _check(code) != numbers[-1]:
        wipe(code)
        # critical
        hint = msg("Compare every group with the paper. The last group checks the others.")
        raise InvalidInput(msg("The recovery digits hold a mistake."), hint=hint)
    return code


def recovery_kek(code: bytearray, salt: bytes) -> bytearray:
    """Derive the key-encryption key of a recovery slot. 160 random bits need no slow function."""
    return hkdf(code, salt, b"daftar/v1/kek-recovery", 32)


def _check(code: bytearray) -> int:
    return int.from_bytes(sha256(code)[:2], "big")


def _fault(at: int) -> Fault:
    return Fault(
        f"group {at + 1}",
        msg("this group cannot be right"),
        msg("a number from 00000 to {most}", most=LARGEST_GROUP),
    )


def _plain_digits(text: str) -> bytearray:
    """Give the digits as ASCII; spaces, dashes, dots and invisible signs are dropped, anything else is refused."""
    digits = bytearray(len(text))
    count = 0
    for char in text:
        value = unicodedata.decimal(char, None)
        if value is not None:
            digits[count] = 0x30 + value
            count += 1
        elif not (char.isspace() or unicodedata.category(char) in ("Pd", "Cf") or char in ".,;:·|/\ufeff"):
            wipe(digits)
            fault = Fault("digits", msg("a sign that is no digit"), msg("digits only"))
            raise InvalidInput(msg("The recovery digits are not complete."), [fault])
    del digits[count:]
    return digits
