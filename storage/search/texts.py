"""Which texts of a document are searched, and where they stand in it. Must not index ids, enumerations or dates.

Searched are names, codes, titles, narratives, descriptions, notes, places, numbers and everything else a person
typed; the walk is by field name, so that a new free-text field is found without being listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Fields that hold words even when they are one plain word.
_WORDS = _set(
    """
    abbreviations activity address amount assurances attack author charge clothes code complaint conditions
    description facility family full given injuries injury item label legal_basis limits locality name neutral_title
    note notes number occupation official_name order outcome patronymic project questions quote reason reference
    region result risk speaker subject_words suspects target text title value vehicle weapon what what_happened when_words
    words
    """
)
# Fields and branches that never hold words to be searched.
_SKIPPED = _set(
    """
    id sha256 path passage before after signature code_phrase redactions file type kind script language languages preferences media_type
    at from to until on when due created changed state status blank checklist class field form_version format
    """
)
_FIRST = ("code", "title", "name", "names", "label")
_TYPED = re.compile(r"[^\x00-\x7f]|[A-Za-z][.,;:]?\s+\S")


class Part(NamedTuple):
    """One text of a document: its path (`narratives[0].text`) and the text."""

    path: str
    text: str


def parts_of(doc: dict[str, Any]) -> list[Part]:
    """The texts of a document, those that name it first."""
    first = [part for key in _FIRST if key in doc for part in _walk(doc[key], key, key)]
    rest = [part for key, value in doc.items() if key not in _FIRST for part in _walk(value, key, key)]
    return first + rest


def _walk(value: object, key: str, path: str) -> Iterator[Part]:
    if key in _SKIPPED:
        return
    if isinstance(value, str):
        if value.strip() and (key in _WORDS or _TYPED.search(value)):
            yield Part(path, value)
    elif isinstance(value, dict):
        for inner, deeper in value.items():
            yield from _walk(deeper, inner, f"{path}.{inner}")
    elif isinstance(value, list):
        for place, deeper in enumerate(value):
            yield from _walk(deeper, key, f"{path}[{place}]")
