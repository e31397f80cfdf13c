"""Times right, duress and wrong passphrases in random order: medians, spread, Mann-Whitney. Prints a report.

    python tests/bench/bench_unlock.py [--times 200] [--memory-mib 64] [--full] [--cpu]

Without --full only the unlocking of the header is timed, where the three could differ; with it also the opening of the
database that follows. --cpu times the processor instead of the wall, for a machine that is busy with other things. Target (security.md 5.11): medians within 3 %, p over 0.01.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from storage import Environment, KdfCost, Vault, WrongPassphrase
from storage.keys import unlock

PASSPHRASES = {
    "right": "olma anor gilos tarvuz qovun behi shaftoli",
    "duress": "kitob daftar qalam ruchka stol stul deraza",
    "wrong": "qor shamol bulut quyosh yulduz daryo dengiz",
}


def main() -> int:
    reader = argparse.ArgumentParser()
    reader.add_argument("--times", type=int, default=200)
    reader.add_argument("--memory-mib", type=int, default=64)
    reader.add_argument("--full", action="store_true")
    reader.add_argument("--cpu", action="store_true")
    options = reader.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        cost = KdfCost(options.memory_mib * 1024, 3, 4)
        with Vault.create(folder, typed("right"), cost=cost) as vault:
            vault.decoy.create(typed("duress"))
        clock = time.process_time if options.cpu else time.perf_counter
        took = measure(folder, options.times, clock, full=options.full)
    return report(took)


def typed(kind: str) -> bytearray:
    return bytearray(PASSPHRASES[kind].encode())


def measure(folder: Path, times: int, clock: Callable[[], float], *, full: bool) -> dict[str, list[float]]:
    order = [kind for kind in PASSPHRASES for _ in range(times)]
    random.Random(11).shuffle(order)
    took: dict[str, list[float]] = {kind: [] for kind in PASSPHRASES}
    for kind in ["right", "duress", "wrong", *order]:
        secret = typed(kind)
        started = clock()
        with contextlib.suppress(WrongPassphrase):
            if full:
                opened = Vault.open(folder, secret)
            else:
                unlock(folder, secret, Environment())
        took[kind].append(clock() - started)
        if full and kind != "wrong":
            opened.close()
    return {kind: values[1:] for kind, values in took.items()}


def report(took: dict[str, list[float]]) -> int:
    medians = {kind: statistics.median(values) for kind, values in took.items()}
    for kind, values in took.items():
        print(f"{kind:7} median {medians[kind] * 1000:7.2f} ms   sd {statistics.stdev(values) * 1000:6.2f} ms   n {len(values)}")
    spread = max(medians.values()) / min(medians.values()) - 1
    pairs = [("right", "duress"), ("right", "wrong"), ("duress", "wrong")]
    values = {pair: mann_whitney(took[pair[0]], took[pair[1]]) for pair in pairs}
    for (one, two), p in values.items():
        print(f"{one} / {two}: p = {p:.3f}")
    good = spread < 0.03 and min(values.values()) > 0.01
    print(f"medians within {spread:.1%}: {'met' if good else 'NOT met'}")
    return 0 if good else 1


def mann_whitney(one: list[float], two: list[float]) -> float:
    """Two-sided p by the normal approximation; times on this clock are never equal often enough for ties to matter."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in two])
    ranks = sum(rank for rank, (_, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(one), len(two)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


if __name__ == "__main__":
    raise SystemExit(main())
