"""Drafts the statement of facts: numbered paragraphs with date, place, persons, details and whose word it is.

Must not judge: whatever is held against somebody is set down as alleged, and testimony is quoted, never retold.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import Any

from exports.dossier.people import agency_run, person_run
from exports.dossier.tree import Block, Heading, Origin, Paragraph, Run, Runs
from exports.dossier.values import shown_value
from exports.dossier.writing import Writing, paragraphs_of, prose, sentences
from exports.form_model import Field, Words
from exports.lexicon import class_at, kind_words
from exports.records import Doc, elements, is_blank, text_of
from exports.words import compose, joined, listed, place_value, said, say, say_date, say_place
from i18n import document_language, language_name
from i18n.message import Message, msg

_SOURCE: dict[str, Message] = {
    "experienced": msg("The source lived through this."),
    "saw": msg("The source saw this."),
    "heard": msg("The source heard this."),
    "told_by": msg("The source was told of this."),
    "read": msg("The source read of this."),
    "inferred": msg("The source concludes this from other facts."),
    "rumour": msg("The source knows this from hearsay only."),
}
_APPLICANT: dict[str, Message] = {
    "experienced": msg("The applicant lived through this."),
    "saw": msg("The applicant saw this."),
    "heard": msg("The applicant heard this."),
    "told_by": msg("The applicant was told of this."),
    "read": msg("The applicant read of this."),
    "inferred": msg("The applicant concludes this from other facts."),
    "rumour": msg("The applicant knows this from hearsay only."),
}
_WITNESS: dict[str, Message] = {
    "experienced": msg("A witness lived through this."),
    "saw": msg("A witness saw this."),
    "heard": msg("A witness heard this."),
    "told_by": msg("A witness was told of this."),
    "read": msg("A witness read of this."),
    "inferred": msg("A witness concludes this from other facts."),
    "rumour": msg("A witness knows this from hearsay only."),
}
# What may stand in parts that a State reads; the rest of an incident is C2 (records.md).
_OPEN_ENDED = ("description",)


@lru_cache(maxsize=1)
def details() -> tuple[dict[str, Any], ...]:
    """The sentences for details of incidents, in the order they are told."""
    text = (resources.files("exports.words") / "details.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["detail"])


def detail_texts() -> list[str]:
    """Every English sentence of the details file, for the catalogs."""
    return [row[key] for row in details() for key in ("yes", "no", "sentence") if key in row]


def draw_facts(writing: Writing) -> tuple[Block, ...]:
    """Incidents in order of time, then what the source said, in its own words."""
    events = draw_events(writing)
    told = draw_testimony(writing)
    if events and told:
        heading = Heading(said(msg("What the source states"), writing.language), 2)
        return (*events, heading, *told)
    return events + told


def draw_events(writing: Writing) -> tuple[Block, ...]:
    """One numbered paragraph for each incident."""
    return tuple(writing.numbered(_event(writing, doc), about=str(doc["id"])) for doc in writing.material.facts)


def _event(writing: Writing, doc: Doc) -> Runs:
    parts = [_opening(writing, doc), *_told(writing, doc), *_details(writing, doc), _actors(writing, doc)]
    return sentences([*parts, *_attribution(writing, doc)])


def _may_stand(doc: Doc, path: str) -> bool:
    return class_at("incident", doc, path) in ("C0", "C1")


def _opening(writing: Writing, doc: Doc) -> Runs:
    language, id = writing.language, str(doc["id"])
    kind = said(kind_words(doc.get("kind")), language)
    when = say_date(doc.get("when"), language) if _may_stand(doc, "when") else ""
    where = say_place(doc.get("where"), language) if _may_stand(doc, "where") else ""
    people = listed([run for v in doc.get("victims") or [] if (run := person_run(writing.records, v, language))], language)
    parts: dict[str, Runs] = {"event": tuple(Run(r.text, r.kind, r.language, style="bold") for r in kind)}
    parts["when"] = (Run(when, "date", language, value=str(doc.get("when")), origin=Origin(id, "when")),)
    parts["where"] = (Run(where, "place", language, value=place_value(doc.get("where")), origin=Origin(id, "where")),)
    parts["people"] = people
    frame = _FRAMES[(bool(when), bool(where), bool(people))]
    used = {name: parts[name] for name in parts if f"{{{name}}}" in frame.source}
    return compose(frame, language, **used)


_FRAMES: dict[tuple[bool, bool, bool], Message] = {
    (True, True, True): msg("{event}. {when}, {where}. Person concerned: {people}."),
    (True, True, False): msg("{event}. {when}, {where}."),
    (True, False, True): msg("{event}. {when}. Person concerned: {people}."),
    (True, False, False): msg("{event}. {when}."),
    (False, True, True): msg("{event}. Date not known, {where}. Person concerned: {people}."),
    (False, True, False): msg("{event}. Date not known, {where}."),
    (False, False, True): msg("{event}. Date and place not known. Person concerned: {people}."),
    (False, False, False): msg("{event}. Date and place not known."),
}


def _told(writing: Writing, doc: Doc) -> list[Runs]:
    parts: list[Runs] = []
    words = text_of(doc.get("when_words"))
    if words and _may_stand(doc, "when_words"):
        quoted = prose(words, "mul", Origin(str(doc["id"]), "when_words"))
        parts.append(compose(msg("The time as it was told: “{words}”."), writing.language, words=quoted))
    for path in _OPEN_ENDED:
        text = text_of(doc.get(path))
        if text and _may_stand(doc, path):
            parts.append(prose(text.strip(), "mul", Origin(str(doc["id"]), path)))
    return parts


def _details(writing: Writing, doc: Doc) -> list[Runs]:
    given = doc.get("details")
    if not isinstance(given, dict) or not _may_stand(doc, "details"):
        return []
    scope = writing.scope.with_base(each=doc)
    parts: list[Runs] = []
    for row in details():
        path = f"details.{row['path']}"
        if not _may_stand(doc, path.split("[")[0]):
            continue
        found = scope.find(f"each.{path}")
        if not found:
            continue
        if "yes" in row:
            sentence = row.get("yes" if found[0].value is True else "no")
            parts += [said(Message(sentence), writing.language)] if sentence and isinstance(found[0].value, bool) else []
            continue
        field = Field("", Words(""), shown_as="text" if row.get("as") == "quote" else row.get("as", "text"))
        shown = [shown_value(scope, field, item, writing.language) for item in found]
        value = _without_stop(joined([runs for runs in shown if runs], row.get("join", ", ")))
        if value:
            parts.append(compose(Message(row["sentence"]), writing.language, value=value))
    return parts


def _without_stop(runs: Runs) -> Runs:
    """The value without a full stop at its end: the sentence around it brings its own."""
    if not runs:
        return ()
    text = runs[-1].text.rstrip().removesuffix(".")
    return (*runs[:-1], replace(runs[-1], text=text)) if text else runs[:-1]


def _actors(writing: Writing, doc: Doc) -> Runs:
    """Who did it, always as an allegation."""
    if not _may_stand(doc, "perpetrators"):
        return ()
    named: list[Runs] = []
    for number, entry in enumerate(elements(doc, "perpetrators")):
        origin = Origin(str(doc["id"]), f"perpetrators/{entry.get('id', number)}/agency")
        agency = agency_run(writing.records, entry.get("agency"), writing.language, origin)
        person = person_run(writing.records, entry.get("person"), writing.language)
        named += [runs for runs in (agency, person) if runs]
    if not named:
        return ()
    return compose(msg("Alleged to have acted: {who}."), writing.language, who=listed(named, writing.language))


def _attribution(writing: Writing, doc: Doc) -> list[Runs]:
    parts: list[Runs] = []
    annexes: list[Runs] = []
    for source in elements(doc, "sources"):
        number = writing.annex_number(source.get("evidence"))
        if number is not None:
            annexes.append((Run(number),))
        interview = writing.records.get(str(source.get("interview")))
        sentence = _speaker_words(writing, interview).get(str(source.get("basis")))
        if interview is not None and interview in writing.material.interviews and sentence is not None:
            parts.append(said(sentence, writing.language))
    if annexes:
        numbers = listed(list(dict.fromkeys(annexes)), writing.language)
        parts.append(compose(msg("See annex {numbers}."), writing.language, numbers=numbers))
    return list(dict.fromkeys(parts))


def _speaker_words(writing: Writing, interview: Doc | None) -> dict[str, Message]:
    if writing.setting.form.source_word == "source":
        return _SOURCE
    own = interview is not None and interview.get("interviewee") in writing.material.applicants
    return _APPLICANT if own else _WITNESS


def draw_testimony(writing: Writing) -> tuple[Block, ...]:
    """The narratives that may be used: in the paper's language if there is a translation, else quoted as spoken."""
    blocks: list[Block] = []
    for interview in writing.material.interviews:
        for narrative in told_in(interview, writing.language):
            blocks += _quoted(writing, interview, narrative)
    return tuple(blocks)


def told_in(interview: Doc, language: str) -> list[Doc]:
    """For each original (or addendum) its translation into `language`, or itself; summaries never stand for them."""
    narratives = elements(interview, "narratives")
    chosen: list[Doc] = []
    for original in narratives:
        if original.get("kind") not in ("original", "addendum", None) or is_blank(original.get("text")):
            continue
        translated = [
            n for n in narratives if n.get("translation_of") == original.get("id") and same_language(n, language)
        ]
        chosen.append(translated[0] if translated and not same_language(original, language) else original)
    return chosen


def same_language(narrative: Doc, language: str) -> bool:
    """Whether a narrative is written in a document language."""
    tag = narrative.get("language")
    return isinstance(tag, str) and (tag == language or document_language(tag) == language)


def _quoted(writing: Writing, interview: Doc, narrative: Doc) -> list[Block]:
    tag = str(narrative.get("language") or "und")
    origin = Origin(str(interview["id"]), f"narratives/{narrative.get('id', 0)}/text")
    blocks: list[Block] = []
    if not same_language(narrative, writing.language):
        name = say(language_name(tag), writing.language)
        note = msg("The following passage is quoted as it was told, in {language}; there is no translation yet.", language=name)
        blocks.append(Paragraph(said(note, writing.language), None, "note"))
    blocks += [
        writing.numbered(prose(text, tag, origin), style="quote") for text in paragraphs_of(str(narrative.get("text")))
    ]
    return blocks
