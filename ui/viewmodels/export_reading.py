"""What the export assistant shows before anything is written: who will learn what, what holds it back. Must not know Qt or write.

Who reads which part stands in the form file; who is named to whom follows from the protected set, so that the words here
and the paper cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import exports
from i18n.message import Message, msg
from storage.errors import ConsentMissing
from ui.viewmodels.case_desk import Check, checks_of
from ui.viewmodels.petition_language import language_of
from ui.viewmodels.redaction_review_finding import review_of

if TYPE_CHECKING:
    from exports import Form
    from storage import Doc, Snapshot, Vault

RECIPIENTS: Mapping[str, Message] = {
    # critical
    "secretariat": msg("The secretariat of the body"),
    # critical
    "respondent_state": msg("The State against which it is brought"),
    # critical
    "national_bureau": msg("The national bureau of INTERPOL"),
    # critical
    "public": msg("The public: anybody"),
    # critical
    "interviewee": msg("The interviewee, and whoever finds the paper on them"),
    # critical
    "nobody": msg("Nobody outside"),
}


@dataclass(frozen=True)
class Reader:
    """One reader of one copy: what they read, and whom they will know by name (codes)."""

    audience: str
    recipient: str
    parts: tuple[str, ...]
    named: tuple[str, ...]
    replaced: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """What redaction review found in one copy."""

    certain: int
    open: int
    unconfirmed: int


@dataclass(frozen=True)
class ExportContents:
    """One petition as the assistant shows it."""

    petition: str
    case: str
    case_code: str
    case_title: str
    procedure: str
    language: str
    reference: str
    date: str
    copies: tuple[str, ...]
    overrides: Mapping[str, str]
    checks: tuple[Check, ...]
    ready: bool
    readers: tuple[Reader, ...]
    counts: Mapping[str, Counts]
    sections: Mapping[str, str]
    left: bool = False


@dataclass(frozen=True)
class CaseChoice:
    """A case one may write about."""

    id: str
    code: str
    title: str


def cases(vault: Vault) -> tuple[CaseChoice, ...]:
    """Cases to choose from, the newest first."""
    return tuple(CaseChoice(row.id, row.code or "", row.title) for row in vault.rows("case", 0, 200))


def petition_for(case_id: str, procedure: str, vault: Vault) -> str:
    """The petition of a case for a procedure ("" = any) that is not filed yet; empty when there is none."""
    for row in vault.rows("petition", 0, 1000):
        doc = vault.get(row.id) or {}
        filing = doc.get("filing")
        status = filing.get("status") if isinstance(filing, dict) else None
        fits = doc.get("case") == case_id and procedure in ("", doc.get("procedure"))
        if fits and status in (None, "draft", "ready"):
            return row.id
    return ""


def read_export(
    petition_id: str, audiences: tuple[str, ...], today: date, vault: Vault
) -> ExportContents | None:
    """Everything the assistant shows; None when petition or case is gone. Vault thread."""
    petition = vault.get(petition_id)
    case_id = str((petition or {}).get("case") or "")
    case = vault.get(case_id) if case_id else None
    if petition is None or case is None:
        return None
    snapshot = vault.snapshot(case_id)
    form = exports.form(str(petition["procedure"]))
    language = language_of(snapshot, petition)
    overrides = overrides_of(petition)
    state = exports.readiness(snapshot, case_id, form.id, language=language, overrides=overrides, today=today)
    chosen = tuple(name for name in form.copies if not audiences or name in audiences)
    day = str(petition.get("date") or today.isoformat())
    return ExportContents(
        petition_id,
        case_id,
        str(case.get("code") or ""),
        str(case.get("title") or ""),
        form.id,
        language,
        str(petition.get("reference") or ""),
        day,
        form.copies,
        overrides,
        checks_of(state),
        state.ready,
        tuple(reader for name in chosen for reader in readers_of(snapshot, petition, form, name)),
        _counts(snapshot, petition, chosen, day),
        sections_of(petition, form),
        bool(petition.get("exports")) and isinstance(petition["exports"], list),
    )


REQUESTS = ("anonymity", "nationality")
"""Texts of the request that the public, and the State of nationality, do not learn who the applicant is."""


def sections_of(petition: Doc, form: Form) -> dict[str, str]:
    """The lawyer's texts that can be written here, empty ones too; none where the form has no such request."""
    held = petition.get("sections")
    texts = held if isinstance(held, dict) else {}
    asked = REQUESTS if any(part.draws == "anonymity" for part in form.parts) else ()
    return {name: text if isinstance(text := texts.get(name), str) else "" for name in asked}


def _counts(snapshot: Snapshot, petition: Doc, audiences: tuple[str, ...], day: str) -> dict[str, Counts]:
    """Counts of each copy that can be drafted; one that lacks a consent is refused, and the checklist says why."""
    found: dict[str, Counts] = {}
    for audience in audiences:
        with suppress(ConsentMissing):
            found[audience] = counts_of(snapshot, petition, audience, day)
    return found


def overrides_of(petition: Doc) -> dict[str, str]:
    """Reasons given for overriding formal blocks, by field."""
    rows = petition.get("overrides")
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {str(row.get("field")): str(row.get("reason") or "") for row in found if row.get("field")}


def readers_of(snapshot: Snapshot, petition: Doc, form: Form, audience: str) -> list[Reader]:
    """Each reader of a copy, with the parts they get and the people they will know by name.

    Who reads the parts of a filing stands in the form; any other copy has the one reader it is made for.
    """
    alone = _ONE_READER.get(audience)
    made = []
    for recipient in (alone,) if alone else form.recipients(audience):
        parts = tuple(
            part.title.en
            for part in form.parts
            if audience in part.copies and (alone is not None or recipient in part.recipients)
        )
        rules = "government" if recipient == "respondent_state" else audience
        named, replaced = _people(snapshot, petition, rules, recipient)
        made.append(Reader(audience, recipient, parts, named, replaced))
    return made


_ONE_READER = {"government": "respondent_state", "public": "public", "interviewee": "interviewee"}


def _people(
    snapshot: Snapshot, petition: Doc, rules: str, recipient: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Victims and interviewees of the case: codes of those named, and of those replaced, for one reader."""
    secret = rules == "filing" and recipient in ("secretariat", "nobody")
    hidden: frozenset[str] = frozenset() if secret else exports.protected_for(snapshot, petition, rules).ids()
    named: list[str] = []
    replaced: list[str] = []
    for person_id in _concerned(snapshot, str(petition.get("case") or "")):
        person = snapshot.get(person_id) or {}
        (replaced if person_id in hidden else named).append(str(person.get("code") or ""))
    return tuple(named), tuple(replaced)


def _concerned(snapshot: Snapshot, case_id: str) -> list[str]:
    case = snapshot.get(case_id) or {}
    people = [item for item in case.get("victims") or [] if isinstance(item, str)]
    for interview_id in case.get("interviews") or []:
        interview = snapshot.get(str(interview_id)) or {}
        if isinstance(interview.get("interviewee"), str):
            people.append(interview["interviewee"])
    return list(dict.fromkeys(people))


def counts_of(snapshot: Snapshot, petition: Doc, audience: str, day: str) -> Counts:
    """What a review of this copy would show."""
    review = review_of(snapshot, petition, audience, day)
    return Counts(review.certain, review.undecided, len(review.to_accept))
