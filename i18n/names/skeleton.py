"""Says how far two text keys of a name lie apart. Must not know persons, grammars or texts.

A text key is what `i18n.fold.t_key` makes. `coarse` blocks: keys of one name in any spelling share it. `distance` judges.
"""

from __future__ import annotations

import re
from functools import lru_cache

VOWELS = frozenset("aeiou")
_VOWEL_CLASS = str.maketrans("aeioughfpdzč", "VVVVVkkvbtsj")
_VOWEL_RUN = re.compile("VV+")

# What published spellings of one name exchange freely (languages-facts 5.5), with a price.
_PRICES: tuple[tuple[str, float], ...] = (
    ("ao", 0.2), ("ae", 0.3), ("ei", 0.3), ("ou", 0.25), ("iu", 0.45), ("hg", 0.35), ("kg", 0.35), ("kh", 0.5),
    ("jč", 0.3), ("vf", 0.3), ("pf", 0.5),
)  # fmt: skip
# At the end of a word voice is lost in speech, so both are written (Murod, Murot).
_FINAL_PRICES: tuple[tuple[str, float], ...] = (("td", 0.3), ("bp", 0.3), ("zs", 0.4))
_VOWEL_PRICE = 0.9
_GENERAL = 1.0
_FAR = 99.0

_SUBSTITUTE = {pair: price for letters, price in _PRICES for pair in (letters, letters[::-1])}
_FINAL = {pair: price for letters, price in _FINAL_PRICES for pair in (letters, letters[::-1])}


def coarse(key: str) -> str:
    """Blocking key: vowel runs become one sign, consonants that are exchanged become one letter."""
    return _VOWEL_RUN.sub("V", key.translate(_VOWEL_CLASS))


def consonants(key: str) -> int:
    """Which consonants a key holds, one bit for each group of exchanged ones: one changed letter changes two bits at most."""
    bits = 0
    for letter in coarse(key):
        if letter != "V":
            bits |= 1 << (ord(letter) & 63)
    return bits


def deletions(block: str) -> set[str]:
    """Blocking keys of what a key would be with one letter left out, from its own blocking key."""
    return {(block[:i] + block[i + 1 :]).replace("VV", "V") for i in range(len(block))}


def _substitution(a: str, b: str, final: bool) -> float:
    if a == b:
        return 0.0
    price = _SUBSTITUTE.get(a + b)
    if price is None and final:
        price = _FINAL.get(a + b)
    if price is not None:
        return price
    return _VOWEL_PRICE if a in VOWELS and b in VOWELS else _GENERAL


def _gap(key: str, place: int) -> float:
    """The price of a letter that only one side has."""
    letter = key[place]
    before, after = key[place - 1 : place], key[place + 1 : place + 2]
    if letter == "h":
        return 0.35
    if letter == "i" and (before in VOWELS or after in VOWELS):
        return 0.15
    if letter == "o" and after == "u":
        return 0.15  # French ou: Tourakoulov
    return _VOWEL_PRICE if letter in VOWELS else _GENERAL


@lru_cache(maxsize=65536)
def distance(a: str, b: str, limit: float = _FAR) -> float:
    """Weighted edit distance with neighbours swapped at the price of one edit; 0 for equal keys.

    A distance above `limit` may be given as `_FAR`, which spares the work.
    """
    if a == b:
        return 0.0
    if len(a) == len(b):
        plain = _same_length(a, b)
        if plain <= _VOWEL_PRICE:
            return plain
    start = 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    tail = 0
    while tail < shorter - start and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return _between(a, b, start, tail, limit)


def _between(a: str, b: str, start: int, tail: int, limit: float) -> float:
    """The distance of what is left between a common beginning and a common end."""
    n, m = len(a) - start - tail, len(b) - start - tail
    if not n or not m:
        longer, size = (a, n) if n else (b, m)
        return sum(_gap(longer, start + i) for i in range(size))
    if n == m == 1:
        return _substitution(a[start], b[start], not tail)
    if abs(n - m) > 2 and limit < _FAR:
        return _FAR
    gaps_b = [_gap(b, start + j) for j in range(m)]
    above: list[float] = []
    row = [0.0]
    for gap in gaps_b:
        row.append(row[-1] + gap)
    for i in range(1, n + 1):
        two_above, above = above, row
        gap = _gap(a, start + i - 1)
        letter = a[start + i - 1]
        row = [above[0] + gap]
        for j in range(1, m + 1):
            final = not tail and i == n and j == m
            best = above[j - 1] + _substitution(letter, b[start + j - 1], final)
            best = min(best, above[j] + gap, row[j - 1] + gaps_b[j - 1])
            if i > 1 and j > 1 and letter == b[start + j - 2] and a[start + i - 2] == b[start + j - 1]:
                best = min(best, two_above[j - 2] + _GENERAL)
            row.append(best)
        if min(row) > limit:
            return _FAR
    return row[m]


def _same_length(a: str, b: str) -> float:
    last = len(a) - 1
    return sum(_substitution(x, y, i == last) for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y)


def forget() -> None:
    """Drop the memory of compared keys: they are pieces of people's names."""
    distance.cache_clear()
