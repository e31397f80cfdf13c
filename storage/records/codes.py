"""Spoken codes of people, interviews and cases (rule 9). Must not decide which codes are taken: the notebook knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

CODE_PREFIXES: dict[str, str] = {"person": "P", "interview": "I", "case": "K"}
VAULT_DIGITS = 5
FIRST_DIGITS = 4
_TRIES = 64

_FORM = re.compile(r"([PIK])-([0-9]{5})-([0-9]{4,9})-([0-9])")
# The totally anti-symmetric quasigroup of order 10 from Damm's thesis (2004): finds every single wrong digit
# and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> str:
    """Damm check digit of a string of ASCII digits."""
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return str(state)


def make_code(prefix: str, vault_number: str, number: str) -> str:
    """The code for this vault number (5 digits) and random number, with its check digit."""
    return f"{prefix}-{vault_number}-{number}-{check_digit(vault_number + number)}"


def is_valid_code(code: str, record_type: str | None = None) -> bool:
    """Whether the form and check digit are right, and the prefix belongs to the record type when one is given."""
    match = _FORM.fullmatch(code)
    if match is None or (record_type is not None and CODE_PREFIXES.get(record_type) != match[1]):
        return False
    return check_digit(match[2] + match[3]) == match[4]


def draw_vault_number(rng: Random) -> str:
    """A random vault number; use a generator seeded by the system."""
    return f"{rng.randrange(10**VAULT_DIGITS):0{VAULT_DIGITS}d}"


def digits_for(used: int) -> int:
    """How many digits the random part has when `used` codes of this prefix are taken: one more each time half are used."""
    digits = FIRST_DIGITS
    while used * 2 >= 10**digits:
        digits += 1
    return digits


def draw_code(
    record_type: str, vault_number: str, used: int, is_taken: Callable[[str], bool], rng: Random
) -> str:
    """Draw a free code. `used`: codes of this type taken so far; `is_taken`: also those of deleted records."""
    prefix, digits = CODE_PREFIXES[record_type], digits_for(used)
    while True:
        for _ in range(_TRIES):
            code = make_code(prefix, vault_number, f"{rng.randrange(10**digits):0{digits}d}")
            if not is_taken(code):
                return code
        digits += 1
