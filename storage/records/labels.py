"""What a person reads for a record type, a field, a choice. Must not choose a language."""

from __future__ import annotations

from typing import Any

from i18n.message import Message
from storage.records.choices import BLANK_WORDS, YES_NO
from storage.records.kinds import Kind
from storage.records.paths import parse_path
from storage.records.spec import spec_of
from storage.reference import lexicon


def type_label(record_type: str) -> Message:
    """The name of a record type."""
    return spec_of(record_type).label


def field_label(record_type: str, path: str) -> Message:
    """The name of a field, with or without element ids in the path; KeyError when there is none."""
    at = parse_path(record_type, path)
    if at is None:
        raise KeyError("no such field")
    return at.spec.label


def choice_label(record_type: str, path: str, value: Any) -> Message:
    """What a person reads for a value of a choice, yes/no or suggestion; blanks too. Unknown words stay as they are."""
    at = parse_path(record_type, path)
    if at is None:
        raise KeyError("no such field")
    spec = at.spec
    if isinstance(value, bool):
        return YES_NO["true" if value else "false"]
    word = str(value.get("blank") if isinstance(value, dict) else value)
    lexicon_name = spec.k.item.lexicon if spec.k.item is not None else spec.k.lexicon
    if spec.kind is Kind.CHOICE and lexicon_name == "kinds" and word in lexicon().kinds:
        return kind_label(word)
    if spec.kind is Kind.CHOICE and lexicon_name == "document_types" and word in lexicon().document_types:
        return lexicon().document_types[word].label
    for table in (spec.choices, spec.suggestions, BLANK_WORDS):
        if word in table:
            return table[word]
    return Message("{word}", {"word": word})


def blank_label(word: str) -> Message:
    """What a person reads for a blank: `unknown`, `declined`, …"""
    return BLANK_WORDS[word]


def kind_label(code: str) -> Message:
    """The name of an incident kind; KeyError for a code that is not in the taxonomy."""
    return lexicon().kinds[code].label
