"""Turns a dossier into its redacted form, text by text, with the recorded decisions. The only maker of a `RedactedDossier`.

Must not lay out or render; what it returns holds no hidden word, the report beside it names places, not contents, except
for the reviewer's own list of open mentions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from exports.dossier.tree import Dossier, Run, Runs, Section, map_texts, texts
from exports.redaction.dates import general_date, general_dates
from exports.redaction.decisions import Anchored, Decision, Passage, anchored
from exports.redaction.find import Finder
from exports.redaction.labels import Labels, label_language, words
from exports.redaction.policy import Action, Policy, policy
from exports.redaction.protected import ProtectedSet
from exports.redaction.replace import Replacer, replaced
from exports.redaction.spans import Span
from exports.words import say_place

_KEY = object()
_STATED: dict[str, Action] = {"pseudonym": "pseudonym", "role": "role", "generalise": "generalise"}


@dataclass(frozen=True)
class OpenMention:
    """A possible mention nobody has decided: where, who it may be, the words (for the reviewer, never for a manifest)."""

    section: str
    record: str
    path: str
    start: int
    end: int
    subject: str
    quote: str
    hidden: bool


@dataclass(frozen=True)
class Cleared:
    """Words that a recorded decision keeps ("not this person", "may stay"), with what stands around them on the page."""

    quote: str
    before: str
    after: str


@dataclass(frozen=True)
class RedactionReport:
    """What redaction did: mentions replaced per subject, open mentions, cleared words, decisions that lost their place."""

    replaced: tuple[tuple[str, int], ...]
    open: tuple[OpenMention, ...]
    cleared: tuple[Cleared, ...]
    lost: tuple[Decision, ...]


class RedactedDossier:
    """A dossier without the hidden words. Only `redact` can make one, so only redacted text can reach a page."""

    __slots__ = ("dossier", "report")

    dossier: Dossier
    report: RedactionReport

    def __init__(self, key: object, dossier: Dossier, report: RedactionReport) -> None:
        if key is not _KEY:
            raise TypeError("a RedactedDossier is made by redact() alone")
        object.__setattr__(self, "dossier", dossier)
        object.__setattr__(self, "report", report)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)

    def __reduce__(self) -> tuple[Callable[[Dossier, RedactionReport], RedactedDossier], tuple[object, ...]]:
        return _remade, (self.dossier, self.report)


def _remade(dossier: Dossier, report: RedactionReport) -> RedactedDossier:
    """Unpickling on the other side of a process boundary; what is pickled was redacted before."""
    return RedactedDossier(_KEY, dossier, report)


def redact(
    dossier: Dossier,
    protected: ProtectedSet,
    rules: Callable[[str], Policy] = policy,
    decisions: Sequence[Decision] = (),
    finder: Finder | None = None,
    *,
    seed: str | None = None,
    neutral: bool = False,
) -> RedactedDossier:
    """The dossier as its readers may see it. `rules` gives the policy of each section's readers.

    `seed` is the petition's `label_seed`. `neutral` uses the undeclined label everywhere.
    """
    work = _Redaction(protected, rules, finder or Finder(protected), Labels(seed), neutral)
    work.anchor(decisions, dossier)
    made = map_texts(dossier, work.text)
    return RedactedDossier(_KEY, made, work.report())


class _Redaction:
    def __init__(
        self,
        protected: ProtectedSet,
        rules: Callable[[str], Policy],
        finder: Finder,
        labels: Labels,
        neutral: bool,
    ) -> None:
        self._hidden = protected.ids()
        self._rules = rules
        self._finder = finder
        self._replacer = Replacer(protected, labels, neutral=neutral)
        self._decided: dict[Passage, list[Anchored]] = {}
        self._lost: list[Decision] = []
        self._counts: dict[str, int] = {}
        self._open: list[OpenMention] = []
        self._cleared: list[Cleared] = []

    def anchor(self, decisions: Sequence[Decision], dossier: Dossier) -> None:
        """Give every decision its place in the texts of this dossier."""
        passages = [
            Passage(run.origin.record, run.origin.path, run.text)
            for _, runs in texts(dossier)
            for run in runs
            if run.origin is not None
        ]
        places = {(passage.record, passage.path) for passage in passages}
        about = [d for d in decisions if (str(d.get("record")), str(d.get("path"))) in places]
        found, self._lost = anchored(about, passages)
        for place in found:
            self._decided.setdefault(place.passage, []).append(place)

    def report(self) -> RedactionReport:
        return RedactionReport(
            tuple(sorted(self._counts.items())), tuple(self._open), tuple(self._cleared), tuple(self._lost)
        )

    def text(self, section: Section, runs: Runs) -> Runs:
        """One text of the dossier, run by run."""
        rules = self._rules(section.policy)
        whole_field = sum(run.kind != "fixed" or bool(run.text.strip()) for run in runs) == 1
        return tuple(self._run(section, run, rules, whole_field) for run in runs)

    def _run(self, section: Section, run: Run, rules: Policy, whole_field: bool) -> Run:
        match run.kind:
            case "fixed":
                return run
            case "name" if run.subject in self._hidden:
                return self._name(run, rules, whole_field)
            case "date" if rules.action("date") == "generalise":
                return replace(run, text=general_date(run), kind="fixed", value=None, origin=None)
            case "place" if rules.audience == "public" and rules.action("place") == "generalise":
                return self._place(run)
            case "identifier" if self._hides_identifier(run, rules):
                return self._plain(run, _type_words(run))
            case "field" if run.subject in self._hidden and rules.action("field") == "blank":
                return self._plain(run, str(words(label_language(run.language))["blank"]))
            case _:
                return self._running(section, run, rules)

    def _plain(self, run: Run, text: str) -> Run:
        return Run(text, "fixed", run.language, style=run.style)

    def _name(self, run: Run, rules: Policy, whole_field: bool) -> Run:
        subject = str(run.subject)
        action = self._replacer.action(subject, rules)
        if action == "keep":
            return run
        self._count(subject)
        if whole_field:
            return self._plain(run, self._replacer.token(subject, run.language, rules))
        span = Span(1, 1, subject, "person", "", "exact", True)
        return self._plain(run, self._replacer.span("x", span, run.language, action))

    def _place(self, run: Run) -> Run:
        place = json.loads(run.value) if run.value else {}
        general = {
            key: place[key] for key in ("region", "country") if isinstance(place, dict) and place.get(key)
        }
        said = say_place(general, run.language) if general else ""
        return self._plain(run, said or str(words(label_language(run.language))["place"]))

    def _hides_identifier(self, run: Run, rules: Policy) -> bool:
        if run.subject is not None and run.subject not in self._hidden and rules.audience != "public":
            return False
        return rules.action(_type_of(run)) != "keep"

    # Running text ---------------------------------------------------------------------------------------------------

    def _running(self, section: Section, run: Run, rules: Policy) -> Run:
        if all(action == "keep" for kind, action in rules.actions if kind != "code"):
            return run
        pieces: list[tuple[int, int, str]] = []
        cleared: list[tuple[int, int]] = []
        for span, action in self._spans(section, run, rules):
            if action == "keep":
                cleared.append((span.start, span.end))
                continue
            self._count(span.subject)
            pieces.append((span.start, span.end, self._replacer.span(run.text, span, run.language, action)))
        if rules.action("date") == "generalise":
            pieces = _merged(pieces, general_dates(run.text, run.language))
        text = replaced(run.text, pieces)
        self._clear(run.text, cleared, pieces, text)
        return replace(run, text=text, kind="fixed", subject=None, value=None, origin=None)

    def _spans(self, section: Section, run: Run, rules: Policy) -> Iterable[tuple[Span, Action]]:
        """Every place to decide: found spans with their action, and the reviewer's own marks."""
        passage = Passage(run.origin.record, run.origin.path, run.text) if run.origin else None
        decided = self._decided.get(passage, []) if passage else []
        found = self._find(run)
        marks = [_as_span(place, found) for place in decided]
        out: list[tuple[Span, Action]] = []
        for place, span in zip(decided, marks, strict=True):
            out.append((span, self._decided_action(place.decision, span, rules)))
        for span in found:
            if any(span.start < mark.end and mark.start < span.end for mark in marks):
                continue
            action = self._replacer.action(span.subject, rules)
            if self._is_the_answer(run, span):
                out.append((span, "keep"))
                continue
            if not span.certain:
                hidden = rules.possible == "hide" and action != "keep"
                self._note_open(section, run, span, hidden)
                if not hidden:
                    continue
            if action != "keep":
                out.append((span, action))
        return sorted(out, key=lambda pair: pair[0].start)

    def _named(self, run: Run) -> str | None:
        """The person a run is about, where the copy may name them."""
        return run.subject if run.kind in ("field", "name") and run.subject not in self._hidden else None

    def _find(self, run: Run) -> list[Span]:
        return self._finder.find(run.text, run.language, about=self._named(run))

    def _is_the_answer(self, run: Run, span: Span) -> bool:
        """Whether the field asks for just this number of a person who may be named; its class was judged when it was filled."""
        about = self._named(run)
        own = about is not None and span.kind == "identifier" and span.subject.startswith(f"{about}:")
        return own and self._replacer.value(span.subject) == run.text.strip()

    def _decided_action(self, decision: Decision, span: Span, rules: Policy) -> Action:
        stated = decision.get("action")
        if stated in ("keep", "not_this"):
            return "keep"
        if stated == "hide" or stated == "blank":
            return "blank"
        chosen: Action | None = _STATED.get(str(stated))
        if chosen is not None:
            return chosen
        return self._replacer.action(span.subject, rules)

    def _note_open(self, section: Section, run: Run, span: Span, hidden: bool) -> None:
        record, path = (run.origin.record, run.origin.path) if run.origin else ("", "")
        self._open.append(
            OpenMention(section.id, record, path, span.start, span.end, span.subject, span.form, hidden)
        )

    def _clear(
        self, text: str, cleared: list[tuple[int, int]], pieces: list[tuple[int, int, str]], after: str
    ) -> None:
        """Remember where cleared words stand in the new text, for the gate."""
        for start, end in cleared:
            shift = sum(len(instead) - (e - s) for s, e, instead in pieces if e <= start)
            here, there = start + shift, end + shift
            self._cleared.append(
                Cleared(text[start:end], after[max(0, here - 16) : here], after[there : there + 16])
            )

    def _count(self, subject: str) -> None:
        self._counts[subject] = self._counts.get(subject, 0) + 1


def _as_span(place: Anchored, found: Sequence[Span]) -> Span:
    """The decided stretch as a span: what the finder knows of it, with the reviewer's choice of person."""
    subject = place.decision.get("subject")
    same = next((s for s in found if (s.start, s.end) == (place.start, place.end)), None)
    overlapping = same or next((s for s in found if s.start < place.end and place.start < s.end), None)
    known = (
        str(subject) if isinstance(subject, str) and subject else overlapping.subject if overlapping else ""
    )
    quote = place.passage.text[place.start : place.end]
    kind = overlapping.kind if overlapping else "person"
    how = overlapping.how if overlapping else "exact"
    return Span(place.start, place.end, known, kind, quote, how, True, (), same.endings if same else ())


def _merged(
    pieces: list[tuple[int, int, str]], more: Iterable[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Both lists in order; what overlaps an earlier piece is left out."""
    kept = list(pieces)
    for new in more:
        if not any(new[0] < end and start < new[1] for start, end, _ in kept):
            kept.append(new)
    return sorted(kept)


_TYPES = ("phone", "email", "document", "address", "account", "case_number", "code")


def _type_of(run: Run) -> str:
    label = re.sub(r"[^a-z_]", "_", (run.label or "").casefold())
    return next((type_ for type_ in _TYPES if type_ in label), "document" if "passport" in label else "other")


def _type_words(run: Run) -> str:
    types = words(label_language(run.language))["types"]
    return str(types.get(_type_of(run), types["other"]))
