"""Lets office-holders and phrases to keep through. Must not let a name through that stands on the record's own list.

An office-holder passes by full name, or by surname with the office beside it; never by the bare surname.
"""

from __future__ import annotations

import re

from exports.redaction.protected import ProtectedSet
from exports.redaction.spans import Span
from i18n import fold, names

_WORDS_AROUND = 4


class AllowList:
    """Compiled once from the set's `keep` phrases and `officials` (full names)."""

    def __init__(self, protected: ProtectedSet) -> None:
        self._keep = [keys for phrase in protected.keep if (keys := _keys(phrase))]
        self._officials = [keys for name in protected.officials if (keys := _keys(name))]
        self._surnames = names.NameIndex(
            (names.NameWord(keys[-1], "family") for keys in self._officials), fuzzy=False
        )
        self._givens = names.NameIndex(
            (names.NameWord(key, "given") for keys in self._officials for key in keys[:-1]), fuzzy=False
        )
        registered = [word for person in protected.persons for name in person.names for word in name.words]
        self._registered = {fold.t_key(word.text) for word in registered}

    def filter(self, text: str, spans: list[Span]) -> list[Span]:
        """The spans that stay."""
        if not self._keep and not self._officials:
            return spans
        kept = [_phrase_places(text, phrase) for phrase in self._keep] if self._keep else []
        covered = [place for places in kept for place in places]
        return [
            span
            for span in spans
            if not any(start <= span.start and span.end <= end for start, end in covered)
            and not self._is_official(text, span)
        ]

    def _is_official(self, text: str, span: Span) -> bool:
        if span.kind != "person" or not self._officials:
            return False
        words = [match[0] for match in fold.WORD.finditer(span.form)]
        if len(words) > 1 or not self._surnames.analyse(words[-1] if words else "", fuzzy=False):
            return False
        sentence = re.split(r"[.!?\n]\s", text[max(0, span.start - 60) : span.start])[-1]
        before = [m[0] for m in fold.WORD.finditer(sentence)][-_WORDS_AROUND:]
        after = [m[0] for m in fold.WORD.finditer(text[span.end : span.end + 60])][:_WORDS_AROUND]
        if before and self._givens.analyse(before[-1], fuzzy=False) and before[-1][0].isupper():
            return True
        if any(names.lexicon().is_office(word) for word in before):
            return True
        return bool(after and names.lexicon().is_office(after[0]))


def _keys(phrase: str) -> list[str]:
    return [fold.t_key(match[0]) for match in fold.WORD.finditer(phrase) if fold.t_key(match[0])]


def _phrase_places(text: str, keys: list[str]) -> list[tuple[int, int]]:
    """Where a phrase stands in the text, each word with any ending of up to five letters."""
    words = [(match.start(), match.end(), fold.t_key(match[0])) for match in fold.WORD.finditer(text)]
    found = []
    for place in range(len(words) - len(keys) + 1):
        window = words[place : place + len(keys)]
        if all(_is_form(word[2], key) for word, key in zip(window, keys, strict=True)):
            found.append((window[0][0], window[-1][1]))
    return found


def _is_form(key: str, stem: str) -> bool:
    return key == stem or (len(stem) > 2 and key.startswith(stem) and key[len(stem) :] in names.all_endings())
