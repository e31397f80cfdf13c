"""The finder's own word lists: given names, words that are also names, titles, kin, offices. Must not hold a real person.

Read from `words.toml`, which a coordinator can extend. A list only lowers or raises confidence, or names a part of a name;
it never hides a registered name on its own.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from i18n.fold import t_key
from i18n.names.endings import RUSSIAN_ENDINGS, agglutinative
from i18n.names.index import NameIndex, NameWord, Reading

_FILE = Path(__file__).parent / "words.toml"
_LANGUAGES = ("ru", "uz", "tg", "az", "en")


class Lexicon:
    """Look-ups over text keys; every method takes a word as written, in any script and case."""

    def __init__(self, data: dict[str, dict[str, str]]) -> None:
        names = (name for line in data["names"].values() for name in line.split())
        self._given = NameIndex((NameWord(name, "given") for name in names), fuzzy=False)
        self._memory: dict[str, list[Reading]] = {}
        self._common = {lang: _keys(data["common"].get(lang, "")) for lang in _LANGUAGES}
        self._particles = _keys(data["particles"]["child"])
        self._son_of = _keys(data["particles"]["son_of"])
        self._titles = _keys(data["particles"]["titles"])
        self._respect = _keys(data["particles"]["respect"])
        self._kin = frozenset(data["context"]["kin"].split())
        self._office = frozenset(data["context"]["office"].split())
        self._named_after = frozenset(data["context"]["named_after"].split())
        self._site = frozenset(data["context"]["site"].split())

    def is_particle(self, word: str) -> bool:
        """оглы, qizi, ibn: stands in a name and is no name."""
        key = t_key(word)
        return key in self._particles or key in self._son_of

    def is_child_particle(self, word: str) -> bool:
        """оглы, oʻgʻli, qızı: follows the father's name."""
        return t_key(word) in self._particles

    def is_son_of(self, word: str) -> bool:
        """ibn, bin: stands before the father's name."""
        return t_key(word) in self._son_of

    def is_title(self, word: str) -> bool:
        """A title or honorific that comes and goes beside a name (домла, hoji, кори)."""
        return t_key(word) in self._titles

    def is_respect(self, word: str) -> bool:
        """A word of respect or kin put after a name (ака, opa, bəy, xanım)."""
        return t_key(word) in self._respect

    def is_kin(self, word: str) -> bool:
        """A kin or acquaintance word with any ending (брат, akam, қардошим): a person follows."""
        return _is_form(t_key(word), self._kin)

    def is_office(self, word: str) -> bool:
        """A word for a public office with any ending (президента, vazir, nazir)."""
        return _is_form(t_key(word), self._office)

    def is_site(self, word: str) -> bool:
        """A word for a street, town, school or other thing named after people."""
        return _is_form(t_key(word), self._site)

    def is_named_after(self, word: str) -> bool:
        """имени, nomidagi, ба номи, adına."""
        return _is_form(t_key(word), self._named_after)

    def is_given(self, word: str) -> bool:
        """Whether the word as it stands (no ending) is a known given name in some spelling."""
        return any(reading.bare and reading.price < 0.1 for reading in self._readings(word))

    def looks_given(self, word: str) -> bool:
        """Whether the word is a known given name or is built like one (Эргашали, Тургунбой)."""
        return self.is_given(word) or bool(_GIVEN_SHAPE.search(t_key(word)))

    def may_be_given(self, word: str) -> bool:
        """Whether the word is a known given name with or without an ending."""
        return any(reading.price <= 0.3 for reading in self._readings(word))

    def _readings(self, word: str) -> list[Reading]:
        known = self._memory.get(word)
        if known is None:
            if len(self._memory) > _MEMORY:
                self._memory.clear()
            known = self._memory[word] = self._given.analyse(word, fuzzy=False)
        return known

    def forget(self) -> None:
        """Drop the remembered words: they are words of texts."""
        self._memory.clear()

    def is_common(self, word: str, language: str) -> bool:
        """Whether the registered word is also a common word of the language (`mul`: of any)."""
        key = t_key(word)
        if language == "mul":
            return any(key in words for words in self._common.values())
        return key in self._common.get(language[:2], frozenset())

    def is_common_form(self, word: str, language: str) -> bool:
        """Whether the word is a common word of the language with an ending (баҳори, bahorda); endings of any grammar."""
        words = self._common.get(language[:2], frozenset())
        if language == "mul":
            words = frozenset().union(*self._common.values())
        key = t_key(word)
        return any(
            key[:cut] in words
            and (cut == len(key) or key[cut:] in agglutinative() or key[cut:] in RUSSIAN_ENDINGS)
            for cut in range(len(key), 2, -1)
        )


_LONG = 6
_MEMORY = 20_000
_GIVEN_SHAPE = re.compile(
    r"\w{2}(?:ali|jon|jan|bek|boi|idin|ulo|ula|murod|murad|berdi|niso|nisa|gul|mamad|muhamad|baht|šoh)$"
)


def _is_form(key: str, stems: frozenset[str]) -> bool:
    """Whether a key is one of the stems with an ending (any beginning of six letters or more is enough)."""
    for cut in range(len(key), 1, -1):
        if key[:cut] in stems and (
            cut >= _LONG or key[cut:] in agglutinative() or key[cut:] in RUSSIAN_ENDINGS
        ):
            return True
    return False


def _keys(text: str) -> frozenset[str]:
    return frozenset(t_key(word) for word in text.split())


@cache
def lexicon() -> Lexicon:
    """The shipped lists."""
    return Lexicon(tomllib.loads(_FILE.read_text(encoding="utf-8")))
