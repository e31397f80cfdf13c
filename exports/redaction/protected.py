"""Who and what must not be recognised in a copy, as plain frozen data. Must not read text or decide how a mention looks.

`protected_for` answers from the records for one petition or case and one audience; `protected_from_names` from a names file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from exports.consent import consent_state
from exports.records import Doc, Records, elements, is_blank, text_of
from exports.redaction.address_words import parts
from exports.redaction.places import other_names
from i18n import fold
from i18n import names as i18n_names
from i18n.message import msg
from storage import lexicon
from storage.errors import Fault, InvalidInput

Treatment = Literal["pseudonym", "hidden"]
PersonName = i18n_names.PersonName


@dataclass(frozen=True)
class ProtectedPerson:
    """A person with all recorded names; `relative`: known in the records as somebody's relative."""

    id: str
    names: tuple[PersonName, ...]
    sex: str = ""
    treatment: Treatment = "pseudonym"
    relative: bool = False


@dataclass(frozen=True)
class ProtectedPlace:
    """A place by the names it is known under; `region` and `country` (a code) are what a copy may say instead ("" = unknown)."""

    id: str
    names: tuple[str, ...]
    region: str = ""
    country: str = ""


@dataclass(frozen=True)
class ProtectedIdentifier:
    """A number or address: `type` is phone, email, document, address, code, account, case_number or other."""

    id: str
    value: str
    type: str = "other"


@dataclass(frozen=True)
class ProtectedSet:
    """Everything the finder looks for, and what it must let through: persons without protection, phrases to keep."""

    persons: tuple[ProtectedPerson, ...] = ()
    places: tuple[ProtectedPlace, ...] = ()
    identifiers: tuple[ProtectedIdentifier, ...] = ()
    shown: tuple[ProtectedPerson, ...] = ()
    keep: tuple[str, ...] = ()
    officials: tuple[str, ...] = field(default=(), repr=False)

    def ids(self) -> frozenset[str]:
        """The ids of all hidden persons."""
        return frozenset(person.id for person in self.persons)


# From records -----------------------------------------------------------------------------------------------------

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
        names = _names(person)
        relative = str(person["id"]) in relatives
        treatment = _treatment(records, person, audience, states, str(person["id"]) in speakers, relative)
        entry = ProtectedPerson(
            str(person["id"]), names, str(person.get("sex") or ""), treatment or "pseudonym", relative
        )
        (shown if treatment is None else hidden).append(entry)
    return ProtectedSet(
        persons=tuple(hidden),
        places=tuple(_places(records, doc, {person.id for person in hidden}, speakers, audience, states)),
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


def _names(person: Doc) -> tuple[PersonName, ...]:
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
        yield from _owned(person, str(person["id"]))
    for type_ in ("person", "interview", "case"):
        for doc in records.of(type_):
            code = text_of(doc.get("code"))
            if code:
                yield ProtectedIdentifier(f"{doc['id']}:code", code, "code")


_CHANNELS = {"email": "email", "e-mail": "email", "mail": "email"}


def _owned(person: Doc, owner: str) -> Iterable[ProtectedIdentifier]:
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


def _places(
    records: Records,
    doc: Doc | None,
    hidden: set[str],
    speakers: frozenset[str],
    audience: str,
    states: tuple[str, ...],
) -> Iterable[ProtectedPlace]:
    """Where people live now and where they told it (C2), whoever may be named; in a public copy also birth and event places.

    For a State, a town in which the case itself happened stays: the case cannot be told without it, and the State knows it.
    """
    found: dict[str, ProtectedPlace] = {}
    events = _event_towns(records, doc) if audience != "public" else frozenset()

    def add(where: object, label: str, *, exact: bool) -> None:
        if not isinstance(where, dict):
            return
        region, country = text_of(where.get("region")) if exact else "", text_of(where.get("country"))
        add_name(text_of(where.get("locality")), label, region, country)
        facility = text_of(where.get("facility"))
        if not exact and _CAPITAL.search(facility):
            add_name(facility, f"{label}:facility", region, country)

    def add_name(name: str, label: str, region: str, country: str) -> None:
        key = fold.t_key(name)
        if key and key not in events and key not in found:
            found[key] = ProtectedPlace(label, (name, *_also(name)), region, country)

    for person in records.of("person"):
        id_ = str(person["id"])
        where = person.get("whereabouts")
        abroad = isinstance(where, dict) and text_of(where.get("country")) not in states
        if id_ in hidden or (id_ in speakers and (abroad or audience == "public")):
            add(where, f"{id_}:whereabouts", exact=False)
        if audience == "public" and id_ in hidden:
            add(person.get("birth_place"), f"{id_}:birth_place", exact=True)
    for interview in records.of("interview"):
        for number, session in enumerate(elements(interview, "sessions"), 1):
            add(session.get("place"), f"{interview['id']}:session:{number}", exact=False)
    if audience == "public":
        for incident in records.of("incident"):
            add(incident.get("where"), f"{incident['id']}:where", exact=True)
    for person in records.of("person"):
        id_ = str(person["id"])
        for number, address in enumerate(elements(person, "addresses"), 1):
            country = text_of(address.get("country"))
            if id_ in hidden or (id_ in speakers and (country not in states or audience == "public")):
                for town in parts(text_of(address.get("text")))[1]:
                    add_name(town, f"{id_}:address:{number}:town", "", country)
    return found.values()


_CAPITAL = re.compile(r"[A-ZА-ЯЁЎҚҒҲҶӢӮƏÇŞÖÜİ]")


def _also(name: str) -> tuple[str, ...]:
    return tuple(other for other in other_names(name) if other != name)


def _event_towns(records: Records, doc: Doc | None) -> frozenset[str]:
    """Text keys of the towns in which the incidents of the case happened; of all cases where the case is not known."""
    case = doc if doc is None or "procedure" not in doc else records.get(str(doc.get("case") or ""))
    ids = case.get("incidents") if case is not None else None
    found: set[str] = set()
    for incident in records.of("incident"):
        where = incident.get("where")
        if isinstance(where, dict) and (not isinstance(ids, list) or incident["id"] in ids):
            town = text_of(where.get("locality"))
            found.update(fold.t_key(name) for name in (town, *_also(town)))
    return frozenset(found - {""})


# From the file of `daftar redact --names` ------------------------------------------------------------------------

_LISTS = ("persons", "places", "identifiers", "keep")


def protected_from_names(
    names_json: Mapping[str, Any], *, officials: Iterable[str] | None = None
) -> ProtectedSet:
    """The set for a names file: persons as in interchange, places, identifiers, phrases to keep. InvalidInput lists all faults."""
    faults = list(_faults(names_json))
    if faults:
        raise InvalidInput(msg("The file of names cannot be used."), faults)
    hidden: list[ProtectedPerson] = []
    shown: list[ProtectedPerson] = []
    for number, person in enumerate(names_json.get("persons") or [], 1):
        entry = _person_of_file(person, number)
        public = person.get("protection") == "none" or (
            person.get("protection") is None
            and person.get("public_figure") is True
            and person.get("minor") is not True
        )
        (shown if public else hidden).append(entry)
    return ProtectedSet(
        persons=tuple(hidden),
        places=tuple(
            ProtectedPlace(f"place:{n}", (text,)) for n, text in enumerate(names_json.get("places") or [], 1)
        ),
        identifiers=tuple(
            ProtectedIdentifier(f"identifier:{n}", text, identifier_type(text))
            for n, text in enumerate(names_json.get("identifiers") or [], 1)
        )
        + tuple(
            identifier
            for n, person in enumerate(names_json.get("persons") or [], 1)
            if person.get("protection") != "none"
            for identifier in _owned_and_code(person, n)
        ),
        shown=tuple(shown),
        keep=tuple(names_json.get("keep") or ()),
        officials=shipped_officials() if officials is None else tuple(officials),
    )


def identifier_type(text: str) -> str:
    """What an identifier of unknown type looks like."""
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    if "@" in text[1:]:
        return "email"
    if text.startswith("@"):
        return "account"
    if digits >= 7 and letters == 0:
        return "phone" if text.lstrip().startswith(("+", "8", "0", "(")) else "document"
    return "address" if letters > 8 and digits and " " in text.strip() else "other"


def _person_of_file(person: Mapping[str, Any], number: int) -> ProtectedPerson:
    doc = dict(person)
    relative = bool(elements(doc, "relations"))
    hidden = doc.get("protection") == "hidden" or doc.get("minor") is True
    return ProtectedPerson(
        str(doc.get("id") or f"p{number}"),
        _names(doc),
        str(doc.get("sex") or ""),
        "hidden" if hidden else "pseudonym",
        relative,
    )


def _owned_and_code(person: Mapping[str, Any], number: int) -> Iterable[ProtectedIdentifier]:
    owner = str(person.get("id") or f"p{number}")
    yield from _owned(dict(person), owner)
    if code := text_of(person.get("code")):
        yield ProtectedIdentifier(f"{owner}:code", code, "code")


def _faults(names_json: object) -> Iterable[Fault]:
    if not isinstance(names_json, Mapping):
        yield Fault("$", msg("is not an object"), msg("an object with persons, places, identifiers, keep"))
        return
    for key in names_json:
        if key not in (*_LISTS, "format"):
            yield Fault(str(key), msg("is not known"), msg("persons, places, identifiers or keep"))
    for key in _LISTS:
        value = names_json.get(key)
        if value is not None and not isinstance(value, list):
            yield Fault(key, msg("is not a list"), msg("a list"))
            continue
        for number, item in enumerate(value or []):
            yield from _item_faults(key, number, item)


def _item_faults(key: str, number: int, item: object) -> Iterable[Fault]:
    if key != "persons":
        if not isinstance(item, str):
            yield Fault(f"{key}[{number}]", msg("is not a text"), msg("a text"))
        return
    if not isinstance(item, Mapping):
        yield Fault(f"persons[{number}]", msg("is not an object"), msg("a person as in interchange"))
        return
    names = item.get("names", [])
    if not isinstance(names, list):
        yield Fault(f"persons[{number}].names", msg("is not a list"), msg("a list"))
        return
    for place, name in enumerate(names):
        if not isinstance(name, Mapping):
            yield Fault(
                f"persons[{number}].names[{place}]", msg("is not an object"), msg("an object with full")
            )
