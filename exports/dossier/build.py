"""Builds the frozen tree of one copy from a snapshot. Must not redact, lay out, write or read the clock.

The form file decides what stands where; this module only walks it. Texts of the lawyer (`petition.sections`, by section
id or field number) win over everything drafted from records.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator, Mapping

from exports.dossier import facts, grounds, papers, requests, statement
from exports.dossier.material import Material, choose, require
from exports.dossier.paths import Scope
from exports.dossier.tree import (
    Beside,
    Block,
    Capacity,
    Dossier,
    FormRow,
    Heading,
    Paragraph,
    Policy,
    Recipient,
    Run,
    Runs,
    Section,
)
from exports.dossier.values import Setting, answer
from exports.dossier.writing import Numbers, Writing, own_text
from exports.form_model import Field, Form, Part, Words
from exports.procedures import form as form_of
from exports.records import Doc, Records, ids_of, is_blank, text_of
from exports.words import BLANK_WORDS, NOT_STATED, said, say_label
from i18n.message import msg
from storage.errors import InvalidInput

Drawer = Callable[[Writing], tuple[Block, ...]]

DRAWERS: dict[str, Drawer] = {
    "cover": papers.draw_cover,
    "facts": facts.draw_facts,
    "events": facts.draw_events,
    "testimony": facts.draw_testimony,
    "arguments": grounds.draw_arguments,
    "articles": grounds.draw_articles,
    "steps": grounds.draw_steps,
    "remedies": grounds.draw_remedies,
    "unused_remedy": grounds.draw_unused_remedy,
    "unused_remedy_reason": grounds.draw_unused_remedy_reason,
    "other_procedure": grounds.draw_other_procedure,
    "other_procedure_summary": grounds.draw_other_procedure_summary,
    "other_applications": grounds.draw_other_applications,
    "other_application_numbers": grounds.draw_other_application_numbers,
    "relief": papers.draw_relief,
    "annexes": papers.draw_annexes,
    "anonymity": requests.draw_anonymity,
    "checklist": papers.draw_checklist,
    "signature": papers.draw_signature,
    "duration": papers.draw_duration,
    "statement_head": statement.draw_head,
    "statement_words": statement.draw_words,
    "statement_closing": statement.draw_closing,
}
_FROM_RECORDS = "ink"


def case_of(records: Records, petition: Doc) -> Doc:
    """The case a petition is drawn from; InvalidInput where it is not in the snapshot."""
    case = records.get(str(petition.get("case")))
    if case is None or records.type_of(str(case["id"])) != "case":
        raise InvalidInput(msg("The case of this petition was not found."))
    return case


def scope_of(records: Records, form: Form, material: Material) -> Scope:
    """The scope the form's paths are read against."""
    base = {
        "petition": material.petition,
        "case": material.case,
        "facts": list(material.facts),
        "proceedings": list(material.proceedings),
        "interviews": list(material.interviews),
        "documents": list(material.documents),
        "authorities": [doc for doc in records.of("authority") if is_blank(doc.get("revoked_on"))],
    }
    parties = frozenset(state.code for state in form.states)
    return Scope(records, base, form.roots, parties)


def states_reading(form: Form, material: Material) -> tuple[str, ...]:
    """The States that read the parts meant for a respondent: the respondents, else the case's country."""
    respondents = ids_of(material.case.get("respondents"))
    parties = {state.code for state in form.states}
    if form.leads_with == "case" and parties:
        return tuple(dict.fromkeys(code for code in respondents if code in parties))
    country = material.case.get("country")
    named = respondents or ([country] if isinstance(country, str) and not is_blank(country) else [])
    return tuple(dict.fromkeys(named))


def policy_of(part: Part, audience: Policy) -> Policy:
    """Whose rules hold for a part of a copy: in a filing, a part that a State reads obeys the government policy."""
    if audience == "filing" and {"respondent_state", "national_bureau"} & set(part.recipients):
        return "government"
    return audience


def build(
    records: Records,
    petition: Doc,
    *,
    language: str,
    audience: Policy,
    date: datetime.date | str,
    on: datetime.date | None = None,
    printed: Mapping[str, int] | None = None,
) -> Dossier:
    """The tree of the copy of `petition` for `audience`, dated `date`; consents are judged as of day `on`.

    `printed` gives the pages each document takes in the bundle (by id; 0 = it is not in it), for the list of documents.

    ConsentMissing when the main victim's consent does not cover it; InvalidInput for an audience the form does not have.
    """
    form = form_of(str(petition.get("procedure")))
    if audience not in form.copies:
        raise InvalidInput(msg("The procedure {name} has no copy for this audience.", name=form.id))
    material = require(choose(records, form, petition, case_of(records, petition), audience, on))
    day = date.isoformat() if isinstance(date, datetime.date) else date
    parts = writings(records, form, material, language, audience, day, printed)
    sections = [made for writing, sheet in parts if (made := _section(writing, sheet)) is not None]
    return Dossier(
        petition=str(petition.get("id", "")),
        case=str(petition.get("case", "")),
        procedure=form.id,
        form_version=form.form_version,
        checked_on=form.checked_on,
        audience=audience,
        language=language,
        date=day,
        reference=text_of(petition.get("reference")),
        title=(Run(say_label(form.title, language), language=language),),
        states=states_reading(form, material),
        sections=tuple(sections),
    )


Sheet = tuple[int, int]


def writings(
    records: Records,
    form: Form,
    material: Material,
    language: str,
    audience: Policy,
    day: str,
    printed: Mapping[str, int] | None = None,
) -> Iterator[tuple[Writing, Sheet | None]]:
    """Each section of a copy as it is about to be written, in order; a repeated part says which sheet of how many."""
    scope = scope_of(records, form, material)
    states, numbers = states_reading(form, material), Numbers()
    for part in form.parts:
        if audience in part.copies:
            setting = Setting(form, part, audience, policy_of(part, audience), states, language)
            yield from _repeated(Writing(scope, setting, material, numbers, day, printed or {}))


def _repeated(writing: Writing) -> Iterator[tuple[Writing, Sheet | None]]:
    part = writing.setting.part
    if not part.repeat:
        yield writing, None
        return
    things = writing.scope.all_of(part.repeat)
    if not things:
        fields = tuple(dataclasses.replace(field, only_if=part.repeat) for field in part.fields)
        setting = dataclasses.replace(
            writing.setting, part=dataclasses.replace(part, fields=fields, intro=Words(""))
        )
        yield dataclasses.replace(writing, setting=setting), None
    for number, thing in enumerate(things, 1):
        scope = writing.scope.with_base(each=thing.value)
        yield dataclasses.replace(writing, scope=scope), (number, len(things))


def applies(writing: Writing, field: Field) -> bool:
    """Whether a field concerns this case at all."""
    return not field.only_if or bool(writing.scope.all_of(field.only_if))


def _section(writing: Writing, sheet: Sheet | None) -> Section | None:
    part, language = writing.setting.part, writing.language
    title: Runs = (Run(say_label(part.title, language), language=language),)
    blocks: list[Block] = []
    if part.intro.en:
        blocks.append(Paragraph((Run(say_label(part.intro, language), language=language),), None, "note"))
    if sheet is not None and sheet[1] > 1:
        numbered = msg("Sheet {number} of {count}", number=sheet[0], count=sheet[1])
        blocks.append(Heading(said(numbered, language), 2))
    drawn = _drawn(writing) if part.draws else []
    if part.optional and not drawn:
        return None
    blocks += drawn
    blocks += [block for field in part.fields for block in _rows(writing, field)]
    return Section(
        id=part.id,
        title=title,
        blocks=tuple(blocks),
        recipients=_recipients(part),
        policy=writing.setting.policy,  # type: ignore[arg-type]
        sheet=part.sheet,
        language=language,
    )


def _recipients(part: Part) -> tuple[Recipient, ...]:
    return part.recipients  # type: ignore[return-value]


def _drawn(writing: Writing) -> list[Block]:
    part = writing.setting.part
    own = own_text(writing, part.section)
    drawn = own or DRAWERS[part.draws](writing)
    if own and part.draws in ("facts", "events"):
        _remember_told(writing)
    if not drawn and part.mandatory:
        drawn = (Paragraph(said(NOT_STATED, writing.language), None, "note"),)
    return list(drawn)


def _remember_told(writing: Writing) -> None:
    """Where the lawyer retold the facts nobody can say which paragraph tells which incident: no references are printed."""
    writing.numbers.told.clear()


def _rows(writing: Writing, field: Field) -> list[Block]:
    if not applies(writing, field):
        return [
            _row(writing, field, (said(BLANK_WORDS["not_applicable"], writing.language),), (), blank=True)
        ]
    if field.draws == "annexes":
        return [_row(writing, field, (), ()), *papers.draw_documents(writing)]
    if field.draws == "signature":
        return list(DRAWERS["signature"](writing))
    section = writing.setting.part.section
    own = own_text(writing, field.number) or (own_text(writing, section) if _is_first(writing, field) else ())
    if own:
        return [_from_blocks(writing, field, own)]
    if field.draws and field.draws != _FROM_RECORDS:
        drawn = DRAWERS[field.draws](writing)
        if drawn or not field.fills:
            return [_from_blocks(writing, field, drawn)]
    if field.flow:
        return [_row(writing, field, (), ())]
    shown, blank = answer(writing.scope, field, writing.setting)
    return [_row(writing, field, shown, (), blank=blank)]


def _is_first(writing: Writing, field: Field) -> bool:
    return bool(field.flow) and next(f for f in writing.setting.part.fields if f.flow) is field


def _from_blocks(writing: Writing, field: Field, blocks: tuple[Block, ...]) -> FormRow:
    answers: list[Runs] = []
    left: list[Runs] = []
    for block in blocks:
        if isinstance(block, Beside):
            left.append(block.left)
            answers.append(block.right)
        elif isinstance(block, Paragraph):
            left.append(())
            number: Runs = (Run(f"{block.number}. "),) if block.number else ()
            answers.append((*number, *block.text))
        elif isinstance(block, Heading):
            left.append(())
            answers.append(
                tuple(
                    Run(r.text, r.kind, r.language, r.subject, r.value, r.label, r.origin, "bold")
                    for r in block.text
                )
            )
    if not answers and not field.flow:
        # What only follows from another answer does not apply where that answer gives no cause for it.
        words = NOT_STATED if field.mandatory else BLANK_WORDS["not_applicable"]
        return _row(writing, field, (said(words, writing.language),), (), blank=True)
    return _row(writing, field, tuple(answers), tuple(left) if field.column else ())


def _row(
    writing: Writing, field: Field, answers: tuple[Runs, ...], left: tuple[Runs, ...], *, blank: bool = False
) -> FormRow:
    language = writing.language
    # Counters are for the one who types the form; in other copies a counter could tell what a blank hides.
    counted = writing.setting.audience == "filing" and not blank
    verified = field.status == "verified" and field.capacity_characters is not None
    capacity = Capacity(field.capacity_characters, field.capacity_lines, field.capacity_per_line, verified)
    limited = field.capacity_characters or field.capacity_lines
    return FormRow(
        number=field.number,
        label=(Run(say_label(field.label, language), language=language),),
        answer=answers,
        capacity=capacity if limited and (counted or field.flow) else None,
        flow=field.flow,
        left=left,
        left_label=(Run(say_label(field.column, language), language=language),) if field.column else (),
    )
