"""Asks the search tables and shows where the words stand. Must not rank a slip above what was typed.

Order: the words as typed, then other scripts, spellings and endings, then words one slip away (only when little else
is found). Of a very common word the newest 5,000 records are ranked; `total` counts all.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from i18n.message import msg
from storage.errors import Tampered
from storage.search import snippets
from storage.search.index import LONG_WORD
from storage.search.terms import Term, Word, exact_expression, expression, read_query
from storage.search.texts import Part, parts_of

RANKED = 5000
_FEW = 5  # hits under which slips are tried
_MOST_NEAR = 8
_LONGEST_ENDING = 6  # letters an inflected known word may be longer
_EXACT_BONUS, _CODE_BONUS, _SLIP_LOSS = 100.0, 1000.0, 100.0

PartsReader = Callable[[str], list[Part]]


@dataclass(frozen=True)
class Hit:
    """A record found. `spans` are exact places in the text at `path` of its document, `marks` places in the snippet."""

    id: str
    type: str
    code: str | None
    path: str
    snippet: str
    spans: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True)
class SearchResult:
    """Hits, best first, how many there are in all, and how long it took in milliseconds."""

    hits: tuple[Hit, ...]
    total: int
    ms: float


def query(db: Any, text: str, limit: int = 20, *, parts: PartsReader | None = None) -> SearchResult:
    """Search; a text without a word finds nothing. `parts` gives a record's texts (default: its current document)."""
    began = time.perf_counter()
    terms = read_query(text)
    if not terms or limit < 1:
        return SearchResult((), 0, _ms(began))
    scores, total = _ranked(db, expression(terms), exact_expression(terms))
    if total < _FEW:
        wider = [_with_slips(db, term) for term in terms]
        if wider != terms:
            slips, _ = _ranked(db, expression(wider), None)
            new = {number: score - _SLIP_LOSS for number, score in slips.items() if number not in scores}
            scores, total, terms = scores | new, total + len(new), wider
    for (number,) in db.execute("SELECT n FROM search_rows WHERE code = ?", (text.strip(),)):
        total += number not in scores
        scores[number] = scores.get(number, 0.0) + _CODE_BONUS
    best = sorted(scores, key=lambda number: (-scores[number], -number))[:limit]
    read = parts or _reader(db)
    hits = [_hit(db, number, scores[number], terms, read) for number in best]
    return SearchResult(tuple(hits), total, _ms(began))


search_index = query


def _ranked(db: Any, wide: str, exact: str | None) -> tuple[dict[int, float], int]:
    """Scores of the newest matches by row, and the number of all."""
    rows = db.execute(
        "SELECT rowid, bm25(search_fts, 10.0, 1.0) FROM search_fts WHERE search_fts MATCH ? ORDER BY rowid DESC LIMIT ?",
        (wide, RANKED + 1),
    ).fetchall()
    total = len(rows)
    if total > RANKED:
        rows.pop()
        total = db.execute("SELECT count(*) FROM search_fts WHERE search_fts MATCH ?", (wide,)).fetchone()[0]
    scores = {number: -bm25 for number, bm25 in rows}
    if exact is not None and scores:
        same = db.execute(
            "SELECT rowid FROM search_fts WHERE search_fts MATCH ? ORDER BY rowid DESC LIMIT ?",
            (exact, RANKED),
        ).fetchall()
        for (number,) in same:
            if number in scores:
                scores[number] += _EXACT_BONUS
    return scores, total


def _reader(db: Any) -> PartsReader:
    def read(record_id: str) -> list[Part]:
        row = db.execute(
            "SELECT doc FROM documents WHERE id = ? AND doc IS NOT NULL", (record_id,)
        ).fetchone()
        return [] if row is None else parts_of(msgspec.json.decode(row[0]))

    return read


def _hit(db: Any, number: int, score: float, terms: list[Term], read: PartsReader) -> Hit:
    row = db.execute("SELECT id, type, code FROM search_rows WHERE n = ?", (number,)).fetchone()
    if row is None:
        raise Tampered(msg("The words of the search do not fit the records. Check the notebook."))
    record_id, type_, code = row
    place = snippets.best_place(read(record_id), terms)
    return Hit(record_id, type_, code, place.path, place.snippet, place.spans, place.marks, score)


# One slip ---------------------------------------------------------------------------------------------------


def _with_slips(db: Any, term: Term) -> Term:
    """The term with skeletons of known words one edit away added; as it was where there are none."""
    if len(term.words) != 1:
        return term
    word = term.words[0]
    if not word.ts or len(word.ts[0]) < LONG_WORD or word.x.isdigit():
        return term
    near = _near(db, word.ts[0])
    ts = tuple(dict.fromkeys((*word.ts, *near)))[:_MOST_NEAR]
    return Term((Word(word.x, ts, word.open_end),)) if ts != word.ts else term


def _near(db: Any, key: str) -> list[str]:
    """Known words one edit from `key`. A slip leaves the first or the last half as it was: both are looked up."""
    half = len(key) // 2
    found: dict[str, int] = {}
    for column, start in (("word", key[:half]), ("tail", key[::-1][: len(key) - half])):
        rows = db.execute(
            f"SELECT word, uses FROM search_words WHERE {column} >= ? AND {column} < ?"
            f" AND length(word) BETWEEN ? AND ? LIMIT 4000",
            (start, start[:-1] + chr(ord(start[-1]) + 1), len(key) - 1, len(key) + _LONGEST_ENDING),
        )
        for word, uses in rows:
            if word != key and (one_edit(word, key) or one_edit(word[: len(key)], key)):
                found[word] = uses
    return sorted(found, key=lambda word: (not one_edit(word, key), -found[word]))[:_MOST_NEAR]


def one_edit(a: str, b: str) -> bool:
    """Whether one letter changed, added, dropped, or two neighbours swapped make `a` into `b`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    x, y = a[start:], b[start:]
    if len(x) == len(y):
        return x[1:] == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])
    return x[1:] == y if len(x) > len(y) else x == y[1:]


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000
