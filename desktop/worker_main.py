"""A worker process: hardened first, then the jobs it can do. Must not import Qt, open a vault or hold a key.

Two kinds (storage.worker.pool): one typesets and reads fonts, the other decodes one foreign file and ends.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from desktop import hardening, seccomp
from storage import Handler, Progress, serve


def main(*, decoding: bool = False) -> int:
    """Serve jobs on standard input and output until the input closes.

    A worker that decodes loads what it needs, then gives up opening anything at all; any other gives up writing.
    """
    for name in list(os.environ):
        del os.environ[name]
    logging.disable()
    hardening.harden_worker(hardening.DECODER if decoding else hardening.TYPESETTER)
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # what a library prints must not reach the pipe
    os.dup2(quiet, 2)
    handlers = decoding_jobs() if decoding else jobs()
    hardening.install_audit_hook(())
    if decoding:
        seccomp.deny_opening()
    else:
        seccomp.deny_writing()
    serve(handlers, source, sink)
    return 0


def jobs() -> dict[str, Handler]:
    """Every job this program's workers know, by name."""
    from exports import JOBS

    return {"echo": _echo, **JOBS}


def decoding_jobs() -> dict[str, Handler]:
    """The jobs that decode a foreign file; their libraries are ready when this returns."""
    from exports import DECODERS, prepare_decoders

    prepare_decoders()
    return {"echo": _echo, **DECODERS}


def _echo(payload: Any, blobs: Sequence[bytes], progress: Progress) -> Any:
    progress(1, 1)
    return {"payload": payload, "blobs": list(blobs)}
