"""The protected set for a file of names, as `daftar redact --names` reads it. Must not open the file or look into a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from exports.records import elements, text_of
from exports.redaction.protected import ProtectedIdentifier, ProtectedPerson, ProtectedPlace, ProtectedSet
from exports.redaction.protected_records import identifiers_of, names_of, shipped_officials
from i18n.message import msg
from storage.errors import Fault, InvalidInput

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
        names_of(doc),
        str(doc.get("sex") or ""),
        "hidden" if hidden else "pseudonym",
        relative,
    )


def _owned_and_code(person: Mapping[str, Any], number: int) -> Iterable[ProtectedIdentifier]:
    owner = str(person.get("id") or f"p{number}")
    yield from identifiers_of(dict(person), owner)
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
