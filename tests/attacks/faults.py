"""A fault at every system call: killed, disk error, disk full, once and from then on (security page 5.2).

    python -m tests.attacks.faults [--points N] [--act NAME] [--seed N]

Without `--points` every call of every act is hit. After each fault the notebook must open, hold all that was acknowledged
and nothing half done, and pass every check; the child must have seen a clear error or died. Exit code 1 otherwise.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

from tests.attacks import tracing
from tests.attacks.acts import ACTS, Look, judge, look, make_template

KINDS = (
    "signal=SIGKILL:when={k}",
    "error=EIO:when={k}",
    "error=ENOSPC:when={k}",
    "error=ENOSPC:when={k}+",
    "error=EIO:when={k}+",
)
Point = tuple[str, str, str]
"""Act, call, what is injected."""


def count_calls(act: str, template: Path, place: Path) -> Counter[str]:
    """How often an act makes each call."""
    folder, log = place / "counted" / "vault", place / "trace"
    tracing.fresh(template, folder)
    told = tracing.run(act, folder, log, "-e", "trace=" + ",".join(tracing.CALLS))
    assert not told.broken and told.acknowledged == told.tried > 0, told
    return Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text("latin-1"), re.M))


def points_of(act: str, counts: Counter[str]) -> list[Point]:
    """Every fault of an act. A disk that stays broken is tried for calls that write."""
    return [
        (act, call, kind.format(k=k))
        for call in tracing.CALLS
        for k in range(1, counts[call] + 1)
        for kind in KINDS
        if not (kind.endswith("+") and call in ("openat", "close", "unlink"))
    ]


def hit(point: Point, template: Path, place: Path, states: list[Look | None]) -> tuple[bool, str, list[str]]:
    """One fault: whether it happened, how it was refused, what is wrong afterwards."""
    act, call, kind = point
    folder, log = place / "hit" / "vault", place / "trace"
    tracing.fresh(template, folder)
    told = tracing.run(act, folder, log, "-e", f"trace={call}", "-e", f"inject={call}:{kind}")
    text = log.read_text("latin-1")
    happened = "INJECTED" in text or told.killed
    return happened, told.refused, judge(told, look(folder), states)


def main() -> int:
    """Hit the chosen points; print one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=0)
    parser.add_argument("--act", choices=tuple(ACTS), action="append")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    place = tracing.scratch("faults")
    began, happened, refused, wrong = time.monotonic(), 0, 0, 0
    try:
        template = place / "template"
        make_template(template)
        states, points = {}, []
        for act in arguments.act or ACTS:
            states[act] = tracing.states_of(act, template, place)
            points += points_of(act, count_calls(act, template, place))
        total = len(points)
        if arguments.points:
            points = random.Random(arguments.seed).sample(points, min(arguments.points, total))
        for point in points:
            did, refusal, faults = hit(point, template, place, states[point[0]])
            happened, refused = happened + did, refused + bool(refusal)
            if not did:
                faults.append("the fault did not happen")
            for fault in faults:
                wrong += 1
                print(" ".join(point), "->", fault, file=sys.stderr)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    seconds = time.monotonic() - began
    print(
        f"points {len(points)} of {total}, happened {happened}, refused in words {refused}, wrong {wrong}, {seconds:.1f} s"
    )
    return 1 if wrong or not happened else 0


if __name__ == "__main__":
    sys.exit(main())
