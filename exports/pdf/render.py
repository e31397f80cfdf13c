"""Renders a redacted dossier as PDF bytes, and pictures of annex pages. Must not accept anything that was not redacted."""

from __future__ import annotations

from collections.abc import Sequence

from exports.pdf.paint import paint
from exports.pdf.paper import Cancel, Paper, Progress, lay_out, outline_of
from exports.pdf.settle import settle
from exports.pdf.titles import title_of
from exports.redaction import RedactedDossier
from storage.errors import Cancelled


def pages_of(redacted: RedactedDossier) -> Paper:
    """The laid-out pages, for counting and previews."""
    return lay_out(settle(_only_redacted(redacted).dossier))


def render(
    redacted: RedactedDossier,
    *,
    pictures: Sequence[bytes] = (),
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> bytes:
    """The finished file, the same bytes for the same dossier. `progress(page, pages)`; Cancelled when `cancel()` is true.

    `pictures`: JPEG files from `exports.annexes` for the dossier's picture pages.
    """
    dossier = settle(_only_redacted(redacted).dossier)
    try:
        paper = lay_out(dossier, cancel)
        outline = outline_of(dossier, paper)
        return paint(paper.pages, title_of(dossier), dossier.language, pictures, progress, cancel, outline)
    except InterruptedError:
        raise Cancelled from None


def _only_redacted(redacted: RedactedDossier) -> RedactedDossier:
    if not isinstance(redacted, RedactedDossier):
        raise TypeError("render accepts a RedactedDossier only")
    return redacted
