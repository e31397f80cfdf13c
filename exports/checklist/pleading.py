"""Checks of what the lawyer pleads: grounds argued, requests made, the language of the paper. Must not add up or set aside."""

from __future__ import annotations

from collections.abc import Iterator

from exports.checklist.items import Item, Looked, writings_of
from exports.dossier.grounds import is_draft, suggested
from exports.dossier.requests import LEFT_OUT, asks_for_anonymity, states_to_keep_out
from exports.dossier.writing import own_text
from exports.words import country_name
from i18n.message import Message, msg


def grounds(looked: Looked) -> Iterator[Item]:
    """Grounds that are only drafted, and grounds the facts usually bear on that the lawyer has not argued."""
    form, petition = looked.form, looked.petition
    hints = suggested(form, petition, looked.material.facts) if form.categories else []
    if not hints:
        return
    if is_draft(petition):
        yield Item(
            "arguments",
            msg(
                "No argument is on record: the grounds on the paper are only drafted from the kinds of the facts. Write the arguments before filing."
            ),
            "warning",
        )
        return
    for category in hints:
        yield Item(
            "arguments",
            msg(
                "The facts often bear on “{ground}” too, which is not argued. Argue it, or leave it out knowingly.",
                ground=Message(category.title.en),
            ),
            "warning",
        )


def requests(looked: Looked) -> Iterator[Item]:
    """The request for anonymity: reasons still missing, rules not verified, a State of nationality that could be told."""
    for writing, _ in writings_of(looked):
        if writing.setting.part.draws != "anonymity" or not asks_for_anonymity(writing):
            continue
        if not own_text(writing, "anonymity"):
            yield Item(
                "anonymity",
                msg(
                    "The request for anonymity has no reasons yet. Write what publicity would do to the applicant (section “anonymity”), or write “-” there to leave the request out."
                ),
                "warning",
            )
        yield Item(
            "anonymity",
            msg(
                "Not verified: whether closing the file must be asked for under Rule 33 § 3 or Rule 44F. Check the Rules of Court in force."
            ),
            "warning",
        )
        sections = looked.petition.get("sections")
        own = str(sections.get("nationality") or "") if isinstance(sections, dict) else ""
        for code in states_to_keep_out(writing) if own.strip() not in LEFT_OUT else ():
            name = country_name(code)
            # critical
            yield Item(
                "nationality",
                msg(
                    "{state} is the State of nationality and could be told of the application. The paper asks that it is not: check this, or write “-” in section “nationality” to leave it out.",
                    state=name,
                ),
                "warning",
            )
