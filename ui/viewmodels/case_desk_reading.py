"""What the case desk shows, read from one snapshot: people, papers, events in order, gaps. Must not know Qt or decide readiness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import exports
from i18n import edtf
from i18n.message import Message, msg, nmsg
from storage import choice_label, kind_label
from ui.viewmodels.person import shown_name
from ui.viewmodels.person_words import country_words

if TYPE_CHECKING:
    from storage import Snapshot

Doc = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One record in a list: code first, the name only where names are shown. `procedure` is a petition's."""

    id: str
    type: str
    code: str
    name: str = ""
    note: Message | None = None
    procedure: str = ""


@dataclass(frozen=True)
class Event:
    """One thing on the timeline. `when` is EDTF or empty; `words` are the witness's. `sources` counts what proves it."""

    id: str
    type: str
    when: str
    words: str
    title: Message | str
    place: Message | str
    sources: int
    supported: bool


@dataclass(frozen=True)
class Gap:
    """Something missing that somebody could still find out, and where to go for it."""

    text: Message
    type: str
    id: str


@dataclass(frozen=True)
class CaseContents:
    """Everything on the desk that comes from the records themselves."""

    id: str
    code: str
    title: str
    country: str
    respondents: tuple[str, ...]
    people: tuple[Line, ...]
    interviews: tuple[Line, ...]
    evidence: tuple[Line, ...]
    petitions: tuple[Line, ...]
    events: tuple[Event, ...]
    gaps: tuple[Gap, ...]


def _ids(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _listed(snapshot: Snapshot, case: Doc, name: str) -> Iterator[Doc]:
    for record_id in _ids(case.get(name)):
        doc = snapshot.get(record_id)
        if doc is not None:
            yield doc


def read_case(snapshot: Snapshot, case_id: str) -> CaseContents | None:
    """The case and what belongs to it; None when the case is gone."""
    case = snapshot.get(case_id)
    if case is None:
        return None
    return CaseContents(
        id=case_id,
        code=_text(case.get("code")),
        title=_text(case.get("title")),
        country=_text(case.get("country")),
        respondents=tuple(_ids(case.get("respondents"))),
        people=tuple(_person_line(doc) for doc in _listed(snapshot, case, "victims")),
        interviews=tuple(_interview_line(snapshot, doc) for doc in _listed(snapshot, case, "interviews")),
        evidence=tuple(_evidence_line(doc) for doc in _listed(snapshot, case, "evidence")),
        petitions=tuple(_petition_line(doc) for doc in snapshot.of("petition") if doc.get("case") == case_id),
        events=tuple(sorted(_events(snapshot, case), key=_event_order)),
        gaps=tuple(_gaps(snapshot, case)),
    )


def _person_line(doc: Doc) -> Line:
    protection = doc.get("protection")
    note = (
        choice_label("person", "protection", str(protection))
        if isinstance(protection, str)
        else msg("protection not decided")
    )
    return Line(doc["id"], "person", _text(doc.get("code")), shown_name(doc), note)


def _interview_line(snapshot: Snapshot, doc: Doc) -> Line:
    person = snapshot.get(_text(doc.get("interviewee"))) or {}
    review = doc.get("review") if isinstance(doc.get("review"), dict) else {}
    state = _text((review or {}).get("state")) or "draft"
    return Line(
        doc["id"],
        "interview",
        _text(doc.get("code")),
        shown_name(person),
        choice_label("interview", "review/state", state),
    )


def _evidence_line(doc: Doc) -> Line:
    held = isinstance(doc.get("file"), dict)
    return Line(doc["id"], "evidence", "", _text(doc.get("title")), None if held else msg("no file yet"))


def _petition_line(doc: Doc) -> Line:
    procedure = _text(doc.get("procedure"))
    return Line(
        doc["id"],
        "petition",
        _text(doc.get("reference")),
        "",
        Message(exports.form(procedure).title.en),
        procedure,
    )


def _events(snapshot: Snapshot, case: Doc) -> Iterator[Event]:
    for doc in _listed(snapshot, case, "incidents"):
        kind = _text(doc.get("kind"))
        title: Message | str = _text(doc.get("title")) or (
            kind_label(kind) if kind else msg("Incident without a kind")
        )
        yield _event(
            doc,
            "incident",
            _text(doc.get("when")),
            _text(doc.get("when_words")),
            title,
            _place(doc.get("where")),
        )
    for doc in _listed(snapshot, case, "proceedings"):
        kind = _text(doc.get("kind"))
        title = choice_label("proceeding", "kind", kind) if kind else msg("Step before an authority")
        when = _text(doc.get("decided_on")) or _text(doc.get("lodged_on")) or _text(doc.get("received_on"))
        yield _event(doc, "proceeding", when, "", title, country_words(_text(doc.get("country"))))


def _event(
    doc: Doc, record_type: str, when: str, words: str, title: Message | str, place: Message | str
) -> Event:
    sources = [source for source in doc.get("sources") or [] if isinstance(source, dict)]
    backed = any(source.get("supports", "yes") != "no" for source in sources)
    return Event(
        doc["id"], record_type, when if edtf.is_valid(when) else "", words, title, place, len(sources), backed
    )


def _place(value: object) -> Message | str:
    if not isinstance(value, Mapping):
        return ""
    parts = [_text(value.get(name)) for name in ("facility", "locality", "region", "words")]
    return next((part for part in parts if part), country_words(_text(value.get("country"))))


def _event_order(event: Event) -> tuple[bool, date]:
    """Dated events by their earliest day; undated ones keep their told order at the end (the sort is stable)."""
    return (not event.when, edtf.parse(event.when).earliest if event.when else date.max)


def _gaps(snapshot: Snapshot, case: Doc) -> Iterator[Gap]:
    if not _ids(case.get("victims")):
        yield Gap(msg("No victim is named in this case."), "case", case["id"])
    for doc in _listed(snapshot, case, "victims"):
        if not isinstance(doc.get("protection"), str):
            yield Gap(
                msg("{code}: nobody has decided how this person is protected.", code=_text(doc.get("code"))),
                "person",
                doc["id"],
            )
    asked = {consent.get("interview") for consent in snapshot.of("consent")}
    for doc in _listed(snapshot, case, "interviews"):
        if doc["id"] not in asked:
            yield Gap(
                msg("{code}: no consent is on record.", code=_text(doc.get("code"))), "interview", doc["id"]
            )
    yield from _event_gaps(snapshot, case)


def _event_gaps(snapshot: Snapshot, case: Doc) -> Iterator[Gap]:
    incidents = list(_listed(snapshot, case, "incidents"))
    for count, text in (
        (sum(not _text(doc.get("when")) for doc in incidents), _undated),
        (sum(not doc.get("sources") for doc in incidents), _unsourced),
    ):
        if count:
            first = next(
                doc
                for doc in incidents
                if not (_text(doc.get("when")) if text is _undated else doc.get("sources"))
            )
            yield Gap(text(count), "incident", first["id"])
    for doc in _listed(snapshot, case, "evidence"):
        if not isinstance(doc.get("file"), dict):
            yield Gap(msg("A document on the list has no file yet."), "evidence", doc["id"])
            return


def _undated(count: int) -> Message:
    return nmsg("{count} incident has no date.", "{count} incidents have no date.", count)


def _unsourced(count: int) -> Message:
    return nmsg("{count} incident has no source.", "{count} incidents have no source.", count)
