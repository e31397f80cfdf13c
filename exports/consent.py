"""Decides what a person's recorded consents allow. Must not decide what is shown; it only answers for one purpose.

The rules (records.md, "Consent gates every way out"): the person's own word outranks the family's, the latest word of
the same rank holds, a withdrawal counts like a later "no" whatever day is asked about, a "no" wins on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exports.records import Doc, Records, earliest, elements, is_blank, latest

Basis = Literal["self", "guardian", "family", "reason"]
Decision = Literal["yes", "no", "declined", "not_asked", "withdrawn", "expired"]

_FAMILY = frozenset({"spouse", "parent", "child", "sibling", "heir", "guardian", "authorised_lawyer"})
_OWN: frozenset[str] = frozenset({"self", "guardian"})


@dataclass(frozen=True)
class ConsentState:
    """What holds for one person and purpose: the decision, whose word it is, and the consent record it stands in."""

    decision: Decision
    basis: Basis | None = None
    consent: str | None = None
    limits: str = ""
    expires_on: str = ""

    @property
    def in_force(self) -> bool:
        """Whether testimony may leave for this purpose on this word alone."""
        return self.decision == "yes"

    def accepted(self, bases: Sequence[str]) -> bool:
        """Whether it is a yes on a basis the procedure accepts; a child's guardian speaks for the child."""
        return self.in_force and (self.basis == "guardian" or self.basis in bases)


@dataclass(frozen=True)
class _Word:
    day: date
    state: ConsentState

    @property
    def own(self) -> bool:
        return self.state.basis in _OWN

    def order(self) -> tuple[bool, date, bool]:
        return (self.own, self.day, self.state.decision != "yes")


def _basis(consent: Doc) -> Basis | None:
    """On whose word a consent rests; None where it rests on nobody's (the person could have been asked)."""
    capacity = consent.get("capacity") or "self"
    if capacity == "self":
        return "self"
    if is_blank(consent.get("why_not_self")):
        return None
    if consent["why_not_self"] == "minor" and capacity in ("guardian", "parent"):
        return "guardian"
    if capacity in _FAMILY and not is_blank(consent.get("given_by")):
        return "family"
    decided = consent.get("decided_by")
    two = isinstance(decided, list) and len(decided) >= 2
    return "reason" if two and not is_blank(consent.get("reason")) else None


def _assented(consent: Doc) -> bool:
    return consent.get("assent") in ("yes", True, "not_applicable")


def _grant_words(
    consent: Doc, basis: Basis, purpose: str, recipient: str | None, on: date | None
) -> Iterator[_Word]:
    for grant in elements(consent, "grants"):
        to = grant.get("recipient")
        if grant.get("purpose") != purpose or (not is_blank(to) and to != recipient):
            continue
        decision: Decision = grant.get("decision") or "not_asked"
        expires = grant.get("expires_on")
        last_day = latest(expires)
        if decision == "yes" and on is not None and last_day is not None and last_day < on:
            decision = "expired"
        if decision == "yes" and basis == "guardian" and not _assented(consent):
            decision = "not_asked"
        if decision == "not_asked":
            continue
        given = consent.get("given_on")
        day = (earliest(given) or date.min) if decision == "yes" else (latest(given) or date.max)
        limits, until = str(grant.get("limits") or ""), str(expires or "")
        yield _Word(day, ConsentState(decision, basis, consent.get("id"), limits, until))


def _words(
    consent: Doc, purpose: str, recipient: str | None, on: date | None, interview: str | None
) -> Iterator[_Word]:
    basis = _basis(consent)
    withdrawn = consent.get("withdrawn_on")
    if not is_blank(withdrawn):
        if basis is None:
            basis = "family"
        everything = consent.get("withdrawal_scope") in (None, "", "all")
        purposes = {grant.get("purpose") for grant in elements(consent, "grants")}
        # Which passage or purpose was withdrawn is written nowhere else, so the whole consent falls.
        if everything or purpose in purposes:
            yield _Word(latest(withdrawn) or date.max, ConsentState("withdrawn", basis, consent.get("id")))
        return
    if basis is None:
        return
    about = consent.get("interview")
    for word in _grant_words(consent, basis, purpose, recipient, on):
        elsewhere = interview is not None and not is_blank(about) and about != interview
        if not (elsewhere and word.state.decision == "yes"):
            yield word


def consent_state(
    records: Records,
    person_id: str,
    purpose: str,
    recipient: str | None = None,
    on: date | None = None,
    *,
    interview: str | None = None,
) -> ConsentState:
    """What `person_id` allows for `purpose` (towards `recipient`: a State, a body) on a day.

    With `interview`, a yes given about another interview does not count; a no does.
    Without `on`, expiry is not looked at.
    """
    words = [
        word
        for consent in records.of("consent")
        if consent.get("person") == person_id
        for word in _words(consent, purpose, recipient, on, interview)
    ]
    if not words:
        return ConsentState("not_asked")
    # A recipient named in a grant is the more exact answer, yet a no to one State is no reason to tell it anyway:
    # the latest word holds, whichever grant it stands in.
    return max(words, key=_Word.order).state
