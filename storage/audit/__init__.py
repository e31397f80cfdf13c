"""The hash-chained, signed log of what was done. Must not hold names, texts or any other record content."""

from storage.audit.events import KINDS, canonical, checkpoint_body, closing_code, next_head, revisions_root
from storage.audit.log import Log, LogCheck

__all__ = [
    "KINDS",
    "Log",
    "LogCheck",
    "canonical",
    "checkpoint_body",
    "closing_code",
    "next_head",
    "revisions_root",
]
