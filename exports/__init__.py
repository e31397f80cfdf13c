"""The exports room's front door: forms, readiness, deadlines, consent, dossiers, redaction, the gate, the writer.

Names are loaded when they are first asked for, so that a list of deadlines does not load a typesetter. The list for
people and type checkers (first part) and `_HOME` (second part) name the same. Must not do anything itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exports.annexes.decoding import DECODERS, prepare_decoders
    from exports.checklist import Item, Readiness, readiness, readiness_of
    from exports.consent import ConsentState, consent_state
    from exports.dossier import Dossier, build
    from exports.evidence_leaving import (
        PACKAGE_PURPOSES,
        LeavingEvidence,
        evidence_of_case,
        leaving_evidence,
        main_victim_missing,
    )
    from exports.form_model import Form
    from exports.gatehouse import Finding, GateReport, check_pdf, gate
    from exports.jobs import JOBS, Runner, local_runner
    from exports.manifest import CopyNotes, Manifest, RefusedCopy, WrittenFile
    from exports.pdf import pages_of, render
    from exports.pdf.kit_page import digits_page, share_page
    from exports.petitions import new_petition
    from exports.pictures import Picture, page_pictures
    from exports.procedures import AUDIENCES, form, forms
    from exports.redaction import (
        Finder,
        OpenMention,
        Policy,
        ProtectedIdentifier,
        ProtectedPerson,
        ProtectedPlace,
        ProtectedSet,
        RedactedDossier,
        RedactedText,
        RedactionReport,
        Span,
        policy,
        protected_for,
        protected_from_names,
        redact,
        redact_text,
    )
    from exports.redaction.review import ReviewedMention, ReviewedText, review
    from exports.redaction.suggest import Suggestion, suggest
    from exports.time_limit_words import deadline_title
    from exports.time_limits import Deadline, deadlines
    from exports.writer import ExportRequest, with_export, write_copies

_HOME = {
    "exports.annexes.decoding": "DECODERS prepare_decoders",
    "exports.consent": "ConsentState consent_state",
    "exports.time_limits": "Deadline deadlines",
    "exports.time_limit_words": "deadline_title",
    "exports.dossier": "Dossier build",
    "exports.procedures": "AUDIENCES form forms",
    "exports.evidence_leaving": (
        "PACKAGE_PURPOSES LeavingEvidence evidence_of_case leaving_evidence main_victim_missing"
    ),
    "exports.form_model": "Form",
    "exports.gatehouse": "Finding GateReport check_pdf gate",
    "exports.jobs": "JOBS Runner local_runner",
    "exports.manifest": "CopyNotes Manifest RefusedCopy WrittenFile",
    "exports.pdf": "pages_of render",
    "exports.pdf.kit_page": "digits_page share_page",
    "exports.petitions": "new_petition",
    "exports.pictures": "Picture page_pictures",
    "exports.checklist": "Item Readiness readiness readiness_of",
    "exports.redaction": "Finder OpenMention Policy ProtectedIdentifier ProtectedPerson ProtectedPlace ProtectedSet RedactedDossier RedactedText RedactionReport Span policy protected_for protected_from_names redact redact_text",
    "exports.redaction.review": "ReviewedMention ReviewedText review",
    "exports.redaction.suggest": "Suggestion suggest",
    "exports.writer": "ExportRequest with_export write_copies",
}
_MODULE = {name: module for module, names in _HOME.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Load a name of this front door from the module that holds it."""
    if name not in _MODULE:
        raise AttributeError(name)
    value = getattr(import_module(_MODULE[name]), name)
    globals()[name] = value
    return value


__all__ = [
    "AUDIENCES",
    "DECODERS",
    "JOBS",
    "PACKAGE_PURPOSES",
    "ConsentState",
    "CopyNotes",
    "Deadline",
    "Dossier",
    "ExportRequest",
    "Finder",
    "Finding",
    "Form",
    "GateReport",
    "Item",
    "LeavingEvidence",
    "Manifest",
    "OpenMention",
    "Picture",
    "Policy",
    "ProtectedIdentifier",
    "ProtectedPerson",
    "ProtectedPlace",
    "ProtectedSet",
    "Readiness",
    "RedactedDossier",
    "RedactedText",
    "RedactionReport",
    "RefusedCopy",
    "ReviewedMention",
    "ReviewedText",
    "Runner",
    "Span",
    "Suggestion",
    "WrittenFile",
    "build",
    "check_pdf",
    "consent_state",
    "deadline_title",
    "deadlines",
    "digits_page",
    "evidence_of_case",
    "form",
    "forms",
    "gate",
    "leaving_evidence",
    "local_runner",
    "main_victim_missing",
    "new_petition",
    "page_pictures",
    "pages_of",
    "policy",
    "prepare_decoders",
    "protected_for",
    "protected_from_names",
    "readiness",
    "readiness_of",
    "redact",
    "redact_text",
    "render",
    "review",
    "share_page",
    "suggest",
    "with_export",
    "write_copies",
]
