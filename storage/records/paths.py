"""Field paths such as `narratives/<element id>/text`, read against the record definitions. Must not read documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from storage.records.kinds import Kind
from storage.records.spec import FieldSpec, spec_of


@dataclass(frozen=True)
class FieldAt:
    """A path understood: the field, the ids of the list elements on the way, and the rest (key of a map, set member)."""

    spec: FieldSpec
    elements: tuple[str, ...]
    key: str | None = None
    is_element: bool = False


@lru_cache(maxsize=65536)
def parse_path(record_type: str, path: str) -> FieldAt | None:
    """Understand a path; None when the type has no such field.

    Segments are field names and, after a list, the id of an element; both `names/full` (the field in general)
    and `names/<id>/full` (in one element) are understood, and a map takes its key as last segment.
    """
    segments = path.split("/")
    try:
        spec = spec_of(record_type).fields[segments[0]]
    except KeyError:
        return None
    elements: list[str] = []
    in_element = False
    for position, segment in enumerate(segments[1:], 1):
        last = position == len(segments) - 1
        if spec.kind in (Kind.GROUP, Kind.LIST) and segment in spec.fields:
            spec, in_element = spec.fields[segment], False
        elif spec.kind is Kind.LIST and not in_element and segment:
            elements.append(segment)
            in_element = True
        elif spec.kind is Kind.TEXTS and last and segment:
            return FieldAt(spec, tuple(elements), segment)
        else:
            return None
    return FieldAt(spec, tuple(elements), None, in_element)


def general_path(record_type: str, path: str) -> str | None:
    """The path without element ids, or None when there is no such field."""
    at = parse_path(record_type, path)
    return None if at is None else at.spec.path
