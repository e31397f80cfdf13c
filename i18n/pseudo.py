"""The stretched test language `xx`: shows in a screenshot what was not extracted and what does not fit.

Must not be offered to users. A text becomes about 1.6 times as long, with the hardest letters of the six languages;
placeholders and accelerator marks stay.
"""

from __future__ import annotations

import re

CODE = "xx"

_KEEP = re.compile(r"(\{[A-Za-z_][A-Za-z0-9_]*\}|&.|<[^>]*>|\n)")
_LETTERS = str.maketrans("aceghijouAEGHIOU", "əçeğҳİҷӯuƏEĞҲİӮU")
_FILLER = "ҷӯəİ"


def stretch(text: str) -> str:
    """The text with strange letters, between marks that show where it was cut or joined."""
    parts = _KEEP.split(text)
    strange = "".join(part if _KEEP.fullmatch(part) else part.translate(_LETTERS) for part in parts)
    extra = max(2, round(len(text) * 0.6) - 2)
    return f"⟦{strange}{(_FILLER * extra)[:extra]}⟧"
