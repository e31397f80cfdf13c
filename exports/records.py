"""What exports need from a snapshot of the records, and small helpers to read documents. Must not open a vault."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from i18n import edtf

Doc = dict[str, Any]
BLANKS = frozenset({"unknown", "not_asked", "declined", "withheld", "not_applicable"})


class Records(Protocol):
    """A frozen view of the records (`storage.Snapshot` is one)."""

    def get(self, id: str, /) -> Doc | None: ...
    def of(self, type: str, /) -> Iterable[Doc]: ...
    def type_of(self, id: str, /) -> str | None: ...


def is_blank(value: object) -> bool:
    """Whether a value is absent or one of the five blanks, written as a bare word or as an object."""
    if value is None or value == "" or value == [] or value == {}:
        return True
    if isinstance(value, dict):
        return set(value) == {"blank"}
    return isinstance(value, str) and value in BLANKS


def text_of(value: object) -> str:
    """A text, or the words of a `{words}` object, or nothing."""
    if isinstance(value, dict):
        words = value.get("words")
        return words if isinstance(words, str) else ""
    return value if isinstance(value, str) and not is_blank(value) else ""


def ids_of(values: object) -> list[str]:
    """The ids in a list of persons (ids or `{words}`)."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def elements(doc: Doc, path: str) -> list[Doc]:
    """The groups of a list field; nothing where it is blank."""
    found = doc.get(path)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def parse_date(value: object) -> edtf.Edtf | None:
    """The EDTF value of a date field, None where it is blank or no date."""
    if not isinstance(value, str) or is_blank(value):
        return None
    try:
        return edtf.parse(value)
    except ValueError:
        return None


def earliest(value: object) -> date | None:
    """First day a date field can mean; None where nothing is known of it."""
    parsed = parse_date(value)
    return None if parsed is None or parsed.earliest == date.min else parsed.earliest


def latest(value: object) -> date | None:
    """Last day a date field can mean; None where nothing is known of it."""
    parsed = parse_date(value)
    return None if parsed is None or parsed.latest == date.max else parsed.latest


def begun(value: object) -> date | None:
    """Last day on which what a date field tells can have begun: the order of a story. None where nothing is known of it."""
    parsed = parse_date(value)
    if parsed is None:
        return None
    side = parsed.end if parsed.kind == "one_of" or parsed.start is None else parsed.start
    return None if side is None else side.latest


def code_or_id(doc: Doc) -> str:
    """The code people use for a record, or its id where it has none."""
    return str(doc.get("code") or doc.get("id") or "")
