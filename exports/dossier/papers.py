"""Draws cover, relief, index of annexes, posting checklist and signature of a petition. Must not read files."""

from __future__ import annotations

from exports.dossier.tree import Block, Heading, Origin, Paragraph, Rule, Run, Runs, SignatureLine, Table
from exports.dossier.writing import Writing, prose
from exports.lexicon import choice_words
from exports.records import Doc, is_blank, text_of
from exports.words import compose, listed, said, say_country, say_date, say_label
from i18n.message import msg


def draw_cover(writing: Writing) -> tuple[Block, ...]:
    """Title page: to whom, in what matter, on which date. Never by whom: that is the submitter's sheet."""
    language, form = writing.language, writing.setting.form
    people = [writing.person(id) for id in writing.material.applicants]
    blocks: list[Block] = [
        Paragraph((Run(say_label(form.body, language), language=language),), None, "cover-body"),
        Heading((Run(say_label(form.title, language), language=language),), 0),
        Paragraph(said(msg("in the matter of"), language), None, "cover-small"),
        Paragraph(listed([p for p in people if p], language), None, "cover-name"),
    ]
    states = against(writing)
    if states:
        names = listed([(Run(say_country(code, language), language=language),) for code in states], language)
        blocks.append(Paragraph(said(msg("against"), language), None, "cover-small"))
        blocks.append(Paragraph(names, None, "cover-name"))
    blocks.append(Rule())
    blocks += _facts_of_paper(writing)
    return tuple(blocks)


def against(writing: Writing) -> list[str]:
    """The States the paper is directed against, by code, in the case's order."""
    found = writing.scope.find("states[*]") if "states" in writing.scope.roots else []
    codes = [str(item.value) for item in found] or [
        str(code) for code in writing.material.case.get("respondents") or [] if isinstance(code, str)
    ]
    country = writing.material.case.get("country")
    return list(
        dict.fromkeys(codes or ([str(country)] if isinstance(country, str) and not is_blank(country) else []))
    )


def _facts_of_paper(writing: Writing) -> list[Block]:
    language = writing.language
    reference = text_of(writing.material.petition.get("reference"))
    rows = [compose(msg("Reference: {value}"), language, value=(Run(reference),))] if reference else []
    rows.append(
        compose(
            msg("Date: {value}"), language, value=(Run(say_date(writing.date, language), language=language),)
        )
    )
    copies = {
        "filing": msg("Copy for filing"),
        "government": msg("Copy that may be passed to a Government"),
        "public": msg("Public copy: protected persons are not named"),
        "interviewee": msg("Copy for the person who speaks"),
    }
    rows.append(said(copies[writing.setting.audience], language))
    return [Paragraph(row, None, "cover-fact") for row in rows]


def draw_relief(writing: Writing) -> tuple[Block, ...]:
    """What the body is asked to do."""
    language = writing.language
    wishes = writing.setting.form.texts.get("relief", ())
    lead = Paragraph(
        said(msg("For these reasons the body addressed is respectfully asked to:"), language), None, "body"
    )
    items = tuple(
        Paragraph((Run(say_label(wish, language), language=language),), f"({chr(97 + number)})", "item")
        for number, wish in enumerate(wishes)
    )
    return (lead, *items)


def has_hash(doc: Doc, writing: Writing) -> bool:
    """Whether a file's hash may be printed: only for filing, and not where the file can be guessed or is public."""
    file = doc.get("file")
    known = isinstance(file, dict) and not is_blank(file.get("sha256"))
    return known and writing.setting.audience == "filing" and doc.get("class", "C1") != "C0"


def neutral_title(doc: Doc, language: str) -> Runs:
    """The title that may leave the vault: the neutral one, otherwise only what kind of document it is."""
    title = text_of(doc.get("neutral_title"))
    if title:
        return prose(title, "mul", Origin(str(doc["id"]), "neutral_title"))
    return said(choice_words("evidence", "kind", doc.get("kind")), language)


def draw_annexes(writing: Writing) -> tuple[Block, ...]:
    """The list of documents: number, date, neutral title with language, pages, and in a filing copy the file's hash."""
    language = writing.language
    documents = writing.material.documents
    if not documents:
        return (Paragraph(said(msg("No documents are enclosed."), language), None, "note"),)
    head = [said(label, language) for label in (msg("No."), msg("Date"), msg("Document"), msg("Pages"))]
    rows = tuple(_annex_row(writing, number, doc) for number, doc in enumerate(documents, 1))
    blocks: list[Block] = [Table(tuple(head), rows, (0.07, 0.22, 0.60, 0.11))]
    hashed = [(n, doc) for n, doc in enumerate(documents, 1) if has_hash(doc, writing)]
    if hashed:
        blocks.append(Paragraph(said(msg("SHA-256 of the files as received"), language), None, "lead"))
        blocks += [
            Paragraph((Run(str(doc["file"]["sha256"]), style="quiet"),), str(number), "hash")
            for number, doc in hashed
        ]
    return tuple(blocks)


def draw_documents(writing: Writing) -> tuple[Block, ...]:
    """The list of documents as a form asks for it: with the page of the bundle on which each begins."""
    language = writing.language
    documents = writing.material.documents
    if not documents:
        return (Paragraph(said(msg("No documents are enclosed."), language), None, "note"),)
    head = [
        said(label, language) for label in (msg("No."), msg("Date"), msg("Document"), msg("Begins on page"))
    ]
    rows: list[tuple[Runs, ...]] = []
    for number, doc in enumerate(documents, 1):
        page = writing.first_page_of(doc)
        rows.append((*_annex_row(writing, number, doc)[:3], (Run("–" if page is None else str(page)),)))
    return (Table(tuple(head), tuple(rows), (0.07, 0.22, 0.57, 0.14)),)


def _annex_row(writing: Writing, number: int, doc: Doc) -> tuple[Runs, ...]:
    language, id = writing.language, str(doc["id"])
    dated = say_date(doc.get("dated"), language)
    date: Runs = (
        (Run(dated, "date", language, value=str(doc.get("dated")), origin=Origin(id, "dated")),)
        if dated
        else ()
    )
    title = neutral_title(doc, language)
    original = writing.annex_number(doc.get("translation_of"))
    if original is not None:
        title = compose(
            msg("{title} (translation of annex {number})"), language, title=title, number=(Run(original),)
        )
    pages = writing.pages_of(doc)
    return ((Run(str(number)),), date, title, (Run(str(pages) if pages else "–"),))


def draw_checklist(writing: Writing) -> tuple[Block, ...]:
    """What to look at before the envelope is closed."""
    language = writing.language
    items = writing.setting.form.texts.get("checklist", ())
    return tuple(
        Paragraph((Run(say_label(item, language), language=language),), "☐", "item") for item in items
    )


def draw_signature(writing: Writing) -> tuple[Block, ...]:
    """Date of the paper and a line to sign on."""
    language = writing.language
    date: Runs = (Run(say_date(writing.date, language), language=language),)
    return (SignatureLine(said(msg("Date"), language), date), SignatureLine(said(msg("Signature"), language)))


def draw_duration(writing: Writing) -> tuple[Block, ...]:
    """From the arrest until release, as far as known."""
    language = writing.language
    start = writing.scope.first_of(("arrest.when",))
    end = writing.scope.first_of(("detention.released_on",))
    if not start:
        return ()
    first: Runs = _date_run(start[0].value, start[0].record, "when", language)
    if end:
        last = _date_run(end[0].value, end[0].record, end[0].path, language)
        return (Paragraph(compose(msg("From {first} until {last}."), language, first=first, last=last)),)
    return (Paragraph(compose(msg("Since {first}; the end is not known."), language, first=first)),)


def _date_run(value: object, record: str, path: str, language: str) -> Runs:
    return (Run(say_date(value, language), "date", language, value=str(value), origin=Origin(record, path)),)
