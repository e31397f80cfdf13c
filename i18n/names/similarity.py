"""Says how alike two recorded names are across scripts and spellings, with reasons. Must suggest only, never merge or replace.

Words are paired one to one, whatever their order; particles and titles are left out; surname endings (-ов, -зода, -ӣ, none) are
compared apart from what stands before them.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from i18n.fold import WORD, t_key, x_key
from i18n.message import Message, msg
from i18n.names.index import script_of_word
from i18n.names.lexicon import lexicon
from i18n.names.skeleton import distance

SAME, CERTAIN = 0.80, 0.93
_MOST_WORDS = 6
_FAMILY_END = re.compile(r"(?:iev|iov|ov|ev|of)(a?)$|(?:zoda|zada|zade|zadeh|zod)$|(?:li|lu)$|i$")
_RUSSIAN_END = re.compile(r"(?:ov|ev|of)(a?)$")
_PATRONYMIC = re.compile(r"(?:(?:ov|ev|iv)?ič|(?:ov|ev|ič)na)$")


@dataclass(frozen=True)
class Likeness:
    """`score` 0 to 1; `same`: possibly one person; `certain`: very likely one name; `reasons` for the reader."""

    score: float
    same: bool
    certain: bool
    reasons: tuple[Message, ...]


@dataclass(frozen=True)
class _Pair:
    score: float
    first: str
    second: str
    reason: Message | None


def likeness(name_a: str, name_b: str) -> Likeness:
    """Compare two names as written, in any language and script. An empty name is like nothing."""
    words_a, words_b = _words(name_a), _words(name_b)
    if not words_a or not words_b:
        return Likeness(0.0, False, False, (msg("One of the names is empty."),))
    if len(words_a) > len(words_b):
        words_a, words_b = words_b, words_a
    pairs = _best_pairs(words_a, words_b)
    scores = [pair.score for pair in pairs]
    extra = len(words_b) - len(words_a)
    score = 0.6 * min(scores) + 0.4 * sum(scores) / len(scores) - 0.03 * extra
    if len(words_a) == 1 and extra:
        score = min(score, 0.86)  # one word of several: a surname or given name is shared by many
    if min(scores) < SAME:
        score = min(score, SAME - 0.01)  # one word plainly differs: a brother, a namesake
    score = round(max(0.0, min(1.0, score)), 3)
    same = score >= SAME
    return Likeness(score, same, same and score >= CERTAIN, _reasons(pairs, extra))


def _words(name: str) -> list[str]:
    known = lexicon()
    words = [match[0] for match in WORD.finditer(name)]
    kept = [
        word for word in words if t_key(word) and not known.is_particle(word) and not known.is_title(word)
    ]
    return (kept or words)[:_MOST_WORDS]


def _best_pairs(shorter: list[str], longer: list[str]) -> list[_Pair]:
    table = [[_pair(a, b) for b in longer] for a in shorter]
    best: list[_Pair] = []
    best_score = -1.0
    for order in itertools.permutations(range(len(longer)), len(shorter)):
        pairs = [table[row][column] for row, column in enumerate(order)]
        score = 0.6 * min(p.score for p in pairs) + 0.4 * sum(p.score for p in pairs) / len(pairs)
        if score > best_score:
            best, best_score = pairs, score
    return best


def _pair(a: str, b: str) -> _Pair:
    key_a, key_b = t_key(a), t_key(b)
    if len(key_a) == 1 or len(key_b) == 1:
        fits = key_a[:1] == key_b[:1]
        return _Pair(
            0.9 if fits else 0.0, a, b, msg("An initial stands for one of the names.") if fits else None
        )
    if x_key(a) == x_key(b):
        return _Pair(1.0, a, b, None)
    if key_a == key_b:
        reason = msg("The same name in two scripts.") if script_of_word(a) != script_of_word(b) else None
        return _Pair(1.0, a, b, reason or msg("The same name in two spellings."))
    whole = _alike(key_a, key_b)
    for variant_a, variant_b in ((_with_g(a), key_b), (key_a, _with_g(b))):
        whole = max(whole, _alike(variant_a, variant_b) if variant_a and variant_b else 0.0)
    if whole < 0.95 and _two_known_names(key_a, key_b):
        return _Pair(min(whole, SAME - 0.05), a, b, None)
    ending = _by_ending(key_a, key_b, whole)
    if ending > whole:
        return _Pair(ending, a, b, msg("The surnames differ in their ending only."))
    return _Pair(whole, a, b, msg("The spelling differs as between languages.") if whole >= SAME else None)


def _two_known_names(a: str, b: str) -> bool:
    """Whether both are (made of) known given names that no spelling joins: Азизов and Азимов."""
    root_a, root_b = _FAMILY_END.sub("", a) or a, _FAMILY_END.sub("", b) or b
    known = lexicon()
    return distance(root_a, root_b) >= 0.9 and known.is_given(root_a) and known.is_given(root_b)


def _with_g(word: str) -> str:
    """The key with the sign that Russian papers write as г (Аъзам, Агзам)."""
    folded = x_key(word)
    changed = folded.replace("ъ", "г").replace("ʼ", "g")
    return t_key(changed) if changed != folded else ""


def _alike(a: str, b: str) -> float:
    return 1.0 - distance(a, b) / max(len(a), len(b))


def _by_ending(a: str, b: str, whole: float) -> float:
    """Likeness without surname endings; a wife and a husband, a father and a son stay a little apart."""
    stem_a, stem_b = _FAMILY_END.sub("", a), _FAMILY_END.sub("", b)
    if (
        (stem_a, stem_b) == (a, b)
        or min(len(stem_a), len(stem_b)) < 3
        or _PATRONYMIC.search(a)
        or _PATRONYMIC.search(b)
    ):
        return 0.0
    russian_a, russian_b = _RUSSIAN_END.search(a), _RUSSIAN_END.search(b)
    if russian_a and russian_b:
        return min(whole, 0.9) if russian_a[1] != russian_b[1] else 0.0
    if stem_a != a and stem_b != b and not (russian_a or russian_b):
        return 0.0
    return _alike(stem_a, stem_b) * 0.92


def _reasons(pairs: list[_Pair], extra: int) -> tuple[Message, ...]:
    found = [pair.reason for pair in pairs if pair.reason is not None]
    for pair in pairs:
        if pair.score < SAME:
            found.append(
                msg("“{first}” and “{second}” are different names.", first=pair.first, second=pair.second)
            )
    if extra:
        found.append(msg("One name has more words than the other."))
    if not found:
        found.append(msg("The names are written alike."))
    unique: list[Message] = []
    for reason in found:
        if reason not in unique:
            unique.append(reason)
    return tuple(unique)
