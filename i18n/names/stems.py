"""Cuts a registered name word into the stems that endings are put on. Must not look at texts or persons.

One word gives one or more `Cut`s: a stem key, the table of endings that may follow, and whether a cut was derived
(the other gender of a surname, a spelling variant) rather than registered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from i18n.fold import t_key, x_key
from i18n.names import endings
from i18n.names.endings import Table, agglutinative
from i18n.translit import convert

Part = Literal["given", "family", "patronymic", "nickname", "place"]
Gender = Literal["m", "f", ""]

_OV = re.compile(r"(?:ov|ev|iv|in|of|ef)$")
_OVA = re.compile(r"(?:ov|ev|in)a$")
_SKI = re.compile(r"(?:sk|sk)(?:i|ii|ei|oi)$")
_SKAIA = re.compile(r"skaia$")
_MAN_PATRONYMIC = re.compile(r"(?:ov|ev|iv)?ič$")
_WOMAN_PATRONYMIC = re.compile(r"(?:ov|ev|ič|in)na$")
# A surname in -ов has a body before it; Анвин, Азин and the like are names, not surnames in -ин.
_LEAST_BODY = 3


@dataclass(frozen=True)
class Cut:
    """A stem key and its endings; `gender` is what the stem alone says, `derived` that nobody registered this form."""

    key: str
    table: Table
    gender: Gender = ""
    derived: bool = False


def gender_of_word(word: str, part: Part) -> Gender:
    """What a name word as registered says of its bearer: a surname in -ов m, in -ова f, patronymics; else nothing."""
    key = t_key(word)
    if part == "patronymic":
        return "f" if _WOMAN_PATRONYMIC.search(key) else "m" if _MAN_PATRONYMIC.search(key) else ""
    if part != "family":
        return ""
    if (_OVA.search(key) and len(key) > _LEAST_BODY + 3) or _SKAIA.search(key):
        return "f"
    return "m" if (_OV.search(key) and len(key) > _LEAST_BODY + 1) or _SKI.search(key) else ""


def cuts(word: str, part: Part) -> list[Cut]:
    """Every stem of one registered word (any script, nominative), with the endings it takes."""
    found: list[Cut] = []
    for key in _spellings(word):
        found.extend(_cuts_of_key(key, part, soft=x_key(word).endswith("ь")))
    unique: dict[tuple[str, int], Cut] = {}
    for cut in found:
        unique.setdefault((cut.key, id(cut.table)), cut)
    return list(unique.values())


def _spellings(word: str) -> list[str]:
    """Text keys of the word and of spellings the key itself does not unify."""
    folded = x_key(word)
    forms = [folded]
    if "ё" in folded:
        forms.append(folded.replace("ё", "е"))
    if re.search("[ъʼ]", folded) and not folded.endswith(("ъ", "ʼ")):
        forms.append(re.sub("[ъʼ]", "г" if "ъ" in folded else "g", folded))  # Аъзам, Агзам
    if re.search("[йц]|дж", folded):
        forms.append(
            convert(folded, "iso9")
        )  # one Latin letter for each of й, ц, ж: read otherwise elsewhere
    keys = [t_key(form) for form in forms]
    for key in list(keys):
        keys.extend(_key_variants(key))
    return list(dict.fromkeys(key for key in keys if key))


_KEY_VARIANTS: tuple[tuple[str, str], ...] = (
    (r"sh", "š"),  # Исҳоқ, Ishoq read as sh
    (r"ks", "h"),  # Александр, Alexander
    (r"([ao])v(?=[bgdjzklmnprstfhčš])", r"\1u"),  # Шавкат, Shaukat
    (r"([ao])u(?=[bgdjzklmnprstfhčš])", r"\1v"),
    (r"ah$", "a"),  # Абдуллах, Abdullah
    (r"^iu", "u"),  # Юлдуз, Ulduz
    (r"ng", "n"),
)


def _key_variants(key: str) -> list[str]:
    changed = (re.sub(pattern, instead, key) for pattern, instead in _KEY_VARIANTS)
    return [variant for variant in changed if variant != key and len(variant) > 3]


def _cuts_of_key(key: str, part: Part, soft: bool) -> list[Cut]:
    whole = Cut(key, agglutinative(), gender_of_key(key, part))
    match part:
        case "family":
            return [whole, *_family(key), *_softened(key)]
        case "patronymic":
            return [whole, *_patronymic(key)]
        case "place":
            return [whole, *_place(key)]
        case _:
            return [whole, *_given(key, soft), *_softened(key)]


def gender_of_key(key: str, part: Part) -> Gender:
    """As `gender_of_word`, for a text key."""
    return gender_of_word(key, part)


def _softened(key: str) -> list[Cut]:
    """Azerbaijani k that becomes y before a vowel (Məlik, Məliyin)."""
    if key.endswith("ik") and len(key) >= 4:
        return [Cut(key[:-1], agglutinative(), derived=True)]
    return []


def _family(key: str) -> list[Cut]:
    if gender_of_word(key, "family") == "f" and not key.endswith("skaia"):
        return [
            Cut(key[:-1], endings.RU_OV, "f"),
            Cut(key[:-1], agglutinative(), "m", derived=True),
            *_other_endings(key[:-1]),
        ]
    if key.endswith("skaia"):
        return [
            Cut(key[:-3], endings.RU_ADJECTIVE, "f"),
            Cut(key[:-3] + "i", agglutinative(), "m", derived=True),
        ]
    if _OV.search(key) and len(key) > _LEAST_BODY + 1:
        return [
            Cut(key, endings.RU_OV, "m"),
            Cut(key + "a", agglutinative(), "f", derived=True),
            *_other_endings(key),
        ]
    if _SKI.search(key):
        stem = re.sub(r"(?:i|ii|oi|ei)$", "", key)
        return [Cut(stem, endings.RU_ADJECTIVE, "m"), Cut(stem + "aia", agglutinative(), "f", derived=True)]
    if key.endswith("ih"):
        return []  # Черных
    if key.endswith("es") and len(key) >= 5:
        return [Cut(key, endings.RU_CONSONANT), Cut(key[:-2] + "s", endings.RU_CONSONANT)]  # Кравец, Кравца
    return [*_given(key, soft=False), *(_other_endings(key) if _ZODA.search(key) else ())]


_ZODA = re.compile(r"(?:zoda|zada|zade|zod)$")


def _other_endings(key: str) -> list[Cut]:
    """The surname as it may be re-registered: Давлатов, Давлатзода; Раҷабзода, Раджабов. Never beyond doubt on its own."""
    root = re.sub(r"(?:iev|ov|ev)$", "", _ZODA.sub("", key))
    if len(root) < 4 or root == key:
        return []
    if _ZODA.search(key):
        russian = root + ("ev" if root[-1] in "aeiou" else "ov")
        return [Cut(russian, endings.RU_OV, derived=True), Cut(russian + "a", agglutinative(), derived=True)]
    return [Cut(root + "zoda", agglutinative(), derived=True)]


def _given(key: str, soft: bool) -> list[Cut]:
    last, before = key[-1], key[-2:-1]
    if last in "eou":
        return []
    if last == "a":
        if before == "i":
            return [Cut(key[:-1], endings.RU_IA), Cut(key[:-2], endings.RU_IA)]
        return [Cut(key[:-1], endings.RU_A)]
    if last == "i":
        return [Cut(key[:-1], endings.RU_J)] if before in "aeou" and before else [Cut(key, endings.RU_IJ)]
    found = [Cut(key, endings.RU_CONSONANT)]
    if soft or last == "l":
        found.append(Cut(key, endings.RU_SOFT))
    if key.endswith("el") and len(key) >= 5:
        found.append(Cut(key[:-2] + "l", endings.RU_CONSONANT, derived=True))  # Павел, Павла
    if key == "lev":
        found.append(Cut("lv", endings.RU_CONSONANT))  # Лев, Льва
    return found


def _patronymic(key: str) -> list[Cut]:
    if _WOMAN_PATRONYMIC.search(key):
        return [Cut(key[:-1], endings.RU_PATRONYMIC_F, "f")]
    if _MAN_PATRONYMIC.search(key):
        return [Cut(key, endings.RU_PATRONYMIC_M, "m")]
    return _given(key, soft=False)


def _place(key: str) -> list[Cut]:
    last = key[-1]
    if last == "a":
        return [Cut(key[:-1], endings.RU_PLACE_A)]
    if last == "o":
        return [Cut(key[:-1], endings.RU_PLACE_O)]
    if last in "eiu":
        return []
    return [Cut(key, endings.RU_PLACE_CONSONANT)]
