"""The one place where exports ask the lexicon and the record definitions for words and classes. Must not keep data of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from i18n.message import Message
from storage import choice_label, class_of, lexicon

RANK = {"C0": 0, "C1": 1, "C2": 2, "C3": 3}


def choice_words(type: str, path: str, value: object) -> Message:
    """The words of a choice in a record field (`path` with dots); the value itself where no words are known."""
    try:
        return choice_label(type, path.replace(".", "/"), value)
    except (KeyError, ValueError):
        return Message("{word}", {"word": str(value)})


def agency_name(slug: str, language: str) -> str:
    """What the shipped lexicon calls a body; the slug itself where it is not known."""
    entry = lexicon().agencies.get(slug)
    return entry.name_in(language) if entry is not None else slug


def instrument_title(slug: str) -> str | None:
    """Title and article of a provision of the shipped lexicon."""
    entry = lexicon().instruments.get(slug)
    if entry is None:
        return None
    return f"{entry.title} ({entry.article})" if entry.article else entry.title


def kind_words(code: object) -> Message:
    """The name of an incident kind; the code itself where the taxonomy does not know it."""
    entry = lexicon().kinds.get(str(code))
    return entry.label if entry is not None else Message("{word}", {"word": str(code)})


def maps_to(code: object) -> tuple[str, ...]:
    """The grounds (`WGAD-III`, `ECHR-3`) that incidents of a kind usually bear on."""
    entry = lexicon().kinds.get(str(code))
    return entry.maps_to if entry is not None else ()


def raised_class(doc: Mapping[str, Any] | None, path: str) -> str:
    """The class a record itself gives to a field path (dots) or anything around it; C0 where it says nothing."""
    classes = doc.get("classes") if doc else None
    if not isinstance(classes, Mapping):
        return "C0"
    found = "C0"
    for key, entry in classes.items():
        klass = entry.get("class") if isinstance(entry, Mapping) else entry
        dotted = str(key).replace("/", ".")
        if (path == dotted or path.startswith(f"{dotted}.")) and RANK.get(str(klass), 0) > RANK[found]:
            found = str(klass)
    return found


def class_at(type: str, doc: Mapping[str, Any], path: str) -> str:
    """The gravest class of a field path (dots): by definition, and as the record itself raises it."""
    try:
        defined = str(class_of(type, doc, path.replace(".", "/")))
    except (KeyError, ValueError):
        defined = "C0"
    return max(defined, raised_class(doc, path), key=lambda klass: RANK.get(klass, 3))
