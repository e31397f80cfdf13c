"""A worker process: hardened first, then the jobs it can do. Must not import Qt, open a vault or hold a key.

The heavy libraries are loaded by the first job that needs them, inside the limits set here.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from desktop import hardening
from storage import Handler, Progress, serve


def main() -> int:
    """Serve jobs on standard input and output until the input closes."""
    for name in list(os.environ):
        del os.environ[name]
    logging.disable()
    hardening.harden_worker()
    hardening.install_audit_hook(())
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # what a library prints must not reach the pipe
    os.dup2(quiet, 2)
    serve(jobs(), source, sink)
    return 0


def jobs() -> dict[str, Handler]:
    """Every job this program's workers know, by name."""
    from exports import JOBS

    return {"echo": _echo, **JOBS}


def _echo(payload: Any, blobs: Sequence[bytes], progress: Progress) -> Any:
    progress(1, 1)
    return {"payload": payload, "blobs": list(blobs)}
