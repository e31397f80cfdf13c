"""The window's side of the recorder: starts it, hears how it goes, tells it what to do. Must not read sound or hold a key.

The recorder outlives this process where that was chosen; then `storage.LiveRecording` finds it again.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from desktop import awake
from desktop.power import battery_warning
from desktop.sound import RATE, Microphone, Source, level, no_sound_device, play
from i18n.message import Message, msg
from storage.errors import EnvironmentProblem

if TYPE_CHECKING:
    from storage import Commands, RecordingTicket

NOT_STARTED = msg("The recorder could not be started.")
_HANDED_ON = ("HOME", "XDG_RUNTIME_DIR", "SYSTEMROOT", "USERPROFILE")
MOST_SECONDS = 3 * 3600.0
PATIENCE = 5.0
_TRY_SECONDS = 5


@dataclass(frozen=True)
class RecorderStatus:
    """How a recording goes. `state`: starting, recording, paused, ended, failed; `problem` a sentence's source or `device`."""

    state: str = "starting"
    seconds: int = 0
    level: int = 0
    problem: str = ""
    why: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class RunningRecorder:
    """A recorder process. `status` is the last it said; commands are quick and may come from any thread."""

    def __init__(self, process: subprocess.Popen[bytes], commands: Commands, keeper: int | None) -> None:
        self._process, self._commands = process, commands
        self._status = RecorderStatus()
        self._listener = threading.Thread(target=self._listen, name="recorder-says", daemon=True)
        self._listener.start()
        if keeper is not None:
            os.close(keeper)  # the recorder has its own copy

    @property
    def status(self) -> RecorderStatus:
        """The last state; `failed` once the process ended without a word."""
        return self._status

    def pause(self) -> None:
        """Off the record. Raises EnvironmentProblem."""
        self._commands.say("pause")

    def resume(self) -> None:
        """On the record again. Raises EnvironmentProblem."""
        self._commands.say("resume")

    def stop(self) -> None:
        """Seal and end. Raises EnvironmentProblem."""
        self._commands.say("stop")

    def let_go(self) -> None:
        """What a lock is to the recorder: nobody is at the other end any more. It ends or goes on, as was chosen."""
        with contextlib.suppress(OSError):
            cast(BinaryIO, self._process.stdin).close()

    def wait(self, seconds: float = PATIENCE) -> bool:
        """Wait for the end of the process."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.poll() is not None

    def _listen(self) -> None:
        stream = cast(BinaryIO, self._process.stdout)
        with stream, contextlib.suppress(OSError, ValueError):
            for line in stream:
                said: Mapping[str, Any] = json.loads(line)
                known = {name: said[name] for name in RecorderStatus.__dataclass_fields__ if name in said}
                self._status = RecorderStatus(**known)
        if self._status.state not in ("ended", "failed"):
            self._process.wait()
            self._status = RecorderStatus("failed", self._status.seconds)


class Recorders:
    """Starts recorders by the one command the audit hook lets pass."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)

    def is_alive(self, folder: Path) -> bool:
        """Whether a recorder writes into the notebook of this folder, which may be locked."""
        import storage

        return storage.recorder_is_alive(folder)

    def warning(self) -> Message | None:
        """One sentence that should be read before a long recording."""
        return battery_warning()

    def try_sound(self, hear: Callable[[int, bool], None], source: Source | None = None) -> None:
        """Hear five seconds and play them; `hear(level, playing)` all along, and what it raises ends it. Nothing is kept.

        Blocks: for a worker thread. EnvironmentProblem when there is no microphone or no loudspeaker.
        """
        pieces: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        microphone: Source = source or Microphone()
        heard = bytearray()
        try:
            microphone.start(pieces.put)
            end = time.monotonic() + _TRY_SECONDS + PATIENCE
            while len(heard) < _TRY_SECONDS * RATE * 2 and time.monotonic() < end:
                with contextlib.suppress(queue.Empty):
                    piece = pieces.get(timeout=0.2)
                    heard += piece
                    hear(level(piece), False)
        finally:
            microphone.stop()
        if not heard:
            raise no_sound_device()
        hear(0, True)
        try:
            play(bytes(heard))
        finally:
            heard[:] = bytes(len(heard))

    def start(self, ticket: RecordingTicket, *, goes_on: bool, most: float = MOST_SECONDS) -> RunningRecorder:
        """Start a recorder and hand it its key, which is wiped here. EnvironmentProblem when it cannot be started."""
        keeper = awake.inhibitor()
        order = {
            "incoming": str(Path(ticket.incoming).absolute()),
            "id": ticket.id.hex(),
            "interview": ticket.interview,
            "after_lock": "goes_on" if goes_on else "ends",
            "most": most,
        }
        try:
            process = subprocess.Popen(
                list(self._command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(self._command[0]).anchor or None,
                env={name: os.environ[name] for name in _HANDED_ON if name in os.environ},
                close_fds=True,
                pass_fds=() if keeper is None else (keeper,),
                bufsize=0,
            )
            pipe = cast(BinaryIO, process.stdin)
            pipe.write(json.dumps(order).encode("ascii") + b"\n")
            pipe.write(ticket.key)
        except OSError:
            if keeper is not None:
                os.close(keeper)
            raise EnvironmentProblem(NOT_STARTED) from None
        finally:
            ticket.key[:] = bytes(len(ticket.key))
        return RunningRecorder(process, ticket.commands, keeper)
