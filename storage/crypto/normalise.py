"""Passphrase normalisation `pass-1`: the same words typed on another keyboard give the same bytes.

Must not change case or letters (dotted and dotless i, Latin and Cyrillic look-alikes are different keys), and must
not build the whole passphrase as `str`: text is normalised piece by piece, so that only the wipeable buffers hold it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from i18n.message import msg
from storage.crypto.secret import wipe
from storage.errors import InvalidInput

APOSTROPHES = frozenset(
    "\u0027\u0060\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\u2035\u055a\u05f3"
    "\u07f4\u07f5\ua78b\ua78c\uff07\uff40"
)
# NFKC turns the spacing accents (U+00B4, U+0384, U+1FBD, U+1FBF, U+1FFE …) into a space and one of these marks.
ACCENTS_AFTER_SPACE = frozenset("\u0301\u0313\u0314")
DASHES = frozenset(
    "\u002d\u02d7\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2053\u207b\u208b\u2212\u2e17\u2e1a"
    "\u2e3a\u2e3b\u2e40\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d"
)
INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
SPACES = frozenset(
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000"
)
LONGEST = 4096  # bytes; far beyond any passphrase, and a bound for what is typed into a KDF
_PIECE_LIMIT = 64  # code points; a longer run of combining marks is not a passphrase


def normalise_passphrase(typed: bytearray) -> bytearray:
    """Give the `pass-1` form of UTF-8 `typed` in a new buffer; the caller wipes both.

    Raises InvalidInput when the bytes are not UTF-8, too long, hold NUL, or nothing is left.
    """
    if len(typed) > LONGEST:
        raise InvalidInput(msg("The passphrase is too long."))
    out = bytearray(
        len(typed) * 18 + 8
    )  # NFKC grows a code point to at most 18; one allocation, no copies left behind
    length = 0
    try:
        for char in _mapped(typed):
            length = _append(out, length, char)
    except ValueError:
        wipe(out)
        raise InvalidInput(msg("The passphrase holds bytes that are not text.")) from None
    if length and out[length - 1] == 0x20:
        length -= 1
    result = bytearray(length)
    result[:] = memoryview(out)[:length]
    wipe(out)
    if not length:
        raise InvalidInput(msg("The passphrase is empty."))
    return result


def same_passphrase(typed: bytearray, other: bytearray) -> bool:
    """Whether two typed passphrases are one to the key: apostrophes, dashes and spaces of any keyboard count alike."""
    found = []
    try:
        for buffer in (typed, other):
            found.append(normalise_passphrase(buffer))
        return found[0] == found[1]
    except InvalidInput:
        return False
    finally:
        wipe(*found)


def _append(out: bytearray, length: int, char: str) -> int:
    """Write one mapped character; a space is written once and never first."""
    if char == " " and (not length or out[length - 1] == 0x20):
        return length
    code = char.encode("utf-8")
    out[length : length + len(code)] = code
    return length + len(code)


def _mapped(typed: bytearray) -> Iterator[str]:
    """Give the characters after NFKC and after the tables, one by one."""
    for piece in _pieces(typed):
        held = ""  # a space waits for a following accent: together they are a typed apostrophe
        for char in unicodedata.normalize("NFKC", piece):
            if held and char in ACCENTS_AFTER_SPACE:
                held = ""
                yield "'"
                continue
            if held:
                yield " "
                held = ""
            mapped = _map(char)
            if mapped == " ":
                held = mapped
            elif mapped:
                yield mapped
        if held:
            yield " "


def _map(char: str) -> str:
    if char in APOSTROPHES:
        return "'"
    if char in DASHES:
        return "-"
    if char in INVISIBLE:
        return ""
    if char in SPACES:
        return " "
    if char == "\0":
        raise ValueError
    return char


def _pieces(typed: bytearray) -> Iterator[str]:
    """Cut before characters that never compose with what stands before them: NFKC of the pieces is NFKC of the whole."""
    piece = ""
    for char in _characters(typed):
        if piece and (_starts_piece(ord(char)) or len(piece) >= _PIECE_LIMIT):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _starts_piece(code: int) -> bool:
    # Latin, Cyrillic and general punctuation: starters that no composition takes as its second part.
    return code < 0x300 or 0x400 <= code < 0x483 or 0x48A <= code < 0x530 or 0x2010 <= code < 0x2070


def _characters(typed: bytearray) -> Iterator[str]:
    """Decode UTF-8 one character at a time; raises ValueError on anything that is not UTF-8."""
    at = 0
    while at < len(typed):
        lead = typed[at]
        size = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        yield str(memoryview(typed)[at : at + size], "utf-8")
        at += size
