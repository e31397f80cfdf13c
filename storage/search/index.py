"""Writes the search tables, inside the caller's transaction. Must not keep a word of a record it removed.

Two columns as the design of languages has them: `x` same-script folds, `t` Latin skeletons, one token each for every
word, so the tokenizer folds nothing. The table owns its content, because a contentless one ignores secure-delete and
keeps deleted names. `search_words` counts long skeletons, for one-slip queries; a word nobody uses any more is deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from i18n import fold
from storage.search.texts import Part

BREAK = "\ua7fe"  # a token nobody types, between parts: a phrase does not reach from one field into the next
LONG_WORD = 6  # letters of a skeleton from which a slip is forgiven

_TABLES = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(x, t, tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\")",
    "INSERT INTO search_fts (search_fts, rank) VALUES ('secure-delete', 1)",
    # Bytes of new words held before they are written: an import writes few large segments instead of many small ones.
    "INSERT INTO search_fts (search_fts, rank) VALUES ('hashsize', 8388608)",
    "CREATE TABLE search_rows (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,"
    " code TEXT) STRICT",
    "CREATE TABLE search_words (word TEXT PRIMARY KEY, tail TEXT NOT NULL, uses INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX search_rows_by_code ON search_rows (code)",
    "CREATE INDEX search_words_by_tail ON search_words (tail)",
)
_NAMES = ("search_fts", "search_rows", "search_words")


def create(db: Any) -> None:
    """Make the tables of an empty notebook; nothing where they stand already."""
    if _exists(db):
        return
    for statement in _TABLES:
        db.execute(statement)


def clear(db: Any) -> None:
    """Empty the index before it is built anew; makes it where there is none."""
    if _exists(db):
        for name in _NAMES:
            db.execute(f"DROP TABLE {name}")
    create(db)


def index(db: Any, record_id: str, type_: str, parts: Sequence[Part], code: str | None = None) -> None:
    """Put a record's texts in place of those it had. Without any text the record is found by nothing."""
    index_many(db, [(record_id, type_, parts, code)])


def index_many(
    db: Any, records: Iterable[tuple[str, str, Sequence[Part], str | None]], *, new: bool = False
) -> None:
    """`index` for many records; `new` says that none of them is indexed yet, which spares looking."""
    gained: Counter[str] = Counter()
    for record_id, type_, parts, code in records:
        if not new:
            _drop(db, record_id, gained)
        xs, ts = _columns(parts)
        if not xs:
            continue
        number = db.execute(
            "INSERT INTO search_rows (id, type, code) VALUES (?, ?, ?)", (record_id, type_, code)
        ).lastrowid
        db.execute(
            "INSERT INTO search_fts (rowid, x, t) VALUES (?, ?, ?)", (number, " ".join(xs), " ".join(ts))
        )
        gained.update(_long_words(ts))
    _count(db, gained)


def remove(db: Any, record_id: str) -> None:
    """Forget a record: its row and every word only it used."""
    gained: Counter[str] = Counter()
    _drop(db, record_id, gained)
    _count(db, gained)


def is_indexed(db: Any, record_id: str, parts: Sequence[Part]) -> bool:
    """True if a record is indexed with exactly these texts."""
    xs, ts = _columns(parts)
    row = db.execute(
        "SELECT f.x, f.t FROM search_rows r LEFT JOIN search_fts f ON f.rowid = r.n WHERE r.id = ?",
        (record_id,),
    ).fetchone()
    return bool(row == (" ".join(xs), " ".join(ts)) if xs else row is None)


def _exists(db: Any) -> bool:
    found = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_rows'").fetchone()
    return found is not None


def _columns(parts: Sequence[Part]) -> tuple[list[str], list[str]]:
    xs: list[str] = []
    ts: list[str] = []
    for part in parts:
        if xs:
            xs.append(BREAK)
            ts.append(BREAK)
        for word in fold.words(part.text):
            x = fold.x_key(word)
            if x:
                xs.append(x)
                ts.append(fold.t_key(word) or x)
    return xs, ts


def _drop(db: Any, record_id: str, gained: Counter[str]) -> None:
    row = db.execute(
        "SELECT r.n, f.t FROM search_rows r JOIN search_fts f ON f.rowid = r.n WHERE r.id = ?", (record_id,)
    ).fetchone()
    if row is None:
        return
    gained.subtract(_long_words(row[1].split(" ")))
    db.execute("DELETE FROM search_fts WHERE rowid = ?", (row[0],))
    db.execute("DELETE FROM search_rows WHERE n = ?", (row[0],))


def _long_words(ts: Iterable[str]) -> set[str]:
    return {word for word in ts if len(word) >= LONG_WORD and not word.isdigit()}


def _count(db: Any, gained: Counter[str]) -> None:
    db.executemany(
        "INSERT INTO search_words (word, tail, uses) VALUES (?, ?, ?)"
        " ON CONFLICT (word) DO UPDATE SET uses = uses + excluded.uses",
        [(word, word[::-1], uses) for word, uses in sorted(gained.items()) if uses],
    )
    lost = [(word,) for word, uses in gained.items() if uses < 0]
    db.executemany("DELETE FROM search_words WHERE word = ? AND uses <= 0", lost)
