"""The two apostrophes of Uzbek and all their look-alikes. Must not be applied to a narrator's stored words.

What the program writes has U+02BB in oʻ and gʻ and U+02BC elsewhere (design: languages 3); what it reads may hold
any sign of `APOSTROPHES`.
"""

from __future__ import annotations

import re

TURNED = "\u02bb"  # the comma of oʻ and gʻ
TUTUQ = "\u02bc"  # tutuq belgisi, and the modifier apostrophe of other alphabets

# Every sign seen in their place in Uzbek, Tajik and Azerbaijani text.
APOSTROPHES = "'`´‘’‛′ʹʻʼʽʾʿˈ՚＇ꞌ"

_ANY = f"[{APOSTROPHES}]"
_AFTER_O_G = re.compile(rf"(?<=[oOgG]){_ANY}+")
_INSIDE = re.compile(rf"(?<=[^\W\d_])(?<![oOgG{APOSTROPHES}]){_ANY}+(?=[^\W\d_])")


def to_uzbek(text: str) -> str:
    """The text with the apostrophes of Uzbek Latin spelling, in place of whatever was typed; quotes around words stay."""

    def after_o_g(match: re.Match[str]) -> str:
        following = text[match.end() : match.end() + 1]
        if following.isalpha() or match[0] in (TURNED, TUTUQ) or text[match.start() - 1] in "gG":
            return TURNED
        return match[0]

    text = _AFTER_O_G.sub(after_o_g, text)
    return _INSIDE.sub(TUTUQ, text)
