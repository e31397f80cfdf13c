"""Search: every script and spelling finds, exact ranks first, places are exact, deleted words are gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from storage.search import Part, create, index, index_many, parts_of, query, remove
from storage.search.query import one_edit

TEXTS = {
    "r1": "Нодира Саидова рассказала, что Мухиддина Холова увезли из дома.",
    "r2": "Muhiddin Xolovning akasi Oʻzbekistonga qaytdi; toʻgʻri aytdi.",
    "r3": "Муҳиддин Ҳолов дар Истамбул зиндагӣ мекунад, шиканҷа карданд.",
    "r4": "Muxiddin Xolov İSTANBULDA idi, İlham Nağızadənin evində.",
    "r5": "Ўзбекистонга қайтди, тўғри айтди. O'zbekiston!",
    "r6": "O‘zbekiston haqida. Р-31702.",
    "r7": "Case of Muhiddin Kholov, called Holov in the file P-31702-0482-6.",
    "r8": "Рӯзи душанбе\nмаҳбусро бурданд",
}


@pytest.fixture
def db() -> Iterator[Any]:
    connection = dbapi2.connect(":memory:")
    create(connection)
    create(connection)
    for record, text in TEXTS.items():
        index(
            connection,
            record,
            "interview",
            [Part("title", "Беседа"), Part("narratives[0].text", text)],
            record,
        )
    yield connection
    connection.close()


def found(db: Any, text: str) -> set[str]:
    result = query(db, text, 50, parts=lambda record: [Part("narratives[0].text", TEXTS[record])])
    for hit in result.hits:
        for start, end in hit.spans:
            assert TEXTS[hit.id][start:end].strip() == TEXTS[hit.id][start:end] != ""
        for (a, b), (start, end) in zip(hit.marks, hit.spans, strict=False):
            assert b - a == end - start
            assert hit.snippet[a:b] == TEXTS[hit.id][start:end].replace("\n", " ")
    return {hit.id for hit in result.hits}


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("Муҳиддин", {"r1", "r2", "r3", "r4", "r7"}),
        ("muhiddin xolov", {"r1", "r2", "r3", "r4", "r7"}),
        ("МУХИДДИН ХОЛОВ", {"r1", "r2", "r3", "r4", "r7"}),
        ("o'zbekiston", {"r2", "r5", "r6"}),
        ("Ўзбекистон", {"r2", "r5", "r6"}),
        ("o`zbekis", {"r2", "r5", "r6"}),
        ("to‘g‘ri", {"r2", "r5"}),
        ("шиканча", {"r3"}),
        ("shikanja", {"r3"}),
        ("ilham", {"r4"}),
        ("ILHAM", {"r4"}),
        ("ильхам", {"r4"}),
        ("istanbul", {"r3", "r4"}),
        ("Nagizade", {"r4"}),
        ("Нагызаде", {"r4"}),
        ("рузи", {"r8"}),
        ('"Muhiddin Kholov"', {"r3", "r4", "r7"}),
        ("«маҳбусро бурданд»", {"r8"}),
        ('"бурданд маҳбусро"', set()),
        ("P-31702-0482-6", {"r7"}),
        ("31702", {"r6", "r7"}),
        ("Беседа", set(TEXTS)),
        ('"Беседа Нодира"', set()),
        ("", set()),
        ('"', set()),
        ("*", set()),
        ("х" * 500, set()),
        ('") OR x:"', set()),
        ("NEAR(a b) AND NOT x:", set()),
    ],
)
def test_finds(db: Any, text: str, records: set[str]) -> None:
    assert found(db, text) == records


def test_one_slip_is_forgiven_in_a_long_word_only(db: Any) -> None:
    assert found(db, "Нагызади") == {"r4"} and found(db, "Nağizdə") == {"r4"}
    assert found(db, "Рази") == set()


def test_exact_stands_before_other_scripts_and_slips(db: Any) -> None:
    index(db, "z1", "person", [Part("code", "Z-1"), Part("names[0].full", "Холов")])
    index(db, "z2", "person", [Part("names[0].full", "Xolov")])
    index(db, "z3", "person", [Part("names[0].full", "Xolof")])
    hits = query(db, "Холов", parts=lambda record: []).hits
    assert hits[0].id == "z1"
    assert "z2" in {hit.id for hit in hits[1:]}
    assert hits == tuple(sorted(hits, key=lambda hit: -hit.score))
    assert query(db, "Xolov", parts=lambda record: []).hits[0].id in {"z2", "r4"}


def test_a_code_comes_first(db: Any) -> None:
    index(db, "p", "person", [Part("code", "P-31702-0482-6")], "P-31702-0482-6")
    assert query(db, " P-31702-0482-6 ", parts=lambda record: []).hits[0].id == "p"


def test_changed_and_deleted_words_are_gone(db: Any) -> None:
    index(db, "r7", "interview", [Part("title", "Nothing here")])
    assert found(db, "Kholov called Holov") == set()
    for record in TEXTS:
        remove(db, record)
    remove(db, "r1")
    remove(db, "unknown")
    for table in ("search_rows", "search_words", "search_fts", "search_fts_content"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    raw = b"".join(bytes(row[0]) for row in db.execute("SELECT block FROM search_fts_data"))
    for word in ("muhiddin", "нодира", "muxiddin", "хиддин"):
        assert word.encode() not in raw
    index(db, "empty", "note", [Part("text", " … ")])
    assert db.execute("SELECT count(*) FROM search_rows").fetchone() == (0,)


def test_many_at_once_equal_one_by_one(db: Any) -> None:
    other = dbapi2.connect(":memory:")
    create(other)
    parts = {
        record: [Part("title", "Беседа"), Part("narratives[0].text", text)] for record, text in TEXTS.items()
    }
    index_many(other, [(record, "interview", parts[record], record) for record in TEXTS], new=True)
    index_many(other, [(record, "interview", parts[record], record) for record in TEXTS])
    for table in ("search_words", "search_fts"):
        same = f"SELECT * FROM {table} ORDER BY 1"
        assert other.execute(same).fetchall() == db.execute(same).fetchall()
    other.close()


def test_total_counts_more_than_is_shown(db: Any) -> None:
    result = query(db, "Беседа", 3, parts=lambda record: [])
    assert len(result.hits) == 3 and result.total == len(TEXTS) and result.ms > 0


def test_what_of_a_document_is_searched() -> None:
    doc = {
        "id": "7b1c", "code": "P-1", "type": "passport", "names": [{"full": "Саидова", "script": "Cyrl"}],
        "birth_date": "1988-04", "occupation": "teacher", "where": {"country": "TJ", "locality": "Isfara"},
        "host_status": {"status": "asylum_seeker", "note": "waits since spring"}, "evidence": ["d1"],
        "sex": {"blank": "declined", "note": "did not want to say"}, "redactions": [{"quote": "Тайна"}],
        "narratives": [{"language": "tg", "text": "Маро бурданд"}], "agency": {"words": "милитсия"},
    }  # fmt: skip
    assert parts_of(doc) == [
        ("code", "P-1"),
        ("names[0].full", "Саидова"),
        ("occupation", "teacher"),
        ("where.locality", "Isfara"),
        ("host_status.note", "waits since spring"),
        ("sex.note", "did not want to say"),
        ("narratives[0].text", "Маро бурданд"),
        ("agency.words", "милитсия"),
    ]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_no_query_breaks_the_expression(text: str) -> None:
    connection = dbapi2.connect(":memory:")
    try:
        create(connection)
        index(connection, "r", "note", [Part("text", text)])
        result = query(connection, text, parts=lambda record: [Part("text", text)])
        for hit in result.hits:
            assert all(0 <= start < end <= len(text) for start, end in hit.spans)
    finally:
        connection.close()


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_is_damerau_distance_one(a: str, b: str) -> None:
    def neighbours(word: str) -> set[str]:
        cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
        out = {x + y[1:] for x, y in cuts if y} | {x + c + y for x, y in cuts for c in "abc"}
        out |= {x + c + y[1:] for x, y in cuts if y for c in "abc"}
        return (out | {x + y[1] + y[0] + y[2:] for x, y in cuts if len(y) > 1}) - {word}

    assert one_edit(a, b) == (b in neighbours(a))
