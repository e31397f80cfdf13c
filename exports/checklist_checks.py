"""The single checks of the checklist, each yielding what it finds. Must not add up or set aside: `readiness` does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from exports.consent import consent_state
from exports.dossier.build import DRAWERS, applies, build, states_reading, writings
from exports.dossier.facts import same_language, told_in
from exports.dossier.grounds import category_of
from exports.dossier.material import Material, choose
from exports.dossier.tree import FormRow
from exports.dossier.values import answer, raw_value, subject_of, told_to_states
from exports.dossier.writing import Writing, own_text
from exports.form_model import Category, Field, Form, State, Words
from exports.pdf.paper import lay_out
from exports.pdf.settle import settle, used_of
from exports.records import Doc, Records, begun, code_or_id, earliest, elements, ids_of, is_blank, text_of
from exports.redaction import LANGUAGES, finder_language
from exports.time_limits import deadlines
from exports.words import blank_of, country_name, say_date, written_in
from i18n import language_name
from i18n.message import Message, msg
from storage.errors import ConsentMissing

Severity = Literal["protective", "formal", "warning"]
_OLD_AFTER = timedelta(days=183)
_MOST_DOCUMENTS = 25


@dataclass(frozen=True)
class Item:
    """One line of the checklist: the field's printed number or the subject it concerns, what is wrong, how grave."""

    field: str
    message: Message
    severity: Severity


@dataclass(frozen=True)
class Looked:
    """What the checks look at."""

    records: Records
    form: Form
    petition: Doc
    material: Material
    language: str
    audience: str
    today: date

    @property
    def states(self) -> tuple[str, ...]:
        """The States that read parts of the paper."""
        return states_reading(self.form, self.material)


def writings_of(looked: Looked) -> Iterator[tuple[Writing, str]]:
    """Each section with the mark of its sheet, where there are several."""
    audience = looked.audience
    for writing, sheet in writings(
        looked.records, looked.form, looked.material, looked.language, audience, ""
    ):  # type: ignore[arg-type]
        yield writing, f" ({sheet[0]})" if sheet and sheet[0] > 1 else ""


def consent(looked: Looked, audience: str | None) -> Iterator[Item]:
    """The main victim's consent for each copy, and what is left out for want of somebody's."""
    if looked.material.refused is not None:
        yield Item("consent", looked.material.refused, "protective")
    for code in looked.material.left_out:
        # critical
        yield Item(
            "consent", msg("{code} is left out: no consent in force for this purpose.", code=code), "warning"
        )
    others = looked.form.copies if audience is None else ()
    for other in others:
        if other == looked.audience:
            continue
        material = choose(
            looked.records, looked.form, looked.petition, looked.material.case, other, looked.today
        )
        if material.refused is not None and looked.material.refused is None:
            # critical
            problem = msg(
                "The copy for “{copy}” will be refused: {reason}",
                copy=COPY_WORDS[other],
                reason=material.refused,
            )
            yield Item("consent", problem, "warning")
    yield from _named_to_states(looked)


COPY_WORDS: dict[str, Message] = {
    "filing": msg("filing"),
    "government": msg("a Government"),
    "public": msg("the public"),
    "interviewee": msg("the person who speaks"),
}


def _named_to_states(looked: Looked) -> Iterator[Item]:
    reads = any("respondent_state" in part.recipients for part in looked.form.parts)
    for person in looked.material.applicants if reads else ():
        for state in looked.states:
            if not consent_state(looked.records, person, "name_to_government", state, looked.today).in_force:
                doc = looked.records.get(person) or {}
                name, code = country_name(state), code_or_id(doc)
                # critical
                problem = msg(
                    "{code} has not agreed to be named to {state}: a label stands there instead of the name.",
                    code=code,
                    state=name,
                )
                yield Item("consent", problem, "warning")


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


def fields(looked: Looked) -> Iterator[Item]:
    """Mandatory fields without an answer, and answers too long for their box."""
    for writing, mark in writings_of(looked):
        for entry in writing.setting.part.fields:
            if applies(writing, entry):
                yield from _field(writing, entry, mark)
    try:
        dossier = build(
            looked.records,
            looked.petition,
            language=looked.language,
            audience=looked.audience,
            date="",
            on=looked.today,
        )  # type: ignore[arg-type]
    except ConsentMissing:
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


def documents(looked: Looked) -> Iterator[Item]:
    """Order, files and number of the documents that go along."""
    found = looked.material.documents
    strict = next((entry for entry in looked.form.fields() if entry.draws == "annexes"), None)
    number, severity = (strict.number, "formal") if strict else ("annexes", "warning")
    dated = [day for doc in found if (day := begun(doc.get("dated"))) is not None]
    if dated != sorted(dated):
        yield Item(
            number,
            msg("The documents are not in order of date. Put them in order in the petition."),
            severity,
        )  # type: ignore[arg-type]
    for position, doc in enumerate(found, 1):
        if is_blank((doc.get("file") or {}).get("sha256")) and is_blank((doc.get("file") or {}).get("path")):
            yield Item(
                number,
                msg("Document {number} has no file. Attach it, or take it off the list.", number=position),
                severity,
            )  # type: ignore[arg-type]
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
    try:
        dossier = build(
            looked.records,
            looked.petition,
            language=looked.language,
            audience=looked.audience,
            date="",
            on=looked.today,
        )  # type: ignore[arg-type]
    except ConsentMissing:
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


def self_incrimination(looked: Looked) -> Iterator[Item]:
    """Incidents that may harm the person who tells them."""
    for id in ids_of(looked.material.case.get("incidents")):
        doc = looked.records.get(id)
        if doc is None or doc.get("kind") not in looked.form.excluded_kinds:
            continue
        if doc in looked.material.facts:
            # critical
            yield Item(
                "facts",
                msg("An incident that may incriminate the person is included: the lawyer must confirm this."),
                "warning",
            )
        else:
            # critical
            yield Item(
                "facts",
                msg("An incident that may incriminate the person is left out until the lawyer includes it."),
                "warning",
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


def people(looked: Looked) -> Iterator[Item]:
    """Rules for children, and powers to act."""
    for person in looked.material.applicants:
        doc = looked.records.get(person) or {}
        if doc.get("minor") is True and looked.audience == "public" and not _released_by_two(looked, person):
            # critical
            problem = msg(
                "{code} is a minor: a public copy needs the decision of two colleagues. Record it on the consent.",
                code=code_or_id(doc),
            )
            yield Item("minor", problem, "protective")
    submitter = looked.petition.get("submitter")
    needs_power = any("authorities" in path for paths in looked.form.roots.values() for path in paths)
    if not is_blank(submitter) and needs_power and looked.material.applicants:
        scope = {looked.form.id, f"{looked.form.id}_c3"}
        mine = [
            a
            for a in looked.records.of("authority")
            if a.get("given_by") in looked.material.applicants and is_blank(a.get("revoked_on"))
        ]
        if not any(scope & set(a.get("scope") or []) for a in mine):
            yield Item(
                "authority",
                msg("No power to act for this procedure is on record. Record it, or have one signed."),
                "warning",
            )


def _released_by_two(looked: Looked, person: str) -> bool:
    state = consent_state(looked.records, person, "publish_anonymised", on=looked.today)
    doc = looked.records.get(state.consent) if state.consent else None
    return state.in_force and doc is not None and len(doc.get("decided_by") or []) >= 2


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


def testimony(looked: Looked) -> Iterator[Item]:
    """Interviews not accepted, passages without translation, languages the finder has no grammar for, reading back."""
    for interview in looked.material.interviews:
        code = code_or_id(interview)
        state = (
            (interview.get("review") or {}).get("state")
            if isinstance(interview.get("review"), dict)
            else None
        )
        if state != "accepted":
            yield Item(
                "review",
                msg("{code} has not been accepted in review. Finish the review before filing.", code=code),
                "warning",
            )
        if looked.form.leads_with == "interview" and is_blank((interview.get("read_back") or {}).get("on")):
            yield Item(
                "read_back",
                msg("{code} has not been read back. Read it back before it is signed.", code=code),
                "warning",
            )
        for narrative in told_in(interview, looked.language):
            yield from _narrative(looked, interview, narrative)


def _narrative(looked: Looked, interview: Doc, narrative: Doc) -> Iterator[Item]:
    code, tag = code_or_id(interview), str(narrative.get("language") or "und")
    if looked.form.leads_with == "case" and not same_language(narrative, looked.language):
        yield Item(
            "translation",
            msg(
                "{code}: a passage in {language} has no translation. Have it translated, or it is quoted as it was spoken.",
                code=code,
                language=language_name(tag),
            ),
            "warning",
        )
    covered = finder_language(tag) in LANGUAGES and finder_language(tag) != "mul"
    if not covered and looked.audience in ("public", "government"):
        readers = {
            text_of(d.get("by")) or str(d.get("by"))
            for d in elements(looked.petition, "redactions")
            if d.get("record") == interview.get("id")
        }
        if len(readers) < 2:
            # critical
            problem = msg(
                "{code}: names in {language} are not found reliably. Two people must review it first.",
                code=code,
                language=language_name(tag),
            )
            yield Item("not_covered", problem, "protective" if looked.audience == "public" else "warning")


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
