"""Shipped reference data: kinds of incidents, bodies, laws, groups, places, document types. Must not know records."""

from storage.reference.kind_groups import GROUP_LABELS
from storage.reference.load import Lexicon, lexicon
from storage.reference.model import (
    AgencyEntry,
    DocumentType,
    IncidentKind,
    Instrument,
    NamedGroup,
    NamedPlace,
    Official,
)
from storage.reference.stages import Stage, stage_of, stage_of_person

__all__ = [
    "GROUP_LABELS",
    "AgencyEntry",
    "DocumentType",
    "IncidentKind",
    "Instrument",
    "Lexicon",
    "NamedGroup",
    "NamedPlace",
    "Official",
    "Stage",
    "lexicon",
    "stage_of",
    "stage_of_person",
]
