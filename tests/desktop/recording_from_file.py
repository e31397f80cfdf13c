"""A recorder whose microphone is invented: `python recording_from_file.py ROOT SECONDS PACE [HEARD]`. No test itself.

PACE 0 is as fast as it goes; 1 is real time. The file HEARD is kept at one byte for each tenth of a second the microphone
gave, so that a killed recorder can be asked what it had heard. Everything else is the program's own recorder.
"""

from __future__ import annotations

import random
import sys
import threading
from array import array
from collections.abc import Callable

ROOT = sys.argv[1]
sys.path.insert(0, ROOT)

from desktop.recorder_main import main  # noqa: E402
from desktop.sound import RATE  # noqa: E402

PIECE = RATE // 10


def second(seed: int = 1) -> bytes:
    """One second of noise and tones, always the same."""
    dice = random.Random(seed)
    samples = (round(9000 * ((step // 109) % 2 - 0.5)) + dice.randint(-1500, 1500) for step in range(RATE))
    return array("h", samples).tobytes()


class Invented:
    """Gives `seconds` of sound, then nothing."""

    def __init__(self, seconds: float, pace: float, heard: str = "") -> None:
        self._heard = open(heard, "ab", buffering=0) if heard else None  # noqa: PTH123, SIM115
        self._left = round(seconds * 10)
        self._pace = pace
        self._sound = second()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._place = 0

    def start(self, sink: Callable[[bytes], None]) -> None:
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(sink,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, sink: Callable[[bytes], None]) -> None:
        while self._left > 0 and not self._stop.is_set():
            at = self._place % 10 * PIECE * 2
            sink(self._sound[at : at + PIECE * 2])
            self._place += 1
            if self._heard is not None:
                self._heard.write(b".")
            self._left -= 1
            if self._pace:
                self._stop.wait(0.1 * self._pace)


if __name__ == "__main__":
    sys.exit(main(lambda: Invented(float(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:5])))
