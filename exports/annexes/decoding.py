"""Decoding a foreign file as a job for a worker of its own kind. Must not load anything but the decoders, or open a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exports.annexes.rasterise import prepare, rasterise

RASTERISE = "decode.rasterise"

OnProgress = Callable[[int, int], None]


def _rasterise(_payload: Any, blobs: Sequence[bytes], progress: OnProgress) -> Any:
    pages = []
    for number, page in enumerate(rasterise(blobs[0]), 1):
        pages.append({"width": page.width, "height": page.height, "mode": page.mode, "data": page.data})
        progress(number, number)
    return pages


DECODERS: Mapping[str, Callable[[Any, Sequence[bytes], OnProgress], Any]] = {RASTERISE: _rasterise}
"""Jobs whose names begin with `decode.`: the pool gives each a process that opens nothing and ends afterwards."""


def prepare_decoders() -> None:
    """Load everything a decoder needs; call it before the process gives up opening files."""
    prepare()
