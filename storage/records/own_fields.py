"""Own fields that an organisation's questionnaires add to records. Must not read questionnaires from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from storage.records.choices import OWN_FIELD_TYPE


@dataclass(frozen=True)
class OwnFieldType:
    """One own field as a questionnaire defines it: the record type it belongs to, and what it holds."""

    record_type: str | None
    kind: str


def own_field_types(questionnaires: Iterable[Mapping[str, Any]]) -> dict[str, OwnFieldType]:
    """The own fields (`slug.name`) that questionnaires define; what is malformed in them is left out."""
    found: dict[str, OwnFieldType] = {}
    for questionnaire in questionnaires:
        slug, fields = questionnaire.get("slug"), questionnaire.get("fields")
        for own in fields if isinstance(fields, list) else ():
            if not isinstance(own, dict) or not isinstance(slug, str) or not isinstance(own.get("name"), str):
                continue
            record_type, kind = own.get("on"), own.get("type", "text")
            found[f"{slug}.{own['name']}"] = OwnFieldType(
                record_type if isinstance(record_type, str) else None,
                kind if isinstance(kind, str) and kind in OWN_FIELD_TYPE else "text",
            )
    return found
