"""Partial dates as phrases of a language (`весной 2015 года`, `2015-ci ilin yazında`). Must not invent a day.

Words and sentences are data in `i18n.calendar_words`; this module only fills them. A language not listed there gets
English phrases.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from i18n.calendar_model import CalendarWords
from i18n.calendar_words import EN, WORDS
from i18n.edtf import Edtf, Point

Form = Literal["label", "when"]

_CASES = ("label", "when", "since", "until", "of")


def day_label(day: date, language: str) -> str:
    """A day in a cell: `03.05.2026`, in English `3 May 2026`."""
    words = _words(language)
    if words.numeric_day:
        return f"{day.day:02}.{day.month:02}.{day.year:04}"
    return _fill(words.day["label"], Point(day.year, day.month, day.day), words)


def day_in_words(day: date, language: str) -> str:
    """A day at the head of a letter or under a signature."""
    words = _words(language)
    return _french_first(_fill(words.in_words, Point(day.year, day.month, day.day), words), language)


def phrase(value: Edtf, language: str, form: Form) -> str:
    """Any EDTF value as a phrase; `label` for a cell, `when` inside a sentence."""
    words = _words(language)
    say: Callable[[Point, str], str] = lambda point, case: _point(point, case, words, language)  # noqa: E731
    if value.kind == "point" and value.start is not None:
        return say(value.start, form)
    if value.kind == "interval" and form == "label":
        return _interval_label(value, say)
    return _bounded(value, words, say)


def azerbaijani_ordinal(number: int) -> str:
    """A number with its ordinal suffix (`2026-cı`, `2000-ci`): the vowel of the last number word decides."""
    ones = ("", "ci", "ci", "cü", "cü", "ci", "cı", "ci", "ci", "cu")
    tens = ("", "cu", "ci", "cu", "cı", "ci", "cı", "ci", "ci", "cı")
    if number % 10:
        suffix = ones[number % 10]
    elif number % 100:
        suffix = tens[number // 10 % 10]
    else:
        suffix = "cü" if number % 1000 else "ci"
    return f"{number}-{suffix}"


def _words(language: str) -> CalendarWords:
    return WORDS.get(language, EN)


def _interval_label(value: Edtf, say: Callable[[Point, str], str]) -> str:
    def side(point: Point | None, is_open: bool) -> str:
        if point is not None:
            return say(point, "label")
        return "…" if is_open else "?"

    return f"{side(value.start, value.open_start)} – {side(value.end, value.open_end)}"


def _bounded(value: Edtf, words: CalendarWords, say: Callable[[Point, str], str]) -> str:
    """An interval or a moment between two dates, as a phrase."""
    one_of = value.kind == "one_of"
    if value.start is not None and value.end is not None:
        template = words.between if one_of else words.stretch
    elif value.end is None:
        template = words.not_earlier if one_of else words.ongoing if value.open_end else words.end_unknown
    else:
        template = words.not_later if one_of else words.up_to if value.open_start else words.start_unknown
    fields: dict[str, str] = {}
    for side, point in (("since", value.start), ("until", value.end)):
        if point is not None:
            fields[side] = say(point, side)
            for case in _CASES:
                fields[f"{side}_{case}"] = say(point, case)
    text = template.format_map(fields)
    return words.possibly.format_map({"x": text}) if value.uncertain else text


def _point(point: Point, case: str, words: CalendarWords, language: str) -> str:
    if case == "label" and point.precision == "day" and words.numeric_day:
        cases = {name: _fill(text, point, words) for name, text in words.day.items()}
        cases["label"] = f"{point.day:02}.{point.month:02}.{point.year:04}"
    else:
        table = {"day": words.day, "month": words.month, "season": words.season, "year": words.year}[
            point.precision
        ]
        cases = {name: _fill(text, point, words) for name, text in table.items()}
    cases.setdefault("of", cases["label"])
    text = cases[case]
    if point.approximate:
        text = words.about.get(case, words.about["label"]).format_map(cases)
    if point.uncertain and case in ("label", "when"):  # a bounded phrase says it once, in front
        text = words.possibly.format_map({"x": text})
    return _french_first(_russian_second(text, point, language), language)


def _fill(template: str, point: Point, words: CalendarWords) -> str:
    fields: dict[str, object] = {"y": point.year, "o": azerbaijani_ordinal(point.year), "d": point.day}
    if point.month is not None:
        fields.update({name: names[point.month - 1] for name, names in words.months.items()})
    if point.season is not None:
        fields.update({name: names[point.season - 21] for name, names in words.seasons.items()})
    return template.format_map(fields)


def _russian_second(text: str, point: Point, language: str) -> str:
    """`со 2 мая`: the preposition before a word beginning with вт-."""
    return text.replace("с 2 ", "со 2 ") if language == "ru" and point.day == 2 else text


def _french_first(text: str, language: str) -> str:
    """`1er mai`: the first of a month is an ordinal."""
    if language != "fr":
        return text
    return " ".join("1er" if word == "1" else word for word in text.split(" "))
