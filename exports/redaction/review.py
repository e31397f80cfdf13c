"""What a reviewer goes through: every running text of a copy with its mentions, as `redact` would treat them. Must not decide.

It is the same pass as `redact`, watched: what the reviewer sees for a place is what would be printed there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from exports.dossier.tree import Dossier, Run, Section, map_texts
from exports.redaction.apply import _Redaction
from exports.redaction.decisions import Decision, Passage
from exports.redaction.find import Finder
from exports.redaction.labels import Labels
from exports.redaction.policy import Action, Policy, policy
from exports.redaction.protected import ProtectedSet
from exports.redaction.spans import Span


@dataclass(frozen=True)
class ReviewedMention:
    """One place of a text: the span, what becomes of it, and the words that will stand there ("" = nobody decided).

    `decided`: a recorded decision says so. `open`: possible, and nobody has decided.
    """

    span: Span
    action: Action
    instead: str
    decided: bool = False
    open: bool = False


@dataclass(frozen=True)
class ReviewedText:
    """One running text of the copy; `record` and `path` anchor decisions about it."""

    section: str
    record: str
    path: str
    language: str
    text: str
    mentions: tuple[ReviewedMention, ...]


def review(
    dossier: Dossier,
    protected: ProtectedSet,
    rules: Callable[[str], Policy] = policy,
    decisions: Sequence[Decision] = (),
    finder: Finder | None = None,
    *,
    seed: str | None = None,
) -> list[ReviewedText]:
    """Every running text that stands in a record, in reading order, once for each section that prints it."""
    work = _Watched(protected, rules, finder or Finder(protected), Labels(seed), False)
    work.anchor(decisions, dossier)
    map_texts(dossier, work.text)
    return work.seen.texts


@dataclass
class _Seen:
    texts: list[ReviewedText] = field(default_factory=list)


class _Once(Finder):
    """A finder that remembers the text it read last: each text is asked about three times in a row."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._asked: tuple[str, str, str | None] | None = None
        self.last: list[Span] = []

    def find(self, text: str, language: str = "mul", *, about: str | None = None) -> list[Span]:
        """The spans of a text; a text asked about again is not read again."""
        if (text, language, about) != self._asked:
            self._asked = (text, language, about)
            self.last = (
                self._finder.find(text, language, about=about) if about else self._finder.find(text, language)
            )
        return list(self.last)


class _Watched(_Redaction):
    def __init__(
        self,
        protected: ProtectedSet,
        rules: Callable[[str], Policy],
        finder: Finder,
        labels: Labels,
        neutral: bool,
    ) -> None:
        self._once = _Once(finder)
        super().__init__(protected, rules, self._once, labels, neutral)
        self.seen = _Seen()

    def _running(self, section: Section, run: Run, rules: Policy) -> Run:
        made = super()._running(section, run, rules)
        if run.origin is not None and run.text.strip():
            found = tuple(self._mentions(section, run, rules))
            origin = run.origin
            self.seen.texts.append(
                ReviewedText(section.id, origin.record, origin.path, run.language, run.text, found)
            )
        return made

    def _mentions(self, section: Section, run: Run, rules: Policy) -> list[ReviewedMention]:
        """The places of one text in order; open ones are listed whether or not they would be hidden."""
        if all(action == "keep" for kind, action in rules.actions if kind != "code"):
            return []
        assert run.origin is not None
        decided = {
            (place.start, place.end)
            for place in self._decided.get(Passage(run.origin.record, run.origin.path, run.text), ())
        }
        noted = len(self._open)
        placed = {(span.start, span.end): (span, action) for span, action in self._spans(section, run, rules)}
        del self._open[noted:]
        for span in self._once.last:
            overlapped = any(span.start < end and start < span.end for start, end in decided)
            if not span.certain and not overlapped and (span.start, span.end) not in placed:
                placed[(span.start, span.end)] = (span, "keep")
        return [
            self._mention(run, span, action, (span.start, span.end) in decided)
            for _, (span, action) in sorted(placed.items())
        ]

    def _mention(self, run: Run, span: Span, action: Action, decided: bool) -> ReviewedMention:
        open_ = not decided and not span.certain
        instead = (
            "" if open_ or action == "keep" else self._replacer.span(run.text, span, run.language, action)
        )
        return ReviewedMention(span, action, instead, decided, open_)
