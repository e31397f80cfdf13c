"""What was typed into the search field, as terms, and terms as an FTS5 expression. Must not read the database.

Words are joined by AND. Quotation marks make a phrase, and so do signs without space (`P-31702-0482-6`, `2015-03-27`).
The last word may be unfinished. A word matches by its own script's fold, and by up to eight Latin skeletons: Tajik typed on
a Russian keyboard (ч for ҷ), Azerbaijani ə q h as others write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from i18n import fold

MOST_VARIANTS = 8
MOST_TERMS = 16
_SUFFIX_FROM = 4  # letters of a skeleton from which endings may follow in any place
_UNFINISHED_FROM = 2

_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]|(\\S+)')


@dataclass(frozen=True)
class Word:
    """One word: its exact fold, its possible skeletons, and whether letters may follow."""

    x: str
    ts: tuple[str, ...]
    open_end: bool

    def matches(self, x: str, t: str) -> int:
        """2 for the same word, 1 for a word found by ending or spelling, 0 for another."""
        if x == self.x:
            return 2
        if self.open_end and x.startswith(self.x):
            return 1
        return int(t.startswith(self.ts) if self.open_skeleton else t in self.ts)

    @property
    def open_skeleton(self) -> bool:
        """Whether letters may follow a skeleton too: after two or three letters that would be half the notebook."""
        return self.open_end and min(map(len, self.ts)) >= _SUFFIX_FROM


@dataclass(frozen=True)
class Term:
    """A word, or several that stand together."""

    words: tuple[Word, ...]

    def expression(self) -> str:
        """The term for FTS5."""
        last = self.words[-1]
        options = [f"x : {_quoted(word.x for word in self.words)}{'*' if last.open_end else ''}"]
        spellings = islice(product(*(word.ts for word in self.words)), MOST_VARIANTS)
        options += [f"t : {_quoted(spelling)}{'*' if last.open_skeleton else ''}" for spelling in spellings]
        return f"({' OR '.join(options)})"

    def exact(self) -> str:
        """The term as typed, in its own script, whole words."""
        return f"x : {_quoted(word.x for word in self.words)}"


def read_query(text: str) -> list[Term]:
    """The terms of a query, at most sixteen; none when it holds no word."""
    chunks = [(match[1] is not None, match[1] or match[2] or "") for match in _QUOTED.finditer(text)]
    unfinished = bool(text) and not text[-1].isspace() and bool(chunks) and not chunks[-1][0]
    terms: list[Term] = []
    for place, (quoted, chunk) in enumerate(chunks[:MOST_TERMS]):
        tokens = [token.text for token in fold.tokens(chunk)]
        last = unfinished and place == len(chunks) - 1
        words = [
            _word(token, last=last and number == len(tokens) - 1, alone=len(tokens) == 1 and not quoted)
            for number, token in enumerate(tokens[:MOST_TERMS])
        ]
        words = [word for word in words if word.x]
        if words:
            terms.append(Term(tuple(words)))
    return terms


def expression(terms: list[Term]) -> str:
    """All terms, joined."""
    return " AND ".join(term.expression() for term in terms)


def exact_expression(terms: list[Term]) -> str:
    """All terms as typed, joined."""
    return " AND ".join(term.exact() for term in terms)


def _word(token: str, *, last: bool, alone: bool) -> Word:
    x = fold.x_key(token)
    ts = tuple(islice(_spellings(x), MOST_VARIANTS)) or ((x,) if x else ())
    shortest = min(map(len, ts), default=0)
    open_end = last and shortest >= _UNFINISHED_FROM
    open_end = open_end or (alone and not x.isdigit() and shortest >= _SUFFIX_FROM)
    return Word(x, ts, open_end)


def _spellings(x: str) -> Iterator[str]:
    """Skeletons of a folded word, the plain one first, without repetition."""
    seen: set[str] = set()
    for word in (x, *_respelt(x)):
        key = fold.t_key(word)
        if key and key not in seen:
            seen.add(key)
            yield key


def _respelt(x: str) -> Iterator[str]:
    if "ч" in x:
        yield x.replace("ч", "ҷ")
    if "ҷ" in x:
        yield x.replace("ҷ", "ч")
    options = [("ə", ("a", "e")), ("q", ("k", "g"))]
    used = [(letter, forms) for letter, forms in options if letter in x]
    starts = ("h", "g") if x.startswith("h") else ("",)
    for forms in product(starts, *(forms for _, forms in used)):
        word = forms[0] + x[1:] if forms[0] else x
        for (letter, _), form in zip(used, forms[1:], strict=True):
            word = word.replace(letter, form)
        yield word


def _quoted(words: Iterable[str]) -> str:
    """A string of FTS5. Folds hold letters, digits and apostrophes only, so nothing in it can end it early."""
    return '"' + " ".join(words).replace('"', "") + '"'
