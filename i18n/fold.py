"""Keys that let one word be found in any script, keyboard or spelling. Must not be shown, stored as text, or read back.

Two keys, both memoised per distinct word:

- `x_key`, same-script fold: composed, invisible signs dropped, look-alike letters of another script repaired, all
  i-letters merged, small letters, apostrophes unified. Equal x-keys are the same word.
- `t_key`, Latin skeleton common to all scripts and spellings (қ к q k → k, ҷ ж c zh j → j, ў oʻ у → u): the same
  for Кабирӣ, Kabiri and КАБИРИ. It loses differences deliberately; ə/a, h/г and a/o, which are matters of *names*,
  it keeps.

`tokens` cuts a text into words with exact offsets; `fold_text` folds a whole text and maps back.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from i18n.apostrophes import APOSTROPHES, TURNED, TUTUQ

_MEMORY = 65536

_MARK = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_APOS = f"[{re.escape(APOSTROPHES)}]"
# Modifier letters count as letters to the regex engine; as the first sign of a word they are quotation marks.
_LETTER = "[^\\W_" + "".join(char for char in APOSTROPHES if char.isalpha()) + "]"
# A word: letters, digits and marks; apostrophes and invisible signs only between them; after a final g or ʻ's own
# o any apostrophe still belongs to it (togʻ, tog').
WORD = re.compile(
    rf"{_LETTER}+(?:[{_MARK}]+{_LETTER}*|[{INVISIBLE}]+(?=[\w{_MARK}]){_LETTER}*"
    rf"|(?:[{INVISIBLE}]*{_APOS})+[{INVISIBLE}]*{_LETTER}+)*"
    rf"(?:(?<=[gG]){_APOS}|(?<=[oO])[{TURNED}{TUTUQ}])?"
)
_CLUSTER = re.compile(rf"[^{_MARK}][{_MARK}]*|[{_MARK}]+", re.DOTALL)
_INVISIBLE_CHAR = re.compile(f"[{INVISIBLE}]")

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259\u1e00-\u1eff]")
_GREEK = re.compile("[\u0370-\u03ff]")


# Words of one script and of composed, everyday letters: nine in ten, folded without looking at each character.
_PURE = re.compile("[a-z0-9çğöşüə]+|[0-9а-яёғӣқӯҳҷў]+")
_I_MERGED = str.maketrans("İIı", "iii")


class Token(NamedTuple):
    """A word of a text: the text as written, and where (`text[start:end] == token.text`)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class FoldedText:
    """A folded text and, for every character of it, where it came from."""

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of a non-empty slice of the folded text."""
        return self.starts[start], self.ends[end - 1]


def tokens(text: str) -> list[Token]:
    """The words of a text in order; a hyphen ends a word, an apostrophe or an invisible sign inside one does not."""
    return [Token(m[0], m.start(), m.end()) for m in WORD.finditer(text)]


def words(text: str) -> list[str]:
    """The same words without their places."""
    return WORD.findall(text)


@lru_cache(maxsize=_MEMORY)
def x_key(word: str) -> str:
    """Same-script key of one word; idempotent."""
    plain = word.translate(_I_MERGED).lower()
    if _PURE.fullmatch(plain):
        return plain
    return "".join(unit.char for unit in _word_units(word, 0))


@lru_cache(maxsize=_MEMORY)
def t_key(word: str) -> str:
    """Latin skeleton of one word, doubled letters made single. Words without letters keep their digits."""
    return _SINGLE.sub(r"\1", t_key_doubled(word))


@lru_cache(maxsize=_MEMORY)
def t_key_doubled(word: str) -> str:
    """Latin skeleton that keeps doubled letters, for grammars that must see where a stem ends (Rahmon·ni)."""
    key = x_key(word)
    if key.isascii() and key.isdigit():
        return key
    key = _cyrillic_to_skeleton(key) if _CYRILLIC.search(key) else _latin_to_skeleton(key)
    if not key.isascii():
        key = _strip_marks(key)
    key = _IE.sub(r"\1e", key)
    key = _II.sub("i", key)
    return _VOWEL_I_E.sub("", key)


def fold_text(text: str) -> FoldedText:
    """The whole text by the rules of `x_key`, with offsets; signs between words stay, invisible ones go."""
    chars: list[str] = []
    starts, ends = array("q"), array("q")
    for unit in _text_units(text):
        chars.append(unit.char)
        starts.append(unit.start)
        ends.append(unit.end)
    return FoldedText("".join(chars), starts, ends)


def filter_key(text: str) -> str:
    """A whole text as skeletons with one space between, for lists that shorten while one types (`in`), in any script."""
    return " ".join(t_key(token.text) for token in tokens(text))


def forget() -> None:
    """Drop every memoised word: called when a notebook is locked, because the words are its content."""
    for cache in (x_key, t_key, t_key_doubled):
        cache.cache_clear()


# Same-script fold -------------------------------------------------------------------------------------------


class _Unit(NamedTuple):
    char: str
    start: int
    end: int


def _text_units(text: str) -> Iterator[_Unit]:
    done = 0
    for match in WORD.finditer(text):
        yield from _plain_units(text, done, match.start())
        yield from _word_units(match[0], match.start())
        done = match.end()
    yield from _plain_units(text, done, len(text))


def _plain_units(text: str, start: int, end: int) -> Iterator[_Unit]:
    for place in range(start, end):
        if not _INVISIBLE_CHAR.match(text[place]):
            yield _Unit(text[place], place, place + 1)


def _word_units(word: str, offset: int) -> list[_Unit]:
    """The folded characters of a word, each with the offsets of the cluster it was made from."""
    units: list[_Unit] = []
    for match in _CLUSTER.finditer(word):
        start, end = offset + match.start(), offset + match.end()
        units.extend(_Unit(char, start, end) for char in _fold_cluster(match[0]))
    repaired = _repair_scripts("".join(unit.char for unit in units))
    units = [_Unit(char, unit.start, unit.end) for char, unit in zip(repaired, units, strict=True)]
    return _unify_apostrophes(units)


_I_LETTERS = frozenset("İIıi")
_FIXED = {"ѐ": "е", "ѝ": "и"}


def _fold_cluster(cluster: str) -> str:
    if len(cluster) == 1:
        if cluster in APOSTROPHES:
            return TUTUQ
        if _INVISIBLE_CHAR.match(cluster):
            return ""
        if cluster in _I_LETTERS:
            return "i"
    elif "\u0305" in cluster:
        cluster = cluster.replace("\u0305", "\u0304")  # an overline typed for the macron of ӣ and ӯ
    out: list[str] = []
    for raw in unicodedata.normalize("NFKC", cluster):
        char = "i" if raw in _I_LETTERS else raw.lower()
        char = _FIXED.get(char, char)
        if len(char) == 1 and (unicodedata.combining(char) or _INVISIBLE_CHAR.match(char)):
            continue  # a stress mark, or one that composes with nothing
        if char in APOSTROPHES:
            char = TUTUQ
        elif char.isdecimal():
            char = str(unicodedata.decimal(char[0]))
        if char.isalnum() or char == TUTUQ:
            out.append(char)
    return "".join(out)


def _unify_apostrophes(units: list[_Unit]) -> list[_Unit]:
    """One ʻ after o and g, one ʼ elsewhere inside the word, none at its ends."""
    out: list[_Unit] = []
    for unit in units:
        if unit.char not in (TUTUQ, TURNED):
            out.append(unit)
        elif out and out[-1].char in ("o", "g"):
            out.append(_Unit(TURNED, unit.start, unit.end))
        elif out and out[-1].char not in (TUTUQ, TURNED):
            out.append(_Unit(TUTUQ, unit.start, unit.end))
    while out and out[-1].char == TUTUQ:
        out.pop()
    return out


_TO_CYRILLIC = dict(zip("aceopxybhkmtëijəɡ", "асеорхувһкмтёіјәг", strict=True))
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _TO_CYRILLIC.items() if cyrillic not in "вмтг"}
_GREEK_TO_LATIN = dict(zip("αβεζηικμνοπρτυχγ", "abezhikmvoprtyxy", strict=True))
_GREEK_TO_CYRILLIC = dict(zip("αβεικμνοπρτυχγ", "авеікмнопртуху", strict=True))


def _repair_scripts(word: str) -> str:
    """Letters of the minority script replaced by their look-alikes, if that makes the word pure; else as it was."""
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    greek = bool(_GREEK.search(word))
    if (cyrillic > 0) + (latin > 0) + greek < 2:
        return word
    order = ("cyrillic", "latin") if cyrillic >= latin else ("latin", "cyrillic")
    for script in order:
        table = (
            {**_GREEK_TO_CYRILLIC, **_TO_CYRILLIC}
            if script == "cyrillic"
            else {**_GREEK_TO_LATIN, **_TO_LATIN}
        )
        foreign = _LATIN if script == "cyrillic" else _CYRILLIC
        repaired = "".join(table.get(char, char) for char in word)
        if not foreign.search(repaired) and not _GREEK.search(repaired):
            return repaired
    return word


# Latin skeleton ---------------------------------------------------------------------------------------------


def _table(pairs: str) -> dict[str, str]:
    """`"аa бb яia"`: each first character becomes the rest of its group."""
    return {pair[0]: pair[1:] for pair in pairs.split()}


_FROM_CYRILLIC = str.maketrans(
    {
        **_table(
            "аa бb вv гg дd еe ёio жj зz иi йi кk лl мm нn оo пp рr сs тt уu фf хh цs чč шš щš ыi эe юiu яia ъ ь"
        ),
        **_table("ғg ӣi қk ӯu ўu ҳh ҷj"),
        # Azerbaijani, Kazakh, Kyrgyz, Turkmen, Tatar, Karakalpak
        **_table("әa ҝg өo үu һh ҹj јi іi ңn ұu җj"),
        # legacy Tajik fonts; Ukrainian, Macedonian, Serbian, Bashkir letters
        **_table("їi ѓg ќk њh љj ѕz єe ґg ҥn ҡk ҙz ҫs"),
        **{TURNED: "", TUTUQ: ""},
    }
)
_CYRILLIC_PAIRS = (("дж", "ж"), ("дҷ", "ҷ"), ("тс", "с"))

_LATIN_GROUPS = (
    ("shch", "š"), ("tsch", "č"), ("dsch", "j"), ("sch", "š"), ("tch", "č"), ("dzh", "j"), ("dj", "j"),
    ("sh", "š"), ("ch", "č"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("ts", "s"), ("tc", "s"), ("ck", "k"), ("ph", "f"),
)  # fmt: skip
_LATIN_LETTERS = str.maketrans(
    {
        **_table("xh qk wv əa äa ğg ḡg şš çč cj yi ýi ıi öo üu ñn ňn žj ŝš ßs æe øo đd łl"),
        **_table("ōu ŏu õu ŭu ūu"),  # drafts of Uzbek Latin, romanised Tajik ӯ
        **{TURNED: "", TUTUQ: ""},
    }
)
_SINGLE = re.compile(r"(.)\1+")
_IE = re.compile(r"(^|[aeiou])ie")
_II = re.compile(r"ii+")
_VOWEL_I_E = re.compile(r"(?<=[aeiou])i(?=e)")


def _cyrillic_to_skeleton(key: str) -> str:
    for pair, letter in _CYRILLIC_PAIRS:
        key = key.replace(pair, letter)
    return key.translate(_FROM_CYRILLIC)


def _latin_to_skeleton(key: str) -> str:
    key = key.replace("o" + TURNED, "ū").replace("g" + TURNED, "g")
    for group, letter in _LATIN_GROUPS:
        if group in key:
            key = key.replace(group, letter)
    return key.translate(_LATIN_LETTERS)


def _strip_marks(key: str) -> str:
    return "".join(
        char
        if char in "čš"
        else "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
        for char in key
    )
