"""From one alphabet to another, by published schemes kept as data. Must not decide which spelling is a person's own.

`convert(text, "uz_1995")` writes by a scheme, `convert(text, "uz_1995", back=True)` reads it back, `propose(name,
language)` offers the spellings a name is likely to have in other scripts, each with the scheme it follows.
"""

from __future__ import annotations

from i18n.translit.engine import Scheme, convert, forget, scheme, scheme_names
from i18n.translit.proposals import Proposal, propose

__all__ = ["Proposal", "Scheme", "convert", "forget", "propose", "scheme", "scheme_names"]
