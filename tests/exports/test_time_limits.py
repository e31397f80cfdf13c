"""Time limits: calendar months, the change of February 2022, imprecise days, each with its input."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import deadlines
from exports.time_limits import add_calendar_months, months_allowed

TODAY = date(2026, 6, 1)


class Records:
    def __init__(self, **docs):
        self.docs = docs

    def get(self, id, /):
        return next((d for found in self.docs.values() for d in found if d["id"] == id), None)

    def of(self, type, /):
        return self.docs.get(type, [])

    def type_of(self, id, /):
        return next((t for t, found in self.docs.items() if any(d["id"] == id for d in found)), None)


def court(**proceeding):
    base = {"id": "x1", "kind": "appeal", "country": "PL", "complaint": "detention", "is_final": True}
    case = {"id": "k1", "code": "K-31702-4076-3", "proceedings": ["x1"], "respondents": ["PL"]}
    return Records(case=[case], proceeding=[{**base, **proceeding}])


def only(records, today=TODAY):
    found = deadlines(records, today)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-03-02", 4, "2026-07-02"),
        ("2026-05-15", 4, "2026-09-15"),
        ("2025-10-31", 4, "2026-02-28"),
        ("2023-10-30", 4, "2024-02-29"),
        ("2023-10-29", 4, "2024-02-29"),
        ("2022-10-29", 4, "2023-02-28"),
        ("2026-01-31", 4, "2026-05-31"),
        ("2026-05-31", 4, "2026-09-30"),
        ("2021-08-31", 6, "2022-02-28"),
        ("2019-08-31", 6, "2020-02-29"),
        ("2025-12-31", 4, "2026-04-30"),
    ],
)
def test_months_are_calendar_months_and_clamped(start, months, end):
    assert add_calendar_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 12))
def test_the_day_number_is_kept_wherever_it_exists(start, months):
    end = add_calendar_months(start, months)
    last = calendar.monthrange(end.year, end.month)[1]
    assert end.day == min(start.day, last)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months


@pytest.mark.parametrize(
    ("decided", "received", "months", "doubtful"),
    [
        ("2022-01-31", None, 6, False),
        ("2022-02-01", None, 4, False),
        ("2022-01", None, 6, False),
        ("2022-02", None, 4, False),
        ("2022", None, 4, True),
        ("[2022-01-15..2022-02-15]", None, 4, True),
        (None, "2022-01-20", 6, False),
        (None, "2022-03-20", 4, True),
        ("unknown", None, 4, True),
    ],
)
def test_which_period_holds(decided, received, months, doubtful):
    assert months_allowed(decided, received) == (months, doubtful)


def test_the_example_of_the_command_line():
    found = only(court(decided_on="2026-02-20", received_on="2026-03-02", received_by="lawyer"))
    assert (found.case, found.complaint, found.rule) == ("K-31702-4076-3", "detention", "ecthr-4-months")
    assert (found.from_date, found.from_kind) == ("2026-03-02", "received_by_lawyer")
    assert (found.due, found.post_by, found.estimated, found.passed) == (
        "2026-07-02",
        "2026-06-18",
        False,
        False,
    )


def test_weekends_and_holidays_do_not_move_it():
    found = only(court(decided_on="2026-08-01", received_on="2026-08-25"))
    assert found.due == "2026-12-25"


def test_the_earlier_receipt_counts_whoever_received_it():
    records = court(
        decided_on="2026-02-20",
        received_on="2026-03-10",
        other_received_on="2026-03-02",
        received_by="lawyer",
    )
    assert (only(records).from_date, only(records).from_kind) == ("2026-03-02", "received_by_applicant")


@pytest.mark.parametrize(
    ("received", "start"),
    [
        ("2026-03", "2026-03-01"),
        ("2026-03~", "2026-03-01"),
        ("[2026-03-05..2026-03-20]", "2026-03-05"),
        ("2026-21", "2026-03-01"),
    ],
)
def test_an_imprecise_day_counts_as_its_earliest_and_is_flagged(received, start):
    found = only(court(decided_on="2026-02-20", received_on=received))
    assert found.from_date == start
    assert found.due == add_calendar_months(date.fromisoformat(start), 4).isoformat()
    assert found.estimated and found.flags


def test_without_a_receipt_the_decision_counts_and_is_flagged():
    found = only(court(decided_on="2026-02-20"))
    assert (found.from_kind, found.estimated, found.due) == ("decided_on", True, "2026-06-20")


def test_an_open_beginning_gives_no_day_but_is_not_hidden():
    found = only(court(decided_on="2026-02-20", received_on="[..2026-03-05]"))
    assert found.due is None and found.estimated


def test_an_uncertain_change_gives_four_months_and_says_so():
    found = only(court(decided_on="2022", received_on="2022-03-01"), date(2022, 3, 2))
    assert (found.rule, found.due, found.estimated) == ("ecthr-4-months", "2022-07-01", True)


def test_each_complaint_has_its_own_limit():
    records = court(decided_on="2026-02-20", received_on="2026-03-02")
    records.docs["proceeding"].append(
        {**records.docs["proceeding"][0], "id": "x2", "complaint": "family life", "received_on": "2026-04-02"}
    )
    records.docs["case"][0]["proceedings"].append("x2")
    assert [(d.complaint, d.due) for d in deadlines(records, TODAY)] == [
        ("detention", "2026-07-02"),
        ("family life", "2026-08-02"),
    ]


def test_two_final_decisions_in_one_matter_show_the_earliest():
    records = court(decided_on="2026-02-20", received_on="2026-03-02")
    records.docs["proceeding"].append(
        {**records.docs["proceeding"][0], "id": "x2", "received_on": "2026-02-25"}
    )
    records.docs["case"][0]["proceedings"].append("x2")
    found = only(records)
    assert found.due == "2026-06-25" and found.flags


@pytest.mark.parametrize(
    "changes",
    [{"country": "TJ"}, {"kind": "un_communication"}, {"is_final": False}, {"kind": "ecthr_application"}],
)
def test_no_limit_where_the_court_cannot_be_asked(changes):
    assert deadlines(court(decided_on="2026-02-20", received_on="2026-03-02", **changes), TODAY) == []


def test_a_decision_not_marked_final_is_shown_as_uncertain():
    assert only(court(decided_on="2026-02-20", received_on="2026-03-02", is_final=None)).estimated


def test_passed_limits_are_listed():
    found = only(court(decided_on="2025-02-20", received_on="2025-03-02"))
    assert found.passed and found.due == "2025-07-02"
    assert not only(court(decided_on="2026-01-20", received_on="2026-02-01"), date(2026, 6, 1)).passed


def test_a_disappearance_has_three_months_for_the_urgent_procedure():
    incident = {
        "id": "e1",
        "kind": "disappearance.short_term",
        "when": "2026-04",
        "details": {"disappearance": {"last_seen": {"when": "2026-04-30"}}},
    }
    found = only(Records(incident=[incident], case=[{"id": "k1", "incidents": ["e1"]}]))
    assert (found.rule, found.from_date, found.due, found.case) == (
        "wgeid-urgent-3-months",
        "2026-04-30",
        "2026-07-30",
        "k1",
    )


def test_open_tasks_are_listed_with_their_hour_and_done_ones_are_not():
    tasks = [
        {"id": "s1", "kind": "reprisal_check", "due": "2026-07-01T09:00+02:00", "about": "k1"},
        {"id": "s2", "kind": "custom", "due": "2026-05-01T09:00+02:00", "done_on": "2026-05-01"},
    ]
    found = only(Records(task=tasks, case=[{"id": "k1", "code": "K-1"}]))
    assert (found.rule, found.due, found.complaint, found.post_by, found.case) == (
        "task-reprisal_check",
        "2026-07-01T09:00+02:00",
        None,
        None,
        "K-1",
    )


def test_the_safe_posting_day_is_fourteen_days_earlier():
    found = only(court(decided_on="2026-02-20", received_on="2026-03-02"))
    assert date.fromisoformat(found.due) - date.fromisoformat(found.post_by) == timedelta(days=14)
