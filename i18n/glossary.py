"""The product's own words for its subject, one table for all translators. Must not be read at run time.

`glossary.tsv` has 168 terms in six languages; a note that begins with `?` marks languages a native reader must confirm (see
REVIEW.md). `terms_in` finds the terms of an English text; `strays` tells which of them a translation says otherwise.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from i18n import case, fold

_PATH = Path(__file__).resolve().parent / "glossary.tsv"
_STEM = 5  # letters of a term that survive its endings
_ASIDE = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Term:
    """One row: its id, the English term without its explanation, and the words by language."""

    id: str
    english: str
    words: dict[str, str]
    pattern: re.Pattern[str]


def terms_in(source: str) -> list[Term]:
    """The terms of an English text, longest first, each place counted for one term only."""
    found: list[Term] = []
    rest = case.lower(source, "en")
    for term in glossary():
        rest, times = term.pattern.subn(" ", rest)
        if times:
            found.append(term)
    return found


def strays(source: str, text: str, language: str) -> Iterator[str]:
    """Terms of the source whose stem in `language` is nowhere in the translation. Advice, not a fault: words inflect."""
    said = fold.filter_key(text)
    for term in terms_in(source):
        stems = [fold.t_key(token.text)[:_STEM] for token in fold.tokens(term.words[language])]
        if stems and not any(f" {stem}" in f" {said}" for stem in stems if len(stem) > 2 or len(stems) == 1):
            yield f"{term.english} is “{term.words[language]}” in the glossary"


@cache
def glossary() -> tuple[Term, ...]:
    """All terms, longest English first."""
    with _PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    terms = [_term(row) for row in rows]
    return tuple(sorted(terms, key=lambda term: len(term.english), reverse=True))


def _term(row: dict[str, str]) -> Term:
    english = _ASIDE.sub("", row["en"]).rstrip("…").strip()
    small = re.escape(case.lower(english, "en"))
    words = {language: _ASIDE.sub("", row[language]) for language in ("ru", "uz_Latn", "uz_Cyrl", "tg", "az")}
    return Term(row["id"], english, words, re.compile(rf"\b{small}(?:s|es|ed|d|ing)?\b"))
