"""Redaction: finding people, deciding what becomes of a mention, replacing it. Front door of the finder."""

from exports.redaction.find import LANGUAGES, Finder, Span, finder_language
from exports.redaction.protected import (
    ProtectedIdentifier,
    ProtectedPerson,
    ProtectedPlace,
    ProtectedSet,
    protected_for,
    protected_from_names,
)

__all__ = [
    "LANGUAGES",
    "Finder",
    "ProtectedIdentifier",
    "ProtectedPerson",
    "ProtectedPlace",
    "ProtectedSet",
    "Span",
    "finder_language",
    "protected_for",
    "protected_from_names",
]
