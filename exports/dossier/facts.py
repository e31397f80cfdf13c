"""Drafts the statement of facts: numbered paragraphs with date, place, persons, details and whose word it is.

Must not judge: whatever is held against somebody is set down as alleged, and testimony is quoted, never retold.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import Any

from exports.dossier.people import agency_run
from exports.dossier.tree import Block, Heading, Origin, Paragraph, Run, Runs, plain
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
_ONE_WAY = {"source": _SOURCE, "applicant": _APPLICANT, "witness": _WITNESS}
_MANY_WAYS: dict[str, Message] = {
    "source": msg("How the source knows of this: {ways}."),
    "applicant": msg("How the applicant knows of this: {ways}."),
    "witness": msg("How a witness knows of this: {ways}."),
}
_WAYS: dict[str, Message] = {
    "experienced": msg("by living through it"),
    "saw": msg("by seeing it"),
    "heard": msg("by hearing it"),
    "told_by": msg("by being told"),
    "read": msg("by reading of it"),
    "inferred": msg("by concluding it from other facts"),
    "rumour": msg("by hearsay only"),
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
    return tuple(
        writing.numbered(_event(writing, doc), about=str(doc["id"])) for doc in writing.material.facts
    )


def _event(writing: Writing, doc: Doc) -> Runs:
    told = [_opening(writing, doc), _concerned(writing, doc), *_told(writing, doc), *_details(writing, doc)]
    return sentences([*told, _actors(writing, doc, told), *_attribution(writing, doc)])


def _may_stand(doc: Doc, path: str) -> bool:
    return class_at("incident", doc, path) in ("C0", "C1")


def _opening(writing: Writing, doc: Doc) -> Runs:
    language, id = writing.language, str(doc["id"])
    kind = said(kind_words(doc.get("kind")), language)
    when = say_date(doc.get("when"), language) if _may_stand(doc, "when") else ""
    where = say_place(doc.get("where"), language) if _may_stand(doc, "where") else ""
    parts: dict[str, Runs] = {"event": tuple(Run(r.text, r.kind, r.language, style="bold") for r in kind)}
    parts["when"] = (Run(when, "date", language, value=str(doc.get("when")), origin=Origin(id, "when")),)
    parts["where"] = (
        Run(where, "place", language, value=place_value(doc.get("where")), origin=Origin(id, "where")),
    )
    frame = _FRAMES[(bool(when), bool(where))]
    used = {name: parts[name] for name in parts if f"{{{name}}}" in frame.source}
    return compose(frame, language, **used)


_FRAMES: dict[tuple[bool, bool], Message] = {
    (True, True): msg("{event} ({when}, {where})."),
    (True, False): msg("{event} ({when})."),
    (False, True): msg("{event} (date not known, {where})."),
    (False, False): msg("{event} (date and place not known)."),
}


def _concerned(writing: Writing, doc: Doc) -> Runs:
    """Whom it happened to."""
    victims = doc.get("victims")
    people = [run for v in (victims if isinstance(victims, list) else []) if (run := writing.person(v))]
    if not people:
        return ()
    frame = msg("Person concerned: {people}.") if len(people) == 1 else msg("Persons concerned: {people}.")
    return compose(frame, writing.language, people=listed(people, writing.language))


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
            parts += (
                [said(Message(sentence), writing.language)]
                if sentence and isinstance(found[0].value, bool)
                else []
            )
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


def _actors(writing: Writing, doc: Doc, told: list[Runs]) -> Runs:
    """Who did it, always as an allegation. The one body that `told` names already is not named again."""
    if not _may_stand(doc, "perpetrators"):
        return ()
    named: list[Runs] = []
    for number, entry in enumerate(elements(doc, "perpetrators")):
        origin = Origin(str(doc["id"]), f"perpetrators/{entry.get('id', number)}/agency")
        agency = agency_run(writing.records, entry.get("agency"), writing.language, origin)
        named += [runs for runs in (agency, writing.person(entry.get("person"))) if runs]
    named = list({plain(runs): runs for runs in named}.values())
    if not named:
        return ()
    before = {run.text for runs in told for run in runs if run.kind == "text"}
    again = [number for number, runs in enumerate(named) if plain(runs) in before]
    if len(again) == 1:
        named[again[0]] = said(msg("the same body"), writing.language)
    return compose(
        msg("Alleged to have acted: {who}."), writing.language, who=listed(named, writing.language)
    )


def _attribution(writing: Writing, doc: Doc) -> list[Runs]:
    annexes: list[Runs] = []
    ways: dict[str, list[str]] = {}
    for source in elements(doc, "sources"):
        number = writing.annex_number(source.get("evidence"))
        if number is not None:
            annexes.append((Run(number),))
        interview = writing.records.get(str(source.get("interview")))
        basis = str(source.get("basis"))
        if interview is not None and interview in writing.material.interviews and basis in _WAYS:
            known = ways.setdefault(_speaker(writing, interview), [])
            known += [basis] if basis not in known else []
    parts = [_known_by(speaker, found, writing.language) for speaker, found in ways.items()]
    if annexes:
        numbers = listed(list(dict.fromkeys(annexes)), writing.language)
        frame = msg("See annex {numbers}.") if len(set(annexes)) == 1 else msg("See annexes {numbers}.")
        parts.append(compose(frame, writing.language, numbers=numbers))
    return parts


def _known_by(speaker: str, ways: list[str], language: str) -> Runs:
    """How one speaker knows of it, in one sentence however many ways there are."""
    if len(ways) == 1:
        return said(_ONE_WAY[speaker][ways[0]], language)
    return compose(
        _MANY_WAYS[speaker], language, ways=listed([said(_WAYS[way], language) for way in ways], language)
    )


def _speaker(writing: Writing, interview: Doc) -> str:
    if writing.setting.form.source_word == "source":
        return "source"
    return "applicant" if interview.get("interviewee") in writing.material.applicants else "witness"


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
            n
            for n in narratives
            if n.get("translation_of") == original.get("id") and same_language(n, language)
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
        note = msg(
            "The following passage is quoted as it was told, in {language}; there is no translation yet.",
            language=name,
        )
        blocks.append(Paragraph(said(note, writing.language), None, "note"))
    blocks += [
        writing.numbered(prose(text, tag, origin), style="quote")
        for text in paragraphs_of(str(narrative.get("text")))
    ]
    return blocks
