"""Compiled name words and what a word of a text may be: which of them, with which ending, how far off. Must not know persons.

`NameIndex` is built once; `analyse` is memoised per distinct word by its caller. Suffix grammars validate what follows
a stem, so nothing is enumerated: a word costs a few dictionary look-ups whatever the number of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from i18n.fold import t_key_doubled, x_key
from i18n.names.endings import Ending, agglutinative, all_endings
from i18n.names.skeleton import coarse, consonants, deletions, distance
from i18n.names.stems import Cut, Gender, Part, cuts

Script = Literal["Latn", "Cyrl", ""]
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LONGEST_ENDING = 14
_LEAST_FUZZY = 5
# Dear forms: the name with a word of respect or fondness grown onto it.
_FOND = {"j": ("jon", "jan"), "h": ("hon", "han", "hoja"), "b": ("bek", "boi"), "o": ("oi",)}


class NameWord(NamedTuple):
    """One registered word: its text and what part of a name it is."""

    text: str
    part: Part


class Reading(NamedTuple):
    """What a word of a text may be: the registered word, the endings it would carry, price of the spelling."""

    word: int  # number of the `NameWord`
    endings: tuple[Ending, ...]
    price: float
    exact: bool  # letter for letter as registered, nothing added
    same_script: bool
    gender: Gender  # what stem and registration say
    derived: bool
    fuzzy: bool  # a letter missing, added, changed or swapped
    fond: bool
    bare: bool  # no ending


@dataclass(frozen=True, slots=True)
class _Form:
    key: str
    word: int
    cut: Cut
    letters: int  # which consonants it holds, one bit each
    doubled: str  # the key with its double letters


def script_of_word(word: str) -> Script:
    """The script most letters of a word are in."""
    if _CYRILLIC.search(word):
        return "Cyrl"
    return "Latn" if _LATIN.search(word) else ""


def variant_limit(length: int) -> float:
    """How far a spelling may lie from the registered key and still be the same name in another spelling."""
    return 0.3 if length <= 4 else min(0.12 * length, 0.85)


class NameIndex:
    """Registered words compiled for look-up. Thread-safe for reading."""

    def __init__(self, words: Iterable[NameWord], *, fuzzy: bool = True) -> None:
        self.words = list(words)
        self._exact_forms: dict[str, set[int]] = {}
        self._forms: dict[str, list[_Form]] = {}
        self._one_off: dict[str, list[_Form]] = {}
        self._beginnings: set[str] = set()
        self._scripts: list[Script] = []
        for number, word in enumerate(self.words):
            self._add(number, word, fuzzy)
        self._first = frozenset(block[:3] for block in self._forms)
        self._short = frozenset(block for block in self._forms if len(block) < 3)
        self._near_first = frozenset(key for block in self._forms for key in _beginnings(block))

    def _add(self, number: int, word: NameWord, fuzzy: bool) -> None:
        folded = x_key(word.text)
        self._exact_forms.setdefault(folded, set()).add(number)
        self._scripts.append(script_of_word(word.text))
        written = t_key_doubled(word.text)
        for cut in cuts(word.text, word.part):
            block = coarse(cut.key)
            form = _Form(cut.key, number, cut, consonants(cut.key), _doubled_stem(written, cut.key))
            self._forms.setdefault(block, []).append(form)
            self._beginnings.update(block[:size] for size in range(3, len(block)))
            if fuzzy and not cut.derived and len(cut.key) >= _LEAST_FUZZY:
                for key in deletions(block):
                    self._one_off.setdefault(key, []).append(form)
                if form.doubled != cut.key:  # a slip between two equal letters parts them (Məmbmədli)
                    self._one_off.setdefault(coarse(form.doubled), []).append(form)

    def begins(self, word: str) -> bool:
        """Whether a word could be the first piece of a registered one (Абду Рахмон)."""
        return coarse(t_key_doubled(word)) in self._beginnings

    def analyse(self, word: str, *, fuzzy: bool) -> list[Reading]:
        """What the word may be. `fuzzy` also looks one edit away, for words that nothing else explains."""
        doubled = t_key_doubled(word)
        if len(doubled) < 2 or not self._forms:
            return []
        readings = self._analyse_key(word, doubled, fuzzy)
        if readings or not fuzzy or not _PAIRS.search(doubled):
            return readings
        return self._read_broken_pair(word)

    def _read_broken_pair(self, word: str) -> list[Reading]:
        """A sh, ch, kh, zh or дж whose letters were swapped with a neighbour or parted (Yoldosehva): one slip, two in the key."""
        for changed in _mended_pairs(x_key(word)):
            readings = self._analyse_key(changed, t_key_doubled(changed), fuzzy=False)
            if readings:
                return [r._replace(price=r.price + 1.0, exact=False, fuzzy=True) for r in readings]
        return []

    def _analyse_key(self, word: str, doubled: str, fuzzy: bool) -> list[Reading]:
        block = coarse(doubled[:9])
        worth = block[:3] in self._first or block[:2] in self._short
        readings = self._read(word, doubled) if worth else []
        if fuzzy and not worth and self._near_first.isdisjoint(_beginnings(block)):
            return []
        if fuzzy and len(doubled) >= _LEAST_FUZZY and all(r.price >= 0.3 for r in readings):
            plain = {reading.word: reading.bare for reading in readings}
            found = self._read_one_off(word, doubled)
            one_off = [r for r in found if r.word not in plain or (r.bare and not plain[r.word])]
            known = {reading.word for reading in one_off}
            readings = [*one_off, *(r for r in readings if r.word not in known)]
        return readings

    def _splits(self, doubled: str) -> list[tuple[str, str, bool]]:
        """(stem, ending, fond) for every way to cut the key whose ending some grammar knows."""
        table, known = agglutinative(), all_endings()
        found = []
        for cut in range(len(doubled), max(1, len(doubled) - _LONGEST_ENDING - 1), -1):
            ending = doubled[cut:]
            if ending in known:
                found.append((_single(doubled[:cut]), ending, False))
            for fond in _FOND.get(ending[:1], ()):
                if ending.startswith(fond) and ending[len(fond) :] in table:
                    found.append((_single(doubled[:cut]), ending[len(fond) :], True))
                    if fond[0] == "j":  # the key of дҷ is that of ҷ (Ҷамшедҷон)
                        found.append((_single(doubled[:cut]) + "d", ending[len(fond) :], True))
        return found

    def _read(self, word: str, doubled: str) -> list[Reading]:
        readings: dict[int, Reading] = {}
        for stem, ending, fond in self._splits(doubled):
            for form in self._forms.get(coarse(stem), ()):
                endings = form.cut.table.get(ending)
                if endings is None:
                    continue
                price = distance(stem, form.key, 1.0)
                if price <= variant_limit(len(form.key)):
                    self._keep(readings, word, form, endings, price, fuzzy=False, fond=fond, bare=not ending)
        return list(readings.values())

    def _read_one_off(self, word: str, doubled: str) -> list[Reading]:
        readings: dict[int, Reading] = {}
        for stem, ending, fond in self._splits(doubled):
            if fond or len(stem) < _LEAST_FUZZY - 1:
                continue
            seen: set[int] = set()
            letters = consonants(stem)
            doubled_stem = doubled[: len(doubled) - len(ending)]
            for form in self._near(stem):
                if id(form) in seen or (letters ^ form.letters).bit_count() > 2:
                    continue
                seen.add(id(form))
                endings = form.cut.table.get(ending)
                if endings is None or abs(len(stem) - len(form.key)) > 2:
                    continue
                price = distance(stem, form.key, 1.4)
                if doubled_stem != stem:  # the lost letter may have left a double vowel (Нааров)
                    price = min(price, distance(doubled_stem, form.key, 1.4))
                if form.doubled != form.key and price > 1.2:
                    price = min(price, distance(doubled_stem, form.doubled, 1.4))
                if price <= 1.2 + (0.2 if len(form.key) >= 7 else 0.0):
                    self._keep(readings, word, form, endings, price, fuzzy=True, fond=False, bare=not ending)
        return list(readings.values())

    def _near(self, stem: str) -> Iterable[_Form]:
        block = coarse(stem)
        for key in (block, *deletions(block)):
            yield from self._forms.get(key, ())
            yield from self._one_off.get(key, ())

    def _keep(
        self, readings: dict[int, Reading], word: str, form: _Form, endings: tuple[Ending, ...],
        price: float, *, fuzzy: bool, fond: bool, bare: bool,
    ) -> None:  # fmt: skip
        exact = form.word in self._exact_forms.get(x_key(word), ())
        same_script = self._scripts[form.word] == script_of_word(x_key(word))
        reading = Reading(
            form.word, endings, 0.0 if exact else price, exact, same_script, form.cut.gender, form.cut.derived,
            fuzzy, fond, bare,
        )  # fmt: skip
        known = readings.get(form.word)
        if known is None:
            readings[form.word] = reading
        elif _order(reading) < _order(known):
            readings[form.word] = _united(reading, known)
        else:
            readings[form.word] = _united(known, reading)


def _order(reading: Reading) -> tuple[bool, bool, float, bool]:
    price = reading.price + (0.2 if reading.fond else 0.0)
    if reading.fuzzy and not reading.bare:
        price += 0.9  # a slip is likelier than an ending that happens to fit what is left
    return (not reading.exact, reading.derived, price, not reading.bare)


def _united(better: Reading, other: Reading) -> Reading:
    """The better reading with the endings of both where both are as good: Назарова is genitive and feminine."""
    slack = 0.5 if better.fuzzy else 0.35 if other.bare else 0.05
    if better.derived != other.derived or other.price > better.price + slack or other.fond != better.fond:
        return better
    endings = tuple(dict.fromkeys((*better.endings, *other.endings)))
    return better._replace(endings=endings, bare=better.bare or other.bare)


def _beginnings(block: str) -> set[str]:
    """The first two signs of a blocking key, and what they would be with one letter less before or among them."""
    return {block[:2], *(key[:2] for key in deletions(block[:5]))}


_PAIRS = re.compile("[hšjsčk]")
_FIRST_OF_PAIR = re.compile(r"[sck](?=[a-z])(?!h)")
_WRONG_FIRST = re.compile(r"[bdfjlmnprtvyxq](?=h)")
_LONGER = re.compile(r"s(?=ch|kh)|(?<=s)k(?=h)")
_PARTED = re.compile(r"([sckgz])[a-z](?=h)|(д)[а-я](?=ж)")


def _mended_pairs(word: str) -> Iterable[str]:
    for place, letter in enumerate(word):
        if letter in "hж":
            if place:
                yield word[: place - 1] + letter + word[place - 1] + word[place + 1 :]
            if place + 1 < len(word):
                yield word[:place] + word[place + 1] + letter + word[place + 2 :]
    for match in _PARTED.finditer(word):
        yield word[: match.start() + 1] + word[match.end() :]
        if match[1]:
            yield word[: match.start()] + word[match.end() - 1] + match[1] + word[match.end() :]
    for match in _LONGER.finditer(word):
        yield word[: match.start()] + word[match.end() :]
    for match in _WRONG_FIRST.finditer(word):
        yield from (word[: match.start()] + first + word[match.end() :] for first in "sc")
    for match in _FIRST_OF_PAIR.finditer(word):
        yield word[: match.end()] + "h" + word[match.end() + 1 :]


def _doubled_stem(written: str, key: str) -> str:
    """The beginning of a key with double letters that is `key` without them; `key` itself where there is none."""
    found = [
        written[:size] for size in range(len(key) + 1, len(written) + 1) if _single(written[:size]) == key
    ]
    return found[0] if found else key


_DOUBLES = re.compile(r"(.)\1+")


def _single(key: str) -> str:
    return _DOUBLES.sub(r"\1", key)
