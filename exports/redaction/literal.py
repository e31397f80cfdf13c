"""Finds what is matched letter by letter: identifiers with any separators, places, names inside addresses and handles.

Must not read names in running text (`mentions`) or know a grammar beyond the endings of `i18n.names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exports.redaction.addresses import AddressFinder
from exports.redaction.compiled import Compiled
from exports.redaction.protected import ProtectedIdentifier, ProtectedPlace, ProtectedSet
from exports.redaction.scan import Hit, Scanner, positions
from exports.redaction.spans import How, Kind, Span
from i18n import fold, names

_PHONE = re.compile(r"(?<![\w+])[+(]?\d(?:[\s().\-‐‑–—/\u00a0]{0,3}\d){5,16}(?!\w)")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_SEPARATORS = re.compile(r"[\s.,:;\-‐‑–—/№#()\u00a0]{0,3}")
_HANDLE = re.compile(
    r"(?<![\w@])(?P<mail>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)|(?P<url>(?:https?://|www\.)[^\s<>\"«»]+|(?<![\w@.])[\w\-]+(?:\.[\w\-]+)*\."
    r"(?:com|org|net|info|me|ru|uz|tj|az|kz|kg|tm|de|pl|eu|tv|io|media)/[^\s<>\"«»]*)|(?P<handle>(?<![\w@])@[\w.\-]{3,}|(?<![\w@.\-])"
    r"(?=[\w.]*[A-Za-z])(?:[A-Za-z]+[_.][A-Za-z0-9_.]*[A-Za-z0-9]|[A-Za-z]+\d+[A-Za-z0-9_.]*|[A-Za-z]+(?:_[A-Za-z0-9]+)+)(?![\w@]))"
)
_SMALL, _CAPITAL = "a-zа-яёўқғҳҷӣӯəğıöüşç", "A-ZА-ЯЁЎҚҒҲҶӢӮƏĞİÖÜŞÇ"
_GLUED = re.compile(
    rf"(?:#|(?<![\w@#./\-]))(?P<words>(?:(?<=#)[^\W\d]\w{{2,}}|[^\W\d_][{_SMALL}]+[{_CAPITAL}][{_SMALL}]{{2}}\w*))"
)
_SPLIT = re.compile(rf"(?<=[{_SMALL}])(?=[{_CAPITAL}])")
_FOOTNOTE = re.compile(r"[A-Z][A-Za-z]+\d{1,2}")  # a name with the number of a note, no account
_TAIL = 9  # last digits of a phone that make it the same number whatever stands before (8, 00, country code)
_LOCAL = 7


class LiteralFinder:
    """Compiled once from a protected set."""

    def __init__(self, protected: ProtectedSet, scanner: Scanner, compiled: Compiled) -> None:
        self._phones: dict[str, ProtectedIdentifier] = {}
        self._chains: dict[str, list[tuple[tuple[str, ...], ProtectedIdentifier]]] = {}
        self._mails: dict[str, ProtectedIdentifier] = {}
        for identifier in protected.identifiers:
            self._add(identifier)
        self._addresses = AddressFinder(protected.identifiers)
        self._places = _Places(protected.places)
        self._scanner = scanner
        self._compiled = compiled

    def _add(self, identifier: ProtectedIdentifier) -> None:
        value = identifier.value
        digits = re.sub(r"\D", "", value)
        if identifier.type == "phone" or (not re.search(r"[^\W\d_]", value) and len(digits) >= _TAIL):
            self._phones[digits[-_TAIL:]] = identifier
        if "@" in value:
            self._mails[fold.fold_text(value.strip().lstrip("@")).text] = identifier
        pieces = tuple(_canonical(piece) for piece in _PIECE.findall(value))
        if pieces and sum(map(len, pieces)) >= 4:
            joined = "".join(pieces)
            self._chains.setdefault(joined[:3], []).append(((joined,), identifier))

    def forget(self) -> None:
        """Drop every remembered word."""
        self._addresses.forget()
        self._places.forget()

    def find(self, text: str) -> Iterator[Span]:
        """Spans of identifiers, places and handles; they may overlap each other."""
        if self._phones:
            yield from self._find_phones(text)
        if self._chains:
            yield from self._find_chains(text)
        if self._addresses:
            yield from self._find_addresses(text)
        yield from self._places.find(text)
        yield from self._find_handles(text)
        yield from self._find_glued(text)

    def _find_phones(self, text: str) -> Iterator[Span]:
        for match in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", match[0])
            known = self._phones.get(digits[-_TAIL:]) if len(digits) >= _TAIL else None
            if known:
                yield _span(
                    text, match.start(), match.end(), known.id, "identifier", exact=match[0] == known.value
                )
            elif len(digits) == _LOCAL:
                for tail, identifier in self._phones.items():
                    if tail.endswith(digits):
                        yield _span(
                            text, match.start(), match.end(), identifier.id, "identifier", exact=False
                        )
                        break

    def _find_chains(self, text: str) -> Iterator[Span]:
        pieces = [(m.start(), m.end(), _canonical(m[0])) for m in _PIECE.finditer(text)]
        for place, (start, _end, first) in enumerate(pieces):
            if not first or not _could_begin(first, self._chains):
                continue
            if place and pieces[place - 1][1] == start and len(pieces[place - 1][2]) > 0:
                continue  # in the middle of a longer code
            joined, end = "", start
            for following_start, following_end, piece in pieces[place : place + 12]:
                if joined and not _SEPARATORS.fullmatch(text[end:following_start]):
                    break
                joined, end = joined + piece, following_end
                known = next((i for (want,), i in self._chains.get(joined[:3], ()) if want == joined), None)
                glued = end < len(text) and (
                    text[end].isalnum() and text[end].isdigit() == text[end - 1].isdigit()
                )
                if known and not glued:
                    yield _span(
                        text, start, end, known.id, "identifier", exact=text[start:end] == known.value
                    )
                    break
                if len(joined) > 40:
                    break

    def _find_addresses(self, text: str) -> Iterator[Span]:
        for start, end, identifier, certain in self._addresses.find(text):
            form = text[start:end]
            yield Span(
                start,
                end,
                identifier.id,
                "identifier",
                form,
                "exact" if form == identifier.value else "spelling",
                certain,
            )

    def _find_handles(self, text: str) -> Iterator[Span]:
        for match in _handles(text):
            if match["mail"]:
                known = self._mails.get(fold.fold_text(match[0]).text)
                if known:
                    yield _span(text, match.start(), match.end(), known.id, "identifier", exact=True)
                    continue
                yield from self._named(text, match.start(), match.end(), match[0].split("@")[0])
            elif match["url"]:
                for part in re.finditer(r"[^/?=&#]+", match[0]):
                    yield from self._named(
                        text, match.start() + part.start(), match.start() + part.end(), part[0]
                    )
            elif not _FOOTNOTE.fullmatch(match[0]):
                known = self._mails.get(fold.fold_text(match[0].lstrip("@")).text)
                if known:
                    yield _span(text, match.start(), match.end(), known.id, "identifier", exact=True)
                else:
                    yield from self._named(text, match.start(), match.end(), match[0].lstrip("@"))

    def _find_glued(self, text: str) -> Iterator[Span]:
        """Names written together without a sign: #КамилаНазарова, сказалаКамила."""
        for match in _GLUED.finditer(text):
            yield from self._named(text, match.start("words"), match.end(), match["words"])

    def _named(self, text: str, start: int, end: int, handle: str) -> Iterator[Span]:
        """A handle in which a registered name stands: whole words of it, a name with an initial, or two names grown together."""
        while end > start and text[end - 1] in ".,;:!?)]":
            end -= 1
        found = self._persons_in(handle)
        if not found:
            return
        most = max(found.values())
        best = [self._compiled.bearers[person] for person, score in found.items() if score == most]
        ids = tuple(bearer.id for bearer in best if not bearer.shown)
        if ids:
            certain = most >= 5 and len(ids) == len(best)
            yield Span(
                start, end, ids[0], "person", text[start:end], "handle", certain, ids if len(ids) > 1 else ()
            )

    def _persons_in(self, handle: str) -> dict[int, int]:
        """Persons whose names stand in the handle, with the number of letters that say so."""
        found: dict[int, int] = {}
        for word in re.findall(r"[^\W\d_]+", _SPLIT.sub(" ", handle)):
            for person, score in self._persons_of(word).items():
                found[person] = found.get(person, 0) + score
        return found

    def _persons_of(self, word: str) -> dict[int, int]:
        found: dict[int, int] = {}
        candidates = [(word, 0)]
        if len(word) >= 6:
            candidates += [(word[1:], 1), (word[:-1], 1)]
        for core, cut in candidates:
            for reading in self._compiled.index.analyse(core, fuzzy=False):
                if reading.derived or reading.fond or (not reading.bare and cut) or len(core) < 4:
                    continue
                for use in self._compiled.uses[reading.word]:
                    initial = word[0] if core == word[1:] else word[-1]
                    if cut and not (use.part == "family" and self._initial_fits(initial, use.person)):
                        continue
                    found[use.person] = max(found.get(use.person, 0), len(core))
        if not found and len(word) >= 8:
            found = self._grown_together(word)
        return found

    def _initial_fits(self, letter: str, person: int) -> bool:
        from exports.redaction.mentions import initials_fit

        return initials_fit([letter], self._compiled, person)

    def _grown_together(self, word: str) -> dict[int, int]:
        """farruhnazarov, nazarovfarruh: two words of one person without a sign between."""
        for cut in range(3, len(word) - 2):
            first = self._bare_persons(word[:cut])
            if first:
                both = first & self._bare_persons(word[cut:])
                if both:
                    return dict.fromkeys(both, len(word))
        return {}

    def _bare_persons(self, word: str) -> set[int]:
        readings = self._compiled.index.analyse(word, fuzzy=False)
        return {use.person for r in readings if r.bare and not r.fond for use in self._compiled.uses[r.word]}


_NOT_SPACE_BEFORE = re.compile(r"\S*$")
_ASCII_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_LETTER_DIGIT = re.compile(r"[A-Za-z]\d")


def _handle_signs(text: str) -> Iterator[int]:
    """Places of signs that handles and addresses have."""
    yield from positions(text, "@")
    for sign in "_./":
        for place in positions(text, sign):
            if text[place - 1 : place] in _ASCII_WORD and text[place + 1 : place + 2] in _ASCII_WORD:
                yield place
    yield from (match.start() for match in _LETTER_DIGIT.finditer(text))


def _handles(text: str) -> Iterator[re.Match[str]]:
    """Handles, addresses and URLs, looked for only around signs that they have."""
    done = 0
    for sign in sorted(_handle_signs(text)):
        if sign < done:
            continue
        before = _NOT_SPACE_BEFORE.search(text, max(done, sign - 200), sign)
        start = before.start() if before else sign
        end = sign + 1
        while end < len(text) and not text[end].isspace():
            end += 1
        done = end
        yield from _HANDLE.finditer(text, start, end)


_SURE_PLACE = 8  # letters of a place's key from which a misspelt and inflected form still is that place


class _Places:
    """Names of places with the endings of a noun, one word or several."""

    def __init__(self, places: tuple[ProtectedPlace, ...]) -> None:
        self._phrases: list[tuple[list[int], ProtectedPlace]] = []
        words: list[names.NameWord] = []
        for place in places:
            for name in place.names:
                texts = [m[0] for m in fold.WORD.finditer(name) if not m[0].isdigit()]
                numbers = []
                for word in texts:
                    numbers.append(len(words))
                    words.append(names.NameWord(word, "place"))
                if numbers:
                    self._phrases.append((numbers, place))
        self._by_first = {numbers[0]: (numbers, place) for numbers, place in self._phrases}
        self._scanner = Scanner(names.NameIndex(words, fuzzy=True))
        self._any = bool(words)
        self._words = words

    def forget(self) -> None:
        """Drop every remembered word."""
        self._scanner.forget()

    def _likely(self, word: str, reading: names.Reading) -> bool:
        """Whether a misspelling is one: a short place one letter off and with an ending is mostly a verb (İstəyirəm, Isfara)."""
        if not reading.fuzzy:
            return True
        registered = fold.t_key(self._words[reading.word].text)
        enough = _SURE_PLACE - 2 if reading.bare else _SURE_PLACE
        return len(registered) >= enough and fold.t_key(word)[0] == registered[0]

    def find(self, text: str) -> Iterator[Span]:
        if not self._any:
            return
        hits = self._scanner.hits(text)
        for place, hit in enumerate(hits):
            for reading in hit.readings:
                phrase = self._by_first.get(reading.word)
                if (
                    phrase is None
                    or not hit.word[0].isupper()
                    or reading.fond
                    or not self._likely(hit.word, reading)
                ):
                    continue
                end = _follow_phrase(text, hits, place, phrase[0])
                if end:
                    length = len(fold.t_key(hit.word))
                    certain = not reading.fuzzy or (length >= 8 and reading.price <= 1.0)
                    how: How = (
                        "exact"
                        if reading.exact
                        else "spelling"
                        if reading.fuzzy
                        else "inflected"
                        if reading.same_script
                        else "script"
                    )
                    yield Span(
                        hit.start,
                        end,
                        phrase[1].id,
                        "place",
                        text[hit.start : end],
                        how,
                        certain,
                        (),
                        reading.endings,
                    )
                    break


def _follow_phrase(text: str, hits: list[Hit], place: int, numbers: list[int]) -> int:
    end = hits[place].end
    for number in numbers[1:]:
        place += 1
        if place >= len(hits) or not re.fullmatch(r"[\s\-‐‑–]{1,3}", text[end : hits[place].start]):
            return 0
        if all(reading.word != number for reading in hits[place].readings):
            return 0
        end = hits[place].end
    return end


def _span(text: str, start: int, end: int, subject: str, kind: Kind, *, exact: bool) -> Span:
    return Span(start, end, subject, kind, text[start:end], "exact" if exact else "spelling", True)


_LOOKALIKE = str.maketrans("авекмнорстухіјѕ", "abekmhopctyxijs")


def _canonical(piece: str) -> str:
    """Letters of a number in one script: a plate 01А123ВС is the same in Latin letters."""
    return fold.x_key(piece).translate(_LOOKALIKE)


def _could_begin(piece: str, chains: dict[str, list[tuple[tuple[str, ...], ProtectedIdentifier]]]) -> bool:
    head = piece[:3]
    return head in chains if len(head) == 3 else any(key.startswith(head) for key in chains)
