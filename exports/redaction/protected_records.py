"""Who and what a copy of one petition or case must hide, answered from the records. Must not read a text or look at the copy itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from exports.consent import consent_state
from exports.records import Doc, Records, elements, is_blank, text_of
from exports.redaction.protected import (
    ProtectedIdentifier,
    ProtectedPerson,
    ProtectedSet,
    Treatment,
)
from exports.redaction.protected_places import protected_places
from i18n import names as i18n_names
from i18n.names import PersonName
from storage import lexicon

_RELATIVES = frozenset(
    [
        "mother",
        "father",
        "parent",
        "brother",
        "sister",
        "sibling",
        "son",
        "daughter",
        "child",
        "wife",
        "husband",
        "spouse",
        "grandmother",
        "grandfather",
        "uncle",
        "aunt",
        "cousin",
        "nephew",
        "niece",
        "relative",
        "grandson",
        "granddaughter",
        "in_law",
        "fiancee",
        "fiance",
    ]
)


def protected_for(
    records: Records,
    about: Doc | str,
    audience: str,
    state: str | None = None,
    *,
    officials: Iterable[str] | None = None,
) -> ProtectedSet:
    """What a copy for `audience` of a petition or case must hide; `state` is the State that reads a government copy.

    Every person of the vault counts, also those who do not belong to the case: testimony mentions them all the same.
    `about` is a petition or case document or the id of one; an unknown id hides by the strictest reading.
    """
    doc = records.get(about) if isinstance(about, str) else about
    states = _states(records, doc, state) if audience in ("government", "filing") else ()
    speakers = _speakers(records)
    hidden: list[ProtectedPerson] = []
    shown: list[ProtectedPerson] = []
    relatives = _relatives(records)
    for person in records.of("person"):
        names = names_of(person)
        relative = str(person["id"]) in relatives
        treatment = _treatment(records, person, audience, states, str(person["id"]) in speakers, relative)
        entry = ProtectedPerson(
            str(person["id"]), names, str(person.get("sex") or ""), treatment or "pseudonym", relative
        )
        (shown if treatment is None else hidden).append(entry)
    return ProtectedSet(
        persons=tuple(hidden),
        places=tuple(
            protected_places(records, doc, {person.id for person in hidden}, speakers, audience, states)
        ),
        identifiers=tuple(_identifiers(records)),
        shown=tuple(shown),
        officials=shipped_officials() if officials is None else tuple(officials),
    )


@cache
def shipped_officials() -> tuple[str, ...]:
    """Full names of the office-holders of the lexicon, in every spelling; a bare surname is never one."""
    spellings = (text for row in lexicon().officials.values() for text in (row.name, *row.spellings))
    known = i18n_names.lexicon()
    return tuple(
        text
        for text in dict.fromkeys(spellings)
        if len(words := re.findall(r"[\w'’-]+", text)) > 1
        and "(" not in text
        and not known.is_office(words[0])
        and not known.is_title(words[0])
    )


def names_of(person: Doc) -> tuple[PersonName, ...]:
    """All recorded names of a person, read; each once."""
    parsed = (i18n_names.parse_name(name) for name in elements(person, "names"))
    return tuple(dict.fromkeys(name for name in parsed if name is not None))


def _states(records: Records, doc: Doc | None, state: str | None) -> tuple[str, ...]:
    """The States that read: the one given, else all respondents of the case."""
    if state is not None:
        return (state,)
    if doc is None:
        return ()
    case = doc if "procedure" not in doc else records.get(str(doc.get("case") or "")) or {}
    found = [value for value in (case.get("respondents") or []) if isinstance(value, str)]
    country = case.get("country")
    if not found and isinstance(country, str) and not is_blank(country):
        found = [country]
    return tuple(found)


def _speakers(records: Records) -> frozenset[str]:
    """Victims and interviewees of the whole vault."""
    found: set[str] = set()
    for case in records.of("case"):
        found.update(value for value in case.get("victims") or [] if isinstance(value, str))
    for incident in records.of("incident"):
        found.update(value for value in incident.get("victims") or [] if isinstance(value, str))
    for interview in records.of("interview"):
        people = [interview.get("interviewee"), *(interview.get("joint_with") or [])]
        found.update(value for value in people if isinstance(value, str))
    return frozenset(found)


def _relatives(records: Records) -> frozenset[str]:
    """Persons whom a record calls somebody's relative, on either side of the relation."""
    found: set[str] = set()
    victims = _speakers(records)
    for person in records.of("person"):
        for relation in elements(person, "relations"):
            kind = text_of(relation.get("kind")).casefold().replace(" ", "_")
            if kind in _RELATIVES or kind.endswith("_in_law"):
                ends = {str(person["id"]), str(relation.get("person") or "")}
                found.update(ends - victims)
    return frozenset(found)


def _treatment(
    records: Records, person: Doc, audience: str, states: tuple[str, ...], speaker: bool, relative: bool
) -> Treatment | None:
    """How a person is hidden from the readers of a copy; None = named (redaction.md 3, "Who is hidden")."""
    stated = person.get("protection")
    protection = (
        stated if stated in ("none", "pseudonym", "hidden") else _default_protection(person, relative)
    )
    treatment: Treatment = "hidden" if protection == "hidden" else "pseudonym"
    person_id = str(person["id"])
    if audience == "public":
        allowed = not speaker or consent_state(records, person_id, "name_in_public").in_force
        return None if protection == "none" and allowed else treatment
    if audience == "government" or (audience == "filing" and states):
        if states and all(
            consent_state(records, person_id, "name_to_government", state).in_force for state in states
        ):
            return None
        return None if protection == "none" and not speaker else treatment
    return None


def _default_protection(person: Doc, relative: bool) -> str:
    if person.get("minor") is True:
        return "hidden"
    if person.get("public_figure") is True:
        return "none"
    return "hidden" if relative else "pseudonym"


def _identifiers(records: Records) -> Iterable[ProtectedIdentifier]:
    """Document numbers, contacts, addresses and codes of all persons: who may be named is not thereby to be called on (class C2)."""
    for person in records.of("person"):
        yield from identifiers_of(person, str(person["id"]))
    for type_ in ("person", "interview", "case"):
        for doc in records.of(type_):
            code = text_of(doc.get("code"))
            if code:
                yield ProtectedIdentifier(f"{doc['id']}:code", code, "code")


_CHANNELS = {"email": "email", "e-mail": "email", "mail": "email"}


def identifiers_of(person: Doc, owner: str) -> Iterable[ProtectedIdentifier]:
    """Document numbers, contacts and addresses of one person; `owner` begins their ids."""
    for number, document in enumerate(elements(person, "identity_documents"), 1):
        if value := text_of(document.get("number")):
            yield ProtectedIdentifier(f"{owner}:document:{number}", value, "document")
    for number, contact in enumerate(elements(person, "contacts"), 1):
        if value := text_of(contact.get("value")):
            channel = text_of(contact.get("channel")).casefold()
            type_ = "email" if "@" in value[1:] else _CHANNELS.get(channel, "account")
            if sum(char.isdigit() for char in value) >= 7:
                type_ = "phone"
            yield ProtectedIdentifier(f"{owner}:contact:{number}", value, type_)
    for number, address in enumerate(elements(person, "addresses"), 1):
        if value := text_of(address.get("text")) or text_of(address):
            yield ProtectedIdentifier(f"{owner}:address:{number}", value, "address")
