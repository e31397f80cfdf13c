"""Typesets approved dossiers and page pictures as PDF. Must not read records, and must not touch what was not redacted."""
