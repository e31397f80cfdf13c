"""Consent: the person before the family, the later word before the earlier, a withdrawal before everything."""

from __future__ import annotations

from datetime import date

import pytest

from exports import consent_state

ON = date(2026, 6, 1)


class Records:
    def __init__(self, *consents):
        self.consents = [{"id": f"c{n}", "person": "p1", **c} for n, c in enumerate(consents)]

    def get(self, id, /):
        return None

    def of(self, type, /):
        return self.consents if type == "consent" else []

    def type_of(self, id, /):
        return None


def grant(decision="yes", purpose="un_wgad", **more):
    return [{"purpose": purpose, "decision": decision, **more}]


OWN = {"given_on": "2026-05-01"}
FAMILY = {"capacity": "sibling", "given_by": "p2", "why_not_self": "disappeared", "given_on": "2026-05-01"}


def state(*consents, purpose="un_wgad", recipient=None, interview=None, on=ON):
    return consent_state(Records(*consents), "p1", purpose, recipient, on, interview=interview)


def test_nothing_recorded_is_not_asked():
    assert state().decision == "not_asked"
    assert state({**OWN, "grants": grant(purpose="keep")}).decision == "not_asked"


def test_the_persons_own_yes():
    found = state({**OWN, "grants": grant()})
    assert (found.decision, found.basis, found.accepted(("self",))) == ("yes", "self", True)


@pytest.mark.parametrize("later", ["no", "declined"])
def test_a_later_no_outranks_the_family(later):
    assert (
        state({**FAMILY, "grants": grant()}, {"given_on": "2026-05-20", "grants": grant(later)}).decision
        == later
    )


def test_an_earlier_no_of_the_person_is_not_overruled_by_the_family():
    assert (
        state({"given_on": "2026-01-01", "grants": grant("no")}, {**FAMILY, "grants": grant()}).decision
        == "no"
    )


def test_a_later_own_yes_replaces_an_own_no():
    assert state({"given_on": "2026-01-01", "grants": grant("no")}, {**OWN, "grants": grant()}).in_force


def test_on_the_same_day_no_wins():
    assert state({**OWN, "grants": grant()}, {**OWN, "grants": grant("no")}).decision == "no"


def test_an_imprecise_no_counts_as_late_as_it_may_be():
    assert (
        state(
            {"given_on": "2026-05", "grants": grant("no")}, {"given_on": "2026-05-20", "grants": grant()}
        ).decision
        == "no"
    )


@pytest.mark.parametrize("day", ["2026-05-02", "2026-12-31", "2026-05"])
def test_a_withdrawal_counts_whatever_day_is_asked_about(day):
    withdrawn = {**OWN, "grants": grant(), "withdrawn_on": day, "withdrawal_scope": "all"}
    assert state(withdrawn).decision == "withdrawn"
    assert state(withdrawn, purpose="ecthr").decision == "withdrawn"


def test_consent_given_anew_after_a_withdrawal():
    old = {**OWN, "grants": grant(), "withdrawn_on": "2026-05-02"}
    assert state(old, {"given_on": "2026-05-10", "grants": grant()}).in_force
    assert not state(old, {"given_on": "2026-05-02", "grants": grant()}).in_force


def test_a_withdrawal_null_is_none():
    assert state({**OWN, "grants": grant(), "withdrawn_on": None}).in_force


def test_expiry_is_the_last_day():
    short = {**OWN, "grants": grant(expires_on="2026-06-01")}
    assert state(short).in_force
    assert state(short, on=date(2026, 6, 2)).decision == "expired"


def test_recipients():
    to_poland = {**OWN, "grants": grant(purpose="name_to_government", recipient="PL")}
    assert state(to_poland, purpose="name_to_government", recipient="PL").in_force
    assert not state(to_poland, purpose="name_to_government", recipient="TJ").in_force
    to_all = {**OWN, "grants": grant(purpose="name_to_government")}
    assert state(to_all, purpose="name_to_government", recipient="TJ").in_force


def test_a_family_word_needs_to_say_why_the_person_was_not_asked():
    without = {key: value for key, value in FAMILY.items() if key != "why_not_self"}
    assert not state({**without, "grants": grant()}).in_force
    found = state({**FAMILY, "grants": grant()})
    assert found.basis == "family" and found.accepted(("self", "family")) and not found.accepted(("self",))


def test_a_stated_reason_needs_two_colleagues():
    one = {
        "capacity": "none",
        "why_not_self": "dead",
        "reason": "killed",
        "decided_by": [{"words": "a"}],
        "given_on": "2026-05-01",
    }
    assert not state({**one, "grants": grant()}).in_force
    assert state({**one, "decided_by": [{"words": "a"}, {"words": "b"}], "grants": grant()}).basis == "reason"


@pytest.mark.parametrize(
    ("assent", "holds"), [("yes", True), ("no", False), (None, False), ("not_applicable", True)]
)
def test_a_childs_own_assent_is_needed(assent, holds):
    guardian = {
        "capacity": "parent",
        "given_by": "p2",
        "why_not_self": "minor",
        "assent": assent,
        "given_on": "2026-05-01",
    }
    assert state({**guardian, "grants": grant()}).accepted(("self",)) is holds


def test_a_yes_about_one_interview_does_not_open_another_but_a_no_closes_both():
    about_one = {**OWN, "interview": "i1", "grants": grant()}
    assert state(about_one, interview="i1").in_force
    assert not state(about_one, interview="i2").in_force
    assert not state(
        about_one, {"given_on": "2026-05-20", "interview": "i2", "grants": grant("no")}, interview="i1"
    ).in_force
