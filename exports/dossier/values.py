"""Turns what a form field's paths find into runs, obeying the confidentiality classes. Must not find or lay out.

Whether a value exists must not show where the value itself may not: a class is judged before the value is looked at,
and a missing answer about a person is still a run about that person, so that a hidden person's blanks are hidden too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from exports.consent import consent_state
from exports.dossier.paths import Found, Scope, parse_path
from exports.dossier.people import agency_run, charge_run, person_run, spelled_part
from exports.dossier.tree import Origin, Run, RunKind, Runs
from exports.form_model import Field, Form, Part
from exports.lexicon import choice_words, class_at, raised_class
from exports.records import is_blank, text_of
from exports.words import (
    NO,
    NOT_STATED,
    YES,
    blank_of,
    joined,
    place_value,
    said,
    say,
    say_country,
    say_date,
    say_place,
)
from i18n.message import Message, msg

# critical
ON_SHEET = msg("On the confidential sheet.")
# critical
NOT_IN_COPY = msg("Not given in this copy.")
BY_HAND = msg("By hand, on the official form.")
_TESTIMONY = frozenset({"person", "incident", "interview", "proceeding", "evidence"})
_SHOWN_KIND: dict[str, RunKind] = {
    "name": "name", "date": "date", "place": "place", "identifier": "identifier", "contact": "identifier"
}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """For whom a part is being written: the copy's audience, the part's policy, the States that read it."""

    form: Form
    part: Part
    audience: str
    policy: str
    states: tuple[str, ...]
    language: str


def told_to_states(scope: Scope, person: str, states: tuple[str, ...]) -> bool:
    """Whether the person agreed that every one of these States learns who they are."""
    return bool(states) and all(
        consent_state(scope.records, person, "name_to_government", state).in_force for state in states
    )


def _allowed(scope: Scope, setting: Setting, klass: str, field: Field, subject: str | None) -> bool:
    if klass == "C3":
        return False
    if klass != "C2":
        return True
    if setting.audience == "filing" and setting.part.sheet == "confidential":
        return True
    asked = field.demanded and setting.audience == "filing"
    return asked and subject is not None and told_to_states(scope, subject, setting.states)


def _refused_words(setting: Setting) -> Runs:
    has_sheet = any(part.sheet == "confidential" and part.fields for part in setting.form.parts)
    if setting.audience != "filing":
        return said(NOT_IN_COPY, setting.language)
    return said(ON_SHEET if has_sheet else BY_HAND, setting.language)


def subject_of(scope: Scope, path: str) -> str | None:
    """The person a path is about, whether or not it finds anything."""
    doc = scope.doc(parse_path(path)[0].name)
    if doc is None or not isinstance(doc.get("id"), str):
        return None
    return doc["id"] if scope.records.type_of(doc["id"]) in ("person", "organisation") else None


def answer(scope: Scope, field: Field, setting: Setting) -> tuple[tuple[Runs, ...], bool]:
    """The paragraphs of a field's answer as this copy may show it, never empty, and whether they only say that it is not there."""
    subject = subject_of(scope, field.fills[0]) if field.fills else None
    if not _allowed(scope, setting, field.klass, field, subject):
        return (_refused_words(setting),), True
    if field.draws == "ink":
        return (said(BY_HAND, setting.language),), True
    found = scope.first_of(field.fills)
    if not found:
        return (_blank(scope, field, setting, subject),), True
    shown: list[Runs] = []
    for item in found:
        doc = scope.records.get(item.record) if item.record else None
        # Of our own papers (case, petition, power) the form asks for single facts; its own classes hold there.
        klass = class_at(item.type, doc, item.path) if doc is not None and item.type in _TESTIMONY else "C0"
        if not _allowed(scope, setting, klass, field, subject):
            return (_refused_words(setting),), True
        raised = raised_class(doc, item.path) != "C0"
        runs = shown_value(scope, field, item, setting.language, raised=raised)
        shown += [runs] if runs else []
    if not shown:
        return (_blank(scope, field, setting, subject),), True
    return (_as_one(joined(_unlike(shown), field.join)),), False


def _as_one(runs: Runs) -> Runs:
    """Several answers about one person as one answer: how many there are is part of what a blank hides."""
    about = [run for run in runs if run.kind == "field"]
    if len(about) < 2 or len({run.subject for run in about}) > 1:
        return runs
    return (replace(about[0], text="".join(run.text for run in runs), value=None, origin=None),)


def _unlike(parts: list[Runs]) -> list[Runs]:
    return list(dict.fromkeys(parts))


def _blank(scope: Scope, field: Field, setting: Setting, subject: str | None) -> Runs:
    words: Message = NOT_STATED
    for path in field.fills:
        raw = raw_value(scope, path)
        if raw is not None and blank_of(raw) is not None:
            words = blank_of(raw) or NOT_STATED
            break
    text = say(words, setting.language)
    if subject is not None:
        return (Run(text, "field", setting.language, subject=subject, label=field.shown_as),)
    return (Run(text, language=setting.language),)


def raw_value(scope: Scope, path: str) -> Any:
    """The value itself at the end of a plain path, blanks included."""
    steps = parse_path(path)
    value: Any = scope.doc(steps[0].name)
    if value is None:
        found = scope.find(steps[0].name) if not steps[0].filters else []
        value = found[0].value if found else None
    for step in steps[1:]:
        value = value.get(step.name) if isinstance(value, dict) else None
    return value


def shown_value(scope: Scope, field: Field, item: Found, language: str, raised: bool = False) -> Runs:
    """One value as runs; what stands in a person's record is one answer about that person."""
    words = _words_of(scope, field, item, language)
    if not words:
        return ()
    if item.type in ("person", "organisation"):
        text = "".join(run.text for run in words)
        value = item.value if isinstance(item.value, str) else place_value(item.value)
        origin = Origin(item.record, item.path)
        return (
            Run(
                text, "field", language, subject=item.record, value=value, label=field.shown_as, origin=origin
            ),
        )
    if raised:
        first = scope.doc("victim")
        subject = str(first["id"]) if first else None
        return (
            Run("".join(r.text for r in words), "field", language, subject=subject, label=field.shown_as),
        )
    return words


def _words_of(scope: Scope, field: Field, item: Found, language: str) -> Runs:
    value = item.value
    origin = Origin(item.record, item.path) if item.record else None
    match field.shown_as:
        case "yes_no":
            return said(YES if value is True else NO, language) if isinstance(value, bool) else ()
        case "date":
            text = say_date(value, language)
            return (Run(text, "date", language, value=str(value), origin=origin),) if text else ()
        case "place":
            text = say_place(value, language)
            return (Run(text, "place", language, value=place_value(value), origin=origin),) if text else ()
        case "country":
            return (Run(say_country(value, language), language=language),)
        case "agency":
            return agency_run(scope.records, value, language, origin)
        case "charge":
            return charge_run(value, language, origin)
        case "person" if isinstance(value, dict):
            return person_run(scope.records, value, language, original=True)
        case "name" | "person":
            return _plain(_spelled(scope, item, language), field, origin)
        case "choice":
            type, _, path = field.choice_of.partition(":")
            return said(choice_words(type or item.type, path or item.path, value), language)
        case _:
            return _plain(value, field, origin)


def _spelled(scope: Scope, item: Found, language: str) -> Any:
    """A name, or the parts of one that the path asked for, in the letters of the paper."""
    person = scope.records.get(item.record) if item.type == "person" else None
    if person is None or not item.inside or not isinstance(item.value, str):
        return item.value
    return spelled_part(person, item.inside, item.names, language) or item.value


def _plain(value: Any, field: Field, origin: Origin | None) -> Runs:
    if isinstance(value, bool | int | float):
        value = str(value)
    text = text_of(value)
    if is_blank(text):
        return ()
    kind = _SHOWN_KIND.get(field.shown_as, "text")
    return (Run(text, kind, "mul", label=field.shown_as, origin=origin),)
