"""Says a hidden place more generally: its region or country in the text's language, in the case the hidden word stood in.

Must not see the hidden word itself: it is given what may be said, the case and the word before.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from exports.dossier.tree import Run  # noqa: F401  (loads the tree before the words, which need it)
from exports.words import say_country
from i18n import fold
from i18n.names import script_of_word

_CITIES = Path(__file__).parent / "cities.toml"
_BRACKETED = "[{}]"
_CYRILLIC_TEXTS = frozenset({"ru", "uz_Cyrl", "tg"})

# Short names that a sentence takes; the full ones do not decline word by word.
_RUSSIAN_SHORT = {
    "RU": "Россия", "US": "США", "AE": "ОАЭ", "GB": "Великобритания", "CZ": "Чехия", "SK": "Словакия", "MD": "Молдова",
    "KR": "Южная Корея", "VA": "Ватикан",
}  # fmt: skip
_ENGLISH_SHORT = {
    "RU": "Russia",
    "US": "United States",
    "MD": "Moldova",
    "SK": "Slovakia",
    "KR": "South Korea",
}
_WITH_ARTICLE = frozenset({"AE", "GB", "US", "NL", "CZ", "VA"})


def general_words(region: str, country: str, language: str, cases: frozenset[str], before: str) -> str:
    """The region (where its letters fit the text) or the country, declined for `cases`; "" where neither is known.

    `language` is a label language; `before` the word before the place. Without exactly one case the neutral bracket stands.
    """
    if region and (script_of_word(region) == "Cyrl") == (language in _CYRILLIC_TEXTS):
        return _declined(region, language, cases, known=False)
    if not country:
        return region
    if language == "en":
        return _english(country, before)
    name = _RUSSIAN_SHORT.get(country, "") if language == "ru" else ""
    return _declined(name or say_country(country, language), language, cases, known=True)


def _english(country: str, before: str) -> str:
    name = _ENGLISH_SHORT.get(country) or say_country(country, "en")
    return f"the {name}" if country in _WITH_ARTICLE and before.casefold() != "the" else name


def _declined(name: str, language: str, cases: frozenset[str], *, known: bool) -> str:
    if language == "en" or cases == {"nom"}:
        return name
    if len(cases) != 1:
        return _BRACKETED.format(name)
    (case,) = cases
    match language:
        case "ru":
            return _russian(name, case) if known else _BRACKETED.format(name)
        case "uz_Latn" | "uz_Cyrl":
            return name + _uzbek_ending(name, case, language)
        case "tg":
            return name + {"acc": "ро", "izafet": "и"}.get(case, "")
        case "az":
            return name + _azerbaijani_ending(name, case)
        case _:
            return _BRACKETED.format(name)


# Russian ---------------------------------------------------------------------------------------------------------

_ORDER = ("gen", "dat", "acc", "ins", "loc")
_RUSSIAN: tuple[tuple[str, int, str], ...] = (
    (r"ия$", 1, "и и ю ей и"),
    (r"ая$", 2, "ой ой ую ой ой"),
    (r"[жшчщ]а$", 1, "и е у ей е"),
    (r"[гкх]а$", 1, "и е у ой е"),
    (r"а$", 1, "ы е у ой е"),
    (r"Израиль$", 1, "я ю ь ем е"),
    (r"ь$", 1, "и и ь ью и"),
    (r"й$", 1, "я ю й ем е"),
    (r"ды$", 1, "ов ам ы ами ах"),
    (r"[бвгджзклмнпрстфх]$", 0, "а у - ом е"),
)


def _russian(name: str, case: str) -> str:
    if name.isupper() or case not in _ORDER:
        return name
    return " ".join(_russian_word(word, case) for word in name.split(" "))


def _russian_word(word: str, case: str) -> str:
    for pattern, cut, endings in _RUSSIAN:
        if len(word) > 2 and re.search(pattern, word):
            ending = endings.split()[_ORDER.index(case)].replace("-", "")
            return word[: len(word) - cut] + ending
    return word


# Uzbek, Azerbaijani -----------------------------------------------------------------------------------------------

_UZBEK = {"gen": "ning", "acc": "ni", "dat": "ga", "loc": "da", "abl": "dan"}
_UZBEK_CYRILLIC = {"gen": "нинг", "acc": "ни", "dat": "га", "loc": "да", "abl": "дан"}


def _uzbek_ending(name: str, case: str, language: str) -> str:
    ending = (_UZBEK if language == "uz_Latn" else _UZBEK_CYRILLIC).get(case, "")
    if case == "dat" and name[-1] in "kqкқ":
        return name[-1] + ending[1:]
    return ending


def _azerbaijani_ending(name: str, case: str) -> str:
    vowels = [letter for letter in name.casefold() if letter in "aıoueəiöü"]
    last = vowels[-1] if vowels else "ə"
    open_ = "a" if last in "aıou" else "ə"
    narrow = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}.get(last, "i")
    ends_open = name[-1].casefold() in "aıoueəiöü"
    possessed = " " in name and ends_open and last in "ıiuü"
    n = "n" if possessed else ""
    endings = {
        "gen": f"{'n' if ends_open else ''}{narrow}n",
        "acc": f"{'n' if ends_open else ''}{narrow}",
        "dat": f"{n or ('y' if ends_open else '')}{open_}",
        "loc": f"{n}d{open_}",
        "abl": f"{n}d{open_}n",
        "ins": f"yl{open_}" if ends_open else f"l{open_}",
    }
    return endings.get(case, "")


# What a town is called elsewhere ------------------------------------------------------------------------------------


def other_names(town: str) -> tuple[str, ...]:
    """What a town is called in other languages, where transliteration does not lead there (Warsaw, Варшава)."""
    return _cities().get(fold.t_key(town), ())


def is_town(word: str) -> bool:
    """Whether a word is one of the shipped towns, without an ending."""
    return fold.t_key(word) in _cities()


@cache
def _cities() -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads(_CITIES.read_text(encoding="utf-8"))["towns"]
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        names = tuple(name.strip() for name in row.split(","))
        for name in names:
            found[fold.t_key(name)] = names
    return found
