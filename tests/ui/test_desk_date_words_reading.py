"""Dates as they are typed: what is read in six languages, and what is left unread rather than guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import edtf, formatting
from ui.widgets.date_words_reading import read_date


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2015", "2015"),
        ("2015-21", "2015-21"),
        ("03.2015", "2015-03"),
        ("27.03.2015", "2015-03-27"),
        ("7/3/2015", "2015-03-07"),
        ("spring 2015", "2015-21"),
        ("весна 2015", "2015-21"),
        ("весной 2015 года", "2015-21"),
        ("летом 2016 г.", "2016-22"),
        ("2015-yil bahorida", "2015-21"),
        ("2015 йил баҳори", "2015-21"),
        ("баҳори соли 2019", "2019-21"),
        ("2015-ci ilin yazında", "2015-21"),
        ("2015-yil yozida", "2015-22"),
        ("2016-cı il, yay", "2016-22"),
        ("қиши 2014", "2014-24"),
        ("27 марта 2015 года", "2015-03-27"),
        ("27 March 2015", "2015-03-27"),
        ("March 27th, 2015", "2015-03-27"),
        ("3 майи соли 2026", "2026-05-03"),
        ("2015-yil 27-mart", "2015-03-27"),
        ("27 mart 2015-ci il", "2015-03-27"),
        ("İyun 2015", "2015-06"),
        ("2015-yil sentabr", "2015-09"),
        ("около мая 2016", "2016-05~"),
        ("about May 2016", "2016-05~"),
        ("təxminən 2016", "2016~"),
        ("возможно, в мае 2016", "2016-05?"),
        ("в начале 2016", "[2016-01..2016-04]"),
        ("2014-yil oxirida", "[2014-09..2014-12]"),
        ("дар аввали соли 2016", "[2016-01..2016-04]"),
        ("end of February 2016", "[2016-02-21..2016-02-29]"),
        ("2015-2016", "2015/2016"),
        ("2015 – 2016", "2015/2016"),
        ("с марта по май 2015", "2015-03/2015-05"),
        ("from March to May 2015", "2015-03/2015-05"),
        ("аз марти 2015 то майи 2016", "2015-03/2016-05"),
        ("2015-yildan 2016-yilgacha", "2015/2016"),
        ("2015-dən 2016-ya qədər", "2015/2016"),
    ],
)
def test_read(typed: str, meant: str) -> None:
    assert read_date(typed).edtf == meant


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "15", "27.03.15", "весна", "after the wedding 2015", "31.02.2015", "13.2015", "5 лет 2015", "2015 2016",
     "march april 2015", "spring march 2015", "in 2015 or so when he left", "2016 – 2015", "99 March 2015"],
)  # fmt: skip
def test_left_unread(typed: str) -> None:
    assert not read_date(typed) and read_date(typed).edtf == ""


@given(st.text(max_size=60))
def test_whatever_is_typed_is_valid_or_unread(typed: str) -> None:
    reading = read_date(typed)
    assert edtf.is_valid(reading.edtf) if reading else reading.edtf == ""


@pytest.mark.parametrize("language", ["en", "ru", "uz_Latn", "uz_Cyrl", "tg", "az"])
def test_what_the_program_says_can_be_typed_again(language: str) -> None:
    for value in (
        "2015", "2015-03", "2015-05-27", "2015-21", "2015-22", "2015-23", "2015-24", "2015~", "2015-08?",
        "2015-11-05~", "2015-03/2015-05", "2014/2016", "2015-03-01/2015-04-02", "[2015-03..2015-05]",
    ):  # fmt: skip
        assert read_date(formatting.partial_date(value, language)).edtf == value
