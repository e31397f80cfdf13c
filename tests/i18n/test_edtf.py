"""Dates: what is read, what is refused, bounds and order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.edtf import is_valid, parse


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2015", "year", date(2015, 1, 1), date(2015, 12, 31)),
        ("2015-03", "month", date(2015, 3, 1), date(2015, 3, 31)),
        ("2016-02", "month", date(2016, 2, 1), date(2016, 2, 29)),
        ("2015-03-27", "day", date(2015, 3, 27), date(2015, 3, 27)),
        ("2015-21", "season", date(2015, 3, 1), date(2015, 5, 31)),
        ("2015-24", "season", date(2015, 1, 1), date(2016, 2, 29)),
        ("9999-24", "season", date(9999, 1, 1), date.max),
        ("2014-12~", "month", date(2014, 12, 1), date(2014, 12, 31)),
        ("2014/2015-03", "year", date(2014, 1, 1), date(2015, 3, 31)),
        ("2014-05-01/..", "day", date(2014, 5, 1), date.max),
        ("/2014-05", "month", date.min, date(2014, 5, 31)),
        ("[2015-03..2015-05]", "month", date(2015, 3, 1), date(2015, 5, 31)),
        ("[..2015]", "year", date.min, date(2015, 12, 31)),
    ],
)
def test_bounds(text: str, precision: str, earliest: date, latest: date) -> None:
    value = parse(text)
    assert (value.precision, value.earliest, value.latest) == (precision, earliest, latest)
    assert str(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "15", "2015-3", "2015-13", "2015-00", "2015-25", "2015-20", "2015-02-29", "2015-21-01", "20150327",
        "27.03.2015", "0000", "2015 ", " 2015", "2015\n", "2015~~", "~2015", "2015//2016", "2016/2015",
        "../..", "/", "[..]", "[2015]", "[2016..2015]", "[2015..2016", "[2015/2016]", "2015..2016", "٢٠١٥",
        "２０１５", "2015-03-27T10:00", "-2015", "2015/2016/2017", "[2015....2016]", "2015-" + "0" * 50,
    ],
)  # fmt: skip
def test_refused(text: str) -> None:
    assert not is_valid(text)
    with pytest.raises(ValueError):
        parse(text)


def test_an_unknown_end_is_not_an_open_one() -> None:
    assert parse("2015/").end is None and not parse("2015/").open_end
    assert parse("2015/..").end is None and parse("2015/..").open_end


def test_qualifiers() -> None:
    assert parse("2015?").uncertain and not parse("2015?").approximate
    assert parse("2015~").approximate and not parse("2015~").uncertain
    assert parse("2015%").approximate and parse("2015%").uncertain
    assert parse("2014-01-02~/2015").approximate
    assert parse("2015-03-27").exact == date(2015, 3, 27)
    assert parse("2015-03-27~").exact is None and parse("2015-03").exact is None


def test_order_is_by_earliest_then_latest() -> None:
    told = ["2015-04", "2015", "2015-03-27", "2015-21", "../2014", "2015-03"]
    assert sorted(told, key=parse) == ["../2014", "2015", "2015-03", "2015-21", "2015-03-27", "2015-04"]
    assert parse("2015") < parse("2016") and not parse("2016") < parse("2015")


@given(st.text(max_size=45))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    if is_valid(text):
        value = parse(text)
        assert value.earliest <= value.latest and value.text == text


@given(st.dates(), st.dates())
def test_days_keep_their_order(a: date, b: date) -> None:
    x, y = parse(a.isoformat()), parse(b.isoformat())
    assert (x < y) == (a < b)
    assert is_valid(f"{a}/{b}") == (a <= b)
