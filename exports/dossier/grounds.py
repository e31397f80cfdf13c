"""Draws arguments by ground, remedies, and the answers on other proceedings. Must not decide the law: the form lists grounds.

The lawyer's arguments stand alone: once there is one, no ground is added to them. Where there are none, a draft points to
the facts whose kind usually bears on a ground, and the checklist says that it is a draft.
"""

from __future__ import annotations

from exports.dossier.people import agency_run
from exports.dossier.tree import Beside, Block, Heading, Origin, Paragraph, Run, Runs
from exports.dossier.writing import Writing, paragraphs_of, prose, sentences
from exports.form_model import Category, Form
from exports.lexicon import choice_words, maps_to
from exports.records import Doc, elements, ids_of, is_blank, text_of
from exports.words import NO, NOT_STATED, YES, compose, listed, said, say, say_country, say_date, say_label
from i18n.message import Message, msg


def category_of(categories: tuple[Category, ...], provision: object) -> Category | None:
    """The ground an argument names: by its whole id or by what follows the dash (`III` for `WGAD-III`)."""
    wanted = str(provision or "").strip()
    for category in categories:
        if wanted in (category.id, category.id.partition("-")[2]):
            return category
    return None


_TREATIES: dict[str, Message] = {
    "UDHR": msg("UDHR {article}"),
    "ICCPR": msg("ICCPR {article}"),
    "ECHR": msg("ECHR {article}"),
}


def article_words(category: Category, language: str) -> str:
    """The articles a ground rests on, each with its treaty's short name in the paper's language."""
    parts = [article.partition(" ") for article in category.articles]
    return ", ".join(
        say(Message(_TREATIES[treaty].source, {"article": number}), language)
        if treaty in _TREATIES
        else f"{treaty} {number}"
        for treaty, _, number in parts
    )


def draw_arguments(writing: Writing) -> tuple[Block, ...]:
    """Under each ground relied on: the articles, then the argument in numbered paragraphs."""
    blocks: list[Block] = []
    categories = writing.setting.form.categories
    given = elements(writing.material.petition, "arguments")
    for category in categories:
        paragraphs = _paragraphs_for(writing, category)
        if paragraphs:
            articles = say(_articles_line(category, writing.language), writing.language)
            blocks.append(
                Heading((Run(say_label(category.title, writing.language), language=writing.language),), 2)
            )
            blocks.append(Paragraph((Run(articles, language=writing.language),), None, "lead"))
            blocks += [writing.numbered(paragraph) for paragraph in paragraphs]
    for argument in given:
        if category_of(categories, argument.get("provision")) is None and not is_blank(
            argument.get("explanation")
        ):
            heading = text_of(argument.get("provision"))
            blocks += [Heading(prose(heading, "mul"), 2)] if heading else []
            blocks += [writing.numbered(paragraph) for paragraph in _argued(writing, [argument])]
    return tuple(blocks)


_FEW = 5


def _articles_line(category: Category, language: str) -> Message:
    """The articles of a ground; a long list is what the ground may rest on, not what the argument relies on."""
    articles = article_words(category, language)
    if len(category.articles) > _FEW:
        return msg("Articles that belong to this category: {articles}", articles=articles)
    return msg("Articles relied on: {articles}", articles=articles)


def is_draft(petition: Doc) -> bool:
    """Whether no argument of the lawyer is on record, so that grounds are only drafted from the kinds of the facts."""
    return not any(not is_blank(argument.get("explanation")) for argument in elements(petition, "arguments"))


def suggested(form: Form, petition: Doc, facts: tuple[Doc, ...]) -> list[Category]:
    """Grounds that the kinds of the facts usually bear on and no argument of the lawyer names: a hint, never printed."""
    argued = [category_of(form.categories, a.get("provision")) for a in elements(petition, "arguments")]
    bearing = {ground for doc in facts for ground in maps_to(doc.get("kind"))}
    return [category for category in form.categories if category.id in bearing and category not in argued]


def _paragraphs_for(writing: Writing, category: Category) -> list[Runs]:
    """The lawyer's argument for a ground; where the lawyer argued nothing at all, the draft."""
    petition, categories = writing.material.petition, writing.setting.form.categories
    if is_draft(petition):
        return _pointed_to(writing, category)
    given = elements(petition, "arguments")
    return _argued(writing, [a for a in given if category_of(categories, a.get("provision")) == category])


def _argued(writing: Writing, arguments: list[Doc]) -> list[Runs]:
    paragraphs: list[Runs] = []
    for number, argument in enumerate(arguments):
        texts = paragraphs_of(text_of(argument.get("explanation")))
        path = f"arguments/{argument.get('id', number)}/explanation"
        origin = Origin(str(writing.material.petition.get("id", "")), path)
        runs = [prose(text, writing.language, origin) for text in texts]
        where = _paragraph_numbers(writing, ids_of(argument.get("facts")))
        if runs and where:
            runs[-1] = sentences([runs[-1], compose(_see(where), writing.language, numbers=where)])
        paragraphs += runs
    return paragraphs


def _paragraph_numbers(writing: Writing, facts: list[str]) -> Runs:
    told = [writing.numbers.told[id] for id in facts if id in writing.numbers.told]
    return listed([(Run(number),) for number in sorted(dict.fromkeys(told), key=int)], writing.language)


def _pointed_to(writing: Writing, category: Category) -> list[Runs]:
    facts = [str(doc["id"]) for doc in writing.material.facts if category.id in maps_to(doc.get("kind"))]
    where = _paragraph_numbers(writing, facts)
    one, many = (
        msg("The facts in paragraph {numbers} bear on this ground."),
        msg("The facts in paragraphs {numbers} bear on this ground."),
    )
    return [compose(one if len(where) == 1 else many, writing.language, numbers=where)] if where else []


def _see(where: Runs) -> Message:
    return msg("See paragraph {numbers}.") if len(where) == 1 else msg("See paragraphs {numbers}.")


def draw_articles(writing: Writing) -> tuple[Block, ...]:
    """Article and explanation side by side, one pair for each argument."""
    blocks: list[Block] = []
    form = writing.setting.form
    for category in form.categories:
        for number, paragraph in enumerate(_paragraphs_for(writing, category)):
            article = article_words(category, writing.language) if number == 0 else ""
            blocks.append(Beside(None, (Run(article),) if article else (), paragraph))
    for argument in elements(writing.material.petition, "arguments"):
        if category_of(form.categories, argument.get("provision")) is None:
            named = text_of(argument.get("provision"))
            for number, paragraph in enumerate(_argued(writing, [argument])):
                blocks.append(Beside(None, prose(named, "mul") if named and number == 0 else (), paragraph))
    return tuple(blocks)


def step_sentences(writing: Writing, step: Doc) -> Runs:
    """One step before an authority: when, what, before whom, with what result, received when."""
    language, id = writing.language, str(step["id"])

    def dated(path: str) -> Runs:
        text = say_date(step.get(path), language)
        return (Run(text, "date", language, value=str(step[path]), origin=Origin(id, path)),) if text else ()

    kind = said(choice_words("proceeding", "kind", step.get("kind")), language)
    body = agency_run(writing.records, step.get("body"), language, Origin(id, "body")) or said(
        NOT_STATED, language
    )
    parts = [compose(msg("{kind}, before: {body}."), language, kind=kind, body=body)]
    if not is_blank(step.get("country")):
        parts.append(said(msg("State: {name}.", name=say_country(step["country"], language)), language))
    if text_of(step.get("reference")):
        number: Runs = (
            Run(
                text_of(step["reference"]),
                "identifier",
                "mul",
                label="case_number",
                origin=Origin(id, "reference"),
            ),
        )
        parts.append(compose(msg("Reference: {number}."), language, number=number))
    for path, frame in _DATED:
        if dated(path):
            parts.append(compose(frame, language, date=dated(path)))
    for path, frame in _WORDED:
        if text_of(step.get(path)):
            parts.append(compose(frame, language, words=prose(text_of(step[path]), "mul", Origin(id, path))))
    return sentences(parts)


_DATED = (
    ("lodged_on", msg("Lodged: {date}.")),
    ("decided_on", msg("Decided: {date}.")),
    ("received_on", msg("Decision received: {date}.")),
    ("other_received_on", msg("Also received: {date}.")),
)
_WORDED = (
    ("outcome", msg("Result: {words}.")),
    ("not_used_reason", msg("This remedy was not used, for this reason: {words}")),
)
_INTERNATIONAL = ("un_communication", "interpol_ccf", "ecthr_application", "interim_measure")


def draw_steps(writing: Writing) -> tuple[Block, ...]:
    """One numbered paragraph for each domestic step."""
    steps = [step for step in writing.material.proceedings if step.get("kind") not in _INTERNATIONAL]
    return tuple(writing.numbered(step_sentences(writing, step)) for step in steps)


def draw_remedies(writing: Writing) -> tuple[Block, ...]:
    """Complaint and remedies side by side, in order of the complaints."""
    blocks: list[Block] = []
    before = None
    for step in writing.material.proceedings:
        if step.get("kind") in _INTERNATIONAL or not is_blank(step.get("not_used_reason")):
            continue
        complaint = text_of(step.get("complaint"))
        left = (
            prose(complaint, "mul", Origin(str(step["id"]), "complaint"))
            if complaint and complaint != before
            else ()
        )
        before = complaint
        blocks.append(Beside(None, left, step_sentences(writing, step)))
    return tuple(blocks)


def _unused(writing: Writing) -> list[Doc]:
    return [step for step in writing.material.proceedings if not is_blank(step.get("not_used_reason"))]


def _international(writing: Writing, *kinds: str) -> list[Doc]:
    return [step for step in writing.material.proceedings if step.get("kind") in kinds]


def _yes_or_no(writing: Writing, answer: bool) -> tuple[Block, ...]:
    return (Paragraph(said(YES if answer else NO, writing.language)),)


def _worded(writing: Writing, steps: list[Doc]) -> tuple[Block, ...]:
    return tuple(Paragraph(step_sentences(writing, step)) for step in steps)


def draw_unused_remedy(writing: Writing) -> tuple[Block, ...]:
    """Whether a remedy was left unused."""
    return _yes_or_no(writing, bool(_unused(writing)))


def draw_unused_remedy_reason(writing: Writing) -> tuple[Block, ...]:
    """Which remedies were left unused, and why."""
    return _worded(writing, _unused(writing))


def draw_other_procedure(writing: Writing) -> tuple[Block, ...]:
    """Whether another international procedure has the matter."""
    return _yes_or_no(writing, bool(_international(writing, "un_communication", "interpol_ccf")))


def draw_other_procedure_summary(writing: Writing) -> tuple[Block, ...]:
    """What stands before other international procedures."""
    return _worded(writing, _international(writing, "un_communication", "interpol_ccf"))


def draw_other_applications(writing: Writing) -> tuple[Block, ...]:
    """Whether other applications were made to the same Court."""
    return _yes_or_no(writing, bool(_international(writing, "ecthr_application")))


def draw_other_application_numbers(writing: Writing) -> tuple[Block, ...]:
    """The numbers of those applications."""
    numbers = [
        step for step in _international(writing, "ecthr_application") if text_of(step.get("reference"))
    ]
    return tuple(
        Paragraph(
            (
                Run(
                    text_of(s["reference"]),
                    "identifier",
                    "mul",
                    label="case_number",
                    origin=Origin(str(s["id"]), "reference"),
                ),
            )
        )
        for s in numbers
    )
