"""The words that stand in place of names: one letter per person, drawn from a seed, with endings made for the label.

Must not see a name: it is given who (an opaque id), the case and whether a sentence begins.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from i18n import case
from i18n.names import Ending

_FILE = Path(__file__).parent / "labels.toml"
FIXED_SEED = "daftar"
_GRAMMAR = {"ru": "ru", "uz_Latn": "uz", "uz_Cyrl": "uz", "tg": "tg", "az": "az"}

# Russian prepositions that settle a form two cases share (Назарова: genitive or accusative).
_PREPOSITIONS: dict[str, str] = {
    **dict.fromkeys(
        [
            "у",
            "от",
            "из",
            "без",
            "для",
            "до",
            "после",
            "около",
            "кроме",
            "вместо",
            "ради",
            "против",
            "насчёт",
            "насчет",
            "возле",
            "мимо",
            "среди",
            "из-за",
            "из-под",
        ],
        "gen",
    ),
    **dict.fromkeys(["к", "ко", "благодаря", "согласно", "вопреки"], "dat"),
    **dict.fromkeys(["с", "со", "над", "перед", "под", "между", "за"], "ins"),
    **dict.fromkeys(["о", "об", "обо", "при"], "loc"),
    **dict.fromkeys(["про", "через", "сквозь"], "acc"),
}
_ALSO = {
    "за": ("ins", "acc"),
    "под": ("ins", "acc"),
    "с": ("ins", "gen"),
    "со": ("ins", "gen"),
    "о": ("loc", "acc"),
}


class Labels:
    """Letters of one dossier: the same person has the same letter everywhere, in order of first asking.

    `seed` is the petition's `label_seed`; the order of the letters depends on it alone.
    """

    def __init__(self, seed: str | None = None) -> None:
        self._seed = seed or FIXED_SEED
        self._order: dict[str, int] = {}

    def number(self, subject: str) -> int:
        """The person's place in order of first mention."""
        return self._order.setdefault(subject, len(self._order))

    def letter(self, subject: str, language: str) -> str:
        """The person's letter in a language's alphabet; after the last one letters with a number (A2)."""
        letters = _shuffled(self._seed, words(language)["letters"])
        round_, place = divmod(self.number(subject), len(letters))
        return letters[place] + (str(round_ + 1) if round_ else "")

    def person(self, subject: str, language: str, cases: frozenset[str], *, role: bool, opens: bool) -> str:
        """The label in running text. `cases`: what the hidden form may be; without exactly one, the neutral token."""
        table = words(language)
        letter = "" if role else self.letter(subject, language)
        kind = "relative" if role else "person"
        if len(cases) != 1:
            return str(table["relative_token" if role else "token"]).format(x=letter)
        (grammatical,) = cases
        forms = table[kind]
        text = str(forms.get(grammatical, forms["nom"])).format(x=letter)
        if grammatical not in forms:
            endings = table.get("relative_ending", {}) if role else _endings_after(letter, table)
            text += endings.get(grammatical, "")
        return case.capitalize(text, language) if opens else text

    def token(self, subject: str, language: str, *, role: bool) -> str:
        """The neutral token that fills a whole form field."""
        table = words(language)
        if role:
            return str(table["relative_token"])
        return str(table["field_token"]).format(x=self.letter(subject, language))


def label_language(tag: str) -> str:
    """The language whose labels a text in `tag` takes; English for languages without labels of their own."""
    plain = tag.replace("-", "_")
    if plain in _tables():
        return plain
    head = plain.split("_")[0]
    if head == "uz":
        return "uz_Cyrl" if "cyrl" in plain.casefold() else "uz_Latn"
    return head if head in _tables() else "en"


def words(language: str) -> dict[str, Any]:
    """The table of `labels.toml` for a label language."""
    return _tables()[language]


def cases_of(endings: Iterable[Ending], language: str, before: str) -> frozenset[str]:
    """The cases a hidden form may stand in, from its endings in the text's language and the word before it.

    Empty where the form says nothing: it carries another language's ending, or a plural.
    """
    if language not in _GRAMMAR:
        return frozenset({"nom"}) if language in _tables() else frozenset()
    own = [ending for ending in endings if ending.grammar == _GRAMMAR[language]]
    if any(ending.plural for ending in own) and not any(not ending.plural for ending in own):
        return frozenset()
    found = frozenset("nom" if ending.case == "equ" else ending.case for ending in own if not ending.plural)
    if language == "ru" and len(found) > 1:
        word = case.lower(before, language)
        asked = _ALSO.get(word, (_PREPOSITIONS[word],) if word in _PREPOSITIONS else ())
        narrowed = found.intersection(asked)
        if len(narrowed) == 1:
            return frozenset(narrowed)
        if word in _PREPOSITIONS:
            found -= {"nom"}
    elif language != "ru" and len(found) > 1 and "nom" in found:
        return frozenset({"nom"}) if found == {"nom"} else frozenset()
    return found


def place_cases(endings: Iterable[Ending], language: str, before: str) -> frozenset[str]:
    """As `cases_of`, for a place: after в, на a form that may be dative stands in the locative, one that may be nominative in the accusative."""
    own = list(endings)
    if language != "ru" or case.lower(before, language) not in ("в", "во", "на"):
        return cases_of(own, language, before)
    found = {ending.case for ending in own if ending.grammar == "ru" and not ending.plural}
    return frozenset({"loc"} if "loc" in found else {"acc"} & found)


def _endings_after(letter: str, table: dict[str, Any]) -> dict[str, str]:
    """Endings for a label by its letter: where the letter's spoken name decides the vowel."""
    for letters, endings in table.get("ending_after", {}).items():
        if letter[:1] in letters and len(letter) == 1:
            found: dict[str, str] = endings
            return found
    default: dict[str, str] = table.get("ending", {})
    return default


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _shuffled(seed: str, letters: str) -> tuple[str, ...]:
    def weight(place: int) -> bytes:
        return hashlib.sha256(f"{seed}\0{place}".encode()).digest()

    found = letters.split()
    return tuple(found[place] for place in sorted(range(len(found)), key=weight))
