"""The recorder: a process of its own that turns sound into sealed segments. Must not know the vault key, a text or a database.

It is given one key, goes forward with it and forgets (storage/recording). Its input stays open as long as the window lives:
when that ends, the notebook was locked, and the recording ends or goes on as was chosen at Begin.
"""

from __future__ import annotations

import io
import json
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop import awake, hardening
from desktop.sound import RATE, Microphone, Source, level
from desktop.sound_opus import OpusEncoder
from storage import EnvironmentProblem, SegmentWriter

KEY_LENGTH = 32
LONGEST_ORDER = 1 << 16
MOST_SECONDS = 3 * 3600
TICK = 0.1  # seconds: how often commands are looked for while no sound comes
TELL_EVERY = 0.25
LOOK_EVERY = 1.0  # seconds between two looks whether the notebook is still there
DEAF_AFTER, GIVE_UP_AFTER = 5.0, 60.0  # seconds without sound: the device is opened anew; the recording ends
_WAITING = 600  # pieces of a tenth of a second that may wait for a slow disk
_KEPT = ("HOME", "XDG_RUNTIME_DIR", "SYSTEMROOT", "USERPROFILE", "TMPDIR")


@dataclass
class Order:
    """What the window asks for. `key` is wiped by who uses it."""

    incoming: Path
    id: bytes
    interview: str
    goes_on: bool
    most: float
    key: bytearray


def main(source: Callable[[], Source] = Microphone) -> int:
    """Record until told to stop; 0 when the recording was sealed."""
    for name in list(os.environ):
        if name not in _KEPT:
            del os.environ[name]
    logging.disable()
    hardening.harden_process()
    hardening.install_audit_hook(())
    for name in ("SIGINT", "SIGHUP"):  # the terminal the window was started from is not ours
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    sink = os.fdopen(os.dup(1), "wb", buffering=0)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # what a library prints goes nowhere
    os.dup2(quiet, 2)
    stdin = io.FileIO(0, closefd=False)
    order = read_order(stdin)
    if order is None:
        return 1
    recorder = Recorder(order, source(), Teller(sink))
    signal.signal(signal.SIGTERM, recorder.asked_to_end)
    threading.Thread(target=recorder.watch_window, args=(stdin,), name="window", daemon=True).start()
    with awake.while_recording():
        return recorder.run()


def read_order(stream: io.FileIO) -> Order | None:
    """Read one line of JSON and the key behind it, which goes from the pipe straight into a buffer that can be wiped."""
    line = bytearray()
    while not line.endswith(b"\n"):
        piece = stream.read(1)
        if not piece or len(line) > LONGEST_ORDER:
            return None
        line += piece
    key = bytearray(KEY_LENGTH)
    view, filled = memoryview(key), 0
    while filled < KEY_LENGTH:
        count = stream.readinto(view[filled:])
        if not count:
            return None
        filled += count
    values: Mapping[str, Any] = json.loads(line)
    return Order(
        Path(values["incoming"]),
        bytes.fromhex(values["id"]),
        str(values["interview"]),
        values["after_lock"] == "goes_on",
        min(float(values["most"]), MOST_SECONDS),
        key,
    )


class Teller:
    """Tells the window how it goes, as lines of JSON, as long as somebody reads."""

    def __init__(self, sink: Any) -> None:
        self._sink: Any = sink
        self._told: Mapping[str, Any] = {}
        self._at = 0.0

    def tell(self, now: bool = False, **values: Any) -> None:
        """Say the state; what did not change, or changed a moment ago, is not said again."""
        moment = time.monotonic()
        if self._sink is None or (not now and moment - self._at < TELL_EVERY) or values == self._told:
            return
        self._at, self._told = moment, values
        try:
            self._sink.write(json.dumps(values).encode("ascii") + b"\n")
        except OSError:
            self._sink = None  # the window is locked


class Recorder:
    """One recording. `run` in the main thread; sound and the end of the window come from other threads."""

    def __init__(self, order: Order, source: Source, teller: Teller) -> None:
        self._order, self._source, self._teller = order, source, teller
        self._pieces: queue.Queue[bytes] = queue.Queue(_WAITING)
        self._window_gone = threading.Event()
        self._ending = threading.Event()
        self._paused = False
        self._fed = self._reopened = 0
        self._level = 0
        self._problem = ""
        self._began = self._heard = self._looked = time.monotonic()
        self._writer: SegmentWriter
        self._encoder: OpusEncoder

    def watch_window(self, stdin: io.FileIO) -> None:
        """Wait for the window's end; nothing is read here but that."""
        while True:
            try:
                if not stdin.read(1):
                    break
            except OSError:
                break
        self._window_gone.set()

    def asked_to_end(self, _number: int, _frame: Any) -> None:
        """The system shuts down: seal."""
        self._ending.set()

    def run(self) -> int:
        """Record; the exit code: 0 sealed, 1 could not begin, 2 the disk refused, 3 the notebook is gone."""
        order = self._order
        try:
            self._encoder = OpusEncoder(RATE)
            facts = {"interview": order.interview}
            self._writer = SegmentWriter(order.incoming, order.id, order.key, facts, RATE)
        except EnvironmentProblem as error:
            return self._fail(error, 1)
        try:
            self._source.start(self._take)
        except EnvironmentProblem as error:
            self._writer.end()
            return self._fail(error, 1)
        try:
            why = self._loop()
        except EnvironmentProblem as error:
            self._stop_source()
            return self._fail(error, 2)
        return self._end(why)

    def _loop(self) -> str:
        while True:
            try:
                piece = self._pieces.get(timeout=TICK)
            except queue.Empty:
                piece = b""
            if (why := self._told_to_end()) is not None:
                return why
            if piece and not self._paused:
                self._feed(piece)
            elif not self._paused and (why := self._judge_silence()) is not None:
                return why
            self._tell("paused" if self._paused else "recording")

    def _told_to_end(self) -> str | None:
        """Obey what was said; why it is over, if it is."""
        command = self._writer.commands.heard()
        if command == "pause" and not self._paused:
            self._pause()
        elif command == "resume" and self._paused:
            self._resume()
        elif command == "stop":
            return "stop"
        if self._ending.is_set():
            return "stopped"
        if self._window_gone.is_set() and not self._order.goes_on:
            return "lock"
        now = time.monotonic()
        if now - self._began >= self._order.most or self._fed >= self._order.most * RATE:
            return "time"
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            if not self._writer.life.wanted:
                return "gone"
        return None

    def _feed(self, piece: bytes) -> None:
        self._heard = time.monotonic()
        self._problem, self._reopened = "", 0
        self._fed += len(piece) // 2
        self._level = level(piece)
        pages = self._encoder.feed(piece)
        if pages:
            self._writer.add(pages, self._fed)

    def _judge_silence(self) -> str | None:
        """No sound at all comes: open the device anew, again and again; give up after a minute."""
        silent = time.monotonic() - self._heard
        if silent >= GIVE_UP_AFTER:
            return "device"
        if silent >= DEAF_AFTER * (self._reopened + 1):
            self._reopened += 1
            self._problem, self._level = "device", 0
            self._stop_source()
            self._start_source()
        return None

    def _pause(self) -> None:
        """Off the record: the microphone is closed, so that the system's own sign of it goes out too."""
        self._stop_source()
        self._paused, self._level = True, 0
        self._writer.mark("pause", self._fed)

    def _resume(self) -> None:
        self._paused, self._heard, self._reopened = False, time.monotonic(), 0
        self._writer.mark("resume", self._fed)
        self._start_source()

    def _start_source(self) -> None:
        try:
            self._source.start(self._take)
        except EnvironmentProblem:
            self._problem = "device"

    def _stop_source(self) -> None:
        """Close the device. Its thread may wait to hand on a piece: take what waits until it has ended."""
        closing = threading.Thread(target=self._source.stop, name="closing")
        closing.start()
        while closing.is_alive():
            self._empty()
            closing.join(0.02)
        self._empty()

    def _empty(self) -> None:
        while True:
            try:
                self._pieces.get_nowait()
            except queue.Empty:
                return

    def _take(self, piece: bytes) -> None:
        """Called in the device's thread."""
        self._pieces.put(piece)

    def _end(self, why: str) -> int:
        pieces = [] if self._paused else self._waiting()
        self._stop_source()
        if why == "gone":
            self._writer.end()
            self._tell("ended", now=True)
            return 3
        try:
            for piece in pieces if why != "time" else ():
                self._feed(piece)
            last = self._encoder.close()
            if last:
                self._writer.add(last, self._fed)
            self._writer.finish(why)
        except EnvironmentProblem as error:
            return self._fail(error, 2)
        self._tell("ended", now=True, why=why)
        return 0

    def _waiting(self) -> list[bytes]:
        """What was said before the stop and waits for the disk."""
        pieces: list[bytes] = []
        while len(pieces) < _WAITING:
            try:
                pieces.append(self._pieces.get_nowait())
            except queue.Empty:
                break
        return pieces

    def _fail(self, error: EnvironmentProblem, code: int) -> int:
        words, values = error.message.source, dict(error.message.values)
        self._teller.tell(True, state="failed", problem=words, values=values, seconds=self._fed // RATE)
        return code

    def _tell(self, state: str, *, now: bool = False, why: str = "") -> None:
        self._teller.tell(
            now,
            state=state,
            seconds=self._fed // RATE,
            level=self._level,
            problem=self._problem,
            why=why,
        )


if __name__ == "__main__":
    sys.exit(main())
