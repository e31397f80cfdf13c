"""Which files of evidence may leave, and whose consent keeps one back. Must not write or read a file.

An evidence needs a yes in force of everybody it speaks for: who speaks on a recording, who is said to be concerned, the
victims of the incidents it concerns, whose device it was and who made it. Officials acting in public are not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from exports.consent import ConsentState, consent_state
from exports.records import Doc, Records, ids_of

PACKAGE_PURPOSES = (
    "share_lawyer",
    "un_wgad",
    "un_wgeid",
    "un_special_procedures",
    "un_treaty_body",
    "interpol_ccf",
    "ecthr",
    "unhcr",
)
"""For whom a package may be made: each is a purpose people were asked about."""


@dataclass(frozen=True)
class LeavingEvidence:
    """One evidence: whether it has a file, whose consent is missing (person id and what holds), who is concerned at all."""

    id: str
    has_file: bool
    missing: tuple[tuple[str, ConsentState], ...]
    people: tuple[str, ...]

    @property
    def may_leave(self) -> bool:
        """Whether its file may go into a package."""
        return self.has_file and not self.missing


def leaving_evidence(
    records: Records, ids: Iterable[str], purpose: str, on: date | None = None
) -> list[LeavingEvidence]:
    """Judge each evidence for a purpose on a day; ids of other records are passed over."""
    judged = []
    for identity in ids:
        doc = records.get(identity)
        if doc is None or records.type_of(identity) != "evidence":
            continue
        asked = _people(records, doc)
        missing = []
        for person, speaks in asked.items():
            state = consent_state(records, person, purpose, on=on)
            if not (state.accepted(("self",)) if speaks else state.in_force):
                missing.append((person, state))
        file = doc.get("file")
        has_file = isinstance(file, dict) and bool(file.get("sha256"))
        judged.append(LeavingEvidence(identity, has_file, tuple(missing), tuple(asked)))
    return judged


def main_victim_missing(
    records: Records, case_id: str, purpose: str, on: date | None = None
) -> tuple[str, ConsentState] | None:
    """The case's main victim and what holds, where no yes is in force; None where it is, or nobody is named."""
    victims = ids_of((records.get(case_id) or {}).get("victims"))
    if not victims:
        return None
    state = consent_state(records, victims[0], purpose, on=on)
    return None if state.in_force else (victims[0], state)


def evidence_of_case(records: Records, case_id: str) -> list[str]:
    """The evidence of a case in its order, then the recordings of its interviews; each once."""
    case = records.get(case_id) or {}
    found = ids_of(case.get("evidence"))
    for interview in ids_of(case.get("interviews")):
        found += ids_of((records.get(interview) or {}).get("recordings"))
    return list(dict.fromkeys(found))


def _people(records: Records, evidence: Doc) -> dict[str, bool]:
    """Everybody it speaks for; True for who speaks on it, for whom nobody else may say yes."""
    asked: dict[str, bool] = {}
    for identity in _concerned(records, evidence):
        person = records.get(identity)
        if (
            person is not None
            and records.type_of(identity) == "person"
            and person.get("public_figure") is not True
        ):
            asked[identity] = False
    for interview in records.of("interview"):
        if evidence["id"] in ids_of(interview.get("recordings")):
            speakers = [interview.get("interviewee"), *ids_of(interview.get("joint_with"))]
            asked.update({speaker: True for speaker in speakers if isinstance(speaker, str) and speaker})
    return asked


def _concerned(records: Records, evidence: Doc) -> Iterator[str]:
    for identity in ids_of(evidence.get("concerns")):
        if records.type_of(identity) == "incident":
            yield from ids_of((records.get(identity) or {}).get("victims"))
        else:
            yield identity
    for field in ("device_owner", "captured_by"):
        if isinstance(evidence.get(field), str):
            yield evidence[field]
