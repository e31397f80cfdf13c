"""Which petition of a case is meant, and in which language it is written. Must not write or print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from i18n import DOCUMENT_LANGUAGES, document_language
from i18n.message import Message, msg
from storage.errors import Fault, InvalidInput

if TYPE_CHECKING:
    from exports import Form
    from storage import Snapshot

STATEMENT = "statement"
_KNOWN = Message("{tags}", {"tags": ", ".join(language.bcp47 for language in DOCUMENT_LANGUAGES)})


def petition_of(snapshot: Snapshot, case_id: str, procedure: str) -> dict[str, Any] | None:
    """The case's petition for a procedure; with several, the one not filed yet, else the first by id."""
    found = [
        doc
        for doc in snapshot.of("petition")
        if doc.get("case") == case_id and doc.get("procedure") == procedure
    ]
    unfiled = [
        doc for doc in found if (doc.get("filing") or {}).get("status") in (None, "draft", "not_filed")
    ]
    return next(iter([*unfiled, *found]), None)


def petition_language(
    form: Form, snapshot: Snapshot, petition: dict[str, Any] | None, wanted: str | None
) -> str:
    """The document language: the one asked for, else the petition's, else the interview's (statement) or English."""
    if wanted is not None:
        code = document_language(wanted)
        if code is None:
            fault = Fault(
                "--lang", msg("“{value}” is not a language documents can be written in", value=wanted), _KNOWN
            )
            raise InvalidInput(msg("The document cannot be written in this language."), [fault])
        return code
    given = (petition or {}).get("language")
    if isinstance(given, str) and (code := document_language(given)):
        return code
    if form.id == STATEMENT:
        for interview in snapshot.of("interview"):
            for tag in interview.get("languages") or []:
                if code := document_language(str(tag)):
                    return code
    return "en"
