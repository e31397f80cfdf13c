"""What the finder hands on: one mention, where it stands and how it matched. Must not find or judge anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from i18n.names import Ending

Kind = Literal["person", "place", "identifier"]
How = Literal["exact", "inflected", "script", "spelling", "part", "handle"]


@dataclass(frozen=True)
class Span:
    """One mention: `text[start:end] == form`. `certain`: beyond doubt a protected subject, even if open which (`candidates`)."""

    start: int
    end: int
    subject: str
    kind: Kind
    form: str
    how: How
    certain: bool
    candidates: tuple[str, ...] = ()
    endings: tuple[Ending, ...] = ()
