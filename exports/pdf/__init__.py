"""Typesets redacted dossiers and page pictures as PDF. Must not read records, and must not touch what was not redacted."""

from exports.pdf import settings as _settings  # noqa: F401  # isort: skip - before anything of ReportLab is loaded
from exports.pdf.render import pages_of, render

__all__ = ["pages_of", "render"]
