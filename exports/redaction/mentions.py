"""Joins words to mentions of persons: which neighbouring words name one person, and where the mention begins and ends.

Must not say how sure a mention is (`judge`) or look outside the neighbourhood of a hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from exports.redaction.compiled import Compiled
from exports.redaction.scan import Hit
from i18n import fold
from i18n.names import Part, Reading, lexicon

_LONGEST_GAP = 48
_HYPHENS = frozenset("-‐‑–")
_INITIAL = r"(?:Дж|Sh|Ch|Kh|Zh|Yu|Ya|Yo|Gʻ|Oʻ|G['‘’ʻ]|O['‘’ʻ]|[^\W\d_a-zа-яёўқғҳҷӣӯəğışçöü])"
_INITIALS_BEFORE = re.compile(rf"(?<![\w.])((?:{_INITIAL}\.[ \t\u00a0]*){{1,3}}\n?[ \t]*)$")
_INITIALS_AFTER = re.compile(
    rf",?[ \t\u00a0]*\n?[ \t\u00a0]*((?:{_INITIAL}\.[ \t\u00a0]?){{1,3}})(?![^\W\d_])"
)
_ONE_INITIAL = re.compile(rf"({_INITIAL})\.")
_PATRONYMIC = re.compile(
    r"(?:(?:ov|ev|iv)ič|(?:ov|ev|ič|in)na?)(?:a|u|em|om|e|i|oi|oiu|ning|ni|ga|dan|da|ro)?$"
)
_WORD_AFTER = re.compile(rf"[ \t\u00a0]*\n?[ \t\u00a0]*({fold.WORD.pattern})")


class PartHit(NamedTuple):
    """One word of a mention read as a part of one person's name."""

    part: Part
    reading: Reading
    phrase: int


@dataclass
class Mention:
    """Neighbouring words that name one person; `parts` by person number."""

    start: int
    end: int
    hits: list[Hit]
    parts: dict[int, list[PartHit]]
    initials: str = ""
    initials_fit: frozenset[int] = field(default_factory=frozenset)
    foreign_initials: bool = False


def mentions(text: str, hits: list[Hit], compiled: Compiled) -> Iterator[Mention]:
    """The mentions of the text in order, not overlapping."""
    place = 0
    while place < len(hits):
        mention, place = _grow(text, hits, place, compiled)
        if mention.parts:
            _take_initials(text, mention, compiled)
            _take_what_follows(text, mention)
            yield mention


def _persons(hit: Hit, compiled: Compiled) -> dict[int, list[PartHit]]:
    """Whose the word may be: for each person the best reading of it as each part of the name."""
    best: dict[tuple[int, Part, int], PartHit] = {}
    for reading in hit.readings:
        for use in compiled.uses[reading.word]:
            key = (use.person, use.part, use.phrase)
            known = best.get(key)
            if known is None or _quality(reading) < _quality(known.reading):
                best[key] = PartHit(use.part, reading, use.phrase)
    found: dict[int, list[PartHit]] = {}
    for (person, _, _), part in sorted(best.items(), key=lambda item: _quality(item[1].reading)):
        found.setdefault(person, []).append(part)
    return found


def _quality(reading: Reading) -> tuple[bool, bool, bool, float]:
    return (not reading.exact, reading.derived, reading.fuzzy, reading.price)


def _grow(text: str, hits: list[Hit], place: int, compiled: Compiled) -> tuple[Mention, int]:
    first = hits[place]
    mention = Mention(first.start, first.end, [first], _persons(first, compiled))
    place += 1
    while place < len(hits) and hits[place].start >= mention.end:
        following = hits[place]
        if not _joins(text, mention.end, following.start):
            break
        shared = _shared(mention.parts, _persons(following, compiled))
        if not shared:
            break
        mention.parts = shared
        mention.hits.append(following)
        mention.end = following.end
        place += 1
    mention.parts = _whole_phrases(mention.parts, compiled)
    return mention, place


def _shared(before: dict[int, list[PartHit]], after: dict[int, list[PartHit]]) -> dict[int, list[PartHit]]:
    """Persons that both words may name, by different words of their names."""
    found = {}
    for person, parts in before.items():
        used = {part.reading.word for part in parts}
        more = [part for part in after.get(person, ()) if part.reading.word not in used]
        kinds = {part.part for part in parts}
        new = [part for part in more if part.part not in kinds or part.part in ("given", "nickname")]
        if new:
            found[person] = [*parts, *new]
    return found


def _whole_phrases(parts: dict[int, list[PartHit]], compiled: Compiled) -> dict[int, list[PartHit]]:
    """Words of a nickname of several words count only where all its words stand together."""
    found = {}
    for person, hits in parts.items():
        words = {hit.reading.word for hit in hits}
        kept = [hit for hit in hits if hit.phrase < 0 or words.issuperset(compiled.phrases[hit.phrase])]
        if kept:
            found[person] = kept
    return found


def _joins(text: str, end: int, start: int) -> bool:
    """Whether what stands between two words leaves them one name."""
    gap = text[end:start]
    if len(gap) > _LONGEST_GAP:
        return False
    if gap.isspace():
        return gap.count("\n") <= 1
    if len(gap) == 1:
        return gap in _HYPHENS
    words = list(fold.WORD.finditer(gap))
    if not words:
        return bool(re.fullmatch(r",[ \t\u00a0]?|[ \t\u00a0]*\n?[ \t\u00a0]*", gap))
    between = re.sub(r"[\s.\-‐‑–]", "", gap)
    if "".join(match[0] for match in words) != between or gap.count("\n") > 1:
        return False
    return all(_belongs_inside(match[0]) for match in words)


def _belongs_inside(word: str) -> bool:
    known = lexicon()
    if len(word) == 1:
        return word.isupper()
    return (
        known.is_particle(word)
        or known.is_title(word)
        or bool(_PATRONYMIC.search(fold.t_key(word)) and word[0].isupper())
    )


def _take_initials(text: str, mention: Mention, compiled: Compiled) -> None:
    """Initials before or after a surname: part of the mention where they fit, a sign of somebody else where not."""
    families = {p for p, hits in mention.parts.items() if any(hit.part == "family" for hit in hits)}
    if not families or any(hit.part == "given" for p in families for hit in mention.parts[p]):
        return
    before = _INITIALS_BEFORE.search(text[max(0, mention.start - 24) : mention.start])
    after = _INITIALS_AFTER.match(text, mention.end)
    for match, ahead in ((before, True), (after, False)):
        if match is None:
            continue
        letters = _ONE_INITIAL.findall(match[1])
        fitting = frozenset(p for p in families if initials_fit(letters, compiled, p))
        if not fitting:
            mention.foreign_initials = True
            continue
        mention.initials, mention.initials_fit = match[1], fitting
        mention.foreign_initials = False
        if ahead:
            mention.start -= len(match[1].lstrip()) if match[1][:1].isspace() else len(match[1])
        else:
            mention.end = match.start(1) + len(match[1].rstrip())
        return


def initials_fit(letters: list[str], compiled: Compiled, person: int) -> bool:
    """Whether initials may be a person's: the given name's first, in any order with the patronymic's."""
    bearer = compiled.bearers[person]
    given = any(_begins(letter, key) for letter in letters for key in bearer.given)
    if not bearer.given:
        return True
    if not given:
        return False
    if len(letters) == 1 or not bearer.patronymic:
        return True
    return any(_begins(letter, key) for letter in letters for key in bearer.patronymic)


def _begins(letter: str, key: str) -> bool:
    initial = fold.t_key(letter)
    if not initial:
        return False
    if key.startswith(initial):
        return True
    alike = {
        "a": "aeo",
        "e": "eai",
        "o": "oau",
        "u": "uoi",
        "i": "iue",
        "h": "hgk",
        "g": "gkh",
        "k": "kgh",
        "j": "jčz",
        "č": "čj",
    }
    return key[0] in alike.get(initial[0], initial[0]) and (len(initial) == 1 or initial[0] != "i")


def _take_what_follows(text: str, mention: Mention) -> None:
    """Unregistered patronymic and its particle after the name, and an ending hung on with a hyphen."""
    parts = {hit.part for hits in mention.parts.values() for hit in hits}
    if "nickname" in parts or not mention.parts:
        return
    following = _WORD_AFTER.match(text, mention.end)
    if following and _child_particle(following[1]):
        mention.end = following.end()
    elif following and following[1][0].isupper():
        key = fold.t_key(following[1])
        if _PATRONYMIC.search(key) and "given" in parts and len(key) > 5 and key.endswith(_PATRONYMIC_TAILS):
            mention.end = following.end()
        else:
            after = _WORD_AFTER.match(text, following.end())
            if after and _child_particle(after[1]) and "given" in parts:
                mention.end = after.end()
    _take_hyphened_ending(text, mention)


_PATRONYMIC_TAILS = (
    "ič",
    "iča",
    "iču",
    "ičem",
    "iče",
    "ovna",
    "ovni",
    "ovne",
    "ovnu",
    "ovnoi",
    "evna",
    "evni",
    "evne",
    "evnu",
    "evnoi",
)
_HYPHENED = re.compile(r"[-‐‑]([a-zа-яёўқғҳҷӣӯəğışçöü]{2,8})(?![^\W_])")


def _child_particle(word: str) -> bool:
    known = lexicon()
    if known.is_child_particle(word):
        return True
    key = fold.t_key(word)
    return any(
        known.is_child_particle(key[:cut])
        for cut in range(len(key) - 1, 3, -1)
        if key[cut:] in _PARTICLE_ENDINGS
    )


_PARTICLE_ENDINGS = frozenset(
    [
        "ning",
        "ni",
        "ga",
        "dan",
        "da",
        "nin",
        "nun",
        "ni",
        "nu",
        "na",
        "nda",
        "ndan",
        "un",
        "u",
        "i",
        "ro",
        "m",
        "a",
    ]
)


def _take_hyphened_ending(text: str, mention: Mention) -> None:
    match = _HYPHENED.match(text, mention.end)
    if match and fold.t_key(match[1]) in HYPHENED_ENDINGS and not lexicon().is_respect(match[1]):
        mention.end = match.end()


HYPHENED_ENDINGS = frozenset(
    [
        "ning",
        "ni",
        "ga",
        "ka",
        "da",
        "dan",
        "niki",
        "dagi",
        "lar",
        "lari",
        "larning",
        "larni",
        "larga",
        "in",
        "un",
        "nin",
        "nun",
        "nu",
        "ia",
        "na",
        "nda",
        "ndan",
        "la",
        "ila",
        "ro",
        "ho",
        "i",
        "am",
        "at",
        "aš",
    ]
)
