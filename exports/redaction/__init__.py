"""Redaction: finding people, deciding what becomes of a mention, replacing it. Front door of the finder."""

from exports.redaction.apply import Cleared, OpenMention, RedactedDossier, RedactionReport, redact
from exports.redaction.find import LANGUAGES, Finder, finder_language
from exports.redaction.policy import Policy, policy
from exports.redaction.protected import (
    ProtectedIdentifier,
    ProtectedPerson,
    ProtectedPlace,
    ProtectedSet,
)
from exports.redaction.protected_file import protected_from_names
from exports.redaction.protected_records import protected_for
from exports.redaction.replace import RedactedText, redact_text
from exports.redaction.spans import Span
from exports.redaction.suggest import Suggestion, suggest

__all__ = [
    "LANGUAGES",
    "Cleared",
    "Finder",
    "OpenMention",
    "Policy",
    "ProtectedIdentifier",
    "ProtectedPerson",
    "ProtectedPlace",
    "ProtectedSet",
    "RedactedDossier",
    "RedactedText",
    "RedactionReport",
    "Span",
    "Suggestion",
    "finder_language",
    "policy",
    "protected_for",
    "protected_from_names",
    "redact",
    "redact_text",
    "suggest",
]
