"""Draws the requests that go to a court beside its form: anonymity, a closed file, a State that is not told.

Must not give reasons of its own: they are the lawyer's, and where there are none the paper says that they are missing.
"""

from __future__ import annotations

from exports.dossier.tree import Block, Heading, Paragraph, Run, Runs, SignatureLine
from exports.dossier.writing import Writing, own_text
from exports.records import Doc, is_blank
from exports.words import compose, listed, said, say_country, say_date
from i18n.message import Message, msg

LEFT_OUT = frozenset({"-", "–", "—"})


def draw_anonymity(writing: Writing) -> tuple[Block, ...]:
    """The reasoned request that the public does not learn who the applicant is; nothing where nobody needs it."""
    if not asks_for_anonymity(writing):
        return ()
    language = writing.language
    names = listed([run for id in writing.material.applicants if (run := writing.person(id))], language)
    blocks: list[Block] = [
        Paragraph(compose(msg("Applicant: {names}"), language, names=names), None, "lead"),
        *_asked(
            writing,
            msg(
                "The applicant asks that the identity of the applicant not be disclosed to the public, and that a single letter which is no initial of the name stand in its place in every document that the Court publishes."
            ),
        ),
        *_asked(
            writing,
            msg(
                "The applicant asks that the documents of the case, or the parts from which the applicant or persons close to the applicant can be recognised, be closed to the public."
            ),
        ),
        Heading(said(msg("Reasons"), language), 2),
        *(own_text(writing, "anonymity") or (Paragraph(said(NO_REASONS, language), None, "note"),)),
        *_not_notified(writing),
    ]
    date: Runs = (Run(say_date(writing.date, language), language=language),)
    return (
        *blocks,
        SignatureLine(said(msg("Date"), language), date),
        SignatureLine(said(msg("Signature"), language)),
    )


NO_REASONS = msg(
    "Reasons are to be written here before the request is filed: what publicity would do to the applicant and to persons close to the applicant."
)


def asks_for_anonymity(writing: Writing) -> bool:
    """Whether a person among the applicants is protected, or the lawyer wrote reasons."""
    text = _section(writing, "anonymity")
    if text.strip() in LEFT_OUT:
        return False
    people = [doc for id in writing.material.applicants if (doc := _person(writing, id)) is not None]
    return bool(people) and (bool(text) or any(doc.get("protection") != "none" for doc in people))


def states_to_keep_out(writing: Writing) -> list[str]:
    """States of nationality that could be told of the application and intervene: Parties that are no respondents."""
    respondents = {str(item.value) for item in writing.scope.find("states[*]")}
    codes = [
        code
        for id in writing.material.applicants
        for code in (_person(writing, id) or {}).get("citizenships") or []
    ]
    parties = [state.code for state in writing.setting.form.states if not state.until]
    return [code for code in dict.fromkeys(codes) if code in parties and code not in respondents]


def _not_notified(writing: Writing) -> list[Block]:
    states, own = states_to_keep_out(writing), _section(writing, "nationality")
    if not states or own.strip() in LEFT_OUT:
        return []
    language = writing.language
    names = listed([(Run(say_country(code, language), language=language),) for code in states], language)
    heading = Heading(said(msg("The State of nationality"), language), 2)
    asked = compose(
        msg(
            "The applicant fears treatment contrary to Articles 2 and 3 of the Convention in the State of nationality ({names}), and asks from this first paper on that this State not be notified of the application under Article 36 § 1 of the Convention (compare I v. Sweden, no. 61204/09, § 44)."
        ),
        language,
        names=names,
    )
    return [heading, *(own_text(writing, "nationality") or (writing.numbered(asked),))]


def _asked(writing: Writing, sentence: Message) -> list[Block]:
    return [writing.numbered(said(sentence, writing.language))]


def _person(writing: Writing, id: str) -> Doc | None:
    return writing.records.get(id) if writing.records.type_of(id) == "person" else None


def _section(writing: Writing, key: str) -> str:
    sections = writing.material.petition.get("sections")
    text = sections.get(key) if isinstance(sections, dict) else None
    return text if isinstance(text, str) and not is_blank(text) else ""
