"""In which language a petition is written while nobody chose one. Must not write or build a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import exports
from i18n import document_language

if TYPE_CHECKING:
    from storage import Doc, Snapshot


def was_chosen(petition: Doc) -> bool:
    """Whether somebody chose the language: else a statement follows each of its speakers."""
    return isinstance(petition.get("language"), str) and bool(petition["language"])


def language_of(snapshot: Snapshot, petition: Doc) -> str:
    """The language chosen; of a statement without one, the first spoken in the case; else the form's first."""
    form = exports.form(str(petition.get("procedure")))
    if was_chosen(petition):
        return str(petition["language"])
    if form.leads_with == "interview":
        case = snapshot.get(str(petition.get("case") or "")) or {}
        for interview_id in case.get("interviews") or ():
            tags = (snapshot.get(str(interview_id)) or {}).get("languages")
            for tag in tags if isinstance(tags, list) else ():
                code = document_language(str(tag))
                if code in form.languages:
                    return code
    return form.languages[0]
