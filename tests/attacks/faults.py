"""A fault at every system call: killed, disk error, disk full, once and from then on (security page 5.2).

    python -m tests.attacks.faults [--points N] [--act NAME] [--seed N] [--jobs N] [--by strace]

Without `--points` every call of every act is hit. After each fault the notebook must open, hold all that was acknowledged
and nothing half done, and pass every check; the child must have seen a clear error or died. Exit code 1 otherwise.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.attacks import tracing
from tests.attacks.acts import make_template
from tests.attacks.doors import DOORS
from tests.attacks.injecting import CAN, Injector
from tests.attacks.judging import Look, judge, look, remember_keys

KINDS = (("kill", False), ("EIO", False), ("ENOSPC", False), ("ENOSPC", True), ("EIO", True))
BUILD_UP = ("openat", "close", "unlink", "rmdir")
"""Calls that do not write: a disk that stays broken or full is tried for the others."""


@dataclass(frozen=True)
class Point:
    """The k-th call of a kind in an act, and what happens there; with `on`, at all later ones too."""

    act: str
    call: str
    kind: str
    k: int
    on: bool

    def __str__(self) -> str:
        return f"{self.act} {self.call} {self.kind} {self.k}{'+' if self.on else ''}"

    def strace_words(self) -> tuple[str, ...]:
        """The same fault in strace's words."""
        what = "signal=SIGKILL" if self.kind == "kill" else f"error={self.kind}"
        inject = f"inject={self.call}:{what}:when={self.k}{'+' if self.on else ''}"
        return ("-e", f"trace={self.call}", "-e", inject)


@dataclass(frozen=True)
class Outcome:
    """Whether a fault happened, whether it was refused in words, what is wrong afterwards."""

    point: Point
    happened: bool
    refused: bool
    wrong: tuple[str, ...]


def count_calls(act: str, template: Path, place: Path, by: str) -> Counter[str]:
    """How often an act makes each call."""
    folder, log = place / "counted" / "vault", place / "trace"
    tracing.fresh(template, folder)
    if by == "strace":
        told = tracing.run(act, folder, tracing.Strace(log, "-e", "trace=" + ",".join(tracing.CALLS)))
        counts = Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text("latin-1"), re.M))
    else:
        injector = Injector(tracing.CALLS)
        told = tracing.run(act, folder, injector)
        counts = injector.counts
    assert not told.broken and told.acknowledged == told.tried > 0, told
    return counts


def points_of(act: str, counts: Counter[str]) -> list[Point]:
    """Every fault of an act. A command also opens what has nothing to do with the notebook: that is left in peace."""
    return [
        Point(act, call, kind, k, on)
        for call in tracing.CALLS
        for k in range(1, counts[call] + 1)
        for kind, on in KINDS
        if not (on and call in BUILD_UP) and not (act in DOORS and call in ("openat", "close"))
    ]


def hit(point: Point, template: Path, place: Path, states: list[Look | None], by: str) -> Outcome:
    """Do one fault and look at what is left."""
    folder, log = place / "hit" / "vault", place / "trace"
    tracing.fresh(template, folder)
    if by == "strace":
        told = tracing.run(point.act, folder, tracing.Strace(log, *point.strace_words()))
        happened = "INJECTED" in log.read_text("latin-1") or told.killed
    else:
        injector = Injector((point.call,), point.kind, point.k, point.on)
        told = tracing.run(point.act, folder, injector)
        happened = injector.happened
    wrong = judge(told, look(folder), states)
    if not happened:
        wrong.append("the fault did not happen")
    return Outcome(point, happened, bool(told.refused), tuple(wrong))


@dataclass
class Attack:
    """What every hit needs; handed to the workers by fork."""

    template: Path
    place: Path
    states: dict[str, list[Look | None]]
    by: str

    def at(self, point: Point) -> Outcome:
        """One fault, in this process's own corner."""
        corner = self.place / multiprocessing.current_process().name
        return hit(point, self.template, corner, self.states[point.act], self.by)

    def outcomes(self, points: list[Point], jobs: int) -> Iterator[Outcome]:
        """All faults, by so many processes."""
        if jobs < 2:
            yield from map(self.at, points)
            return
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            yield from pool.imap_unordered(self.at, points, chunksize=4)


def main() -> int:
    """Hit the chosen points; print one line of figures for each act and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=0)
    parser.add_argument("--act", choices=tuple(tracing.EVERYTHING), action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--by", choices=("ptrace", "strace"), default="ptrace" if CAN else "strace")
    arguments = parser.parse_args()
    place = tracing.scratch("faults")
    began = time.monotonic()
    tally: Counter[str] = Counter()
    remember_keys()
    try:
        attack = Attack(place / "template", place, {}, arguments.by)
        make_template(attack.template)
        points = []
        for act in arguments.act or tracing.EVERYTHING:
            attack.states[act] = tracing.states_of(act, attack.template, place)
            points += points_of(act, count_calls(act, attack.template, place, arguments.by))
        total = len(points)
        if arguments.points:
            points = random.Random(arguments.seed).sample(points, min(arguments.points, total))
        for act in attack.states:
            own = Counter[str]()
            for one in attack.outcomes([point for point in points if point.act == act], arguments.jobs):
                own += Counter(points=1, happened=one.happened, refused=one.refused, wrong=len(one.wrong))
                for fault in one.wrong:
                    print(f"{one.point} -> {fault}", file=sys.stderr, flush=True)
            print(f"{act}: {own['points']} points, {own['wrong']} wrong", flush=True)
            tally += own
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(
        f"points {len(points)} of {total}, happened {tally['happened']}, refused in words {tally['refused']},"
        f" wrong {tally['wrong']}, {time.monotonic() - began:.1f} s"
    )
    return 1 if tally["wrong"] or not tally["happened"] else 0


if __name__ == "__main__":
    sys.exit(main())
