"""Writes to one interview in the vault lane, one change at a time. Must not touch Qt; every function takes the open vault last.

Each starts from the record as it is now, changes one thing and saves: an editor open elsewhere loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from i18n.message import msg
from storage import DropDraft, SaveRecord
from storage.errors import InvalidInput
from ui.viewmodels.consent_words import TEXT_VERSION
from ui.viewmodels.interview_reading import Doc, GrantLine, draft_key, elements, new_id, texts_of, words_of

if TYPE_CHECKING:
    from storage import ChangeSet, Vault

Written = tuple[Sequence["ChangeSet"], str]


@dataclass(frozen=True)
class Beginning:
    """What is known when an interview begins; nothing of it is required."""

    speaker: str = ""
    name: str = ""
    language: str = "ru"
    mode: str = "in_person"
    answers: tuple[tuple[str, str], ...] = ()
    contact_how: str = ""
    text_language: str = "en"
    began: str = ""
    today: str = ""


def begin(start: Beginning, vault: Vault) -> Written:
    """Write the person (if new), the interview and the consent; the result is the interview's id."""
    changes: list[ChangeSet] = []
    person, interview = start.speaker or new_id(), new_id()
    if not start.speaker:
        changes.append(
            vault.write(SaveRecord("person", _new_person(person, start.name, start.language, "pseudonym")))
        )
    session = {"id": new_id(), "from": start.began, "mode": start.mode}
    narrative = {"id": new_id(), "language": start.language, "kind": "original", "text": ""}
    doc = {
        "id": interview,
        "interviewee": person,
        "sessions": [session],
        "languages": [start.language],
        "narratives": [narrative],
        "review": {"state": "draft"},
    }
    changes.append(vault.write(SaveRecord("interview", doc)))
    changes.append(vault.write(SaveRecord("consent", _first_consent(start, person, interview))))
    return changes, interview


def _new_person(person: str, name: str, language: str, protection: str) -> Doc:
    doc: Doc = {"id": person, "protection": protection}
    if name.strip():
        doc["names"] = [{"id": new_id(), "full": name.strip(), "language": language, "kind": "legal"}]
    return doc


def _first_consent(start: Beginning, person: str, interview: str) -> Doc:
    grants: list[Doc] = []
    for purpose, decision in start.answers:
        grant = {"id": new_id(), "purpose": purpose, "decision": decision or "not_asked"}
        if purpose == "contact_again" and decision == "yes" and start.contact_how.strip():
            grant["limits"] = start.contact_how.strip()
        grants.append(grant)
    doc: Doc = {
        "id": new_id(),
        "person": person,
        "interview": interview,
        "given_by": person,
        "capacity": "self",
        "text_language": start.text_language,
        "text_version": TEXT_VERSION,
        "grants": grants,
    }
    if any(decision in ("yes", "no", "declined") for _purpose, decision in start.answers):
        doc["given_on"] = start.today
    return doc


def _changed_interview(vault: Vault, interview_id: str) -> Doc:
    doc = vault.get(interview_id)
    if doc is None:
        raise InvalidInput(msg("This interview is no longer in the notebook."))
    return doc


def save_text(interview_id: str, narrative_id: str, text: str, vault: Vault) -> Written:
    """Take a narrative over into the record and drop its draft."""
    doc = _changed_interview(vault, interview_id)
    for narrative in elements(doc.get("narratives")):
        if narrative.get("id") == narrative_id:
            narrative["text"] = text
    changes = [vault.write(SaveRecord("interview", doc, interview_id))]
    changes.append(vault.write(DropDraft(draft_key(interview_id, narrative_id))))
    return changes, narrative_id


def add_narrative(interview_id: str, language: str, kind: str, translation_of: str, vault: Vault) -> Written:
    """Add an empty narrative; the result is its id."""
    doc = _changed_interview(vault, interview_id)
    narrative: Doc = {"id": new_id(), "language": language, "kind": kind, "text": ""}
    if kind == "translation" and translation_of:
        narrative["translation_of"] = translation_of
    doc["narratives"] = [*elements(doc.get("narratives")), narrative]
    languages = texts_of(doc.get("languages"))
    if kind == "original" and language not in languages:
        doc["languages"] = [*languages, language]
    return [vault.write(SaveRecord("interview", doc, interview_id))], str(narrative["id"])


def set_narrative_language(interview_id: str, narrative_id: str, language: str, vault: Vault) -> Written:
    """Say which language a narrative is written in."""
    doc = _changed_interview(vault, interview_id)
    for narrative in elements(doc.get("narratives")):
        if narrative.get("id") == narrative_id:
            narrative["language"] = language
    return [vault.write(SaveRecord("interview", doc, interview_id))], narrative_id


def add_person(interview_id: str, name: str, relation: str, protection: str, vault: Vault) -> Written:
    """Add somebody the speaker mentions, related to the speaker; the result is the person's id."""
    doc = _changed_interview(vault, interview_id)
    languages = texts_of(doc.get("languages")) or ["ru"]
    person = new_id()
    changes = [vault.write(SaveRecord("person", _new_person(person, name, languages[0], protection)))]
    speaker_id = words_of(doc.get("interviewee"))
    speaker = vault.get(speaker_id) if speaker_id else None
    if speaker is not None:
        link: Doc = {
            "id": new_id(),
            "person": person,
            "sources": [{"id": new_id(), "interview": interview_id}],
        }
        if relation:
            link["kind"] = relation
        speaker["relations"] = [*elements(speaker.get("relations")), link]
        changes.append(vault.write(SaveRecord("person", speaker, speaker_id)))
    return changes, person


def add_incident(interview_id: str, title: str, when: str, when_words: str, vault: Vault) -> Written:
    """Add something that happened, in the speaker's words; the result is the incident's id."""
    doc = _changed_interview(vault, interview_id)
    incident: Doc = {
        "id": new_id(),
        "title": title.strip(),
        "sources": [{"id": new_id(), "interview": interview_id}],
    }
    if speaker := words_of(doc.get("interviewee")):
        incident["victims"] = [speaker]
    if when:
        incident["when"] = when
    if when_words:
        incident["when_words"] = when_words
    return [vault.write(SaveRecord("incident", incident))], str(incident["id"])


def save_answer(interview_id: str, question: str, value: Any, vault: Vault) -> Written:
    """Keep the answer to a question: a text or a blank; None forgets it."""
    doc = _changed_interview(vault, interview_id)
    answers = [item for item in elements(doc.get("answers")) if item.get("question") != question]
    before = next((item for item in elements(doc.get("answers")) if item.get("question") == question), None)
    if value is not None:
        answers.append({"id": (before or {}).get("id", new_id()), "question": question, "value": value})
    doc["answers"] = answers or None
    return [vault.write(SaveRecord("interview", doc, interview_id))], question


def add_break(interview_id: str, at: str, minutes: int, vault: Vault) -> Written:
    """Note a pause."""
    doc = _changed_interview(vault, interview_id)
    doc["breaks"] = [*elements(doc.get("breaks")), {"id": new_id(), "at": at, "minutes": minutes}]
    return [vault.write(SaveRecord("interview", doc, interview_id))], interview_id


def close_session(interview_id: str, at: str, vault: Vault) -> Written:
    """End the sitting: its end and the state `closed`. It may be opened again."""
    doc = _changed_interview(vault, interview_id)
    sessions = elements(doc.get("sessions"))
    if sessions and not sessions[-1].get("to"):
        sessions[-1]["to"] = at
    review = doc.get("review")
    doc["review"] = {
        **(review if isinstance(review, dict) and "blank" not in review else {}),
        "state": "closed",
    }
    return [vault.write(SaveRecord("interview", doc, interview_id))], interview_id


def open_session(interview_id: str, at: str, mode: str, vault: Vault) -> Written:
    """Begin another sitting of a closed interview."""
    doc = _changed_interview(vault, interview_id)
    doc["sessions"] = [*elements(doc.get("sessions")), {"id": new_id(), "from": at, "mode": mode}]
    review = doc.get("review")
    doc["review"] = {
        **(review if isinstance(review, dict) and "blank" not in review else {}),
        "state": "draft",
    }
    return [vault.write(SaveRecord("interview", doc, interview_id))], interview_id


def decide(interview_id: str, consent_id: str, decision: GrantLine, today: str, vault: Vault) -> Written:
    """Record one decision of the consent; the rest stays. Makes the consent where there is none yet."""
    consent = vault.get(consent_id) if consent_id else None
    if consent is None:
        doc = _changed_interview(vault, interview_id)
        person = words_of(doc.get("interviewee"))
        consent = {
            "id": new_id(),
            "person": person,
            "interview": interview_id,
            "given_by": person,
            "capacity": "self",
        }
    grants = elements(consent.get("grants"))
    found = next((item for item in grants if _is_same(item, decision)), None)
    if found is None:
        found = {"id": new_id(), "purpose": decision.purpose}
        if decision.recipient:
            found["recipient"] = decision.recipient
        grants.append(found)
    found["decision"] = decision.decision
    consent["grants"] = grants
    if not consent.get("given_on"):
        consent["given_on"] = today
    return [vault.write(SaveRecord("consent", consent, consent_id or None))], str(consent["id"])


def _is_same(item: Doc, decision: GrantLine) -> bool:
    return item.get("purpose") == decision.purpose and words_of(item.get("recipient")) == decision.recipient


def set_consent_field(consent_id: str, name: str, value: Any, vault: Vault) -> Written:
    """Set a plain field of the consent (`manner`, `told_back`, `withdrawn_on`, `withdrawal_scope`)."""
    consent = vault.get(consent_id)
    if consent is None:
        raise InvalidInput(msg("This consent is no longer in the notebook."))
    consent[name] = value
    return [vault.write(SaveRecord("consent", consent, consent_id))], consent_id


def withdraw(consent_id: str, today: str, vault: Vault) -> Written:
    """Record that the person took everything back; outranks every other edit."""
    consent = vault.get(consent_id)
    if consent is None:
        raise InvalidInput(msg("This consent is no longer in the notebook."))
    consent.update(withdrawn_on=today, withdrawal_scope="all")
    return [vault.write(SaveRecord("consent", consent, consent_id))], consent_id
