"""The heavy and risky work of exports as jobs for worker processes, and a runner that does them here. Must not write files.

A job takes plain values and bytes and gives the same; `JOBS` is what the program registers with its workers.
What is pickled comes only from the process that holds the vault; what comes back is never unpickled.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from exports.annexes.decoding import DECODERS, RASTERISE
from exports.gatehouse import GateReport, gate
from exports.pdf import render
from exports.redaction import ProtectedSet, RedactedDossier

__all__ = ["JOBS", "RASTERISE", "TYPESET", "Runner", "local_runner", "typeset"]

TYPESET = "export.typeset"

OnProgress = Callable[[int, int], None]
Job = Callable[[Any, Sequence[bytes], OnProgress], Any]


class CancelFlag(Protocol):
    """What is looked at between steps; `threading.Event` fits."""

    def is_set(self) -> bool: ...


class Runner(Protocol):
    """Does one job; `Workers.call` is one, `local_runner` another."""

    def __call__(
        self,
        job: str,
        payload: Any,
        blobs: Sequence[bytes] = (),
        on_progress: OnProgress | None = None,
        cancel: Any = None,
    ) -> Any: ...


def _typeset(payload: Any, blobs: Sequence[bytes], progress: OnProgress) -> Any:
    """Render a redacted dossier and pass the gate; LeakFound where it does not pass."""
    redacted, protected = pickle.loads(blobs[0])
    data = render(redacted, pictures=blobs[1:], progress=progress)
    report = gate(
        data, redacted, protected, images=frozenset(payload["images"]), every_reader=payload["every_reader"]
    )
    return {"pdf": data, "pages": report.pages, "readers": list(report.readers), "possible": report.possible}


JOBS: Mapping[str, Job] = {TYPESET: _typeset}


def local_runner(
    job: str,
    payload: Any,
    blobs: Sequence[bytes] = (),
    on_progress: OnProgress | None = None,
    cancel: Any = None,
) -> Any:
    """Does a job in this process."""
    return {**JOBS, **DECODERS}[job](payload, blobs, on_progress or (lambda done, total: None))


def typeset(
    run: Runner,
    redacted: RedactedDossier,
    protected: ProtectedSet,
    *,
    pictures: Sequence[bytes] = (),
    images: frozenset[str] = frozenset(),
    every_reader: bool = False,
    on_progress: OnProgress | None = None,
    cancel: CancelFlag | None = None,
) -> tuple[bytes, GateReport]:
    """Render and gate a dossier with a runner: the finished bytes, which may be written, and the gate's report."""
    payload = {"images": sorted(images), "every_reader": every_reader}
    blobs = [pickle.dumps((redacted, protected)), *pictures]
    result = run(TYPESET, payload, blobs, on_progress, cancel)
    report = GateReport(result["pages"], tuple(result["readers"]), (), 0, result["possible"])
    return bytes(result["pdf"]), report
