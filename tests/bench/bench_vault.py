"""Figures of the vault: import rate, what unlocking costs beyond the key derivation, how long a save takes.

    python tests/bench/bench_vault.py [--interviews 10000] [--seed N] [--json]

Makes a vault of invented interviews of about 2 kB each (seeded: the same every time), imports them from an interchange
file, opens the vault several times, saves 300 edits, searches, takes a snapshot, verifies, and prints one figure per line.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from storage import AttachFile, KdfCost, SaveDraft, SaveRecord, Vault, import_file
from storage.crypto import derive_kek

FLOOR = KdfCost(8192, 1, 1)
LETTERS = {
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф",
    "tg": "аионрдтмшкбгҳулсефзяӣҷхвӯқпғчёюэж",
    "uz-Latn": "aiolnrdtmsbkqhuygezvpxfjc",
    "az": "aəinrldmıbtseukyoşzgüqöçvhpfcxj",
}


def typed() -> bytearray:
    return bytearray(b"bench")


def generate(path: Path, count: int, seed: int) -> int:
    """Write an interchange file of `count` interviews, one person to four interviews; gives its size in bytes."""
    rng = random.Random(seed)
    words = {
        language: ["".join(rng.choice(letters) for _ in range(rng.randint(2, 11))) for _ in range(6000)]
        for language, letters in LETTERS.items()
    }

    def new_id() -> str:
        return str(uuid.UUID(int=rng.getrandbits(128), version=4))

    def text(language: str, size: int) -> str:
        return " ".join(rng.choice(words[language]) for _ in range(size))

    persons, interviews = [], []
    for number in range(count):
        language = rng.choice(list(LETTERS))
        if number % 4 == 0:
            names = [{"full": text(language, 2), "language": language, "kind": "legal"}]
            persons.append({"id": new_id(), "names": names})
        size = {"ru": 165, "tg": 165}.get(language, 290)
        told = [{"language": language, "kind": "original", "text": text(language, size)}]
        interviewee = persons[-1]["id"]
        interviews.append(
            {"id": new_id(), "interviewee": interviewee, "languages": [language], "narratives": told}
        )
    value = {"format": "daftar-interchange/1", "persons": persons, "interviews": interviews}
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path.stat().st_size


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give (seconds, result)."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def measure_unlock(folder: Path) -> tuple[float, float]:
    """Give median seconds of (key derivation alone, whole opening)."""
    kdf, opening = [], []
    for _ in range(7):
        kdf.append(timed(lambda: derive_kek(typed(), bytes(32), FLOOR))[0])
        seconds, vault = timed(lambda: Vault.open(folder, typed()))
        opening.append(seconds)
        vault.close()
    return statistics.median(kdf), statistics.median(opening)


def measure_saves(vault: Vault, seed: int) -> tuple[list[float], list[float]]:
    """Edit 300 random interviews and save 300 drafts; gives the seconds each took."""
    rng = random.Random(seed)
    ids = [row.id for row in vault.rows("interview", limit=5000)]
    saves, drafts, draft = [], [], "нимкора " * 300
    for number in range(300):
        doc = vault.get(rng.choice(ids)) or {}
        doc["narratives"][0]["text"] += f" илова {number}"
        saves.append(timed(lambda doc=doc: vault.write(SaveRecord("interview", doc, doc["id"])))[0])
        draft += "ҳ"
        drafts.append(timed(lambda draft=draft: vault.write(SaveDraft("bench", None, draft)))[0])
    return sorted(saves), sorted(drafts)


def percentile(values: list[float], share: float) -> float:
    return values[int(len(values) * share)]


def run(count: int, seed: int, place: Path) -> dict[str, float]:
    """Measure everything; gives figure by name."""
    figures: dict[str, float] = {}
    size = generate(place / "in.json", count, seed)
    folder = place / "vault"
    vault = Vault.create(folder, typed(), cost=FLOOR)
    seconds, summary = timed(lambda: import_file(vault, place / "in.json"))
    figures["import: records"] = summary.created
    figures["import: bytes per interview"] = size / count
    figures["import: interviews per second"] = count / seconds
    vault.close()
    kdf, opening = measure_unlock(folder)
    figures["unlock: ms of the key derivation (floor)"] = 1000 * kdf
    figures["unlock: ms beyond the key derivation"] = 1000 * (opening - kdf)
    vault = Vault.open(folder, typed())
    saves, drafts = measure_saves(vault, seed)
    figures["save: ms, median"] = 1000 * percentile(saves, 0.5)
    figures["save: ms, p95"] = 1000 * percentile(saves, 0.95)
    figures["draft: ms, p95"] = 1000 * percentile(drafts, 0.95)
    figures["list of 200: ms"] = 1000 * timed(lambda: vault.rows("interview"))[0]
    figures["search: ms"] = timed(lambda: vault.search("илова"))[1].ms
    figures["snapshot of everything: s"] = timed(vault.snapshot)[0]
    evidence = next(iter(vault.write(SaveRecord("evidence", {"title": "film"})).created))[1]
    (place / "film.mp4").write_bytes(random.Random(seed).randbytes(1 << 20) * 200)
    seconds = timed(lambda: vault.write(AttachFile(evidence, place / "film.mp4", "film.mp4")))[0]
    figures["attach: MB per second"] = 200 * 1.048576 / seconds
    seconds, report = timed(lambda: vault.verify(deep=True))
    assert report.ok, report.to_json()
    figures["verify --deep: s"] = seconds
    figures["rebuild: s"] = timed(lambda: vault.verify(rebuild=True))[0]
    vault.close()
    figures["database: MB"] = max(path.stat().st_size for path in folder.glob("*/db")) / 1e6
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20260501)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="daftar-bench-"))
    try:
        figures = run(arguments.interviews, arguments.seed, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:45} {value:12.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
