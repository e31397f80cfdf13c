"""The endings a name takes in Russian, Uzbek, Tajik, Azerbaijani and English, as tables over text keys. Must not know any name.

Endings are written in the letters of `i18n.fold.t_key` (ı, ы, й, y are i; ə is a; ҳ, х are h; ҷ, c are j). Agglutinative
languages share one table, because narrators switch languages within a sentence; each ending says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

Grammar = Literal["ru", "uz", "tg", "az", "en"]
Case = Literal["nom", "gen", "dat", "acc", "ins", "loc", "abl", "izafet", "equ"]


@dataclass(frozen=True)
class Ending:
    """What an ending says: language, case, number (plural or not), gender where it shows one."""

    grammar: Grammar
    case: Case
    plural: bool = False
    gender: Literal["m", "f", ""] = ""


Table = Mapping[str, tuple[Ending, ...]]


def _russian(spec: str) -> dict[str, tuple[Ending, ...]]:
    """`"a:gen.m acc.m nom.f"`, entries parted by `;`; `-` is the empty ending; `.p` is plural."""
    table: dict[str, tuple[Ending, ...]] = {}
    for entry in spec.split(";"):
        ending, _, meanings = entry.strip().partition(":")
        found = []
        for meaning in meanings.split():
            case, _, rest = meaning.partition(".")
            gender: Literal["m", "f", ""] = "m" if rest == "m" else "f" if rest == "f" else ""
            found.append(Ending("ru", case, rest == "p", gender))  # type: ignore[arg-type]
        table["" if ending == "-" else ending] = tuple(found)
    return table


# Stems without the vowel that changes. Names in -ов, -ев, -ин (Назаров-, Назаров-а).
RU_OV = _russian(
    "-:nom.m; a:gen.m acc.m nom.f; u:dat.m acc.f; im:ins.m dat.p; e:loc.m; oi:gen.f dat.f ins.f loc.f; oiu:ins.f;"
    "i:nom.p; ih:gen.p acc.p loc.p; imi:ins.p"
)
# -ский, -ой (Заславск-)
RU_ADJECTIVE = _russian(
    "i:nom.m nom.p; oi:nom.m gen.f dat.f ins.f loc.f; ogo:gen.m acc.m; omu:dat.m; im:ins.m dat.p; om:loc.m; aia:nom.f;"
    "uiu:acc.f; oiu:ins.f; ie:nom.p; ih:gen.p acc.p loc.p; imi:ins.p"
)
# consonant-final men's names and surnames (Рахмон-а)
RU_CONSONANT = _russian(
    "-:nom.m nom.f gen.f dat.f acc.f ins.f loc.f; a:gen.m acc.m; u:dat.m; om:ins.m; em:ins.m; e:loc.m; i:nom.p; am:dat.p; ami:ins.p; ah:loc.p"
)
# soft ones: men's (Игорь, Рафаэль) and women's (Гузель) together
RU_SOFT = _russian(
    "ia:gen.m acc.m; iu:dat.m ins.f; em:ins.m; e:loc.m; i:gen.f dat.f loc.f nom.p; ei:gen.p acc.p"
)
# -а, -я (Гулнор-а, Мари-я)
RU_A = _russian(
    "a:nom; i:gen nom.p; e:dat loc; u:acc; oi:ins; oiu:ins; ei:ins; eiu:ins; am:dat.p; ami:ins.p; ah:loc.p"
)
# -я after a vowel: the key shows the glide (Мадия, Лия)
RU_IA = _russian(
    "a:nom; ia:nom; i:gen dat loc nom.p; iu:acc; u:acc; ei:ins; e:dat loc; -:gen dat loc; iam:dat.p; iah:loc.p"
)
# vowel + й (Сергей, Хаёй): stem without й
RU_J = _russian(
    "ia:gen.m acc.m; iu:dat.m; em:ins.m; e:loc.m; i:nom.m loc.m nom.p; ev:gen.p acc.p; iam:dat.p; iami:ins.p"
)
# -ий (Григорий): the key is grigori
RU_IJ = _russian("-:nom.m; a:gen.m acc.m; ia:gen.m acc.m; u:dat.m; iu:dat.m; em:ins.m; e:loc.m")
RU_PATRONYMIC_M = _russian(
    "a:gen.m acc.m; u:dat.m; em:ins.m; om:ins.m; e:loc.m; i:nom.p; ei:gen.p acc.p; ami:ins.p"
)
RU_PATRONYMIC_F = _russian("a:nom.f; i:gen.f nom.p; e:dat.f loc.f; u:acc.f; oi:ins.f; oiu:ins.f; ami:ins.p")
# places: the common declensions of a noun
RU_PLACE_A = _russian("a:nom; i:gen dat; e:dat loc; u:acc; oi:ins; oiu:ins; ei:ins")
RU_PLACE_CONSONANT = _russian("a:gen; u:dat; om:ins; em:ins; e:loc; i:nom.p gen")
RU_PLACE_O = _russian("o:nom; a:gen; u:dat; om:ins; e:loc; em:ins")

RUSSIAN_ENDINGS = frozenset(
    ending
    for table in (
        RU_OV, RU_ADJECTIVE, RU_CONSONANT, RU_SOFT, RU_A, RU_IA, RU_J, RU_IJ, RU_PATRONYMIC_M, RU_PATRONYMIC_F, RU_PLACE_A,
        RU_PLACE_CONSONANT, RU_PLACE_O,
    )
    for ending in table
)  # fmt: skip

_UZ_CASES: dict[str, Case] = {
    "": "nom", "ning": "gen", "ni": "acc", "ga": "dat", "ka": "dat", "da": "loc", "dan": "abl", "dagi": "loc",
    "dagilar": "loc", "niki": "gen", "gača": "dat", "kača": "dat", "dek": "equ", "dai": "equ", "ča": "equ", "čalik": "equ",
    "siz": "equ", "gina": "nom", "ginani": "acc", "ginaga": "dat", "nikiga": "dat", "nikida": "loc", "nikidan": "abl",
    "lik": "equ", "liklar": "equ", "ligi": "equ", "ligini": "equ", "miš": "nom",
}  # fmt: skip
_UZ_POSSESSIVES = ("", "im", "m", "ing", "ng", "i", "si", "imiz", "miz", "ingiz", "ngiz")
_UZ_CLITICS = (
    "",
    "mi",
    "či",
    "ku",
    "dir",
    "man",
    "san",
    "siz",
    "u",
    "iu",
    "iam",
    "da",
    "mikan",
    "dirlar",
    "ham",
)


def _uzbek() -> dict[str, Case]:
    found: dict[str, Case] = {}
    for clitic in _UZ_CLITICS:  # plain cases first: -da is the locative before it is the particle
        for plural in ("", "lar"):
            for possessive in _UZ_POSSESSIVES:
                for case, meaning in _UZ_CASES.items():
                    found.setdefault(plural + possessive + case + clitic, meaning)
    return found


def _tajik() -> dict[str, Case]:
    found: dict[str, Case] = {}
    linked = (
        "", "i", "ie", "e", "am", "at", "aš", "amon", "aton", "ašon", "iam", "iat", "iaš", "iamon", "iaton", "iašon",
        "mon", "ton", "šon",
    )  # fmt: skip
    for plural in ("", "ho", "on", "ion", "gon", "vu"):
        for link in linked:
            objects: tuple[tuple[str, Case], ...] = (("", "izafet" if link == "i" else "nom"), ("ro", "acc"))
            for object_, meaning in objects:
                for clitic in ("", "u", "iu", "vu", "am", "iam", "ku", "ast", "st", "and", "da", "ie"):
                    case: Case = meaning if not (plural == "" and link == "" and not object_) else "nom"
                    found.setdefault(plural + link + object_ + clitic, case)
    return found


_AZ_CASES: dict[str, Case] = {
    "": "nom", "in": "gen", "un": "gen", "nin": "gen", "nun": "gen", "i": "acc", "u": "acc", "ni": "acc", "nu": "acc",
    "ii": "acc", "iu": "acc", "a": "dat", "ia": "dat", "na": "dat", "da": "loc", "nda": "loc", "dan": "abl", "ndan": "abl",
    "la": "ins", "ila": "ins", "nla": "ins", "ja": "equ", "nja": "equ", "daki": "loc", "ndaki": "loc", "ninki": "gen",
    "inki": "gen", "nunku": "gen", "unku": "gen", "siz": "equ", "suz": "equ", "gil": "nom", "gilin": "gen", "gila": "dat", "gilda": "loc", "gildan": "abl",
    "gili": "acc", "dakilar": "loc",
}  # fmt: skip
_AZ_POSSESSIVES = (
    "", "im", "um", "m", "in", "un", "n", "i", "u", "si", "su", "imiz", "umuz", "miz", "muz", "iniz", "unuz", "niz", "nuz",
)  # fmt: skip
_AZ_CLITICS = (
    "",
    "dir",
    "dur",
    "mi",
    "mu",
    "sa",
    "ki",
    "san",
    "am",
    "iam",
    "dirlar",
    "imiš",
    "idi",
    "dirmi",
    "durmu",
)


def _azerbaijani() -> dict[str, Case]:
    found: dict[str, Case] = {}
    for plural in ("", "lar"):
        for possessive in _AZ_POSSESSIVES:
            for case, meaning in _AZ_CASES.items():
                for clitic in _AZ_CLITICS:
                    loose = clitic in ("sa", "ki") and meaning == "nom"
                    found.setdefault(plural + possessive + case + clitic, "equ" if loose else meaning)
    for ending, meaning in list(found.items()):  # ə typed as e on foreign keyboards
        if "a" in ending:
            found.setdefault(ending.replace("a", "e"), meaning)
    return found


_MULTIPLE = ("lar", "ler", "ho", "gil")


@cache
def agglutinative() -> Table:
    """Endings that follow any whole stem: Uzbek, Tajik, Azerbaijani and English stacks, the empty one included."""
    table: dict[str, list[Ending]] = {}
    sources: Iterable[tuple[Grammar, dict[str, Case]]] = (
        ("uz", _uzbek()), ("tg", _tajik()), ("az", _azerbaijani()),
        ("en", {"": "nom", "s": "nom", "h": "nom", "es": "nom", "hs": "nom"}),
    )  # fmt: skip
    for grammar, endings in sources:
        for ending, case in endings.items():
            plural = ending.startswith(_MULTIPLE) or (grammar == "en" and ending.endswith("s"))
            for key in {ending, _settled(ending)}:
                table.setdefault(key, []).append(Ending(grammar, case, plural))
    return {ending: tuple(found) for ending, found in table.items()}


@cache
def all_endings() -> frozenset[str]:
    """Every ending of every grammar, for words that are no names (kept phrases)."""
    return frozenset(agglutinative()) | RUSSIAN_ENDINGS


def _settled(ending: str) -> str:
    """The ending as the key of a whole word would show it: runs of i are one i, i before e is swallowed after a vowel."""
    while "ii" in ending:
        ending = ending.replace("ii", "i")
    return ending
