"""What a translation must not do, one small rule at a time. Must not read files: text in, faults out.

A rule gets the texts it concerns and yields sentences for the translator. Rules come from mistakes seen in published
catalogs and court sites: Latin letters inside Cyrillic words, lost placeholders, three kinds of apostrophe in one file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from i18n import case
from i18n.apostrophes import APOSTROPHES, TURNED, TUTUQ
from i18n.languages import script_of
from i18n.letters import ALPHABETS
from i18n.uz_generate import keep_latin

Rule = Callable[[str, str, str], Iterator[str]]  # (source, translation, language) -> faults

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|%\d|%n|&(?:amp|lt|gt|quot|nbsp);")
_MARK = re.compile(r"&(?=\w)(?!(?:amp|lt|gt|quot|nbsp);)")
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{APOSTROPHES}](?=[^\W\d_]))*(?:(?<=[gGoO])[{APOSTROPHES}])?")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259\u1e00-\u1eff]")
_ENDINGS = ".:…?!"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_QUOTES = {"ru": "«»", "uz_Latn": "“”", "uz_Cyrl": "«»", "tg": "«»", "az": "“”"}
_ALL_QUOTES = '“”„«»"‟'

_TAJIK_LETTERS = frozenset("ғӣқӯҳҷ")
_TAJIK_ENOUGH = 60  # letters; 8 % of running Tajik are such letters


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Short words a language has and its neighbour has not: two of them betray the wrong language.
_FOREIGN_WORDS: dict[str, frozenset[str]] = {
    "ru": _set("ва учун билан ёки эмас барои аз бо ки ҳам агар нест"),
    "uz_Latn": _set("the and with this your from və üçün ilə deyil edin для или"),
    "uz_Cyrl": _set("и для или не что это если нет при вы его только уже все барои дар аст нест шавад"),
    "tg": _set("для или что это если нет при вы его только уже все учун билан эмас ёки керак"),
    "az": _set("the and with this your from va uchun bilan yoki emas ve için ile değil veya"),
}

# Texts that may stay as in English.
SAME_AS_SOURCE = frozenset(
    {"OK", "&OK", "English", "Daftar", "PDF", "JSON", "AM", "PM", "am", "pm", "%p%", "SHA-256"}
)

# What Latin-script languages may write as English does.
_SAME_IN_LATIN = _set("Andorra Argentina Belarus Kosovo Malta Moldova Pakistan Qatar Region Risk Status")


# Words of file formats and of the command line: they may stay where the source text has the very same word.
_FORMAT_WORDS = _set(
    "id true false mul tg uz sgh vault dossiers persons places identifiers keep narratives text path words full daftar Wi Fi"
    " json manifest proof py verify"
)
_QUOTED_OR_OPTION = re.compile(r"[“\"](\w[\w-]*)[”\"]|--(\w[\w-]*)|</?(\w+)>")


def placeholders(source: str, text: str, language: str) -> Iterator[str]:
    """The same {names}, as often."""
    del language
    if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(text)):
        wanted = " ".join(sorted(PLACEHOLDER.findall(source))) or "none"
        yield f"placeholders differ, wanted {wanted}"


def tags(source: str, text: str, language: str) -> Iterator[str]:
    """The same tags, `%1` and line breaks."""
    del language
    if Counter(_TAG.findall(source)) != Counter(_TAG.findall(text)):
        yield "tags or %-signs differ"
    if source.count("\n") != text.count("\n"):
        yield "line breaks differ"


def accelerators(source: str, text: str, language: str) -> Iterator[str]:
    """One accelerator mark where the source has one."""
    del language
    if len(_MARK.findall(source)) != len(_MARK.findall(text)):
        yield "accelerator & lost or added"


def edges(source: str, text: str, language: str) -> Iterator[str]:
    """The same space at either end and the same closing sign."""
    del language
    if source[: len(source) - len(source.lstrip())] != text[: len(text) - len(text.lstrip())]:
        yield "space at the beginning differs"
    if source[len(source.rstrip()) :] != text[len(text.rstrip()) :]:
        yield "space at the end differs"
    ends = [value.rstrip().rstrip("”»\"')")[-1:] for value in (source, text)]
    closing = [end if end in _ENDINGS else "" for end in ends]
    if source.rstrip().endswith("...") != text.rstrip().endswith("...") and closing[1] != "…":
        yield "closing sign differs"
    elif closing[0] != closing[1] and not source.rstrip().endswith("..."):
        yield f"closing sign differs, wanted {closing[0] or 'none'}"


def numbers(source: str, text: str, language: str) -> Iterator[str]:
    """Numbers are kept."""
    del language
    plain = [PLACEHOLDER.sub("", value) for value in (source, text)]
    if Counter(_NUMBER.findall(plain[0])) != Counter(_NUMBER.findall(plain[1])):
        yield "numbers differ"


def characters(source: str, text: str, language: str) -> Iterator[str]:
    """Composed letters, no invisible or control characters, no doubled spaces."""
    del language
    if unicodedata.normalize("NFC", text) != text:
        yield "letters are not composed (NFC)"
    for char in sorted(set(text)):
        if char in _BIDI:
            yield f"direction control U+{ord(char):04X}"
        elif char == "\ufffd" or (
            unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Cs") and char != "\n"
        ):
            yield f"forbidden character U+{ord(char):04X}"
    if "  " in text and "  " not in source:
        yield "two spaces"


def scripts(source: str, text: str, language: str) -> Iterator[str]:
    """No word of two scripts, which is how look-alike letters show."""
    del source, language
    for word in _words(text):
        if _CYRILLIC.search(word) and _LATIN.search(word):
            yield f"two scripts in one word: {word}"


def alphabet(source: str, text: str, language: str) -> Iterator[str]:
    """Only letters of the language, but for names and codes that stay in Latin letters."""
    known = frozenset("".join(ALPHABETS[language]) + TURNED + TUTUQ)
    for word in _words(text):
        small = case.lower(word, language)
        strange = [char for char in small if char not in known]
        if language == "uz_Latn" and re.search("c(?!h)", small):
            strange.append("c")
        if strange and not _may_stay(word, source) and not (_CYRILLIC.search(word) and _LATIN.search(word)):
            yield f"letter {strange[0]} is not of this language: {word}"


def apostrophes(source: str, text: str, language: str) -> Iterator[str]:
    """Uzbek Latin: U+02BB in oʻ and gʻ, U+02BC elsewhere; other languages have none inside words."""
    del source
    for word in _words(PLACEHOLDER.sub(" ", text)):
        for match in re.finditer(f"[{APOSTROPHES}]", word):
            after_o_g = word[match.start() - 1 : match.start()] in ("o", "g", "O", "G")
            wanted = TURNED if after_o_g else TUTUQ
            if language == "uz_Latn" and match[0] != wanted:
                yield f"apostrophe must be U+{ord(wanted):04X}: {word}"
            elif language != "uz_Latn":
                yield f"apostrophe inside a word: {word}"


def quotes(source: str, text: str, language: str) -> Iterator[str]:
    """The language's own quotation marks."""
    if '"' in source:
        return
    wrong = sorted(set(text) & (set(_ALL_QUOTES) - set(_QUOTES[language])))
    if wrong:
        yield f"quotation mark {wrong[0]}, wanted {_QUOTES[language]}"


def other_language(source: str, text: str, language: str) -> Iterator[str]:
    """Not another language's sentence."""
    del source
    words = [case.lower(word, language) for word in _words(text)]
    foreign = [word for word in words if word in _FOREIGN_WORDS[language]]
    if len(set(foreign)) >= 2 or (foreign and len(words) <= 4):
        yield f"looks like another language: {', '.join(sorted(set(foreign)))}"
    if language == "tg":
        letters = "".join(words)
        if len(letters) >= _TAJIK_ENOUGH and not _TAJIK_LETTERS & set(letters):
            yield "long Tajik text without ғ ӣ қ ӯ ҳ ҷ"


def same_as_source(source: str, text: str, language: str) -> Iterator[str]:
    """Not left in English."""
    if text != source or text in SAME_AS_SOURCE:
        return
    if text in _SAME_IN_LATIN and script_of(language) == "Latn":
        return
    words = _words(_TAG.sub("", PLACEHOLDER.sub("", source)))
    if any(not _may_stay(word, source) or len(words) > 1 for word in words if word not in keep_latin()):
        yield "the same as the English"


def script(source: str, text: str, language: str) -> Iterator[str]:
    """Some letter of the language's own script, where the source has words."""
    plain = _TAG.sub("", PLACEHOLDER.sub("", text))
    words = [word for word in _words(plain) if not _may_stay(word, source)]
    own = _CYRILLIC if script_of(language) == "Cyrl" else _LATIN
    if words and not any(own.search(word) for word in words):
        yield "no word in the script of this language"


RULES: dict[str, Rule] = {
    "placeholders": placeholders,
    "tags": tags,
    "accelerators": accelerators,
    "edges": edges,
    "numbers": numbers,
    "characters": characters,
    "scripts": scripts,
    "script": script,
    "alphabet": alphabet,
    "apostrophes": apostrophes,
    "quotes": quotes,
    "other_language": other_language,
    "same_as_source": same_as_source,
}


def _words(text: str) -> list[str]:
    text = _MARK.sub("", PLACEHOLDER.sub(" ", text))
    return _WORD.findall(_TAG.sub(" ", text))


def _may_stay(word: str, source: str) -> bool:
    """A product or code: on the list of Latin words, or a code of the source, or a word of the file format or
    command line that the source has too."""
    if word in keep_latin() or word in SAME_AS_SOURCE:
        return True
    codes = re.findall(r"[A-Za-z][A-Za-z0-9/-]*", source)
    literal = {
        part for match in _QUOTED_OR_OPTION.findall(source) for name in match for part in name.split("-")
    }
    if word in literal or (word in _FORMAT_WORDS and re.search(rf"\b{re.escape(word)}\b", source)):
        return True
    return any(word in code for code in codes if code.isupper() or any(char.isdigit() for char in code))
