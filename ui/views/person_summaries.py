"""One line for each element of a person's lists. Must not hold more than the line says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from i18n import formatting
from i18n.message import Message, msg
from storage import choice_label
from ui.viewmodels.person_words import country_words

Element = Mapping[str, Any]
Line = tuple[Message | str, Message | str, Message | str]
NOTHING = msg("Nothing written yet")


def _text(element: Element, name: str) -> str:
    value = element.get(name)
    return value if isinstance(value, str) else ""


def _choice(path: str, element: Element, name: str) -> Message | str:
    value = element.get(name)
    return choice_label("person", f"{path}/{name}", value) if isinstance(value, str) else ""


def _day(element: Element, name: str, language: str) -> str:
    value = _text(element, name)
    return formatting.partial_date(value, language) if value else ""


def contact_summary(element: Element) -> Line:
    """The number or address, the way, the safe hours."""
    never = msg("never call") if element.get("never_call") is True else ""
    return (
        _text(element, "value") or NOTHING,
        _choice("contacts", element, "channel"),
        never or _text(element, "safe_hours"),
    )


def address_summary(element: Element) -> Line:
    """The address and what it may be used for."""
    return (
        _text(element, "text") or NOTHING,
        country_words(_text(element, "country")),
        _choice("addresses", element, "kind"),
    )


def relation_summary(element: Element, people: Mapping[str, str]) -> Line:
    """Who the other person is to this one."""
    person = element.get("person")
    words = str(person.get("words", "")) if isinstance(person, Mapping) else people.get(str(person), "")
    return words or NOTHING, "", _choice("relations", element, "kind")


def document_summary(element: Element) -> Line:
    """Type, number, issuer."""
    return (
        _choice("identity_documents", element, "type") or NOTHING,
        _text(element, "number"),
        _text(element, "issuer"),
    )


def host_summary(element: Element, language: str) -> Line:
    """Status, country, since when in the words of `language`."""
    return (
        _choice("host_status", element, "status") or NOTHING,
        country_words(_text(element, "country")),
        _day(element, "from", language),
    )


def route_summary(element: Element, language: str) -> Line:
    """Country and when in the words of `language`."""
    return (
        country_words(_text(element, "country")) or NOTHING,
        _day(element, "arrived", language),
        _text(element, "basis"),
    )
