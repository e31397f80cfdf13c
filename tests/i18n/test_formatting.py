"""Golden words of dates, numbers and lists in every language; each line was read against the sources in calendar_words."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import case
from i18n import formatting as f
from i18n.calendar_words import WORDS
from i18n.date_phrases import azerbaijani_ordinal
from i18n.languages import DOCUMENT_LANGUAGES

GOLDEN = Path(__file__).with_name("golden_dates.tsv")
VALUES = (
    "2015 2015-03 2015-03-02 2015-21 2015-22 2015-23 2015-24 2014-12~ 2014? 2014% 2000-08~ 2014-05-01/2015-03 2014/.. 2014-08/"
    " /2015-23 ../2016-01-02 [2014-04..2015-05-02] [..2015-05] [2000-21..] 2014~/2015-22?"
)


def golden_lines() -> list[str]:
    """What the program says now, one line a value and language."""
    return [
        "\t".join((value, code, f.partial_date(value, code), f.partial_date(value, code, "when")))
        for value in VALUES.split()
        for code in WORDS
    ]


def test_partial_dates_are_the_golden_ones() -> None:
    assert golden_lines() == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("language", "short", "long", "moment"),
    [
        ("en", "3 May 2026", "3 May 2026", "3 May 2026, 14:05"),
        ("ru", "03.05.2026", "3 мая 2026 года", "03.05.2026 14:05"),
        ("uz_Latn", "03.05.2026", "2026-yil 3-may", "03.05.2026 14:05"),
        ("uz_Cyrl", "03.05.2026", "2026 йил 3 май", "03.05.2026 14:05"),
        ("tg", "03.05.2026", "3 майи соли 2026", "03.05.2026 14:05"),
        ("az", "03.05.2026", "3 may 2026-cı il", "03.05.2026 14:05"),
        ("fr", "03.05.2026", "3 mai 2026", "03.05.2026 14:05"),
    ],
)
def test_days(language: str, short: str, long: str, moment: str) -> None:
    day = date(2026, 5, 3)
    assert f.short_date(day, language) == short and f.long_date(day, language) == long
    zone = timezone(timedelta(hours=5))
    assert f.date_time(datetime(2026, 5, 3, 14, 5, tzinfo=zone), language) == moment


@pytest.mark.parametrize(
    ("language", "number", "share", "both", "either", "days", "size", "time"),
    [
        ("en", "1,234,567.891", "45.6%", "A, B and C", "A or B", "21 days", "1.4 MB", "2 hours 5 minutes"),
        ("ru", "1_234_567,891", "45,6_%", "A, B и C", "A или B", "21_день", "1,4_МБ", "2_часа 5_минут"),
        ("uz_Latn", "1_234_567,891", "45,6%", "A, B va C", "A yoki B", "21_kun", "1,4_MB", "2_soat 5_daqiqa"),
        ("uz_Cyrl", "1_234_567,891", "45,6%", "A, B ва C", "A ёки B", "21_кун", "1,4_МБ", "2_соат 5_дақиқа"),
        ("tg", "1_234_567,891", "45,6%", "A, B ва C", "A ё B", "21_рӯз", "1,4_МБ", "2_соат 5_дақиқа"),
        ("az", "1.234.567,891", "45,6%", "A, B və C", "A və ya B", "21_gün", "1,4_MB", "2_saat 5_dəqiqə"),
        ("fr", "1_234_567,891", "45,6_%", "A, B et C", "A ou B", "21_jours", "1,4_Mo", "2_heures 5_minutes"),
    ],
)
def test_numbers(
    language: str, number: str, share: str, both: str, either: str, days: str, size: str, time: str
) -> None:
    said = (
        f.number(1234567.891, language),
        f.percent(0.456, language, 1),
        f.listing(["A", "B", "C"], language),
        f.listing(["A", "B"], language, either=True),
        f.counted(21, "day", language),
        f.file_size(1_400_000, language),
        f.duration(7511, language),
    )
    assert [text.replace(f.NBSP, "_" if language != "en" else " ") for text in said] == [
        number, share, both, either, days, size, time,
    ]  # fmt: skip


def test_edges_of_numbers() -> None:
    assert f.number(-5, "ru") == "−5" and f.number(-0.0001, "en", 2) == "0.00" and f.number(0, "az") == "0"
    assert f.number(2.5, "ru", 0) == "2" and f.number(1000.0, "en") == "1,000"
    assert f.listing([], "ru") == "" and f.listing(["A"], "tg") == "A"
    assert f.file_size(0, "en") == "0\u00a0B" and f.file_size(999_960, "en") == "1.0\u00a0MB"
    assert f.file_size(5 * 10**12, "en") == "5,000\u00a0GB" and f.file_size(-1, "ru") == "0\u00a0Б"
    assert f.duration(0, "ru") == "0\u00a0секунд" and f.duration(86401, "en") == "1\u00a0day"
    assert f.recording_time(3723) == "1:02:03" and f.recording_time(59) == "0:59"
    assert f.quoted("x", "ru") == "«x»" and f.quoted("x", "az") == "“x”"


def test_a_text_that_is_no_date_is_given_back() -> None:
    assert f.partial_date("after Navruz", "tg") == "after Navruz" and f.partial_date("", "ru") == ""


@pytest.mark.parametrize(
    ("year", "ordinal"),
    [
        (1984, "1984-cü"), (1999, "1999-cu"), (2010, "2010-cu"), (2013, "2013-cü"), (2020, "2020-ci"),
        (2026, "2026-cı"), (2000, "2000-ci"), (1900, "1900-cü"), (1940, "1940-cı"), (1950, "1950-ci"), (2001, "2001-ci"),
    ],
)  # fmt: skip
def test_azerbaijani_years(year: int, ordinal: str) -> None:
    assert azerbaijani_ordinal(year) == ordinal


@given(
    st.dates(date(1, 1, 1)), st.dates(date(1, 1, 1)), st.sampled_from(["", "~", "?", "%"]),
    st.sampled_from(["{a}", "{a:.7}", "{a:.4}", "{a}/{b}", "{a}/..", "/{b}", "[{a}..{b}]", "[..{b:.7}]", "{a:.4}-24"]),
    st.sampled_from([entry.code for entry in DOCUMENT_LANGUAGES]), st.sampled_from(["label", "when"]),
)  # fmt: skip
def test_every_date_has_words_and_no_hole(
    a: date, b: date, mark: str, shape: str, language: str, form: str
) -> None:
    first, last = sorted((a.isoformat(), b.isoformat()))
    value = shape.format(a=first, b=last)
    if "[" not in value and "/" not in value:
        value += mark
    text = f.partial_date(value, language, form)  # type: ignore[arg-type]
    assert "{" not in text and "  " not in text and text == text.strip() and text
    assert text != value or value.isdigit()


def test_months_of_the_public_tables_agree() -> None:
    from babel.dates import get_month_names

    # The table of standing-alone names is read for those whose running form is inflected; Babel resolves it wrongly
    # for languages that only inherit it, and then gives another language's months.
    for code, context in (
        ("en", "format"),
        ("fr", "format"),
        ("tg", "format"),
        ("az", "format"),
        ("ru", "stand-alone"),
    ):
        theirs = [get_month_names("wide", context, code)[month] for month in range(1, 13)]
        ours = [case.capitalize(name, code) for name in WORDS[code].months["m"]]
        assert ours == [case.capitalize(name, code) for name in theirs], code
