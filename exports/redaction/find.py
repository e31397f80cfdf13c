"""The finder: where the protected persons, places and identifiers of one set appear in a text. Must not alter a text.

Compiled once from a `ProtectedSet`; one pass over a text; spans are code points of the text exactly as given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exports.redaction.allowed import AllowList
from exports.redaction.compiled import Compiled
from exports.redaction.judge import Judge
from exports.redaction.literal import LiteralFinder
from exports.redaction.mentions import Mention, mentions
from exports.redaction.protected import ProtectedSet
from exports.redaction.scan import Scanner
from exports.redaction.spans import Span
from i18n import fold, names

LANGUAGES = ("ru", "uz_Latn", "uz_Cyrl", "tg", "az", "en", "mul")


def finder_language(tag: str) -> str:
    """The finder's language for a BCP 47 tag; `mul` (all grammars together) for any language it has no grammar of."""
    plain = tag.strip().replace("-", "_")
    head = plain.split("_")[0]
    if head in ("uz", "Uz", "UZ"):
        return "uz_Cyrl" if "cyrl" in plain.casefold() else "uz_Latn"
    return head if head in ("ru", "tg", "az", "en") else "mul"


class Finder:
    """Finds the members of one protected set in any number of texts. Not thread-safe: it remembers words."""

    def __init__(self, protected: ProtectedSet) -> None:
        self.protected = protected
        self._compiled = Compiled(protected)
        self._scanner = Scanner(self._compiled.index)
        self._literal = LiteralFinder(protected, self._scanner, self._compiled)
        self._allowed = AllowList(protected)

    def find(self, text: str, language: str = "mul", *, about: str | None = None) -> list[Span]:
        """All spans: sorted, half-open, not overlapping. `language` is a BCP 47 tag or `mul`.

        `about`: the text is an answer about this person, so a name that may be theirs is theirs.
        """
        spans = [*self._literal.find(text), *self._persons(text, finder_language(language), about)]
        return self._allowed.filter(text, _without_overlaps(spans))

    def forget(self) -> None:
        """Drop every remembered word of the texts read so far."""
        self._scanner.forget()
        self._literal.forget()
        names.forget()
        fold.forget()

    def _persons(self, text: str, language: str, about: str | None) -> Iterator[Span]:
        hits = self._scanner.hits(text)
        if not hits:
            return
        judge = Judge(text, language, self._compiled, self._scanner)
        for mention in mentions(text, hits, self._compiled):
            verdict = judge.verdict(mention)
            if verdict is None or (about is not None and self._may_be(mention, about)):
                continue
            ids = tuple(self._compiled.bearers[person].id for person in verdict.persons)
            form = text[mention.start : mention.end]
            candidates = ids if len(ids) > 1 else ()
            yield Span(
                mention.start,
                mention.end,
                ids[0],
                "person",
                form,
                verdict.how,
                verdict.certain,
                candidates,
                verdict.endings,
            )

    def _may_be(self, mention: Mention, person: str) -> bool:
        return any(self._compiled.bearers[number].id == person for number in mention.parts)


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Of overlapping spans the certain one stays, then the longer."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if chosen and span.start < chosen[-1].end:
            last = chosen[-1]
            if (span.certain, span.end - span.start) > (last.certain, last.end - last.start):
                chosen[-1] = span
            continue
        chosen.append(span)
    return chosen
