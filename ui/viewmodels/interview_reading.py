"""Reads one interview with everything around it, in the vault lane. Must not touch Qt or write."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from i18n import edtf
from i18n.message import msg
from storage.errors import InvalidInput

if TYPE_CHECKING:
    from storage import Vault

Doc = dict[str, Any]


@dataclass(frozen=True)
class PersonLine:
    """Somebody this interview speaks of. `relation` is a word of ours or the speaker's; empty for the speaker."""

    id: str
    code: str
    name: str
    relation: str
    is_speaker: bool = False


@dataclass(frozen=True)
class IncidentLine:
    """One thing told here, in the speaker's words."""

    id: str
    title: str
    kind: str
    when: str
    when_words: str


@dataclass(frozen=True)
class GrantLine:
    """One decision of the consent that counts here."""

    purpose: str
    recipient: str
    decision: str


@dataclass(frozen=True)
class Room:
    """Everything the interview room shows, at one moment. `drafts`: narrative id to text not yet taken over."""

    doc: Doc
    people: tuple[PersonLine, ...] = ()
    incidents: tuple[IncidentLine, ...] = ()
    consent: Doc | None = None
    drafts: tuple[tuple[str, str], ...] = ()

    @property
    def grants(self) -> tuple[GrantLine, ...]:
        """The decisions, in the order they stand in the record."""
        return grants_of(self.consent or {})


def draft_key(interview_id: str, narrative_id: str) -> str:
    """Under which key a narrative's draft lies."""
    return f"interview/{interview_id}/narratives/{narrative_id}"


def new_id() -> str:
    """A random record or element id; a time-ordered one would tell when it was made."""
    return str(uuid.uuid4())


def elements(value: Any) -> list[Doc]:
    """The elements of a list field; none for a blank."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def words_of(value: Any) -> str:
    """A text field as text; empty for a blank."""
    return value if isinstance(value, str) else ""


def grants_of(consent: Doc) -> tuple[GrantLine, ...]:
    """The decisions of a consent document."""
    return tuple(
        GrantLine(
            words_of(item.get("purpose")), words_of(item.get("recipient")), words_of(item.get("decision"))
        )
        for item in elements(consent.get("grants"))
    )


def read_room(interview_id: str, vault: Vault) -> Room:
    """The interview, who it speaks of, what was told, what is allowed, drafts. InvalidInput when it is gone."""
    doc = vault.get(interview_id)
    if doc is None:
        raise InvalidInput(msg("This interview is no longer in the notebook."))
    speaker = words_of(doc.get("interviewee"))
    people = _people(vault, speaker)
    incidents = _incidents(vault, interview_id, {person.id for person in people})
    prefix = draft_key(interview_id, "")
    drafts = [
        (draft.key.removeprefix(prefix), draft.text)
        for draft in vault.drafts()
        if draft.key.startswith(prefix)
    ]
    return Room(doc, tuple(people), tuple(incidents), _consent(vault, interview_id), tuple(drafts))


def _people(vault: Vault, speaker: str) -> list[PersonLine]:
    doc = vault.get(speaker) if speaker else None
    if doc is None:
        return []
    people = [PersonLine(speaker, words_of(doc.get("code")), shown_name(doc), "", is_speaker=True)]
    for relation in elements(doc.get("relations")):
        other = words_of(relation.get("person"))
        found = vault.get(other) if other else None
        if found is not None and vault.type_of(other) == "person":
            kind = words_of(relation.get("kind"))
            people.append(PersonLine(other, words_of(found.get("code")), shown_name(found), kind))
    return people


def shown_name(person: Doc) -> str:
    """The first name that was not proposed by the program."""
    names = elements(person.get("names"))
    own = [item for item in names if item.get("generated") is not True] or names
    return words_of(own[0].get("full")) if own else ""


def _incidents(vault: Vault, interview_id: str, people: set[str]) -> list[IncidentLine]:
    likely = [
        row.id for row in _all_rows(vault, "incident") if people & set(texts_of(row.extra.get("victims")))
    ]
    lines = []
    for doc in vault.docs("incident", likely):
        sources = elements(doc.get("sources"))
        if any(source.get("interview") == interview_id for source in sources):
            lines.append(
                IncidentLine(
                    str(doc["id"]),
                    words_of(doc.get("title")),
                    words_of(doc.get("kind")),
                    words_of(doc.get("when")),
                    words_of(doc.get("when_words")),
                )
            )
    return sorted(lines, key=_told_order)


def _told_order(line: IncidentLine) -> tuple[bool, str]:
    """Dated ones first, by the earliest day they may mean; the others in the order they are stored."""
    earliest = edtf.parse(line.when).earliest.isoformat() if edtf.is_valid(line.when) else line.when
    return (not line.when, earliest)


def texts_of(value: Any) -> list[str]:
    """The texts of a list field; none for a blank."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _consent(vault: Vault, interview_id: str) -> Doc | None:
    """The consent recorded with this interview; the latest when there are several."""
    ids = [row.id for row in _all_rows(vault, "consent") if row.extra.get("interview") == interview_id]
    return vault.get(ids[0]) if ids else None


def _all_rows(vault: Vault, type_: str) -> list[Any]:
    rows: list[Any] = []
    while page := vault.rows(type_, len(rows), 5000):
        rows.extend(page)
        if len(page) < 5000:
            break
    return rows
