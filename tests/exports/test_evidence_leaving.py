"""Whose consent keeps a file of evidence back: speakers, people concerned, victims, owners of devices; officials are not asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from exports import evidence_of_case, leaving_evidence, main_victim_missing

DAY = date(2026, 5, 14)


class Books:
    """Records in memory."""

    def __init__(self, **docs: list[dict[str, Any]]) -> None:
        self._docs = docs

    def get(self, id: str, /) -> dict[str, Any] | None:
        return next((doc for docs in self._docs.values() for doc in docs if doc["id"] == id), None)

    def of(self, type: str, /) -> Iterator[dict[str, Any]]:
        return iter(self._docs.get(type, []))

    def type_of(self, id: str, /) -> str | None:
        return next((type for type, docs in self._docs.items() for doc in docs if doc["id"] == id), None)


def consent(person: str, decision: str = "yes", **more: Any) -> dict[str, Any]:
    grants = [{"purpose": "share_lawyer", "decision": decision}]
    return {
        "id": f"c-{person}-{decision}",
        "person": person,
        "given_on": "2026-05-01",
        "grants": grants,
        **more,
    }


def family(person: str) -> dict[str, Any]:
    return consent(person, capacity="spouse", why_not_self="disappeared", given_by="relative")


def evidence(**more: Any) -> dict[str, Any]:
    return {"id": "e", "file": {"sha256": "00"}, **more}


def books(doc: dict[str, Any], *consents: dict[str, Any], **more: Any) -> Books:
    people = [{"id": name} for name in ("a", "b")] + [{"id": "officer", "public_figure": True}]
    incidents = [{"id": "i", "victims": ["b", {"words": "a neighbour"}]}]
    return Books(person=people, incident=incidents, evidence=[doc], consent=list(consents), **more)


def judged(records: Books) -> Any:
    (one,) = leaving_evidence(records, ["e", "a", "nowhere"], "share_lawyer", DAY)
    return one


@pytest.mark.parametrize("field", ["device_owner", "captured_by"])
def test_owners_and_makers_are_asked(field: str) -> None:
    assert [person for person, _ in judged(books(evidence(**{field: "a"}))).missing] == ["a"]
    assert judged(books(evidence(**{field: "a"}), consent("a"))).may_leave
    assert judged(books(evidence(**{field: {"words": "a cousin"}}))).may_leave


def test_people_concerned_and_victims_are_asked_and_officials_are_not() -> None:
    records = books(evidence(concerns=["a", "i", "officer"]))
    assert sorted(person for person, _ in judged(records).missing) == ["a", "b"]
    assert judged(books(evidence(concerns=["a", "i"]), consent("a"), family("b"))).may_leave


def test_nobody_else_says_yes_for_who_speaks_on_a_recording() -> None:
    interview = {"id": "v", "interviewee": "a", "joint_with": ["b"], "recordings": ["e"]}
    records = books(evidence(), consent("a"), family("b"), interview=[interview])
    assert [person for person, _ in judged(records).missing] == ["b"]
    assert judged(books(evidence(), consent("a"), consent("b"), interview=[interview])).may_leave


@pytest.mark.parametrize("last", ["no", "declined"])
def test_the_later_word_holds(last: str) -> None:
    later = consent("a", last, given_on="2026-05-09")
    assert not judged(books(evidence(concerns=["a"]), consent("a"), later)).may_leave
    withdrawn = consent("a", withdrawn_on="2026-05-10")
    assert judged(books(evidence(concerns=["a"]), withdrawn)).missing[0][1].decision == "withdrawn"


def test_without_a_file_nothing_leaves_and_nobody_concerned_is_told() -> None:
    one = judged(books({"id": "e", "concerns": ["officer"]}))
    assert not one.may_leave and not one.has_file and one.people == ()


def test_a_case_gives_its_evidence_and_the_recordings_of_its_interviews_once() -> None:
    case = {"id": "k", "victims": ["a", "b"], "evidence": ["e", "f"], "interviews": ["v"]}
    interview = {"id": "v", "recordings": ["f", "g"]}
    records = books(evidence(), interview=[interview], case=[case])
    assert evidence_of_case(records, "k") == ["e", "f", "g"]
    missing = main_victim_missing(records, "k", "share_lawyer", DAY)
    assert missing is not None and missing[0] == "a"
    records = books(evidence(), consent("a"), case=[case])
    assert main_victim_missing(records, "k", "share_lawyer", DAY) is None
