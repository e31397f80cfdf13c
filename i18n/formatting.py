"""Dates, numbers, lists, durations and sizes as each language writes them. Must not read the system's locale.

Own data, because the public tables lack or garble Tajik, Uzbek Cyrillic and Azerbaijani (see i18n/calendar_words.py
for sources). On screen a day is `dd.MM.yyyy`, in English `3 May 2026`, because 03.05.2026 means two days to its
readers. Languages not listed are written as English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from i18n import date_phrases
from i18n.edtf import Edtf, parse
from i18n.plurals import plural_index

NBSP = "\u00a0"

Unit = Literal["year", "month", "week", "day", "hour", "minute", "second"]


@dataclass(frozen=True)
class _Numbers:
    decimal: str
    group: str
    percent: str
    conjunction: str
    disjunction: str
    quotes: tuple[str, str]
    sizes: tuple[str, ...]


_LATIN_SIZES = ("B", "kB", "MB", "GB")
_CYRILLIC_SIZES = ("Б", "КБ", "МБ", "ГБ")

# Separators and percent: CLDR 47. Conjunctions for tg, uz_Cyrl: own, CLDR has none.
_NUMBERS: dict[str, _Numbers] = {
    "en": _Numbers(".", ",", "%", "and", "or", ("“", "”"), _LATIN_SIZES),
    "ru": _Numbers(",", NBSP, NBSP + "%", "и", "или", ("«", "»"), _CYRILLIC_SIZES),
    "uz_Latn": _Numbers(",", NBSP, "%", "va", "yoki", ("“", "”"), _LATIN_SIZES),
    "uz_Cyrl": _Numbers(",", NBSP, "%", "ва", "ёки", ("«", "»"), _CYRILLIC_SIZES),
    "tg": _Numbers(",", NBSP, "%", "ва", "ё", ("«", "»"), _CYRILLIC_SIZES),
    "az": _Numbers(",", ".", "%", "və", "və ya", ("“", "”"), _LATIN_SIZES),
    "fr": _Numbers(",", NBSP, NBSP + "%", "et", "ou", ("«" + NBSP, NBSP + "»"), ("o", "ko", "Mo", "Go")),
    "es": _Numbers(",", NBSP, NBSP + "%", "y", "o", ("«", "»"), _LATIN_SIZES),
}

# Counted units; one form where the noun stays singular after a number. ru: 1, 2–4, 5+.
_UNITS: dict[str, dict[Unit, tuple[str, ...]]] = {
    "en": {
        "year": ("year", "years"), "month": ("month", "months"), "week": ("week", "weeks"), "day": ("day", "days"),
        "hour": ("hour", "hours"), "minute": ("minute", "minutes"), "second": ("second", "seconds"),
    },
    "ru": {
        "year": ("год", "года", "лет"), "month": ("месяц", "месяца", "месяцев"),
        "week": ("неделя", "недели", "недель"), "day": ("день", "дня", "дней"), "hour": ("час", "часа", "часов"),
        "minute": ("минута", "минуты", "минут"), "second": ("секунда", "секунды", "секунд"),
    },
    "uz_Latn": {
        "year": ("yil",), "month": ("oy",), "week": ("hafta",), "day": ("kun",), "hour": ("soat",),
        "minute": ("daqiqa",), "second": ("soniya",),
    },
    "uz_Cyrl": {
        "year": ("йил",), "month": ("ой",), "week": ("ҳафта",), "day": ("кун",), "hour": ("соат",),
        "minute": ("дақиқа",), "second": ("сония",),
    },
    "tg": {
        "year": ("сол",), "month": ("моҳ",), "week": ("ҳафта",), "day": ("рӯз",), "hour": ("соат",),
        "minute": ("дақиқа",), "second": ("сония",),
    },
    "az": {
        "year": ("il",), "month": ("ay",), "week": ("həftə",), "day": ("gün",), "hour": ("saat",),
        "minute": ("dəqiqə",), "second": ("saniyə",),
    },
    "fr": {
        "year": ("an", "ans"), "month": ("mois", "mois"), "week": ("semaine", "semaines"), "day": ("jour", "jours"),
        "hour": ("heure", "heures"), "minute": ("minute", "minutes"), "second": ("seconde", "secondes"),
    },
    "es": {
        "year": ("año", "años"), "month": ("mes", "meses"), "week": ("semana", "semanas"), "day": ("día", "días"),
        "hour": ("hora", "horas"), "minute": ("minuto", "minutos"), "second": ("segundo", "segundos"),
    },
}  # fmt: skip


def short_date(day: date, language: str) -> str:
    """A day in a table or a field: `03.05.2026`, English `3 May 2026`."""
    return date_phrases.day_label(day, language)


def long_date(day: date, language: str) -> str:
    """A day as the head of a letter has it: `3 мая 2026 года`, `2026-yil 3-may`, `3 майи соли 2026`."""
    return date_phrases.day_in_words(day, language)


def date_time(moment: datetime, language: str) -> str:
    """Day and time of day, `03.05.2026 14:05`, in the moment's own zone."""
    comma = "," if language not in _NUMBERS or language == "en" else ""
    return f"{short_date(moment.date(), language)}{comma} {clock(moment.time())}"


def clock(moment: time) -> str:
    """`14:05`, the same in all languages."""
    return f"{moment.hour:02}:{moment.minute:02}"


def partial_date(value: Edtf | str, language: str, form: date_phrases.Form = "label") -> str:
    """An EDTF value in words: `label` for a cell (`весна 2015`), `when` inside a sentence (`весной 2015 года`).

    A text that is not EDTF (a record may hold the witness's own words) is returned unchanged.
    """
    if isinstance(value, str):
        try:
            value = parse(value)
        except ValueError:
            return str(value)
    return date_phrases.phrase(value, language, form)


def number(value: int | float, language: str, decimals: int | None = None) -> str:
    """A number with the language's separators; `decimals` rounds to that many places, else up to three are shown."""
    words = _numbers(language)
    if isinstance(value, int) and decimals is None:
        text = f"{abs(value):,}"
    elif decimals is None:
        text = f"{abs(value):,.3f}".rstrip("0").rstrip(".")
    else:
        text = f"{abs(value):,.{decimals}f}"
    whole, dot, rest = text.partition(".")
    sign = "−" if value < 0 and text.strip("0.,") else ""
    return sign + whole.replace(",", words.group) + (words.decimal + rest if dot else "")


def percent(share: float, language: str, decimals: int = 0) -> str:
    """A share (0.45) as `45 %` or `45%`."""
    return number(share * 100, language, decimals) + _numbers(language).percent


def listing(items: Sequence[str], language: str, *, either: bool = False) -> str:
    """`A, B and C`; with `either`, `A, B or C`."""
    words = _numbers(language)
    if len(items) < 2:
        return "".join(items)
    joint = words.disjunction if either else words.conjunction
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def counted(count: int, unit: Unit, language: str) -> str:
    """`3 дня`, `1 year`, `5 рӯз`."""
    forms = _UNITS.get(language, _UNITS["en"])[unit]
    index = min(plural_index(language, count), len(forms) - 1)
    return f"{number(count, language)}{NBSP}{forms[index]}"


def duration(seconds: int, language: str) -> str:
    """A length of time in its two largest units: `2 hours 5 minutes`; under a second is `0 seconds`."""
    units: tuple[tuple[Unit, int], ...] = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))
    rest, parts = max(seconds, 0), []
    for unit, size in units:
        amount, rest = divmod(rest, size)
        if amount:
            parts.append(counted(amount, unit, language))
        elif parts:
            break
        if len(parts) == 2:
            break
    return " ".join(parts) if parts else counted(0, "second", language)


def recording_time(seconds: int) -> str:
    """A place in a recording, `1:02:03` or `2:03`."""
    minutes, second = divmod(max(seconds, 0), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def file_size(count: int, language: str) -> str:
    """A size in bytes in units of a thousand: `1.4 MB`, `1,4 МБ`."""
    units = _numbers(language).sizes
    size, place = float(max(count, 0)), 0
    while place < len(units) - 1 and round(size, 1) >= 1000:
        size, place = size / 1000, place + 1
    digits = 0 if place == 0 or size >= 100 else 1
    return f"{number(size, language, digits)}{NBSP}{units[place]}"


def quoted(text: str, language: str) -> str:
    """The text in the language's quotation marks."""
    before, after = _numbers(language).quotes
    return before + text + after


def _numbers(language: str) -> _Numbers:
    return _NUMBERS.get(language, _NUMBERS["en"])
