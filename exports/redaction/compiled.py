"""The protected set compiled once: the name words of all persons and places in one index. Must not read a text."""

from __future__ import annotations

from typing import NamedTuple

from exports.redaction.protected import ProtectedPerson, ProtectedSet
from i18n import fold, names
from i18n.names import Gender, NameIndex, NameWord, Part


class Use(NamedTuple):
    """One bearer of a name word: number of the person, part, and the phrase it only counts within (-1: on its own)."""

    person: int
    part: Part
    phrase: int


class Bearer(NamedTuple):
    """A person as the judge sees them."""

    id: str
    shown: bool  # no protection: never a span, but a reason for doubt where the name is shared
    gender: Gender
    given: tuple[str, ...]  # text keys, for initials
    family: tuple[str, ...]
    patronymic: tuple[str, ...]
    relative: bool = False


class Compiled:
    """Index of words, their uses, the bearers. Immutable after construction."""

    def __init__(self, protected: ProtectedSet) -> None:
        self.bearers: list[Bearer] = []
        self.uses: list[list[Use]] = []
        self.phrases: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._words: list[NameWord] = []
        for person in (*protected.persons, *protected.shown):
            self._add_person(person, shown=person in protected.shown)
        self.index = NameIndex(self._words)

    def _number(self, word: NameWord) -> int:
        key = (fold.x_key(word.text), word.part)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._words)
            self._words.append(word)
            self.uses.append([])
        return number

    def _add_person(self, person: ProtectedPerson, *, shown: bool) -> None:
        number = len(self.bearers)
        self.bearers.append(_bearer(person, shown))
        for name in person.names:
            words = [self._number(word) for word in name.words]
            phrase = -1
            if name.phrase:
                phrase = len(self.phrases)
                self.phrases.append(tuple(words))
            for word_number, word in zip(words, name.words, strict=True):
                self._use(word_number, Use(number, word.part, phrase))
            for word in names.joined_words(name):
                self._use(self._number(word), Use(number, word.part, -1))

    def _use(self, word: int, use: Use) -> None:
        if use not in self.uses[word]:
            self.uses[word].append(use)


def _bearer(person: ProtectedPerson, shown: bool) -> Bearer:
    words = [word for name in person.names for word in name.words]
    gender: Gender = {"male": "m", "female": "f"}.get(person.sex, "")  # type: ignore[assignment]
    if not gender:
        said = {names.gender_of_word(word.text, word.part) for word in words} - {""}
        gender = said.pop() if len(said) == 1 else ""

    def keys(part: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fold.t_key(word.text) for word in words if word.part == part))

    return Bearer(
        person.id, shown, gender, keys("given"), keys("family"), keys("patronymic"), person.relative
    )
