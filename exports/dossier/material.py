"""Chooses what a copy may be built from: whose testimony, which incidents, steps and documents. Must not write a sentence.

Every way out passes here (records.md, "Consent gates every way out"): what lacks a yes is left out and listed by code;
without the main victim's yes the whole copy is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exports.consent import ConsentState, consent_state
from exports.form_model import Form
from exports.records import Doc, Records, begun, code_or_id, elements, ids_of, is_blank
from i18n.message import Message, msg
from storage import choice_label
from storage.errors import ConsentMissing

PUBLIC_PURPOSE = "publish_anonymised"


@dataclass(frozen=True)
class Material:
    """What one copy may use, in order of time, and what was left out for want of consent (by code)."""

    petition: Doc
    case: Doc
    applicants: tuple[str, ...]
    interviews: tuple[Doc, ...]
    facts: tuple[Doc, ...]
    proceedings: tuple[Doc, ...]
    documents: tuple[Doc, ...]
    left_out: tuple[str, ...]
    refused: Message | None


def applicants_of(records: Records, form: Form, petition: Doc, case: Doc) -> tuple[str, ...]:
    """The persons (or organisations) the paper is about, the main one first."""
    chosen = ids_of(petition.get("applicants"))
    if not chosen and form.leads_with == "interview":
        speakers = [records.get(id) for id in ids_of(case.get("interviews"))]
        chosen = [
            str(doc["interviewee"]) for doc in speakers if doc and isinstance(doc.get("interviewee"), str)
        ][:1]
    if not chosen:
        chosen = ids_of(case.get("victims"))
    return tuple(id for id in dict.fromkeys(chosen) if records.get(id) is not None)


def speakers_of(records: Records, form: Form, petition: Doc, case: Doc) -> list[str]:
    """Whom a form that a speaker leads can be written for: those the petition names, else all who speak in the case."""
    if form.leads_with != "interview":
        return []
    named = [id for id in ids_of(petition.get("applicants")) if records.get(id) is not None]
    spoke = [doc.get("interviewee") for doc in _in_case(records, case, "interviews", "interview")]
    return list(
        dict.fromkeys(named or [id for id in spoke if isinstance(id, str) and records.get(id) is not None])
    )


def purposes_of(form: Form, audience: str) -> tuple[str, ...]:
    """The purposes a copy needs a yes for."""
    return (form.purpose, PUBLIC_PURPOSE) if audience == "public" else (form.purpose,)


def missing_purpose(
    records: Records, form: Form, audience: str, person: str, on: date | None, *, interview: str | None = None
) -> tuple[str, ConsentState] | None:
    """The first purpose a person's consent does not cover, with what is recorded; None when all are covered.

    For testimony (`interview` given) only the person's own word counts, for a victim also the bases the form accepts.
    """
    for purpose in purposes_of(form, audience):
        state = consent_state(records, person, purpose, on=on, interview=interview)
        bases = ("self",) if interview is not None else form.bases
        if not state.accepted(bases):
            return purpose, state
    return None


def _speaker_agrees(records: Records, form: Form, audience: str, interview: Doc, on: date | None) -> bool:
    speakers = [interview.get("interviewee"), *ids_of(interview.get("joint_with"))]
    known = [str(speaker) for speaker in speakers if isinstance(speaker, str) and speaker]
    if not known:
        return False
    return all(
        missing_purpose(records, form, audience, s, on, interview=interview["id"]) is None for s in known
    )


def _only_from(doc: Doc, closed: frozenset[str]) -> bool:
    """Whether everything known of it comes from testimony that may not be used."""
    sources = elements(doc, "sources")
    interviews = [s.get("interview") for s in sources if not is_blank(s.get("interview"))]
    return bool(interviews) and len(interviews) == len(sources) and all(i in closed for i in interviews)


def _in_case(records: Records, case: Doc, path: str, type: str) -> Iterator[Doc]:
    for id in ids_of(case.get(path)):
        doc = records.get(id)
        if doc is not None and records.type_of(id) == type:
            yield doc


_Place = tuple[date, int, int, int]


def by_time(docs: list[Doc], *paths: str) -> tuple[Doc, ...]:
    """In order of the last day on which each can have begun, then as told; the first of `paths` that is dated counts.

    What has no date stands beside what it is said to come before or after, otherwise after what was told before it.
    """
    days = [next((day for path in paths if (day := begun(doc.get(path))) is not None), None) for doc in docs]
    places = {str(doc.get("id")): number for number, doc in enumerate(docs)}
    keyed: list[tuple[_Place, Doc]] = []
    last: _Place = (date.min, -1, 0, 0)
    for number, (doc, day) in enumerate(zip(docs, days, strict=True)):
        last = (
            (day, number, 0, 0)
            if day
            else _beside(doc, places, days, number) or (last[0], last[1], 1, number)
        )
        keyed.append((last, doc))
    return tuple(doc for _, doc in sorted(keyed, key=lambda item: item[0]))


def _beside(doc: Doc, places: dict[str, int], days: list[date | None], number: int) -> _Place | None:
    """The place before or after the dated incident an undated one is told by; None where it names none."""
    relative = doc.get("relative_to")
    other = places.get(str(relative.get("incident"))) if isinstance(relative, dict) else None
    day = days[other] if other is not None else None
    if other is None or day is None or not isinstance(relative, dict):
        return None
    return (day, other, -1 if relative.get("relation") == "before" else 1, number)


def _wanted_by_lawyer(petition: Doc) -> frozenset[str]:
    return frozenset(
        id for argument in elements(petition, "arguments") for id in ids_of(argument.get("facts"))
    )


def _documents(records: Records, petition: Doc, case: Doc) -> tuple[Doc, ...]:
    """The annexes the lawyer ordered, otherwise the case's evidence by date; what may not go on paper left out."""
    chosen = petition if ids_of(petition.get("annexes")) else case
    path = "annexes" if chosen is petition else "evidence"
    docs = [
        doc for doc in _in_case(records, chosen, path, "evidence") if doc.get("class") not in ("C2", "C3")
    ]
    return tuple(docs) if chosen is petition else by_time(docs, "dated")


def _refusal(
    records: Records, form: Form, audience: str, applicants: tuple[str, ...], on: date | None
) -> Message | None:
    if not applicants:
        # critical
        return msg("The case names nobody this paper could be about.")
    lacking = missing_purpose(records, form, audience, applicants[0], on)
    if lacking is None:
        return None
    purpose, state = lacking
    named = choice_label("consent", "grants/purpose", purpose)
    code = code_or_id(records.get(applicants[0]) or {})
    if state.in_force:
        # critical
        return msg(
            "{code}: the consent on record for “{purpose}” was given by somebody else, which this procedure does not accept.",
            code=code,
            purpose=named,
        )
    # critical
    return msg(
        "{code}: no consent in force for “{purpose}” (recorded: {decision}).",
        code=code,
        purpose=named,
        decision=DECISION_WORDS[state.decision],
    )


DECISION_WORDS: dict[str, Message] = {
    "yes": msg("yes"),
    "no": msg("no"),
    "declined": msg("declined"),
    "not_asked": msg("not asked"),
    "withdrawn": msg("withdrawn"),
    "expired": msg("expired"),
}


def choose(
    records: Records, form: Form, petition: Doc, case: Doc, audience: str, on: date | None
) -> Material:
    """What a copy for `audience` may be built from on a day; never raises for missing consent (see `require`)."""
    applicants = applicants_of(records, form, petition, case)
    interviews = list(_in_case(records, case, "interviews", "interview"))
    if form.leads_with == "interview":
        interviews = [doc for doc in interviews if doc.get("interviewee") in applicants[:1]]
    usable = [doc for doc in interviews if _speaker_agrees(records, form, audience, doc, on)]
    closed = frozenset(str(doc["id"]) for doc in interviews) - {str(doc["id"]) for doc in usable}
    wanted = _wanted_by_lawyer(petition)
    facts = [
        doc
        for doc in _in_case(records, case, "incidents", "incident")
        if not _only_from(doc, closed) and (doc.get("kind") not in form.excluded_kinds or doc["id"] in wanted)
    ]
    steps = [
        doc for doc in _in_case(records, case, "proceedings", "proceeding") if not _only_from(doc, closed)
    ]
    left_out = tuple(code_or_id(doc) for doc in interviews if doc["id"] in closed)
    return Material(
        petition=petition,
        case=case,
        applicants=applicants,
        interviews=tuple(usable),
        facts=by_time(facts, "when"),
        proceedings=by_time(steps, "lodged_on", "decided_on", "received_on"),
        documents=_documents(records, petition, case),
        left_out=left_out,
        refused=_refusal(records, form, audience, applicants, on),
    )


def require(material: Material) -> Material:
    """The material, if the main victim's consent covers it; ConsentMissing with the reason otherwise."""
    if material.refused is not None:
        # critical
        raise ConsentMissing(
            material.refused, msg("Nothing was written. Record the consent, or choose another procedure.")
        )
    return material
