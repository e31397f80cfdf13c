"""Languages, countries and scripts as choices for editors. Must not hold more than people choose from."""

from __future__ import annotations

import i18n
from i18n.message import Message, msg
from storage import lexicon

LANGUAGES: tuple[tuple[str, Message], ...] = (
    ("tg", msg("Tajik")),
    ("uz-Latn", msg("Uzbek (Latin)")),
    ("uz-Cyrl", msg("Uzbek (Cyrillic)")),
    ("ru", msg("Russian")),
    ("az", msg("Azerbaijani")),
    ("en", msg("English")),
    *((tag, i18n.language_name(tag)) for tag in ("sgh", "kaa", "tly", "lez", "kk", "ky", "tk", "fa", "prs", "tr", "uk", "pl", "de", "fr", "ar")),
)
SCRIPTS: tuple[tuple[str, Message], ...] = (("Cyrl", msg("Cyrillic")), ("Latn", msg("Latin")), ("Arab", msg("Arabic script")))
COUNTRIES: tuple[tuple[str, Message], ...] = (
    ("TJ", msg("Tajikistan")), ("UZ", msg("Uzbekistan")), ("AZ", msg("Azerbaijan")), ("KZ", msg("Kazakhstan")),
    ("KG", msg("Kyrgyzstan")), ("TM", msg("Turkmenistan")), ("RU", msg("Russia")), ("AF", msg("Afghanistan")),
    ("AL", msg("Albania")), ("AM", msg("Armenia")), ("AT", msg("Austria")), ("AE", msg("United Arab Emirates")),
    ("BE", msg("Belgium")), ("BG", msg("Bulgaria")), ("BY", msg("Belarus")), ("CA", msg("Canada")),
    ("CH", msg("Switzerland")), ("CN", msg("China")), ("CY", msg("Cyprus")), ("CZ", msg("Czechia")),
    ("DE", msg("Germany")), ("DK", msg("Denmark")), ("EE", msg("Estonia")), ("EG", msg("Egypt")),
    ("ES", msg("Spain")), ("FI", msg("Finland")), ("FR", msg("France")), ("GB", msg("United Kingdom")),
    ("GE", msg("Georgia")), ("GR", msg("Greece")), ("HR", msg("Croatia")), ("HU", msg("Hungary")),
    ("IE", msg("Ireland")), ("IN", msg("India")), ("IQ", msg("Iraq")), ("IR", msg("Iran")), ("IT", msg("Italy")),
    ("KR", msg("South Korea")), ("LT", msg("Lithuania")), ("LV", msg("Latvia")), ("MD", msg("Moldova")),
    ("ME", msg("Montenegro")), ("MK", msg("North Macedonia")), ("NL", msg("Netherlands")), ("NO", msg("Norway")),
    ("PK", msg("Pakistan")), ("PL", msg("Poland")), ("PT", msg("Portugal")), ("RO", msg("Romania")),
    ("RS", msg("Serbia")), ("SE", msg("Sweden")), ("SK", msg("Slovakia")), ("SY", msg("Syria")),
    ("TR", msg("Türkiye")), ("UA", msg("Ukraine")), ("US", msg("United States")),
)  # fmt: skip


def body_name(key: str, language: str) -> str:
    """The name of a body of the lexicon in a language; the words themselves where it is not one."""
    entry = lexicon().agencies.get(key)
    return entry.name_in(language) if entry is not None else key


def country_words(code: str) -> Message | str:
    """What a country is called; the code itself where it is not in the list."""
    return dict(COUNTRIES).get(code, code)
