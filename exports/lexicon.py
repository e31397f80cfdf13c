"""The one place where exports ask the lexicon and the record definitions for words. Must not keep data of its own."""

from __future__ import annotations

from i18n.message import Message, msg

_SEX = {"male": msg("male"), "female": msg("female"), "other": msg("other")}


def choice_words(type: str, path: str, value: object) -> Message:
    """The words of a choice in a record field."""
    if path.endswith("sex") and value in _SEX:
        return _SEX[str(value)]
    return Message(str(value).replace("_", " "))


def lexicon_name(kind: str, slug: str) -> Message:
    """What the shipped lexicon calls a slug; the slug itself where it is not known."""
    return Message(slug)


def kind_words(code: object) -> Message:
    """The name of an incident kind."""
    return Message(str(code))


def maps_to(code: object) -> tuple[str, ...]:
    """The grounds (`WGAD-III`, `ECHR-3`) that incidents of a kind usually bear on."""
    return ()
