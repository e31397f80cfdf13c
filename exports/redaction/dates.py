"""Makes dates coarser: a day becomes its month. Must not touch a text beyond the dates it returns places for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exports.dossier.tree import Run
from exports.redaction.labels import label_language
from exports.words import say_date
from i18n import fold

_DAY = re.compile(r"(\d{4}-\d{2})-\d{2}")
_NUMERIC = re.compile(r"(?<![\w.])(?:(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d{2})|((?:19|20)\d{2})-(\d{2})-(\d{2}))(?![\w])")

# Beginnings of month names over text keys, January to December, in all languages.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("ianvar", "januar", "ianuar"), ("fevral", "februar"), ("mart", "marč"), ("april", "aprel"), ("mai",),
    ("iun", "iiun", "june", "jun"), ("iul", "iiul", "july", "jul", "juli"), ("avgust", "august"),
    ("sentiabr", "sentabr", "september", "sentyabr"), ("oktiabr", "oktabr", "october", "ojtober", "ostober"), ("noiabr", "november"),
    ("dekabr", "december", "dejember", "desember"),
)  # fmt: skip
_SPELLED = re.compile(
    r"(?<![\w])(?P<d1>\d{1,2})(?:-?(?:го|е|st|nd|rd|th|чи|нчи|инчи|ci|cı|cu|cü|i|si|ум|юм|уми|юми|ми))?[ \u00a0\-](?:of )?(?P<m1>[^\W\d_]{3,12})"
    r"(?:,?[ \u00a0](?:соли )?(?P<y1>(?:19|20)\d{2})(?:[\-‐]?(?:йил(?:да|нинг)?|yil(?:da|ning)?|ci|cı|cu|cü))?(?:[ \u00a0](?:года|г\.|год|ildə|ilin|il))?)?(?![\w])"
    r"|(?<![\w])(?P<m2>[A-Z][a-z]{2,9})[ \u00a0](?P<d2>\d{1,2})(?:st|nd|rd|th)?,?(?:[ \u00a0](?P<y2>(?:19|20)\d{2}))?(?![\w])"
    r"|(?<![\w])(?P<y3>(?:19|20)\d{2})[\-‐]?(?:[ \u00a0])?(?:йил(?:и|нинг)?|yil(?:i|ning)?)[ \u00a0](?P<d3>\d{1,2})[\-‐ \u00a0](?P<m3>[^\W\d_]{3,12})"
)


def general_date(run: Run) -> str:
    """The words of a date run with every day left out, in the form (cell or sentence) it had."""
    if not run.value:
        return ""
    value = _DAY.sub(r"\1", run.value)
    match = re.fullmatch(r"\[?([^.\[\]/]+)(?:\.\.|/)([^.\[\]/]+)\]?", value)
    if match and match[1] == match[2]:
        value = match[1]
    inside = run.text != say_date(run.value, run.language)
    return say_date(value, run.language, inside)


def general_dates(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Places of full dates in running text with the month that stands instead, in a neutral bracket."""
    label = label_language(language)
    for match in _NUMERIC.finditer(text):
        day, month, year = match[1], match[2] or match[5], match[3] or match[4]
        if day is not None and int(month) > 12 >= int(day):
            month = day  # American order
        if 1 <= int(month) <= 12:
            yield match.start(), match.end(), _token(int(year), int(month), label)
    for match in _SPELLED.finditer(text):
        groups = match.groupdict()
        word = groups["m1"] or groups["m2"] or groups["m3"] or ""
        number = _month(word)
        day_text = groups["d1"] or groups["d2"] or groups["d3"]
        if number is None or not 1 <= int(day_text) <= 31:
            continue
        year = groups["y1"] or groups["y2"] or groups["y3"]
        if year:
            yield match.start(), match.end(), _token(int(year), number, label)
        else:
            yield match.start(), match.end(), f"[{_month_name(number, label)}]"


def _month(word: str) -> int | None:
    key = fold.t_key(word)
    for number, names in enumerate(_MONTHS, 1):
        if key.startswith(names) and (number not in (3, 5) or len(key) <= 7):
            return number
    return None


def _token(year: int, month: int, language: str) -> str:
    return f"[{say_date(f'{year:04}-{month:02}', language)}]"


def _month_name(month: int, language: str) -> str:
    words = re.sub(r"[\d\-]+\s?(?:yil|йил|ci|cı|cu|cü)?|соли|года|г\.|il\b|,", " ", say_date(f"2001-{month:02}", language))
    return " ".join(words.split())
