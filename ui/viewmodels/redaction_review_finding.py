"""Reads a petition's copy as the exporter would write it and lists its mentions for the reviewer. Must not decide or keep anything.

The snapshot is read in the vault lane; finding is pure and runs beside it, so that saving never waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import exports
from exports import Finder, ReviewedMention, ReviewedText, Suggestion
from ui.viewmodels.person import known_people
from ui.viewmodels.petition_language import language_of
from ui.viewmodels.redaction_review_model import HINT, Mention, Outcome, Passage, Review

if TYPE_CHECKING:
    from storage import Doc, Snapshot, Vault

_HINTED = frozenset({"public", "government"})
_OUTCOMES = {"keep": Outcome.KEEP, "pseudonym": Outcome.PSEUDONYM}


@dataclass(frozen=True)
class Found:
    """One copy, ready for review."""

    asked: str
    review: Review
    case_code: str
    procedure: str
    audiences: tuple[str, ...]
    people: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Gathered:
    """What finding needs, read from the notebook at one moment."""

    petition: Doc
    case_code: str
    snapshot: Snapshot
    people: Mapping[str, tuple[str, str]]


def gather(petition_id: str, vault: Vault) -> Gathered:
    """Read what finding needs. Vault thread."""
    petition = vault.get(petition_id) or {}
    case_id = str(petition.get("case") or "")
    case = vault.get(case_id) or {}
    return Gathered(
        petition, str(case.get("code") or ""), vault.snapshot(case_id or None), known_people(vault)
    )


def find_mentions(gathered: Gathered, audience: str, today: date, _job: object = None) -> Found:
    """What the reviewer goes through for one copy of a petition. Any thread."""
    petition = gathered.petition
    procedure = str(petition.get("procedure") or "")
    audiences = exports.form(procedure).copies
    shown = audience if audience in audiences else audiences[-1]
    day = str(petition.get("date") or today.isoformat())
    review = review_of(gathered.snapshot, petition, shown, day)
    return Found(audience, review, gathered.case_code, procedure, audiences, gathered.people)


def review_of(snapshot: Snapshot, petition: Doc, audience: str, day: str) -> Review:
    """The copy's texts and mentions, each text once."""
    language = language_of(snapshot, petition)
    dossier = exports.build(snapshot, petition, language=language, audience=cast(Any, audience), date=day)
    protected = exports.protected_for(snapshot, petition, audience)
    decisions = [item for item in petition.get("redactions") or [] if isinstance(item, dict)]
    seed = petition.get("label_seed")
    texts = exports.review(
        dossier, protected, decisions=decisions, seed=seed if isinstance(seed, str) else None
    )
    unique = list({(text.record, text.path, text.text): text for text in reversed(texts)}.values())[::-1]
    passages = tuple(
        Passage(text.record, text.path, text.text, text.language, text.section) for text in unique
    )
    shown = exports.Finder(exports.ProtectedSet(persons=protected.shown)) if audience in _HINTED else None
    return Review(audience, passages, tuple(_mentions(unique, shown)))


def _mentions(texts: list[ReviewedText], shown: Finder | None) -> list[Mention]:
    """Mentions in reading order; with `shown`, also hints at what nobody registered, but for persons who may be named."""
    made: list[Mention] = []
    for number, text in enumerate(texts):
        here = [_mention(0, number, found) for found in text.mentions]
        if shown is not None:
            known = [*(found.span for found in text.mentions), *shown.find(text.text, text.language)]
            here += [_hint(number, hint) for hint in exports.suggest(text.text, text.language, known)]
        here.sort(key=lambda mention: mention.start)
        made += [replace(mention, key=len(made) + place) for place, mention in enumerate(here)]
    return made


def _hint(passage: int, hint: Suggestion) -> Mention:
    return Mention(0, passage, hint.start, hint.end, hint.form, None, HINT, False, hint.kind)


def _mention(key: int, passage: int, found: ReviewedMention) -> Mention:
    span = found.span
    outcome = Outcome.OPEN if found.open else _OUTCOMES.get(found.action, Outcome.HIDE)
    label = "" if found.action == "blank" else found.instead
    return Mention(
        key,
        passage,
        span.start,
        span.end,
        span.form,
        span.subject if span.kind == "person" and span.subject else None,
        span.kind,
        span.certain,
        span.how,
        span.candidates,
        outcome,
        label,
        found.decided,
    )
