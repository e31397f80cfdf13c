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
    *(
        (tag, i18n.language_name(tag))
        for tag in (
            "sgh",
            "kaa",
            "tly",
            "lez",
            "kk",
            "ky",
            "tk",
            "fa",
            "prs",
            "tr",
            "uk",
            "pl",
            "de",
            "fr",
            "ar",
        )
    ),
)
SCRIPTS: tuple[tuple[str, Message], ...] = (
    ("Cyrl", msg("Cyrillic")),
    ("Latn", msg("Latin")),
    ("Arab", msg("Arabic script")),
)
COUNTRIES: tuple[tuple[str, Message], ...] = (
    ("TJ", msg("Tajikistan")), ("UZ", msg("Uzbekistan")), ("AZ", msg("Azerbaijan")), ("KZ", msg("Kazakhstan")),
    ("KG", msg("Kyrgyzstan")), ("TM", msg("Turkmenistan")), ("RU", msg("Russia")), ("AF", msg("Afghanistan")),
    ("AL", msg("Albania")), ("AD", msg("Andorra")), ("AR", msg("Argentina")), ("AM", msg("Armenia")),
    ("AU", msg("Australia")), ("AT", msg("Austria")), ("BY", msg("Belarus")), ("BE", msg("Belgium")),
    ("BA", msg("Bosnia and Herzegovina")), ("BR", msg("Brazil")), ("BG", msg("Bulgaria")), ("CA", msg("Canada")),
    ("CN", msg("China")), ("HR", msg("Croatia")), ("CY", msg("Cyprus")), ("CZ", msg("Czechia")), ("DK", msg("Denmark")),
    ("EG", msg("Egypt")), ("EE", msg("Estonia")), ("FI", msg("Finland")), ("FR", msg("France")), ("GE", msg("Georgia")),
    ("DE", msg("Germany")), ("GR", msg("Greece")), ("VA", msg("Holy See")), ("HU", msg("Hungary")),
    ("IS", msg("Iceland")), ("IN", msg("India")), ("ID", msg("Indonesia")), ("IR", msg("Iran")), ("IQ", msg("Iraq")),
    ("IE", msg("Ireland")), ("IL", msg("Israel")), ("IT", msg("Italy")), ("JP", msg("Japan")), ("JO", msg("Jordan")),
    ("XK", msg("Kosovo")), ("KW", msg("Kuwait")), ("LV", msg("Latvia")), ("LB", msg("Lebanon")),
    ("LI", msg("Liechtenstein")), ("LT", msg("Lithuania")), ("LU", msg("Luxembourg")), ("MY", msg("Malaysia")),
    ("MT", msg("Malta")), ("MX", msg("Mexico")), ("MD", msg("Moldova")), ("MC", msg("Monaco")), ("MN", msg("Mongolia")),
    ("ME", msg("Montenegro")), ("MA", msg("Morocco")), ("NL", msg("Netherlands")), ("NZ", msg("New Zealand")),
    ("MK", msg("North Macedonia")), ("NO", msg("Norway")), ("PK", msg("Pakistan")), ("PL", msg("Poland")),
    ("PT", msg("Portugal")), ("QA", msg("Qatar")), ("RO", msg("Romania")), ("SM", msg("San Marino")),
    ("SA", msg("Saudi Arabia")), ("RS", msg("Serbia")), ("SK", msg("Slovakia")), ("SI", msg("Slovenia")),
    ("KR", msg("South Korea")), ("ES", msg("Spain")), ("SE", msg("Sweden")), ("CH", msg("Switzerland")),
    ("SY", msg("Syria")), ("TH", msg("Thailand")), ("TR", msg("Türkiye")), ("UA", msg("Ukraine")),
    ("AE", msg("United Arab Emirates")), ("GB", msg("United Kingdom")), ("US", msg("United States")),
)  # fmt: skip


NEAR = frozenset(("TJ", "UZ", "AZ", "KZ", "KG", "TM", "RU"))
"""The countries most people here speak of: a list of countries begins with them."""


def body_name(key: str, language: str) -> str:
    """The name of a body of the lexicon in a language; the words themselves where it is not one."""
    entry = lexicon().agencies.get(key)
    return entry.name_in(language) if entry is not None else key


def country_words(code: str) -> Message | str:
    """What a country is called; the code itself where it is not in the list."""
    return dict(COUNTRIES).get(code, code)
