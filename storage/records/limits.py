"""The one table of limits that editor, import, dump and bundle share (rule 10). Must not be repeated anywhere else."""

from __future__ import annotations

TEXT_BYTES = 8 * 1024 * 1024
RECORD_BYTES = 32 * 1024 * 1024
LIST_ELEMENTS = 10_000
NESTING = 16
# The interchange file as a whole: a notebook of ten thousand long interviews fits, a memory bomb does not.
FILE_BYTES = 2 * 1024 * 1024 * 1024
# Whole numbers every JSON reader keeps exactly.
NUMBER_MAX = 2**53 - 1
WARN_SHARE = 0.8
# Texts longer than this are changed by `splice` instead of being written again.
SPLICE_FROM = 1000


def near_limit(size: int, limit: int = TEXT_BYTES) -> bool:
    """Whether the editor should warn: `size` bytes are at least four fifths of the limit."""
    return size >= limit * WARN_SHARE
