"""Does the time of an attempt tell whether the passphrase was right, the decoy's or wrong? (security page 5.11)

    python -m tests.attacks.timing [--each N] [--memory KIB]

Attempts in random order, each on the keys alone (what comes after differs on purpose: a right passphrase opens a notebook).
Prints medians, their spread and Mann-Whitney's p of each pair. Exit code 1 if medians differ by more than 3 % and p <= 0.01.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import statistics
import sys
import time
from itertools import combinations
from pathlib import Path

from storage import Environment, KdfCost, Vault, WrongPassphrase
from storage.keys.ring import unlock
from tests.attacks.acts import NEW, OLD
from tests.attacks.tracing import scratch

WRONG = "ҳеҷ гоҳ ин набуд калиди дафтари мо дар".encode()


def attempt(folder: Path, passphrase: bytes) -> float:
    """Seconds of one attempt at the door."""
    typed = bytearray(passphrase)
    began = time.perf_counter()
    try:
        ring = unlock(folder, typed, Environment())
    except WrongPassphrase:
        return time.perf_counter() - began
    seconds = time.perf_counter() - began
    ring.wipe()
    return seconds


def mann_whitney(first: list[float], second: list[float]) -> float:
    """Two-sided p by the normal approximation; no ties are expected among nanoseconds."""
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks = sum(place for place, (_, side) in enumerate(ranked, 1) if side == 0)
    n, m = len(first), len(second)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--memory", type=int, default=65_536)
    arguments = parser.parse_args()
    place = scratch("timing")
    try:
        with Vault.create(place / "vault", bytearray(OLD), cost=KdfCost(arguments.memory, 3, 4)) as vault:
            vault.decoy.create(bytearray(NEW))
        kinds = {"right": OLD, "decoy": NEW, "wrong": WRONG}
        plan = list(kinds) * arguments.each
        random.Random(11).shuffle(plan)
        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        for kind in kinds:
            attempt(place / "vault", kinds[kind])  # warm
        for kind in plan:
            times[kind].append(attempt(place / "vault", kinds[kind]))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    medians = {kind: statistics.median(found) for kind, found in times.items()}
    for kind, found in times.items():
        print(f"{kind}: median {1000 * medians[kind]:.2f} ms, sd {1000 * statistics.stdev(found):.2f} ms")
    told = False
    for one, other in combinations(kinds, 2):
        apart = abs(medians[one] - medians[other]) / medians[one]
        p = mann_whitney(times[one], times[other])
        told = told or (apart > 0.03 and p <= 0.01)
        print(f"{one} and {other}: medians {100 * apart:.2f} % apart, p = {p:.3f}")
    print(f"each {arguments.each}, wrong {int(told)},")
    return int(told)


if __name__ == "__main__":
    sys.exit(main())
