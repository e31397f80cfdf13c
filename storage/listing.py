"""List columns and references, computed from a document. Pure; must not read the database.

What stands here is derived: `verify --rebuild` writes it anew from the revisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from storage.operations import Doc

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
_TITLE_LIMIT = 200
# The plain fields a list shows or sorts by, beside code, title and language.
_EXTRA = {
    "person": ("protection", "sex", "birth_date", "minor"),
    "interview": ("interviewee", "languages"),
    "consent": ("person", "interview", "given_on", "withdrawn_on"),
    "incident": ("kind", "when", "victims"),
    "proceeding": ("kind", "country", "lodged_on", "decided_on"),
    "evidence": ("kind", "dated", "neutral_title"),
    "case": ("status", "country", "victims"),
    "petition": ("case", "procedure", "language", "date"),
    "task": ("kind", "about", "due", "done_on"),
    "note": ("kind", "anchor"),
}
_TITLES = {
    "person": ("names", 0, "full"),
    "organisation": ("name",),
    "agency": ("abbreviations", 0),
    "petition": ("reference",),
    "colleague": ("label",),
    "incident": ("title",),
}


def title_of(type_: str, doc: Doc) -> str:
    """Give the words a list shows for the record; empty when it has none of its own."""
    value: Any = doc
    for step in _TITLES.get(type_, ("title",)):
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value[:_TITLE_LIMIT] if isinstance(value, str) else ""


def language_of(doc: Doc) -> str | None:
    """Give the language of the record's words: its own, its first, or its first narrative's."""
    for value in (doc.get("language"), _first(doc.get("languages"))):
        if isinstance(value, str):
            return value
    narrative = _first(doc.get("narratives"))
    language = narrative.get("language") if isinstance(narrative, dict) else None
    return language if isinstance(language, str) else None


def extra_of(type_: str, doc: Doc) -> dict[str, Any]:
    """Give the further values a list of this type shows."""
    extra = {
        name: doc[name] for name in _EXTRA.get(type_, ()) if isinstance(doc.get(name), str | bool | list)
    }
    if type_ == "interview":
        review = doc.get("review")
        first = _first(doc.get("sessions"))
        extra["state"] = review.get("state", "draft") if isinstance(review, dict) else "draft"
        extra["from"] = first.get("from") if isinstance(first, dict) else None
        extra["characters"] = sum(len(str(item.get("text", ""))) for item in _dicts(doc.get("narratives")))
    if type_ == "case":
        for name in ("interviews", "incidents", "evidence"):
            items = doc.get(name)
            extra[name] = len(items) if isinstance(items, list) else 0
    if type_ == "evidence":
        file = doc.get("file")
        extra["file"] = file.get("name") if isinstance(file, dict) else None
    return extra


def references_of(doc: Doc) -> set[str]:
    """Give every id of another record that the document names."""
    return set(_references(doc)) - {doc.get("id", "")}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) == 36 and _UUID.match(value):
            yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key != "id":
                yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
