"""Checks of what the form asks for: mandatory fields and parts, boxes that overflow. Must not write an answer."""

from __future__ import annotations

from collections.abc import Iterator

from exports.checklist.items import Item, Looked, Severity, drawn_up, writings_of
from exports.dossier.build import DRAWERS, applies
from exports.dossier.tree import FormRow
from exports.dossier.values import answer, raw_value, subject_of, told_to_states
from exports.dossier.writing import Writing, own_text
from exports.form_model import Field, Words
from exports.pdf.settle import settle, used_of
from exports.words import blank_of
from i18n.message import Message, msg


def fields(looked: Looked) -> Iterator[Item]:
    """Mandatory fields without an answer, and answers too long for their box."""
    for writing, mark in writings_of(looked):
        for entry in writing.setting.part.fields:
            if applies(writing, entry):
                yield from _field(writing, entry, mark)
    dossier = drawn_up(looked)
    if dossier is None:
        return
    for section in settle(dossier).sections:
        for block in section.blocks:
            if (
                isinstance(block, FormRow)
                and block.capacity
                and used_of(block.answer, block.capacity).over(block.capacity)
            ):
                severity: Severity = "formal" if block.capacity.verified else "warning"
                yield Item(
                    block.number,
                    msg(
                        "The text is longer than the box of the official form. Shorten it, or move details to the annex."
                    ),
                    severity,
                )


def _field(writing: Writing, entry: Field, mark: str) -> Iterator[Item]:
    if not entry.mandatory or own_text(writing, entry.number, writing.setting.part.section):
        return
    severity: Severity = "warning" if entry.status == "unverified" and not entry.flow else entry.severity
    number = f"{entry.number}{mark}"
    if entry.draws:
        if not DRAWERS[entry.draws](writing):
            yield Item(
                number,
                msg(
                    "“{label}” is empty. Write it in the petition, or add the records it is drawn from.",
                    label=_label(entry.label),
                ),
                severity,
            )
        return
    _, blank = answer(writing.scope, entry, writing.setting)
    if not blank:
        return
    subject = subject_of(writing.scope, entry.fills[0]) if entry.fills else None
    if writing.scope.first_of(entry.fills):
        told = subject is not None and told_to_states(writing.scope, subject, writing.setting.states)
        if not told:
            # critical
            yield Item(
                number,
                msg(
                    "“{label}” is not printed: the person has not agreed that every State that reads it learns it. Ask the person, or write it by hand on the form.",
                    label=_label(entry.label),
                ),
                severity,
            )
        return
    if _answered_as_blank(writing, entry):
        yield Item(
            number,
            msg(
                "“{label}” is recorded as not known or not to be told. Check that this is still so.",
                label=_label(entry.label),
            ),
            "warning",
        )
        return
    yield Item(
        number,
        msg(
            "“{label}” is missing. Add it to the record, or write it in the petition under this number.",
            label=_label(entry.label),
        ),
        severity,
    )


def _answered_as_blank(writing: Writing, entry: Field) -> bool:
    return any(
        blank_of(raw_value(writing.scope, path)) not in (None, blank_of("not_asked")) for path in entry.fills
    )


def _label(words: Words) -> Message:
    return Message(words.en)


def parts(looked: Looked) -> Iterator[Item]:
    """Mandatory parts with nothing in them."""
    for writing, _ in writings_of(looked):
        part = writing.setting.part
        if (
            part.mandatory
            and part.draws
            and not own_text(writing, part.section)
            and not DRAWERS[part.draws](writing)
        ):
            yield Item(
                part.section or part.id,
                msg(
                    "“{label}” is empty. Write it in the petition, or add the records it is drawn from.",
                    label=_label(part.title),
                ),
                part.severity,
            )
