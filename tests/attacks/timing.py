"""Does the time of an attempt tell whether the passphrase was right, the decoy's or wrong? (security page 5.11)

    python -m tests.attacks.timing [--each N] [--memory KIB] [--clock wall|cpu] [--rounds N]

Attempts on the keys alone (what comes after differs on purpose: a right passphrase opens a notebook), in blocks of one of
each kind in random order, so that what else the machine does meets all alike. A second wrong passphrase is the control: two
wrong ones cannot differ, so by how much they seem to is the noise. A round whose noise is over 1 % is not judged but repeated;
a difference is believed when a second quiet round shows it too. Exit code 1 if medians differ by more than 3 % or
Mann-Whitney's p is 0.01 or less; 2 if the machine was never quiet enough.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from storage import Environment, KdfCost, Vault, WrongPassphrase
from storage.keys.ring import unlock
from tests.attacks.acts import NEW, OLD
from tests.attacks.tracing import scratch

WRONG = "ҳеҷ гоҳ ин набуд калиди дафтари мо дар".encode()
CONTROL = "дигар калиди нодуруст барои санҷиши мо аст".encode()
Times = dict[str, list[float]]
KINDS = {"right": OLD, "decoy": NEW, "wrong": WRONG, "control": CONTROL}
JUDGED = tuple(combinations(("right", "decoy", "wrong"), 2))
NOISE, APART, LEAST_P = 0.01, 0.03, 0.01
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


def attempt(folder: Path, passphrase: bytes, clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of one attempt at the door."""
    typed = bytearray(passphrase)
    began = clock()
    try:
        ring = unlock(folder, typed, Environment())
    except WrongPassphrase:
        return clock() - began
    seconds = clock() - began
    ring.wipe()
    return seconds


def one_round(folder: Path, each: int, clock: Callable[[], float], rng: random.Random) -> Times:
    """So many attempts of each kind, in blocks."""
    times: Times = {kind: [] for kind in KINDS}
    for kind in KINDS:
        attempt(folder, KINDS[kind], clock)  # warm
    for _ in range(each):
        for kind in rng.sample(list(KINDS), len(KINDS)):
            times[kind].append(attempt(folder, KINDS[kind], clock))
    return times


@dataclass(frozen=True)
class Pair:
    """Two kinds of attempts: by how much their medians differ, and how likely that is by chance."""

    one: str
    other: str
    apart: float
    p: float

    @classmethod
    def of(cls, times: Times, one: str, other: str) -> Pair:
        """Compare two kinds."""
        first, second = (statistics.median(times[kind]) for kind in (one, other))
        return cls(one, other, abs(first - second) / first, mann_whitney(times[one], times[other]))

    @property
    def differs(self) -> bool:
        """True if it fails the plan."""
        return self.apart > APART or self.p <= LEAST_P

    def __str__(self) -> str:
        return f"{self.one} and {self.other}: medians {100 * self.apart:.2f} % apart, p = {self.p:.3f}"


def judge(rounds: Iterator[Times]) -> int:
    """Judge round after round until it is clear; prints each. Gives the exit code."""
    suspected: set[tuple[str, str]] = set()
    quiet = 0
    for number, times in enumerate(rounds, 1):
        control = Pair.of(times, "wrong", "control")
        pairs = [Pair.of(times, one, other) for one, other in JUDGED]
        medians = ", ".join(
            f"{kind} {1000 * statistics.median(found):.2f} ms" for kind, found in times.items()
        )
        print(f"round {number}: medians {medians}")
        for pair in (*pairs, control):
            print(f"  {pair}")
        if control.apart > NOISE or control.p <= LEAST_P:
            print("  too noisy to be judged", flush=True)
            continue
        quiet += 1
        differing = {(pair.one, pair.other) for pair in pairs if pair.differs}
        if not differing:
            print("wrong 0,")
            return 0
        if differing & suspected:
            print("wrong 1,")
            return 1
        suspected |= differing
    print("never quiet enough" if not quiet else "wrong 1,")
    return 1 if quiet else 2


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
    parser.add_argument("--memory", type=int, default=262_144)
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    place = scratch("timing")
    rng, clock = random.Random(11), CLOCKS[arguments.clock]
    try:
        with Vault.create(place / "vault", bytearray(OLD), cost=KdfCost(arguments.memory, 3, 4)) as vault:
            vault.decoy.create(bytearray(NEW))
        print(
            f"{arguments.memory // 1024} MiB, {arguments.each} attempts of each kind, {arguments.clock} time"
        )
        return judge(one_round(place / "vault", arguments.each, clock, rng) for _ in range(arguments.rounds))
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
