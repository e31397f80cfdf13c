"""The chain of custody of an evidence: steps the program adds itself, and the rule that steps are only ever added. Must not write.

A step says who (the author of this notebook: a key, not a name), when by the laptop's clock, what, and the file's hash then.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from i18n.message import msg
from storage.errors import InvalidInput
from storage.operations import Doc
from storage.records import spec_of

ATTACHED, CHECKED, EXPORTED = "attached", "checked", "exported"
_FIELD = "custody"


def has_custody(type_: str) -> bool:
    """True for record types that have a chain of custody."""
    return _FIELD in spec_of(type_).fields


def with_step(
    doc: Doc, what: str, sha256: str, author: str, at_ms: int, random: Callable[[int], bytes]
) -> Doc:
    """Give a copy of a document with one step more at the end."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    step = {
        "id": str(uuid.UUID(bytes=random(16), version=4)),
        "who": {"words": author},
        "at": moment.strftime("%Y-%m-%dT%H:%M+00:00"),
        "what": what,
        "tool": "Daftar",
        "hash": sha256,
    }
    return {**doc, _FIELD: [*_steps(doc), step]}


def keep_steps(before: Doc | None, after: Doc) -> Doc:
    """Give `after` with every step of `before` still there. Raises InvalidInput for a step that was changed."""
    known = _steps(before or {})
    if not known:
        return after
    wished = {step.get("id"): step for step in _steps(after)}
    if any(wished.get(step["id"], step) != step for step in known):
        raise InvalidInput(
            msg("A step of custody cannot be changed."), (), msg("Add a new step that says what is right.")
        )
    ids = {step["id"] for step in known}
    return {**after, _FIELD: [*known, *(step for step in _steps(after) if step.get("id") not in ids)]}


def _steps(doc: Doc) -> list[dict[str, Any]]:
    value = doc.get(_FIELD)
    return [step for step in value if isinstance(step, dict)] if isinstance(value, list) else []
