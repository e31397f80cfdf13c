"""Draws the interviewee's own statement: their words, how they were taken, reading back, signature.

Must not retell: the paragraphs are the narrative's own. What is C3 about the sitting (place, taker, interpreter's name)
never enters; that an interpreter helped, and how well, does.
"""

from __future__ import annotations

from exports.dossier.facts import same_language
from exports.dossier.tree import Beside, Block, Origin, Paragraph, Rule, Run, Runs, SignatureLine, plain
from exports.dossier.writing import Writing, paragraphs_of, prose
from exports.records import Doc, elements, is_blank
from exports.words import compose, listed, said, say, say_date
from i18n import language_name
from i18n.message import Message, msg


def draw_head(writing: Writing) -> tuple[Block, ...]:
    """Who speaks, and in which language. Days and places of the sittings are C3."""
    language = writing.language
    blocks: list[Block] = []
    for id in writing.material.applicants[:1]:
        name = writing.person(id)
        blocks.append(Paragraph(compose(msg("Statement of {name}"), language, name=name), None, "cover-name"))
        blocks += _also_known(writing, id, plain(name))
    for interview in writing.material.interviews:
        spoken = [
            say(language_name(tag), language)
            for tag in interview.get("languages") or []
            if isinstance(tag, str)
        ]
        if spoken:
            names = listed([(Run(name, language=language),) for name in spoken], language)
            blocks.append(
                Paragraph(
                    compose(msg("Language of the interview: {names}"), language, names=names), None, "lead"
                )
            )
    return (*blocks, Rule())


def _also_known(writing: Writing, person: str, shown: str) -> list[Block]:
    """One line with the other recorded spellings, in copies that name the person."""
    doc = writing.records.get(person) or {}
    if writing.setting.audience != "filing":
        return []
    names = [
        str(n["full"])
        for n in elements(doc, "names")
        if not is_blank(n.get("full")) and n.get("kind") not in ("nickname", "alias")
    ]
    others = [name for name in dict.fromkeys(names) if name != shown and f"({name})" not in shown]
    if not others:
        return []
    parts: list[Runs] = [(Run(name, "name", "mul", subject=person),) for name in others]
    listing = listed(parts, writing.language)
    return [
        Paragraph(compose(msg("Also recorded as: {names}"), writing.language, names=listing), None, "lead")
    ]


def draw_words(writing: Writing) -> tuple[Block, ...]:
    """Numbered paragraphs as they were told, a translation beside each where there is one."""
    blocks: list[Block] = []
    for interview in writing.material.interviews:
        for narrative in elements(interview, "narratives"):
            if narrative.get("kind") in ("original", "addendum", None) and not is_blank(
                narrative.get("text")
            ):
                blocks += _told(writing, interview, narrative)
    return tuple(blocks)


def _told(writing: Writing, interview: Doc, narrative: Doc) -> list[Block]:
    tag = str(narrative.get("language") or "und")
    told = paragraphs_of(str(narrative["text"]))
    blocks: list[Block] = []
    if narrative.get("kind") == "addendum":
        blocks.append(
            Paragraph(said(msg("Added later by the person who speaks:"), writing.language), None, "lead")
        )
    translation = _translation(writing, interview, narrative)
    origin = Origin(str(interview["id"]), f"narratives/{narrative.get('id', 0)}/text")
    if translation is None:
        return blocks + [writing.numbered(prose(text, tag, origin)) for text in told]
    other = paragraphs_of(str(translation["text"]))
    if len(other) != len(told):  # paragraphs do not match one to one: whole beside whole
        told, other = ["\n".join(told)], ["\n".join(other)]
    beside = Origin(str(interview["id"]), f"narratives/{translation.get('id', 0)}/text")
    to = str(translation.get("language") or "und")
    for left, right in zip(told, other, strict=True):
        blocks.append(Beside(writing.numbers.take(), prose(left, tag, origin), prose(right, to, beside)))
    return blocks


def _translation(writing: Writing, interview: Doc, original: Doc) -> Doc | None:
    """The translation to show: the one in the paper's language, otherwise the first there is."""
    found = [
        n
        for n in elements(interview, "narratives")
        if n.get("kind") == "translation"
        and n.get("translation_of") == original.get("id")
        and not is_blank(n.get("text"))
    ]
    return (
        min(found, key=lambda n: not same_language(n, writing.language))
        if found and original.get("id")
        else None
    )


_SIGNED: dict[str, Message] = {
    "mark": msg("Mark of the person who speaks, in place of a signature"),
    "signed": msg("Signature of the person who speaks"),
}


def draw_closing(writing: Writing) -> tuple[Block, ...]:
    """Reading back, interpretation, translation, and the lines to sign on."""
    blocks: list[Block] = []
    for interview in writing.material.interviews:
        blocks += [Paragraph(said(sentence, writing.language)) for sentence in _how_taken(interview)]
        blocks += _read_back(writing, interview)
    blocks.append(
        Paragraph(
            said(
                msg("Each paragraph above was read to me in a language I understand. It is what I said."),
                writing.language,
            ),
            None,
            "body",
        )
    )
    marks = {i.get("signature") for i in writing.material.interviews}
    label = _SIGNED["mark" if "mark" in marks else "signed"]
    lines = [label, msg("Date")]
    if "mark" in marks:
        lines.append(msg("Signature of a witness who is not the interpreter"))
    if any(
        isinstance(i.get("interpreter"), dict) and not is_blank(i["interpreter"])
        for i in writing.material.interviews
    ):
        lines.append(msg("Signature of the interpreter"))
    return (*blocks, *(SignatureLine(said(line, writing.language)) for line in lines))


def _how_taken(interview: Doc) -> list[Message]:
    sentences: list[Message] = []
    interpreter = interview.get("interpreter")
    if isinstance(interpreter, dict) and not is_blank(interpreter):
        sentences.append(msg("An interpreter helped in this interview."))
        if interpreter.get("undertaking") is True:
            sentences.append(msg("The interpreter undertook to interpret faithfully and to keep silence."))
        if interpreter.get("agreed_in_private") is True:
            sentences.append(
                msg("The person who speaks was asked in private and agreed to this interpreter.")
            )
    if any(
        n.get("declaration") is True
        for n in elements(interview, "narratives")
        if n.get("kind") == "translation"
    ):
        sentences.append(msg("The translator declared the translation to be true and complete."))
    return sentences


def _read_back(writing: Writing, interview: Doc) -> list[Block]:
    read_back = interview.get("read_back")
    day = read_back.get("on") if isinstance(read_back, dict) else None
    shown = say_date(day, writing.language)
    if not shown:
        return [Paragraph(said(msg("The statement has not been read back yet."), writing.language))]
    date: Runs = (
        Run(
            shown,
            "date",
            writing.language,
            value=str(day),
            origin=Origin(str(interview["id"]), "read_back/on"),
        ),
    )
    return [
        Paragraph(compose(msg("Read back to the person who speaks: {date}."), writing.language, date=date))
    ]
