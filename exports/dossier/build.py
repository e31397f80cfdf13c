"""Builds the frozen tree of one copy from a snapshot. Must not redact, lay out, write or read the clock.

The form file decides what stands where; this module only walks it. Texts of the lawyer (`petition.sections`, by section
id or field number) win over everything drafted from records.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from exports.dossier import facts, grounds, papers, statement
from exports.dossier.material import Material, choose, require
from exports.dossier.paths import Scope
from exports.dossier.tree import (
    Beside,
    Block,
    Capacity,
    Dossier,
    FormRow,
    Heading,
    Origin,
    Paragraph,
    Policy,
    Recipient,
    Run,
    Runs,
    Section,
)
from exports.dossier.values import Setting, answer
from exports.dossier.writing import Numbers, Writing, paragraphs_of, prose
from exports.forms import form as form_of
from exports.forms.model import Field, Form, Part
from exports.records import Doc, Records, ids_of, is_blank, text_of
from exports.words import NOT_STATED, said, say, say_label
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
) -> Dossier:
    """The tree of the copy of `petition` for `audience`, dated `date`; consents are judged as of day `on`.

    ConsentMissing when the main victim's consent does not cover it; InvalidInput for an audience the form does not have.
    """
    form = form_of(str(petition.get("procedure")))
    if audience not in form.copies:
        raise InvalidInput(msg("The procedure {name} has no copy for this audience.", name=form.id))
    material = require(choose(records, form, petition, case_of(records, petition), audience, on))
    scope = scope_of(records, form, material)
    states = states_reading(form, material)
    numbers = Numbers()
    day = date.isoformat() if isinstance(date, datetime.date) else date
    sections: list[Section] = []
    for part in form.parts:
        if audience not in part.copies:
            continue
        policy = policy_of(part, audience)
        writing = Writing(scope, Setting(form, part, audience, policy, states, language), material, numbers, day)
        sections += _sections(writing)
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
        states=states,
        sections=tuple(sections),
    )


def _sections(writing: Writing) -> Iterator[Section]:
    part = writing.setting.part
    if not part.repeat:
        yield _section(writing, None)
        return
    things = writing.scope.all_of(part.repeat)
    for number, thing in enumerate(things, 1):
        scope = writing.scope.with_base(each=thing.value)
        each = Writing(scope, writing.setting, writing.material, writing.numbers, writing.date)
        yield _section(each, (number, len(things)))


def _section(writing: Writing, sheet: tuple[int, int] | None) -> Section:
    part, language = writing.setting.part, writing.language
    title: Runs = (Run(say_label(part.title, language), language=language),)
    blocks: list[Block] = []
    if part.intro.en:
        blocks.append(Paragraph((Run(say_label(part.intro, language), language=language),), None, "note"))
    if sheet is not None and sheet[1] > 1:
        numbered = msg("Sheet {number} of {count}", number=sheet[0], count=sheet[1])
        blocks.append(Heading(said(numbered, language), 2))
    blocks += _drawn(writing) if part.draws else []
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


def _own_text(writing: Writing, *keys: str) -> tuple[Block, ...]:
    """The lawyer's own text for a section or field, in numbered paragraphs."""
    sections = writing.material.petition.get("sections")
    for key in keys:
        text = text_of(sections.get(key)) if isinstance(sections, dict) and key else ""
        if text:
            origin = Origin(str(writing.material.petition.get("id", "")), f"sections/{key}")
            return tuple(writing.numbered(prose(t, writing.language, origin)) for t in paragraphs_of(text))
    return ()


def _drawn(writing: Writing) -> list[Block]:
    part = writing.setting.part
    own = _own_text(writing, part.section)
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
    if field.only_if and not writing.scope.all_of(field.only_if):
        return []
    if field.draws == "annexes":
        return [_row(writing, field, (), ()), *DRAWERS["annexes"](writing)]
    if field.draws == "signature":
        return list(DRAWERS["signature"](writing))
    section = writing.setting.part.section
    own = _own_text(writing, field.number) or (_own_text(writing, section) if _is_first(writing, field) else ())
    if own:
        return [_from_blocks(writing, field, own)]
    if field.draws and field.draws != _FROM_RECORDS:
        drawn = DRAWERS[field.draws](writing)
        if drawn or not field.fills:
            return [_from_blocks(writing, field, drawn)]
    if field.flow:
        return [_row(writing, field, (), ())]
    return [_row(writing, field, answer(writing.scope, field, writing.setting), ())]


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
            answers.append(tuple(Run(r.text, r.kind, r.language, r.subject, r.value, r.label, r.origin, "bold") for r in block.text))
    if not answers and not field.flow:
        answers, left = [said(NOT_STATED, writing.language)], [()]
    return _row(writing, field, tuple(answers), tuple(left) if field.column else ())


def _row(writing: Writing, field: Field, answers: tuple[Runs, ...], left: tuple[Runs, ...]) -> FormRow:
    language = writing.language
    capacity = None
    if field.capacity_characters or field.capacity_lines:
        verified = field.status == "verified" and field.capacity_characters is not None
        capacity = Capacity(field.capacity_characters, field.capacity_lines, field.capacity_per_line, verified)
    note: Runs = (Run(say(msg("Not verified against the official form."), language), language=language),)
    return FormRow(
        number=field.number,
        label=(Run(say_label(field.label, language), language=language),),
        answer=answers,
        capacity=capacity,
        note=note if field.status == "unverified" and not capacity else (),
        flow=field.flow,
        left=left,
        left_label=(Run(say_label(field.column, language), language=language),) if field.column else (),
    )
