"""Hints for the reviewer: what looks like a name, number, date of birth or address that nobody registered.

Must not decide anything, and silence of this module never means that a text names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from exports.redaction.find import finder_language
from exports.redaction.judge import SURNAME
from exports.redaction.spans import Span
from i18n import fold
from i18n.names import lexicon

SuggestionKind = Literal[
    "name", "phone", "email", "account", "document", "birth_date", "address", "occupation", "school"
]


@dataclass(frozen=True)
class Suggestion:
    """A stretch worth a look: `text[start:end] == form`."""

    start: int
    end: int
    kind: SuggestionKind
    form: str


_PATTERNS: tuple[tuple[SuggestionKind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")),
    ("account", re.compile(r"(?<![\w@.])@[A-Za-z][\w.]{2,}|(?:t\.me|facebook\.com|instagram\.com|vk\.com|ok\.ru)/[\w.\-]+")),
    ("phone", re.compile(r"(?<![\w+])(?:\+|00|8[\s(\-])[\s(]?\d(?:[\s().\-‐–]{0,3}\d){8,13}(?!\w)|(?<![\w+])\d{2,3}[ \-]\d{2,3}[ \-]\d{2}[ \-]\d{2}(?!\w)")),
    ("document", re.compile(r"(?<!\w)(?:[A-ZА-ЯӘ]{1,3}[ №\-]?\d{6,9}|\d{2}[ \-]?\d{2}[ \-]?\d{6}|№\s?\d[\d/\-]{3,}|[A-Z]{0,2}\d{2,4}[ \-][A-ZА-Я]{2,3}[ \-]\d{2,4}|\d{2} ?[A-ZА-Я] ?\d{3} ?[A-ZА-Я]{2}|\d{4} ?[A-ZА-Я]{2} ?\d{2}|\d{1,2}-\d{2,5}/\d{2,4})(?!\w)")),
    (
        "birth_date",
        re.compile(
            r"(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}|(?:19|20)\d{2})(?=[^.\n]{0,14}(?:г\.?\s?р|года рождения|yil(?:da)? tug|йил(?:да)? туғ|соли таваллуд|"
            r"таваллуд|təvəllüd|anadan|born))|(?<=родился )\d{1,2}[^.,\n]{3,24}|(?<=родилась )\d{1,2}[^.,\n]{3,24}|(?<=born on )[^.,\n]{6,24}"
        ),
    ),
    (
        "address",
        re.compile(
            r"(?:ул\.|улиц[аеыу]|просп\.|проспект[еа]?|переул\w+|кӯчаи|хиёбони)\s[^\n.;]{2,40}?\d+[^\s,.;]*|[^\W\d_][\w'ʻʼ‘’]+\s(?:ko[ʻ'‘’]chasi|кўчаси|küçəsi|Street|St\.|Avenue)"
            r"[^\n.;]{0,20}?\d*"
        ),
    ),
)  # fmt: skip
# A school, channel, shop or workplace by which neighbours would know who speaks.
_SCHOOLS = re.compile(
    r"(?<!\w)(?:(?:№\s?)?\d{1,3}[\-‐]?(?:я|й|е|чи|умин|уми|ci|cı|cu|cü|inchi|nchi)?[ \u00a0]?(?:школ|мактаб|maktab|məktəb|лице|гимнази)\w*|(?:школ|мактаб|maktab|məktəb|лице|гимнази)\w*[ \u00a0](?:№|рақами|номер|No\.?)[ \u00a0]?\d+|"
    r"[Ss]chool[ \u00a0](?:[Nn]o\.?|[Nn]umber)?[ \u00a0]?\d+|(?:news site|YouTube channel|Telegram channel|сайт|канал|kanal|sayt)[ \u00a0][«“\"][^»”\"\n]{2,40}[»”\"])",
    re.IGNORECASE,
)
_HANDLES = re.compile(r"(?<![\w@./])[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]{2,}(?![\w@])")
_OCCUPATIONS = re.compile(
    r"(?<!\w)(?:учител|врач|хирург|журналист|имам|директор|пекар|таксист|o[ʻ'‘’]qituvchi|shifokor|jurnalist|ўқитувчи|шифокор|муаллим|духтур|"
    r"рӯзноманигор|сартарош|ронанда|нонвой|бухгалтер|медсестр|медбрат|водител|адвокат|юрист|инженер|строител|хамшир|ҳамшир|hamshira|haydovchi|advokat|quruvchi|buxgalter|mühəndis|sürücü|"
    r"mühasib|tibb bacısı|müəllim|həkim|jurnalist|vəkil|operator|teacher|schoolteacher|doctor|nurse|baker|journalist|driver|accountant|engineer|lawyer|electrician|builder|barber|imam|headmaster|headmistress)\w*",
    re.IGNORECASE,
)


def suggest(text: str, language: str, found: Sequence[Span] = ()) -> list[Suggestion]:
    """Hints in order, outside the spans the finder already has; they do not overlap."""
    hints = [*_by_pattern(text), *_names(text, finder_language(language))]
    taken = [(span.start, span.end) for span in found]
    kept: list[Suggestion] = []
    for hint in sorted(hints, key=lambda h: (h.start, -h.end)):
        busy = [*taken, *((k.start, k.end) for k in kept[-3:])]
        if not any(hint.start < end and start < hint.end for start, end in busy):
            kept.append(hint)
    return kept


def _by_pattern(text: str) -> Iterator[Suggestion]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Suggestion(match.start(), match.end(), kind, match[0])
    for match in _SCHOOLS.finditer(text):
        yield Suggestion(match.start(), match.end(), "school", match[0])
    for match in _HANDLES.finditer(text):
        yield Suggestion(match.start(), match.end(), "account", match[0])
    for match in _OCCUPATIONS.finditer(text):
        yield Suggestion(match.start(), match.end(), "occupation", match[0])


def _names(text: str, language: str) -> Iterator[Suggestion]:
    """Runs of capitalised words: known names, surnames by their form, and unknown words that no sentence begins with."""
    words = [(m.start(), m.end(), m[0]) for m in fold.WORD.finditer(text)]
    run: list[tuple[int, int, str]] = []
    for word in words:
        near = run and text[run[-1][1] : word[0]] in (" ", "\u00a0", "-", "\n")
        if _capital(word[2]) and (near or not run):
            run.append(word)
            continue
        yield from _judged(text, run, language)
        run = [word] if _capital(word[2]) else []
    yield from _judged(text, run, language)


def _capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


def _judged(text: str, run: list[tuple[int, int, str]], language: str) -> Iterator[Suggestion]:
    if not run:
        return
    opens = _opens_sentence(text, run[0][0])
    telling = [_tells(word, language) for _, _, word in run]
    if opens and not telling[0]:
        run, telling = run[1:], telling[1:]
    if not run or not (any(telling) or _unknown(run)):
        return
    start, end = run[0][0], run[-1][1]
    yield Suggestion(start, end, "name", text[start:end])


def _tells(word: str, language: str) -> bool:
    known = lexicon()
    key = fold.t_key(word)
    if known.is_common(word, language):
        return False
    return known.may_be_given(word) or (len(key) >= 6 and bool(SURNAME.search(key)))


def _unknown(run: Iterable[tuple[int, int, str]]) -> bool:
    """A capital inside a sentence: a name of something; places and offices are left to the reviewer."""
    known = lexicon()
    return not all(known.is_site(word) or known.is_office(word) or len(word) < 3 for _, _, word in run)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" \u00a0\"'«„“”(—–-")
    return not before or before[-1] in ".!?…:;\n"
