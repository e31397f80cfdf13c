"""Says whose a mention is, how it matched and whether that is beyond doubt. Must not find mentions or replace them.

Doubt never drops a mention: it makes it *possible*. Dropped are only mentions of persons without protection, office-holders
on the allow list, and words that plainly are another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from exports.redaction.compiled import Compiled
from exports.redaction.mentions import Mention, PartHit
from exports.redaction.scan import Hit, Scanner
from exports.redaction.spans import How
from exports.redaction.surroundings import Surroundings
from exports.redaction.weights import may_be_nominative, parts_named, price, root
from i18n import fold
from i18n.names import Ending, Reading, lexicon, name_distance, script_of_word

_CLEAR_LENGTH = 7  # letters of the key from which one changed letter still leaves a name beyond doubt
_WEAK_LENGTH = 5
SURNAME = re.compile(
    r"(?:[oei]v|in|sk)(?:a|u|im|om|e|oi|oiu|ga|ning|ni|dan|da|ro|i|un|in|aning|aga|anin|ani)?$|(?:zoda|zade|zada|oglu|li|lu)(?:ning|ni|ga|dan|ro|nin|ia)?$"
)

# Whose endings a word of a script may carry in a text of a language, beyond doubt.
_LICENSED: dict[str, dict[str, frozenset[str]]] = {
    "ru": {"Cyrl": frozenset({"ru"}), "Latn": frozenset({"uz", "az", "en"})},
    "tg": {"Cyrl": frozenset({"tg", "ru", "uz"}), "Latn": frozenset({"tg", "uz", "en"})},
    "uz_Cyrl": {"Cyrl": frozenset({"uz", "ru", "tg"}), "Latn": frozenset({"uz", "en"})},
    "uz_Latn": {"Latn": frozenset({"uz"}), "Cyrl": frozenset({"uz", "ru", "tg"})},
    "az": {"Latn": frozenset({"az"}), "Cyrl": frozenset({"az", "ru"})},
    "en": {"Latn": frozenset({"en"}), "Cyrl": frozenset({"ru", "tg", "uz"})},
}
_ALL = frozenset({"ru", "uz", "tg", "az", "en"})


_AZ_DATIVE = re.compile(r"(?:ova|evə)$")  # Cəfərova, Ağayevə: to him; Ağayeva is a woman
_ABSTRACT = re.compile(
    r"li[kg]i?(?:ni|ning|da|dan|ga|ya|i|in)?$|luk$|lug$"
)  # azadlıq, elçilik: of a name they say nothing
_JUST = 120  # letters within which a name goes on to be the same person's
_STREETS = ("ul", "prosp", "per", "bulvar", "plošad", "škol", "lise", "fond", "premi", "meče")
_POSSESSED = re.compile(r"(?:si|su|i|u)(?:n?da|n?dan|n?a|ga|ning|nin|ni|gača)?$")


@dataclass(frozen=True)
class Verdict:
    """Whose the mention is and how sure; `endings` of its last word say its grammatical case."""

    persons: tuple[int, ...]
    how: How
    certain: bool
    endings: tuple[Ending, ...]


class Judge:
    """Judges mentions of one text in one language (`ru uz_Latn uz_Cyrl tg az en mul`)."""

    def __init__(self, text: str, language: str, compiled: Compiled, scanner: Scanner) -> None:
        self._language = language
        self._compiled = compiled
        self._scanner = scanner
        self._last_mentioned: dict[int, int] = {}
        self._last_by_family: dict[int, int] = {}
        self._around = Surroundings(text)

    def verdict(self, mention: Mention) -> Verdict | None:
        """None where the mention is of nobody to be hidden."""
        persons = self._plausible(mention)
        hidden = [person for person in persons if not self._compiled.bearers[person].shown]
        if not hidden:
            return None
        hidden.sort(key=lambda person: self._rank(mention, person))
        best = hidden[0]
        parts = mention.parts[best]
        full = parts_named(mention, best) >= 2
        alike = self._as_likely(mention, hidden)
        certain = full or self._certain_alone(mention, best, parts)
        if certain and len(hidden) < len(persons) and not self._better_than_shown(mention, persons, best):
            certain = False
        if certain and mention.foreign_initials:
            certain = False
        if certain:
            self._last_mentioned[best] = mention.end
            if any(hit.part == "family" for hit in mention.parts[best]):
                self._last_by_family[best] = mention.end
        return Verdict(tuple(alike), self._how(mention, best), certain, self._endings(mention, best))

    def _plausible(self, mention: Mention) -> list[int]:
        """Persons whose reading of the mention can stand, those named by most words first."""
        persons = [p for p in mention.parts if self._readable(mention, p)]
        if not persons:
            return []
        if mention.initials_fit:
            persons = [p for p in persons if p in mention.initials_fit] or persons
        most = max(parts_named(mention, p) for p in persons)
        persons = [p for p in persons if parts_named(mention, p) == most]
        fit = [p for p in persons if self._gender_fits(mention, p)]
        persons = fit or persons
        lowest = min(price(mention.parts[p]) for p in persons)
        return [p for p in persons if price(mention.parts[p]) <= lowest + 0.35]

    def _readable(self, mention: Mention, person: int) -> bool:
        """Whether the reading is no plainly different name: another known name stands there letter for letter."""
        if parts_named(mention, person) >= 2 or mention.initials_fit:
            return True
        part = mention.parts[person][0]
        word = mention.hits[0].word
        reading = part.reading
        if reading.exact or part.part in ("nickname",):
            return True
        known = lexicon()
        if part.part == "family":
            other = self._other_root(word, reading) or (reading.fuzzy and known.looks_given(word))
        else:
            other = known.is_given(word)
        if other and (reading.fuzzy or reading.price >= 0.45):
            return False
        if other and part.part != "family" and not reading.bare and not self._russian_case(reading):
            return False
        if (
            not reading.bare
            and _ABSTRACT.search(fold.t_key(word))
            and all(e.case == "equ" for e in reading.endings)
        ):
            return (
                known.is_common(word, self._language) is False
                and not reading.fuzzy
                and not self._common(reading)
            )
        if (
            not reading.bare
            and not self._licensed(word, reading.endings)
            and known.is_common(word, self._language)
        ):
            return False  # Family is no form of Фамил in an English text
        if reading.fuzzy and (not self._around.capital(mention.hits[0]) or self._plain_word(mention.hits[0])):
            return False
        if reading.price > 0.05 and not self._around.capital(mention.hits[0]):
            return False
        key_length = len(fold.t_key(word))
        if not reading.bare and not self._licensed(word, reading.endings) and key_length <= _WEAK_LENGTH:
            return False
        if reading.fuzzy and (
            self._around.opens_sentence(mention.start) or self._around.in_capitals(mention.hits[0])
        ):
            return key_length >= (_WEAK_LENGTH if part.part == "family" else 6)
        return True

    def _plain_word(self, hit: Hit) -> bool:
        """Whether a word one letter off a name is a word of the language: a common one, or written small elsewhere in the text."""
        if lexicon().is_common_form(hit.word, self._language):
            return True
        return (
            not self._around.caseless
            and self._around.opens_sentence(hit.start)
            and self._around.written_small(hit.word)
        )

    def _common(self, reading: Reading) -> bool:
        return lexicon().is_common(self._compiled.index.words[reading.word].text, self._language)

    def _rank(self, mention: Mention, person: int) -> tuple[bool, float, bool, bool, int]:
        """The likelier person first: whom the form fits, who was just spoken of, whom texts call by the bare surname (no relative)."""
        last, named = self._last_mentioned.get(person, -1), self._last_by_family.get(person, -1)
        just = named >= 0 and mention.start - named < _JUST
        relative = self._compiled.bearers[person].relative
        return (
            not self._gender_fits(mention, person),
            round(price(mention.parts[person]), 1),
            not just,
            relative,
            -last,
        )

    def _as_likely(self, mention: Mention, hidden: list[int]) -> list[int]:
        return [p for p in hidden if self._gender_fits(mention, p)] or hidden

    def _better_than_shown(self, mention: Mention, persons: list[int], best: int) -> bool:
        """Whether the hidden person fits the words better than every person without protection."""
        shown = [p for p in persons if self._compiled.bearers[p].shown]
        own = (parts_named(mention, best), -price(mention.parts[best]))
        return all(own > (parts_named(mention, p), -price(mention.parts[p]) + 0.05) for p in shown)

    # One word alone ---------------------------------------------------------------------------------------------

    def _certain_alone(self, mention: Mention, person: int, parts: list[PartHit]) -> bool:
        part, hit = parts[0], mention.hits[0]
        reading = part.reading
        if mention.initials_fit:
            return not reading.fuzzy or len(fold.t_key(hit.word)) >= _WEAK_LENGTH
        if part.part == "patronymic" or (reading.derived and part.part == "family"):
            return False
        if not self._gender_fits(mention, person):
            return False
        length = len(fold.t_key(self._compiled.index.words[reading.word].text))
        if reading.fuzzy and not self._clear_misspelling(hit, part, length):
            return False
        if reading.fond and length < _WEAK_LENGTH:
            return False
        if length < _WEAK_LENGTH and not reading.bare and all(e.case == "equ" for e in reading.endings):
            return False  # Əli·sa is a name of its own
        if not reading.bare and not self._licensed(hit.word, reading.endings):
            ending_length = len(fold.t_key(hit.word)) - length
            if length <= _WEAK_LENGTH or ending_length < 2 or reading.fuzzy:
                return False
        return self._looks_like_a_name(hit, part, length) and not self._somebody_else(mention, person, part)

    def _clear_misspelling(self, hit: Hit, part: PartHit, length: int) -> bool:
        """Whether a name one letter off is long enough for what its capital is worth."""
        if self._around.in_capitals(hit):
            return length >= _CLEAR_LENGTH + 1
        registered = self._compiled.index.words[part.reading.word].text
        length = max(length, min(len(registered), len(hit.word)))
        if fold.t_key(registered) == fold.t_key(hit.word) + "i":
            return False  # Қаландар is a name of its own beside Қаландарӣ
        if part.part == "given":
            return length >= _CLEAR_LENGTH
        return length >= (
            _CLEAR_LENGTH if self._around.opens_sentence(hit.start, colon=False) else _CLEAR_LENGTH - 1
        )

    def _looks_like_a_name(self, hit: Hit, part: PartHit, length: int) -> bool:
        """Capital, or a word that is nothing but a name; words that are also common words need more than a sentence's capital."""
        registered = self._compiled.index.words[part.reading.word].text
        known = lexicon()
        common = known.is_common(registered, self._language) or known.is_common(hit.word, self._language)
        if part.part == "nickname" and not common and length < 3:
            common = True
        capital = self._around.capital(hit)
        if not capital:
            if common or length < _WEAK_LENGTH:
                return False
            if part.part == "family":
                return length >= 6 and bool(SURNAME.search(fold.t_key(registered)))
            return length >= (6 if self._language in ("ru", "en") else 8) and not part.reading.fuzzy
        if common and (self._around.opens_sentence(hit.start) or self._around.in_capitals(hit)):
            return self._person_word_beside(hit)
        return not (common and self._around.caseless)

    def _person_word_beside(self, hit: Hit) -> bool:
        before, after = self._around.neighbour_before(hit.start), self._around.neighbour_after(hit.end)
        known = lexicon()
        return bool((before and known.is_kin(before)) or (after and known.is_respect(after)))

    def _somebody_else(self, mention: Mention, person: int, part: PartHit) -> bool:
        """A neighbouring word makes it another person, or a street, town or institution."""
        before, after = (
            self._around.neighbour_before(mention.start),
            self._around.neighbour_after(mention.end),
        )
        known = lexicon()
        if self._names_a_site(before, after, part.reading) or (before and known.is_named_after(before)):
            return True
        if part.part == "family":
            return self._other_given(before, after, person, part)
        if part.part == "given":
            return self._other_family(before, after, person, part)
        return False

    def _names_a_site(self, before: str | None, after: str | None, reading: Reading) -> bool:
        """Whether a street, village or school bears the name: улица Назарова, кӯчаи Назаров, Nazarov koʻchasi."""
        known = lexicon()
        if before and known.is_site(before) and not known.is_kin(before):
            key = fold.t_key(before)
            if self._language == "tg":
                return key.endswith("i")
            if self._language in ("ru", "mul"):
                return any(ending.case == "gen" for ending in reading.endings) and key.startswith(_STREETS)
        if not after or not known.is_site(after) or not reading.bare:
            return False
        return self._language == "en" or bool(_POSSESSED.search(fold.t_key(after)))

    def _other_given(self, before: str | None, after: str | None, person: int, part: PartHit) -> bool:
        for word, ahead in ((before, True), (after, False)):
            if word is None or not word[0].isupper() or self._names(word, person):
                continue
            bare = lexicon().is_given(word)
            if not bare and not (self._language in ("ru", "mul") and lexicon().may_be_given(word)):
                continue
            agree = self._language not in ("ru", "mul") or bare == may_be_nominative(part.reading)
            if ahead and (agree or self._language not in ("ru", "mul")):
                return True
            if not ahead and agree and part.reading.bare:
                return True
        return False

    def _other_family(self, before: str | None, after: str | None, person: int, part: PartHit) -> bool:
        bearer = self._compiled.bearers[person]
        for word, ahead in ((after, False), (before, True)):
            if word is None or not word[0].isupper() or self._names(word, person):
                continue
            key = fold.t_key(word)
            if re.search(r"(?:ov|ev)ič|(?:ov|ev)n[aieu]", key):
                if bearer.patronymic and not ahead:
                    return True
                continue
            if len(key) < 5 or not SURNAME.search(key) or not bearer.family or lexicon().is_given(word):
                continue
            if (
                self._language == "ru"
                and part.reading.bare
                and re.search(r"(?:ov|ev|in)(?:u|im|om|oi)$", key)
            ):
                continue  # «сказал Фаррух Назарову»: two persons
            return True
        return False

    def _names(self, word: str, person: int) -> bool:
        return any(
            use.person == person
            for reading in self._scanner.read(word)
            for use in self._compiled.uses[reading.word]
        )

    # Small questions --------------------------------------------------------------------------------------------

    def _gender_fits(self, mention: Mention, person: int) -> bool:
        gender = self._compiled.bearers[person].gender
        hits = [hit for hit in mention.parts[person] if hit.part == "family"]
        if not gender or not hits or len(mention.parts[person]) > 1:
            return True
        return all(self._shows(mention.hits[0].word, hit.reading, gender) for hit in hits)

    def _shows(self, word: str, reading: Reading, gender: str) -> bool:
        if self._language == "az" and gender == "m" and _AZ_DATIVE.search(fold.x_key(word)):
            return True
        if reading.derived:
            return reading.gender == gender
        russian = [ending for ending in reading.endings if ending.grammar == "ru"]
        if not russian or self._others_license(reading):
            return True
        foreign = script_of_word(word) == "Cyrl" and self._language in ("en", "az", "uz_Latn")
        if (
            self._language not in ("ru", "mul")
            and not foreign
            and any(e.case == "nom" and not e.plural for e in russian)
        ):
            russian = [e for e in russian if e.case == "nom" and not e.plural]
        return any(ending.gender in ("", gender) or ending.plural for ending in russian)

    def _others_license(self, reading: Reading) -> bool:
        """Whether an ending of the text's own language, not Russian, explains the form."""
        own = {"uz_Latn": "uz", "uz_Cyrl": "uz", "tg": "tg", "az": "az"}.get(self._language)
        return any(ending.grammar == own for ending in reading.endings) and reading.bare

    def _licensed(self, word: str, endings: Iterable[Ending]) -> bool:
        if self._language == "mul":
            return True
        allowed = _LICENSED.get(self._language, {}).get(script_of_word(word), _ALL)
        return any(ending.grammar in allowed for ending in endings)

    def _other_root(self, word: str, reading: Reading) -> bool:
        """Whether the surname in the text is made of another known name than the registered one (Азимов, Азизов)."""
        written = root(word)
        if not written or not lexicon().is_given(written):
            return False
        registered = root(self._compiled.index.words[reading.word].text)
        return not registered or name_distance(written, registered) > 0.3

    def _russian_case(self, reading: Reading) -> bool:
        return self._language in ("ru", "mul") and any(ending.grammar == "ru" for ending in reading.endings)

    def _how(self, mention: Mention, person: int) -> How:
        hits = mention.parts[person]
        readings = [hit.reading for hit in hits]
        if any(r.fuzzy or (r.price > 0 and r.same_script) for r in readings):
            return "spelling"
        if any(not r.same_script for r in readings):
            return "script"
        if any(not r.exact for r in readings):
            return "inflected"
        registered = self._compiled.bearers[person]
        whole = parts_named(mention, person) >= 2 or not (registered.family and registered.given)
        return "exact" if whole and not mention.initials else "part"

    def _endings(self, mention: Mention, person: int) -> tuple[Ending, ...]:
        """Endings of all words whose meanings agree, else of the last one."""
        readings = [hit.reading for hit in mention.parts[person]]
        last = readings[-1]
        agreed = [
            e
            for e in last.endings
            if all(r.bare or any(e.case == x.case for x in r.endings) for r in readings)
        ]
        gender = self._compiled.bearers[person].gender
        fitting = [e for e in agreed or last.endings if not gender or e.gender in ("", gender)]
        return tuple(fitting or agreed or last.endings)
