"""Checks of whether the body may take the matter: treaties that bind, other bodies, time limits. Must not decide for the lawyer."""

from __future__ import annotations

from collections.abc import Iterator

from exports.checklist.items import Item, Looked
from exports.dossier.grounds import category_of
from exports.form_model import Category, State
from exports.records import Doc, earliest, elements, ids_of
from exports.time_limits import deadlines
from exports.words import say_date
from i18n.message import Message, msg


def articles(looked: Looked) -> Iterator[Item]:
    """Grounds relied on against a State they do not bind, or did not bind when the facts happened."""
    form = looked.form
    for argument in elements(looked.petition, "arguments"):
        category = category_of(form.categories, argument.get("provision"))
        for code in looked.states if category is not None else ():
            state = form.state(code)
            if state is not None and category is not None:
                yield from _binding(looked, category, state, argument)


def _binding(looked: Looked, category: Category, state: State, argument: Doc) -> Iterator[Item]:
    name, article = Message(state.name.en), Message(category.title.en)
    since = state.treaties.get(category.protocol)
    if since is None:
        yield Item(
            category.id,
            msg(
                "Whether “{article}” binds {state} is not in the table. Look it up before filing.",
                article=article,
                state=name,
            ),
            "warning",
        )
        return
    if since == "no":
        yield Item(
            category.id,
            msg(
                "“{article}” does not bind {state}. Leave the ground out, or choose another.",
                article=article,
                state=name,
            ),
            "formal",
        )
        return
    days = [earliest((looked.records.get(fact) or {}).get("when")) for fact in ids_of(argument.get("facts"))]
    known = [day for day in days if day is not None]
    start, end = earliest(since), earliest(state.until)
    if start is not None and any(day < start for day in known):
        yield Item(
            category.id,
            msg(
                "“{article}” bound {state} only from {day}; some facts are earlier. Say why the ground still holds, or leave them out.",
                article=article,
                state=name,
                day=start,
            ),
            "formal",
        )
    if end is not None and any(day > end for day in known):
        yield Item(
            category.id,
            msg(
                "{state} is bound only until {day}; some facts are later. Leave these facts out of the ground.",
                state=name,
                day=end,
            ),
            "formal",
        )


def other_matters(looked: Looked) -> Iterator[Item]:
    """The same matter before another body."""
    for step in looked.material.proceedings:
        if step.get("kind") in looked.form.other_matters:
            day = say_date(step.get("lodged_on"), looked.language)
            yield Item(
                "other",
                msg(
                    "The matter is before another body too (lodged {day}): this can make the filing inadmissible. Check it before filing.",
                    day=day or "–",
                ),
                "warning",
            )
    for petition in looked.records.of("petition"):
        same_case = petition.get("case") == looked.petition.get("case") and petition.get(
            "id"
        ) != looked.petition.get("id")
        if same_case and (petition.get("filing") or {}).get("status") == "sent":
            name = str(petition.get("procedure"))
            yield Item(
                "other",
                msg(
                    "A petition of this case was already sent: {procedure}. Check that two bodies may have the same matter.",
                    procedure=name,
                ),
                "warning",
            )


def time_limits(looked: Looked) -> Iterator[Item]:
    """Time limits of this case for this procedure."""
    found = [
        d for d in deadlines(looked.records, looked.today) if d.case_id == looked.material.case.get("id")
    ]
    mine = [d for d in found if d.rule.startswith(f"{looked.form.id}-")]
    for deadline in mine:
        day = say_date(deadline.due, looked.language) if deadline.due else "–"
        if deadline.passed:
            yield Item(
                "deadline",
                msg(
                    "The time limit has passed: {day}. Check the day of receipt; what is filed later must be explained.",
                    day=day,
                ),
                "warning",
            )
        elif deadline.estimated:
            yield Item(
                "deadline",
                msg(
                    "Time limit {day}, counted from a day that is not certain. Find out the exact day, and post well before.",
                    day=day,
                ),
                "warning",
            )
