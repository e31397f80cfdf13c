"""Overwrites secrets that were typed, for view-models and widgets alike. Must not make a copy."""

from __future__ import annotations

import ctypes


def wipe_bytes(*buffers: bytearray) -> None:
    """Overwrite each buffer in place with zeros."""
    for buffer in buffers:
        if buffer:
            ctypes.memset((ctypes.c_char * len(buffer)).from_buffer(buffer), 0, len(buffer))
