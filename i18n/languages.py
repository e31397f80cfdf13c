"""The languages of the window and of documents, and how a tag from outside becomes one of them. Must not load words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from i18n.message import Message, msg

Script = Literal["Latn", "Cyrl"]


@dataclass(frozen=True)
class Language:
    """One language as the program writes it: own code, its name in itself, script, BCP 47 tag, name as a message."""

    code: str
    autonym: str
    script: Script
    bcp47: str
    name: Message


UI_LANGUAGES: tuple[Language, ...] = (
    Language("en", "English", "Latn", "en", msg("English")),
    Language("ru", "Русский", "Cyrl", "ru", msg("Russian")),
    Language("uz_Latn", "Oʻzbekcha", "Latn", "uz-Latn", msg("Uzbek (Latin)")),
    Language("uz_Cyrl", "Ўзбекча", "Cyrl", "uz-Cyrl", msg("Uzbek (Cyrillic)")),
    Language("tg", "Тоҷикӣ", "Cyrl", "tg", msg("Tajik")),
    Language("az", "Azərbaycanca", "Latn", "az", msg("Azerbaijani")),
)
# Languages a petition or statement can be written in: the six, and the other languages of the bodies addressed.
DOCUMENT_LANGUAGES: tuple[Language, ...] = (
    *UI_LANGUAGES,
    Language("fr", "Français", "Latn", "fr", msg("French")),
    Language("es", "Español", "Latn", "es", msg("Spanish")),
)
SOURCE_LANGUAGE = "en"

_BY_CODE = {language.code: language for language in DOCUMENT_LANGUAGES}

# A tag's beginning (small letters, underscores, no encoding) -> the window's language; the first that fits counts.
_ALIASES: tuple[tuple[str, str], ...] = (
    ("uz_cyrl", "uz_Cyrl"),
    ("uz", "uz_Latn"),
    ("tg", "tg"),
    ("az", "az"),
    ("ru", "ru"),
    ("be", "ru"),
    ("uk", "ru"),
    ("kk", "ru"),
    ("ky", "ru"),
    ("tk", "ru"),
)

# Other languages people are interviewed in, are named in, or read. Keys are BCP 47.
OTHER_LANGUAGES: dict[str, Message] = {
    "ar": msg("Arabic"),
    "ba": msg("Bashkir"),
    "de": msg("German"),
    "fa": msg("Persian"),
    "he": msg("Hebrew"),
    "hy": msg("Armenian"),
    "ka": msg("Georgian"),
    "kaa": msg("Karakalpak"),
    "kk": msg("Kazakh"),
    "ku": msg("Kurdish"),
    "ky": msg("Kyrgyz"),
    "lez": msg("Lezgin"),
    "lt": msg("Lithuanian"),
    "nl": msg("Dutch"),
    "pl": msg("Polish"),
    "ps": msg("Pashto"),
    "prs": msg("Dari"),
    "sgh": msg("Shughni"),
    "sv": msg("Swedish"),
    "tk": msg("Turkmen"),
    "tly": msg("Talysh"),
    "tr": msg("Turkish"),
    "tt": msg("Tatar"),
    "uk": msg("Ukrainian"),
}


def language(code: str) -> Language:
    """The language of an own code (`uz_Latn`); KeyError for any other text."""
    return _BY_CODE[code]


def canonical_language(tag: str) -> str:
    """The window language for any tag (`uz-UZ`, `uz_UZ@cyrillic`, `ru_TJ.UTF-8`); English for what is not known.

    A fixed table, because negotiation by system data gives Russian to Uzbeks.
    """
    plain, _, modifier = _plain(tag).partition("@")
    if plain.split("_")[0] == "uz" and modifier.startswith("cyr"):
        return "uz_Cyrl"
    return next((code for prefix, code in _ALIASES if _begins(plain, prefix)), SOURCE_LANGUAGE)


def document_language(tag: str) -> str | None:
    """The document language for a tag, or None where the program cannot write that language."""
    plain = _plain(tag).partition("@")[0]
    for code in ("fr", "es", "en"):
        if _begins(plain, code):
            return code
    found = canonical_language(tag)
    return found if found != SOURCE_LANGUAGE and _begins(plain, found[:2]) else None


def language_name(tag: str) -> Message:
    """What a language is called, for lists and reports; the tag itself for one that is not known."""
    code = document_language(tag)
    if code is not None:
        return msg("Uzbek") if _plain(tag) == "uz" else _BY_CODE[code].name
    plain = _plain(tag).partition("_")[0]
    return OTHER_LANGUAGES.get(plain) or Message("{tag}", {"tag": tag})


def autonym(tag: str) -> str:
    """The language's own name for itself where known, else the tag."""
    code = document_language(tag)
    return tag if code is None else _BY_CODE[code].autonym


def script_of(code: str) -> Script:
    """The script a language of the program is written in; Latin for others."""
    known = _BY_CODE.get(code)
    return "Latn" if known is None else known.script


def _plain(tag: str) -> str:
    text = tag.strip().replace("-", "_").lower()  # ascii
    head, dot, tail = text.partition(".")
    return head + ("@" + tail.partition("@")[2] if dot and "@" in tail else "")


def _begins(plain: str, prefix: str) -> bool:
    return plain == prefix or plain.startswith(prefix + "_")
