"""Checks of what the body wants of the paper as a whole: language, documents, pages, a form in force. Must not judge its content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from exports.checklist.items import Item, Looked, Severity, drawn_up
from exports.pdf.paper import lay_out
from exports.pdf.settle import settle
from exports.records import begun, earliest, is_blank
from exports.words import written_in
from i18n import language_name
from i18n.message import msg

_OLD_AFTER = timedelta(days=183)


_MOST_DOCUMENTS = 25


def accepted_language(looked: Looked) -> Iterator[Item]:
    """Whether the body reads the language of the paper."""
    form, language = looked.form, looked.language
    accepted = [language_name(code) for code in form.languages if written_in(code)]
    if not written_in(language):
        problem = msg(
            "Daftar has no words for a paper in {language} yet. Choose one of these, and have the paper translated: {accepted}.",
            language=language_name(language),
            accepted=accepted,
        )
        yield Item("language", problem, "protective")
        return
    if language in form.languages:
        return
    if language in form.unsure_languages:
        problem = msg(
            "Whether the body accepts {language} is not verified. It accepts: {accepted}.",
            language=language_name(language),
            accepted=accepted,
        )
        yield Item("language", problem, "warning")
        return
    yield Item(
        "language",
        msg(
            "The body does not accept {language}. Choose one that it accepts: {accepted}.",
            language=language_name(language),
            accepted=accepted,
        ),
        "formal",
    )


def documents(looked: Looked) -> Iterator[Item]:
    """Order, files and number of the documents that go along."""
    found = looked.material.documents
    strict = next((entry for entry in looked.form.fields() if entry.draws == "annexes"), None)
    number = strict.number if strict else "annexes"
    severity: Severity = "formal" if strict else "warning"
    dated = [day for doc in found if (day := begun(doc.get("dated"))) is not None]
    if dated != sorted(dated):
        yield Item(
            number,
            msg("The documents are not in order of date. Put them in order in the petition."),
            severity,
        )
    for position, doc in enumerate(found, 1):
        if is_blank((doc.get("file") or {}).get("sha256")) and is_blank((doc.get("file") or {}).get("path")):
            yield Item(
                number,
                msg("Document {number} has no file. Attach it, or take it off the list.", number=position),
                severity,
            )
        if is_blank(doc.get("neutral_title")):
            yield Item(
                number,
                msg(
                    "Document {number} has no neutral title: only its kind is printed. Give it a title that names nobody.",
                    number=position,
                ),
                "warning",
            )
    if strict and len(found) > _MOST_DOCUMENTS:
        yield Item(
            number,
            msg("More than {count} documents: a continuation sheet is needed.", count=_MOST_DOCUMENTS),
            "warning",
        )


def pages(looked: Looked) -> Iterator[Item]:
    """Parts longer than the body allows."""
    if not looked.form.page_limits:
        return
    dossier = drawn_up(looked)
    if dossier is None:
        return
    paper = lay_out(settle(dossier))
    for limit in looked.form.page_limits:
        count = paper.count(limit.part)
        if limit.part == "*":
            count += sum(
                doc["pages"] for doc in looked.material.documents if isinstance(doc.get("pages"), int)
            )
        if count > limit.pages:
            severity: Severity = limit.severity if limit.status == "verified" else "warning"
            yield Item(
                "pages",
                msg(
                    "{count} pages, {limit} are allowed. Shorten the text, or leave passages out.",
                    count=count,
                    limit=limit.pages,
                ),
                severity,
            )


def age_of_form(looked: Looked) -> Iterator[Item]:
    """Whether the form's data was checked long ago."""
    checked = earliest(looked.form.checked_on)
    if checked is not None and looked.today - checked > _OLD_AFTER:
        yield Item(
            "form",
            msg(
                "The facts about this form were checked on {day}: check that it is still the current one.",
                day=checked,
            ),
            "warning",
        )
