"""Finds registered addresses by their distinctive words in any script and order, with or without number and street word.

Must not know persons; a common word of an address alone (street, house, the town) is never a mention of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from exports.redaction.address_words import PIECE, forget_words, is_street, is_weak, parts
from exports.redaction.protected import ProtectedIdentifier
from exports.redaction.scan import Hit, Scanner
from i18n import fold
from i18n.names import NameIndex, NameWord, lexicon

_BOX = re.compile(r"(?:\bp\.?\s?o\.?\s?b(?:ox)?|\bbox|\bpost\s?box|а\s?/\s?я|абонентск\w+ ящик\w*|ящик\w*|почт\w+ қутт?и\w*|қутт?ии? почт\w+|pochta quti\w*|poçt qutu\w*|skr\w*\.? poczt\w*\.?)[\s.,№#:]{0,4}$", re.IGNORECASE)  # fmt: skip
_NEAR = re.compile(r"[\s.,:;\-‐‑–—/№#()«»\"“”\u00a0]{1,4}")
_HOUSE_LETTER = re.compile(r"[^\W\d_](?![^\W_])")
_REACH = 70
_WEAK_BETWEEN = 3


class _Address(NamedTuple):
    identifier: ProtectedIdentifier
    words: frozenset[int]
    numbers: frozenset[str]
    towns: frozenset[int]
    box: bool


class _Piece(NamedTuple):
    start: int
    end: int
    key: str


class AddressFinder:
    """Compiled once from identifiers of the type address."""

    def __init__(self, identifiers: Iterable[ProtectedIdentifier]) -> None:
        self._words: list[NameWord] = []
        self._addresses = [
            self._compiled(identifier) for identifier in identifiers if identifier.type == "address"
        ]
        self._scanner = Scanner(NameIndex(self._words, fuzzy=False))

    def __bool__(self) -> bool:
        return bool(self._addresses)

    def forget(self) -> None:
        """Drop every remembered word."""
        self._scanner.forget()
        forget_words()

    def _compiled(self, identifier: ProtectedIdentifier) -> _Address:
        words, towns, numbers = parts(identifier.value)
        box = any(
            _BOX.search(identifier.value[: match.start()]) for match in re.finditer(r"\d+", identifier.value)
        )
        return _Address(identifier, self._numbers(words), frozenset(numbers), self._numbers(towns), box)

    def _numbers(self, words: list[str]) -> frozenset[int]:
        begin = len(self._words)
        self._words += [NameWord(word, "place") for word in words]
        return frozenset(range(begin, len(self._words)))

    def find(self, text: str) -> Iterator[tuple[int, int, ProtectedIdentifier, bool]]:
        """(start, end, address, certain) of every place; they may overlap."""
        hits = self._scanner.hits(text) if self._words else []
        for address in self._addresses:
            own = [hit for hit in hits if any(r.word in address.words and not r.fond for r in hit.readings)]
            for cluster in self._clusters(text, address, own):
                found = self._judged(text, address, cluster)
                if found:
                    yield found
            if address.box:
                yield from self._boxes(text, address)

    def _clusters(self, text: str, address: _Address, hits: list[Hit]) -> Iterator[list[Hit]]:
        """Hits of one address with nothing between them but what addresses consist of."""
        cluster: list[Hit] = []
        for hit in hits:
            if cluster and not self._belongs(text[cluster[-1].end : hit.start], address):
                yield cluster
                cluster = []
            cluster.append(hit)
        if cluster:
            yield cluster

    def _belongs(self, gap: str, address: _Address) -> bool:
        if len(gap) > _REACH or "\n\n" in gap:
            return False
        return all(
            piece[0].isdigit() or is_street(piece[0]) or is_weak(piece[0]) or self._is_town(piece[0], address)
            for piece in PIECE.finditer(gap)
        )

    def _is_town(self, word: str, address: _Address) -> bool:
        return any(reading.word in address.towns for reading in self._scanner.read(word))

    def _judged(
        self, text: str, address: _Address, cluster: list[Hit]
    ) -> tuple[int, int, ProtectedIdentifier, bool] | None:
        matched = {r.word for hit in cluster for r in hit.readings if r.word in address.words}
        start, end, street, number = self._stretched(text, address, cluster[0].start, cluster[-1].end)
        between = text[cluster[0].start : cluster[-1].end]
        street = street or any(map(is_street, PIECE.findall(between)))
        number = number or any(piece in address.numbers for piece in PIECE.findall(between))
        capital = any(hit.word[0].isupper() for hit in cluster)
        several = len(matched) >= 2
        if not capital and not (several and (street or number)) and not (street and number):
            return None
        if several or number or street:
            person = any(lexicon().looks_given(hit.word) for hit in cluster)
            enough = (
                (several and not person)
                or (len(address.words) == 1 and (street or number))
                or (several and (street or number))
                or (street and number)
            )
            return start, end, address.identifier, enough
        hit = cluster[0]
        alone = len(address.words) == 1 and len(fold.t_key(hit.word)) >= 5
        if alone and not lexicon().looks_given(hit.word) and not lexicon().is_site(hit.word):
            return start, end, address.identifier, False
        return None

    def _stretched(self, text: str, address: _Address, start: int, end: int) -> tuple[int, int, bool, bool]:
        """The stretch with the house number, street words and town beside it; whether a street word and the number stand there."""
        street = number = False
        after = [_Piece(m.start(), m.end(), m[0]) for m in PIECE.finditer(text, end, end + _REACH)]
        before = [
            _Piece(m.start(), m.end(), m[0]) for m in PIECE.finditer(text, max(0, start - _REACH), start)
        ][::-1]
        for pieces, ahead in ((before, True), (after, False)):
            edge, skipped = (start if ahead else end), 0
            for piece in pieces:
                if not ahead and piece.start < edge:
                    continue  # the letter of a house number
                gap = text[piece.end : edge] if ahead else text[edge : piece.start]
                glued = not gap and piece.key.isdigit()
                if not glued and (not _NEAR.fullmatch(gap) or "\n\n" in gap):
                    break
                kind = self._kind(piece.key, address)
                if kind == "":
                    break
                edge = piece.start if ahead else _with_letter(text, piece.end, kind)
                if kind == "weak":
                    skipped += 1
                    if skipped > _WEAK_BETWEEN:
                        break
                    continue
                street, number = street or kind == "street", number or kind == "number"
                start, end = (edge, end) if ahead else (start, edge)
        return start, end, street, number

    def _kind(self, piece: str, address: _Address) -> str:
        if piece.isdigit():
            return "number" if piece in address.numbers else ""
        if is_street(piece):
            return "street"
        if self._is_town(piece, address):
            return "town"
        return "weak" if is_weak(piece) else ""

    def _boxes(self, text: str, address: _Address) -> Iterator[tuple[int, int, ProtectedIdentifier, bool]]:
        for match in re.finditer(r"(?<!\d)\d+(?!\d)", text):
            if match[0] not in address.numbers:
                continue
            before = _BOX.search(text[max(0, match.start() - 30) : match.start()])
            if before:
                start = match.start() - (len(before[0]))
                _, end, _, _ = self._stretched(text, address, start, match.end())
                yield start, end, address.identifier, True


def _with_letter(text: str, end: int, kind: str) -> int:
    """The end of a house number with its letter (203B, 12/А is left)."""
    more = _HOUSE_LETTER.match(text, end) if kind == "number" else None
    return more.end() if more else end
