"""The program's side: up to two worker processes, started when needed and replaced when they fail or have decoded.

Must not give a worker a key, a path or an open file; must not start anything but the worker command.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from i18n.message import msg
from storage.errors import Cancelled, DaftarError, InvalidInput
from storage.worker import wire

CANCEL_EVERY = 0.05  # seconds between two looks at the cancel flag
PATIENCE = 2.0  # seconds a worker gets to end by itself

DECODING = "decode."
"""Jobs whose names begin so decode a foreign file: each gets a process for itself, which can open nothing and ends after."""

OnProgress = Callable[[int, int], None]


class CancelFlag(Protocol):
    """What `call` looks at while it waits: `threading.Event` fits."""

    def is_set(self) -> bool: ...


class WorkerCrashed(DaftarError):
    """The worker process died or met a bug; `what` is a type name, `where` modules and lines, never content."""

    code = "worker_crashed"
    exit_code = 1

    def __init__(self, what: str, where: Sequence[str] = ()) -> None:
        super().__init__(
            msg("A part of the program that reads and writes documents stopped unexpectedly."),
            msg("Nothing was written. Please try again; if it happens again, a file may be damaged."),
        )
        self.what = what
        self.where = tuple(where)


class Workers:
    """A pool of worker processes. `call` may come from any thread; each call has one worker for itself."""

    def __init__(
        self, command: Sequence[str], *, size: int = 2, environment: Mapping[str, str] | None = None
    ) -> None:
        """`command` starts one worker (`daftar --worker`); `environment` replaces the process's own (default: none)."""
        self._command = tuple(command)
        self._environment = dict(environment or {})
        self._slots = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._closed = False

    def call(
        self,
        job: str,
        payload: Any,
        blobs: Sequence[bytes] = (),
        on_progress: OnProgress | None = None,
        cancel: CancelFlag | None = None,
    ) -> Any:
        """Do one job in a worker and give its result (plain values and bytes).

        Raises what the job raised (DaftarError), Cancelled once `cancel` is set, WorkerCrashed if the process died;
        for a job that decodes that is InvalidInput: the file is to blame, and others can still be decoded.
        A failed or cancelled worker is thrown away; the next call starts a new one.
        """
        alone = job.startswith(DECODING)
        with self._slots:
            worker = self._take(alone)
            keep = False
            try:
                result = worker.run(
                    {"job": job, "payload": payload, "blobs": list(blobs)}, on_progress, cancel
                )
                keep = True
            except WorkerCrashed as crash:
                keep = bool(crash.where)  # it answered: the process itself is well
                if alone and not self._closed:  # what brings a decoder down is the file
                    raise InvalidInput(msg("The file is damaged or too large to be printed.")) from None
                raise
            except (Cancelled, wire.BrokenMessage):
                raise
            except DaftarError:
                keep = True
                raise
            finally:
                self._give_back(worker, keep and not alone)
            return result

    def close(self) -> None:
        """End all workers, at once; calls still under way fail. Any thread."""
        with self._lock:
            self._closed = True
            workers = [*self._idle, *self._busy]
            self._idle.clear()
        for worker in workers:
            worker.end()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self, alone: bool) -> _Worker:
        with self._lock:
            if self._closed:
                raise Cancelled
            while self._idle and not alone:
                worker = self._idle.pop()
                if worker.alive():
                    self._busy.add(worker)
                    return worker
                worker.end()
        worker = _Worker((*self._command, *(["decode"] if alone else [])), self._environment)
        with self._lock:
            self._busy.add(worker)
        return worker

    def _give_back(self, worker: _Worker, keep: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            if keep and not self._closed:
                self._idle.append(worker)
                return
        worker.end()


class _Worker:
    """One process and the thread that reads what it says."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # the command is the program's own, set at start
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(command[0]).anchor or None,
            env=dict(environment),
            close_fds=True,
        )
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="worker-answers", daemon=True).start()

    def alive(self) -> bool:
        return self._process.poll() is None

    def run(
        self, request: Mapping[str, Any], on_progress: OnProgress | None, cancel: CancelFlag | None
    ) -> Any:
        if cancel is not None and cancel.is_set():
            raise Cancelled
        try:
            wire.write_message(cast(BinaryIO, self._process.stdin), request)
        except OSError:
            raise WorkerCrashed("ended") from None
        while True:
            answer = self._next(cancel)
            if answer is None:
                raise WorkerCrashed("ended")
            kind = answer.get("kind")
            if kind == "progress":
                if on_progress is not None:
                    on_progress(int(answer["done"]), int(answer["of"]))
            elif kind == "result":
                return answer.get("result")
            elif kind == "error":
                raise wire.error_from_plain(answer)
            else:
                raise WorkerCrashed(
                    str(answer.get("what")), [str(place) for place in answer.get("where", [])]
                )

    def _next(self, cancel: CancelFlag | None) -> dict[str, Any] | None:
        while True:
            try:
                return self._answers.get(timeout=CANCEL_EVERY if cancel is not None else None)
            except queue.Empty:
                if cancel is not None and cancel.is_set():
                    raise Cancelled from None

    def _listen(self) -> None:
        stream = cast(BinaryIO, self._process.stdout)
        while True:
            try:
                answer = wire.read_message(stream)
            except (wire.BrokenMessage, OSError, ValueError):
                answer = None
            self._answers.put(answer)
            if answer is None:
                return

    def end(self) -> None:
        """Kill: a worker holds nothing that needs saving."""
        with contextlib.suppress(OSError):
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()
