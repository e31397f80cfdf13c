"""Small weights of a reading: its price, how many parts of a name it covers, the root of a surname. Must not decide anything."""

from __future__ import annotations

import re

from exports.redaction.mentions import Mention, PartHit
from i18n import fold
from i18n.names import Reading


def price(hits: list[PartHit]) -> float:
    return sum(
        hit.reading.price + (1.0 if hit.reading.fuzzy else 0.0) + (0.1 if hit.reading.derived else 0.0)
        for hit in hits
    ) / len(hits)


def parts_named(mention: Mention, person: int) -> int:
    words = {hit.reading.word for hit in mention.parts[person]}
    parts = {hit.part for hit in mention.parts[person]}
    if parts == {"nickname"}:
        return min(len(words), 2)
    return max(len(parts), 2 if len(mention.hits) > 1 and len(words) > 1 else 1)


def may_be_nominative(reading: Reading) -> bool:
    return any(ending.case == "nom" for ending in reading.endings)


_ROOT = re.compile(r"(?:ov|ev|iv|ova|eva|zoda|zade|zada|li|i)(?:a|u|im|om|oi|e|ga|ning|ni|dan|ro)?$")


def root(word: str) -> str:
    """The name a surname is made of, as a key; nothing where it does not look made of one."""
    key = fold.t_key(word)
    match = _ROOT.search(key)
    return key[: match.start()] if match and match.start() >= 3 else ""
