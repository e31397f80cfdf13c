"""The places a copy must hide, answered from the records: where people live and told it. Must not judge who is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exports.records import Doc, Records, elements, text_of
from exports.redaction.address_words import parts
from exports.redaction.places import other_names
from exports.redaction.protected import ProtectedPlace
from i18n import fold


def protected_places(
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
