"""Kill -9 while the real window copies, purges, checks, changes passphrases, makes a decoy or a kit (security page 5.1).

    python -m tests.attacks.window_kills [--kills N] [--flow NAME] [--seed N]

Each flow runs once in peace; then it is killed at random moments between its beginning and a little after its end. The notebook
must hold what it held before or what the flow makes of it, and the latter once the window has said that it was done.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.attacks import tracing
from tests.attacks.acts import make_template
from tests.attacks.judging import Look, Told, judge, look
from tests.attacks.window_flows import FLOWS

SCRIPT = Path(__file__).resolve().parent / "window_flows.py"
PATIENCE = 120.0


class Sitting:
    """The window as a process that does one flow."""

    def __init__(self, flow: str, folder: Path) -> None:
        home = folder.parent / "home"
        home.mkdir()
        environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(home),
        }  # fmt: skip
        self.said = b""
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-B", str(SCRIPT), flow, str(folder)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=home, start_new_session=True,
        )  # fmt: skip

    def hear(self, word: bytes, seconds: float) -> bool:
        """Wait until a word was said; False if the time or the process ended before."""
        assert self.process.stdout is not None
        until = time.monotonic() + seconds
        while word + b"\n" not in self.said:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return False
            piece = os.read(self.process.stdout.fileno(), 4096)
            if not piece:
                return False
            self.said += piece
        return True

    def end(self) -> None:
        """Kill the window and whatever it started; hear the rest."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        rest, _ = self.process.communicate()
        self.said += rest


def in_peace(flow: str, folder: Path) -> float:
    """Do a flow to its end; gives how many seconds it took."""
    sitting = Sitting(flow, folder)
    try:
        assert sitting.hear(b"acting", PATIENCE), sitting.said.decode("utf-8", "replace")
        began = time.monotonic()
        if flow == "wipe":  # nothing is said by the process that follows: it removes what lies there
            while folder.exists() and time.monotonic() < began + PATIENCE:
                time.sleep(0.01)
        else:
            assert sitting.hear(b"done", PATIENCE), sitting.said.decode("utf-8", "replace")
        return time.monotonic() - began
    finally:
        sitting.end()


def one_kill(flow: str, folder: Path, after: float) -> Told:
    """Kill a flow so many seconds after it began; gives what the window had said."""
    sitting = Sitting(flow, folder)
    begun = sitting.hear(b"acting", PATIENCE)
    if begun:
        sitting.hear(b"done", after)
    sitting.end()
    broken = "" if begun else sitting.said.decode("utf-8", "replace")[-400:]
    return Told(acknowledged=int(b"done\n" in sitting.said), tried=1, broken=broken, killed=True)


def main() -> int:
    """Kill; print one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10, help="for each flow")
    parser.add_argument("--flow", choices=FLOWS, action="append")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng, place = random.Random(arguments.seed), tracing.scratch("window")
    tally: Counter[str] = Counter()
    began = time.monotonic()
    try:
        template, folder = place / "template", place / "work" / "vault"
        make_template(template)
        for flow in arguments.flow or FLOWS:
            tracing.fresh(template, folder)
            states: list[Look | None] = [look(folder).holds]
            tracing.fresh(template, folder)
            seconds = in_peace(flow, folder)
            states.append(look(folder).holds)
            for _ in range(arguments.kills):
                tracing.fresh(template, folder)
                told = one_kill(flow, folder, rng.uniform(0, 1.3 * seconds))
                tally += Counter(kills=1, done=told.acknowledged)
                for fault in judge(told, look(folder), states):
                    tally["wrong"] += 1
                    print(f"{flow} -> {fault}", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(
        f"kills {tally['kills']}, of them after it was done {tally['done']}, wrong {tally['wrong']},"
        f" {time.monotonic() - began:.1f} s"
    )
    return 1 if tally["wrong"] or not tally["kills"] else 0


if __name__ == "__main__":
    sys.exit(main())
