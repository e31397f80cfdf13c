"""The window's side of the recorder: starts it, hears how it goes, tells it what to do. Must not read sound or hold a key.

The recorder outlives this process where that was chosen; then `storage.LiveRecording` finds it again.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from desktop import awake
from desktop.recorder_main import MOST_SECONDS
from i18n.message import msg
from storage import Commands, EnvironmentProblem, RecordingTicket

NOT_STARTED = msg("The recorder could not be started.")
_HANDED_ON = ("HOME", "XDG_RUNTIME_DIR", "SYSTEMROOT", "USERPROFILE")
PATIENCE = 5.0


@dataclass(frozen=True)
class RecorderStatus:
    """How a recording goes. `state`: starting, recording, paused, ended, failed; `problem` a sentence's source or `device`."""

    state: str = "starting"
    seconds: int = 0
    level: int = 0
    problem: str = ""
    why: str = ""


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
            raise EnvironmentProblem(NOT_STARTED) from None
        finally:
            ticket.key[:] = bytes(len(ticket.key))
        return RunningRecorder(process, ticket.commands, keeper)
