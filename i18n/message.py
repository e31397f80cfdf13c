"""What the program says, before it is said in a language. Must not choose a language or read a catalog.

A `Message` carries the English source text with ``{name}`` placeholders and the values for them; `i18n.catalog`
turns it into words. The functions `msg`, `nmsg` and `pmsg` are also what the extractor looks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A translatable sentence: source text, values, and for counts the plural source and the number.

    A value may itself be a `Message`; the catalog translates it first. `context` tells two equal source texts
    with different meanings apart (gettext's msgctxt).
    """

    source: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None
    context: str | None = None


def msg(source: str, **values: object) -> Message:
    """Mark and build a message."""
    return Message(source, values)


def nmsg(one: str, many: str, count: int, **values: object) -> Message:
    """Mark and build a message that depends on a count; `{count}` is available in both texts."""
    return Message(one, {"count": count, **values}, many, count)


def pmsg(context: str, source: str, **values: object) -> Message:
    """Mark and build a message whose source text means something else elsewhere."""
    return Message(source, values, context=context)
