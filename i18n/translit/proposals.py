"""Likely spellings of a name in other scripts, for a person's record. Must not be stored unless the user takes one.

The first proposal of each script follows what registry offices and passports do today; later ones are other customs
met in documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from i18n.languages import canonical_language
from i18n.message import Message, msg
from i18n.translit.engine import convert

# What a scheme is called on screen.
SCHEME_TITLES: dict[str, Message] = {
    "uz_1995": msg("Uzbek, the other script"),
    "uz_odni": msg("English letters, as in passports"),
    "uz_ru": msg("Russian spelling"),
    "tg_bgn": msg("Latin letters, BGN/PCGN"),
    "tg_odni": msg("English letters, as in passports"),
    "tg_ru": msg("Russian spelling"),
    "az_1991": msg("Azerbaijani, the other script"),
    "az_en": msg("English letters, as in passports"),
    "az_ru": msg("Russian spelling"),
    "az_ru_k": msg("Russian spelling, other custom"),
    "ru_icao": msg("English letters, Russian passports since 2014"),
    "ru_gost2010": msg("English letters, Russian passports of 2010–2014"),
    "ru_bgn": msg("Latin letters, BGN/PCGN"),
    "iso9": msg("Latin letters, ISO 9"),
}

_BY_LANGUAGE: dict[str, tuple[tuple[str, str], ...]] = {
    # language of the name as written -> (scheme, language of the result)
    "uz_Cyrl": (("uz_1995", "uz_Latn"), ("uz_odni", "en"), ("uz_ru", "ru")),
    "tg": (("tg_odni", "en"), ("tg_bgn", "tg_Latn"), ("tg_ru", "ru")),
    "az": (("az_1991", "az_Cyrl"), ("az_en", "en"), ("az_ru", "ru"), ("az_ru_k", "ru")),
    "ru": (("ru_icao", "en"), ("ru_gost2010", "en"), ("ru_bgn", "ru_Latn"), ("iso9", "ru_Latn")),
}


@dataclass(frozen=True)
class Proposal:
    """One spelling: text, its language or alphabet, its script, and the scheme that made it."""

    text: str
    language: str
    script: Literal["Latn", "Cyrl"]
    scheme: str

    @property
    def title(self) -> Message:
        """What the spelling is, in words."""
        return SCHEME_TITLES[self.scheme]


def propose(name: str, language: str) -> list[Proposal]:
    """Spellings of a name written in `language` (any tag; `und` is read as Russian or by script), without repetition."""
    tag = canonical_language(language)
    cyrillic = any("\u0400" <= char <= "\u052f" for char in name)
    found: list[Proposal] = []
    for proposal in _from_cyrillic(name, tag) if cyrillic else _from_latin(name, tag):
        if proposal.text != name and proposal.text not in {other.text for other in found}:
            found.append(proposal)
    return found


def _from_cyrillic(name: str, tag: str) -> list[Proposal]:
    if tag == "az":
        latin = convert(name, "az_1991")
        return [_proposal(latin, "az", "az_1991"), *_by_rules(latin, "az")[1:]]
    language = {"uz_Latn": "uz_Cyrl", "en": "ru"}.get(tag, tag)
    return _by_rules(name, language)


def _from_latin(name: str, tag: str) -> list[Proposal]:
    if tag in ("uz_Latn", "uz_Cyrl"):
        cyrillic = convert(name, "uz_1995", back=True)
        return [_proposal(cyrillic, "uz_Cyrl", "uz_1995"), *_by_rules(cyrillic, "uz_Cyrl")[1:]]
    if tag == "tg":
        cyrillic = convert(name, "tg_odni", back=True)
        return [_proposal(cyrillic, "tg", "tg_odni"), *_by_rules(cyrillic, "tg")]
    if tag == "az":
        return [
            _proposal(convert(name, "az_1991", back=True), "az_Cyrl", "az_1991"),
            *_by_rules(name, "az")[1:],
        ]
    cyrillic = convert(name, "ru_bgn", back=True)
    return [_proposal(cyrillic, "ru", "ru_bgn")]


def _by_rules(name: str, language: str) -> list[Proposal]:
    return [_proposal(convert(name, scheme), target, scheme) for scheme, target in _BY_LANGUAGE[language]]


def _proposal(text: str, language: str, scheme: str) -> Proposal:
    script: Literal["Latn", "Cyrl"] = "Cyrl" if language in ("ru", "tg", "uz_Cyrl", "az_Cyrl") else "Latn"
    return Proposal(text, language, script, scheme)
