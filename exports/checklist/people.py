"""Checks of whom the paper may harm: consent, children, what is told against oneself, testimony. Must not set anything aside."""

from __future__ import annotations

from collections.abc import Iterator

from exports.checklist.items import Item, Looked
from exports.consent import consent_state
from exports.dossier.facts import same_language, told_in
from exports.dossier.material import choose
from exports.records import Doc, code_or_id, elements, ids_of, is_blank, text_of
from exports.redaction import LANGUAGES, finder_language
from exports.words import country_name
from i18n import language_name
from i18n.message import Message, msg


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
