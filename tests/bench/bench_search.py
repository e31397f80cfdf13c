"""How fast search answers at 10,000 interviews: prints p50, p95 and the worst by kind of query.

    .venv/bin/python tests/bench/bench_search.py [interviews] [folder]

Texts are random words of five languages with a Zipf distribution, in an encrypted database on disk; no person is real.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from i18n import fold  # noqa: E402
from storage.db import open_database  # noqa: E402
from storage.search import create, index_many, parts_of, query  # noqa: E402


def _list(text: str) -> list[str]:
    return text.split()


SYLLABLES = {
    "ru": _list("ра ко не по ста ло ви ми ро ва на ти ка де ни сто пра жи вой щен ный ость ал ец"),
    "tg": _list("ҳо дор ман гуф кар дан ӣ ра вон шах са ро мо ни ҷо қа бу зин хо на раф ғой ӯ тан"),
    "uz_Latn": _list("bo lar ning kel di qi shi toʻ gʻri mas ha yot oʻz bek is ton chi qar gan da ni uy"),
    "uz_Cyrl": _list("бо лар нинг кел ди қи ши тў ғри мас ҳа ёт ўз бек ис тон чи қар ган да ни уй"),
    "az": _list("əl di ki mə nim ev dən çı xar dı lar ba cı qar daş şə hər gö tür də nın ol du ğu iş"),
}
NAMES = [
    *("Муҳиддин Холов", "Nağızadə", "Саидова Нилуфар", "Oʻktam Gʻulomov"),
    *("Ҷумъазода", "Kerimli Aydan", "Ўктам Ғуломов", "Рустамзода"),
]


def main() -> int:
    """Build, ask, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rng = random.Random(7)
    words = {language: _vocabulary(rng, parts) for language, parts in SYLLABLES.items()}
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        path = Path(folder) / "bench.db"
        database = open_database(path, bytearray(32), bytearray(16), create=True)
        db = database.raw
        database.execute("CREATE TABLE documents (id TEXT PRIMARY KEY, type TEXT, doc BLOB)")
        create(db)
        began, letters = time.perf_counter(), 0
        for start in range(0, count, 500):
            docs = [_doc(rng, words, number) for number in range(start, min(start + 500, count))]
            letters += sum(len(doc["narratives"][0]["text"]) for doc in docs)
            with database.transaction():
                index_many(
                    db, [(doc["id"], "interview", parts_of(doc), doc["code"]) for doc in docs], new=True
                )
                database.execute_many(
                    "INSERT INTO documents VALUES (?, 'interview', ?)",
                    [(d["id"], msgspec.json.encode(d)) for d in docs],
                )
        spent = time.perf_counter() - began
        print(
            f"{count} interviews, {letters:,} letters indexed in {spent:.1f} s ({spent / count * 1000:.1f} ms each)"
        )
        print(f"database {path.stat().st_size / 1e6:.0f} MB")
        fold.forget()
        for kind, queries in _queries(rng, words, count).items():
            _measure(db, kind, queries)
        database.close()
    return 0


def _vocabulary(rng: random.Random, parts: list[str]) -> list[str]:
    return sorted(
        {"".join(rng.choices(parts, k=rng.choice((1, 2, 2, 3, 3, 4)))) for _ in range(20_000)},
        key=lambda _: rng.random(),
    )


def _doc(rng: random.Random, words: dict[str, list[str]], number: int) -> dict[str, object]:
    language = rng.choice(list(words))
    vocabulary = words[language]
    picks = [
        vocabulary[min(int(rng.paretovariate(0.6)) - 1, len(vocabulary) - 1)]
        for _ in range(rng.randint(150, 900))
    ]
    for _ in range(3):
        picks.insert(
            rng.randrange(len(picks)), rng.choice(NAMES) if rng.random() < 0.02 else rng.choice(vocabulary)
        )
    return {
        "id": f"{number:032x}", "code": f"I-{number:05}", "title": " ".join(rng.choices(vocabulary, k=4)),
        "narratives": [{"language": language, "text": " ".join(picks)}],
    }  # fmt: skip


def _queries(rng: random.Random, words: dict[str, list[str]], count: int) -> dict[str, list[str]]:
    every = [word for vocabulary in words.values() for word in vocabulary[20:] if len(word) > 3]
    common = [word for vocabulary in words.values() for word in vocabulary[:4]]
    return {
        "ordinary word": rng.choices(every, k=200),
        "name": [name for name in NAMES for _ in range(5)],
        "two words": [f"{rng.choice(every)} {rng.choice(every)}" for _ in range(100)],
        "unfinished": [rng.choice(every)[:3] for _ in range(100)],
        "phrase": [f'"{name}"' for name in NAMES if " " in name] * 10,
        "with a slip": [_slip(rng, rng.choice([w for w in every if len(w) > 7])) for _ in range(100)],
        "code": [f"I-{rng.randrange(count):05}" for _ in range(100)],
        "very common word": rng.choices(common, k=60),
    }


def _slip(rng: random.Random, word: str) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _measure(db: object, kind: str, queries: list[str]) -> None:
    times, hits = [], 0
    for text in queries:
        began = time.perf_counter()
        hits += bool(query(db, text, 20).hits)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    at = lambda share: times[min(int(len(times) * share), len(times) - 1)]  # noqa: E731
    print(
        f"{kind:18} p50 {at(0.5):6.1f} ms   p95 {at(0.95):6.1f} ms   worst {times[-1]:6.1f} ms   found {hits}/{len(times)}"
    )


if __name__ == "__main__":
    sys.exit(main())
