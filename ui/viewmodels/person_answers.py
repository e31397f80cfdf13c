"""Answers that are not values: unknown, not asked, declined, withheld, not applicable, and how a document writes them. Must not know Qt.

A missing answer is "not asked". A blank stands as a bare word where the field holds a yes/no, choice, date, number or id,
and as ``{"blank": word}`` where it holds a text, a list or a group (the interchange form).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from i18n.message import Message, msg

Doc = dict[str, Any]
Shape = Literal["text", "choice", "bool", "date", "number", "id", "list", "group"]

BLANKS = ("unknown", "not_asked", "declined", "withheld", "not_applicable")
BLANK_WORDS: Mapping[str, Message] = {
    "unknown": msg("does not know"),
    "not_asked": msg("was not asked"),
    "declined": msg("declined to answer"),
    "withheld": msg("not written down, for safety"),
    "not_applicable": msg("does not apply"),
}
_WRAPPED: frozenset[Shape] = frozenset({"text", "list", "group"})


@dataclass(frozen=True)
class Answer:
    """Either a value or a blank; a missing answer is the blank `not_asked`."""

    value: Any = None
    blank: str | None = "not_asked"

    @property
    def given(self) -> bool:
        """Whether somebody answered with a value."""
        return self.blank is None


def read_answer(doc: Mapping[str, Any], name: str, shape: Shape) -> Answer:
    """What the document says for one field."""
    value = doc.get(name)
    if value is None or value == "" or value == []:
        return Answer()
    if isinstance(value, Mapping) and set(value) == {"blank"}:
        return Answer(blank=str(value["blank"]))
    if shape not in _WRAPPED and isinstance(value, str) and value in BLANKS:
        return Answer(blank=value)
    return Answer(value, None)


def write_answer(doc: Mapping[str, Any], name: str, shape: Shape, answer: Answer) -> Doc:
    """The document with one field answered. Not asked is written by leaving the field out."""
    rest = {key: value for key, value in doc.items() if key != name}
    if answer.given:
        return rest if answer.value in (None, "", []) else {**rest, name: answer.value}
    if answer.blank == "not_asked" or answer.blank is None:
        return rest
    return {**rest, name: {"blank": answer.blank} if shape in _WRAPPED else answer.blank}
