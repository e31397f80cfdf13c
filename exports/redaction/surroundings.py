"""What stands around a word of one text: capitals, beginnings of sentences, the next words. Must not know any name."""

from __future__ import annotations

import re
from functools import cached_property

from exports.redaction.scan import Hit
from i18n import fold

_WORD_BEFORE = re.compile(rf"({fold.WORD.pattern})([^\w]*)$")
_WORD_AFTER = re.compile(rf"([^\w]*)({fold.WORD.pattern})")
_NEAR = re.compile(r"[ \t\u00a0]*\n?[ \t\u00a0]*")
_LINE = 200  # letters of a line that are looked at


class Surroundings:
    """Answers about places of one text. `caseless`: the text is written without any capitals."""

    def __init__(self, text: str) -> None:
        self._text = text
        letters = re.findall(r"[^\W\d_]", text[:4000])
        self.caseless = len(letters) > 40 and not any(letter.isupper() for letter in letters)

    def capital(self, hit: Hit) -> bool:
        """Whether a word begins with a capital; every word does in a text that has none."""
        return self.caseless or hit.word[0].isupper()

    def in_capitals(self, hit: Hit) -> bool:
        """Whether the whole line is in capitals, so that they say nothing."""
        if not hit.word.isupper() or len(hit.word) < 2:
            return False
        before = self._text[max(0, hit.start - _LINE) : hit.start].rpartition("\n")[2]
        after = self._text[hit.end : hit.end + _LINE].partition("\n")[0]
        return not any(char.islower() for char in before + after)

    def opens_sentence(self, start: int, *, colon: bool = True) -> bool:
        """Whether a sentence begins here, so that a capital says nothing; with `colon` also after a colon or semicolon."""
        before = self._text[max(0, start - 12) : start].rstrip(" \t\u00a0\"'«„“”(—–-")
        if not before:
            return True
        if before.endswith("\n"):
            return True
        if before[-1] in "!?…" or (colon and before[-1] in ":;"):
            return True
        return before[-1] == "." and not re.search(r"(?:^|[^\w])[^\W\d_]{1,2}\.$", before)

    def neighbour_before(self, start: int) -> str | None:
        """The word just before a place, across one line end, a hyphen or the stop of an abbreviation."""
        match = _WORD_BEFORE.search(self._text[max(0, start - 60) : start])
        if match is None or not (_NEAR.fullmatch(match[2]) or match[2] in ("-", ". ")):
            return None
        if match[2] == ". " and len(match[1]) > 4:
            return None
        return match[1]

    def neighbour_after(self, end: int) -> str | None:
        """The word just after a place, across one line end."""
        match = _WORD_AFTER.match(self._text, end)
        return match[2] if match and _NEAR.fullmatch(match[1]) else None

    def written_small(self, word: str) -> bool:
        """Whether the text writes the word without a capital somewhere."""
        return fold.x_key(word) in self._small

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(fold.x_key(word) for word in set(fold.WORD.findall(self._text)) if word[0].islower())
