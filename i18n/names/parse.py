"""Takes a person's name apart into words with their part (given, family, patronymic, nickname). Must not guess a person.

The parts a record states are believed; words of `full` that no part covers are classed by their form and place.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from i18n.fold import WORD, t_key, x_key
from i18n.names.index import NameWord
from i18n.names.lexicon import lexicon
from i18n.names.stems import Part

_PATRONYMIC = re.compile(r"(?:(?:ov|ev|iv)ič|(?:ov|ev|ič|in)na)$")
_FAMILY = re.compile(r"(?:(?:ov|ev|of|ef)a?|(?:in)a?|sk(?:i|aia)|zoda|zada|zade|zod|ko|ian|ih|li|lu)$")
_ARTICLES = frozenset({"the", "a", "an"})
_PHRASE_KINDS = frozenset({"nickname", "alias", "honorific"})


@dataclass(frozen=True)
class PersonName:
    """One recorded name: its words by part. A `phrase` (a nickname of several words) counts only as a whole."""

    full: str
    words: tuple[NameWord, ...]
    phrase: bool = False


def parse_name(name: Mapping[str, Any]) -> PersonName | None:
    """A `names[]` element of a person document as words; None where it holds no letters."""
    stated = [
        NameWord(word, part)
        for part in ("given", "family", "patronymic")
        for word in _name_words(_text(name.get(part)))
    ]
    full = _text(name.get("full")) or " ".join(word.text for word in stated)
    kind = _text(name.get("kind"))
    covered = {t_key(word.text) for word in stated}
    rest = [word for word in _name_words(full) if t_key(word) not in covered]
    words = [*stated]
    phrase = False
    if kind in _PHRASE_KINDS and not stated:
        words = [
            NameWord(word, "nickname") for word in rest if x_key(word) not in _ARTICLES or len(rest) == 1
        ]
        phrase = len(words) > 1
    elif rest and stated:
        words.extend(NameWord(word, _leftover(word, stated)) for word in rest)
    elif rest:
        words.extend(_classified(full, rest))
    return PersonName(full, tuple(words), phrase) if words else None


def joined_words(name: PersonName) -> list[NameWord]:
    """Neighbouring words of one part written together (Мухаммад Али, Мухаммадали; Абду-Рахмон, Абдурахмон)."""
    found = []
    for first, second in zip(name.words, name.words[1:], strict=False):
        if first.part == second.part and first.part in ("given", "family", "nickname"):
            found.append(NameWord(first.text + second.text, first.part))
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name_words(text: str) -> list[str]:
    """The words of a name without particles and titles; single letters are initials, not words."""
    known = lexicon()
    words = [match[0] for match in WORD.finditer(text)]
    kept = [word for word in words if len(word) > 1 and not known.is_particle(word)]
    return [word for word in kept if not known.is_title(word)] or kept


def _leftover(word: str, stated: list[NameWord]) -> Part:
    """What a word of `full` is that the stated parts leave out."""
    key = t_key(word)
    if _PATRONYMIC.search(key):
        return "patronymic"
    present = {part for _, part in stated}
    if "family" not in present:
        return "family"
    return "given" if "given" not in present else "patronymic"


def _classified(full: str, words: list[str]) -> list[NameWord]:
    """Parts of a name of which only the full form is known."""
    fathers = _fathers(full)
    parts: list[Part | None] = []
    for word in words:
        key = t_key(word)
        if word in fathers or _PATRONYMIC.search(key):
            parts.append("patronymic")
        elif _FAMILY.search(key) and len(key) > 4 and not lexicon().is_given(word):
            parts.append("family")
        else:
            parts.append(None)
    open_places = [place for place, part in enumerate(parts) if part is None]
    if "family" not in parts and len(open_places) > 1:
        parts[open_places.pop()] = "family"
    for order, place in enumerate(open_places):
        parts[place] = "given" if order == 0 or "family" not in parts else "patronymic"
    return [NameWord(word, part or "given") for word, part in zip(words, parts, strict=True)]


def _fathers(full: str) -> set[str]:
    """Words that stand before a patronymic particle (Карим угли) or after bin, ibn."""
    words = [match[0] for match in WORD.finditer(full)]
    known = lexicon()
    found = set()
    for before, after in itertools.pairwise(words):
        if known.is_child_particle(after):
            found.add(before)
        if known.is_son_of(before):
            found.add(after)
    return found
