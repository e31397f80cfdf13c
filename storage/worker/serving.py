"""The worker's side: take a job, do it, answer. Must not open files, keep anything between jobs, or print.

The process has been hardened before `serve` runs (desktop/worker_main.py); it ends when its input closes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO

from storage.errors import DaftarError
from storage.worker import wire

Progress = Callable[[int, int], None]  # done, of
Handler = Callable[[Any, Sequence[bytes], Progress], Any]

PROGRESS_EVERY = 0.05  # seconds


def serve(handlers: Mapping[str, Handler], source: BinaryIO, sink: BinaryIO) -> None:
    """Answer jobs until the input closes. A job's failure is an answer; only a broken pipe ends the loop."""
    while True:
        try:
            request = wire.read_message(source)
        except wire.BrokenMessage:
            return
        if request is None:
            return
        try:
            wire.write_message(sink, _answer(handlers, request, sink))
        except OSError:
            return


def _answer(handlers: Mapping[str, Handler], request: Mapping[str, Any], sink: BinaryIO) -> dict[str, Any]:
    handler = handlers.get(str(request.get("job")))
    if handler is None:
        return {"kind": "crash", "what": "unknown job", "where": []}
    try:
        result = handler(request.get("payload"), request.get("blobs") or [], _teller(sink))
        return {"kind": "result", "result": result}
    except DaftarError as error:
        return {"kind": "error", **wire.error_to_plain(error)}
    except Exception as error:  # noqa: BLE001 - a bug in a job must reach the caller as type and place, never as content
        return {"kind": "crash", "what": type(error).__name__, "where": _places(error)}


def _places(error: BaseException) -> list[str]:
    """Modules and lines of the failure, innermost last; no values."""
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-12:]


def _teller(sink: BinaryIO) -> Progress:
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PROGRESS_EVERY or done >= total:
            last = now
            wire.write_message(sink, {"kind": "progress", "done": done, "of": total})

    return tell
