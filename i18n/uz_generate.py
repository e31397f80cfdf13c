"""Writes the Uzbek Cyrillic words of the program from the Latin ones. Must not overwrite what a person reviewed.

Placeholders, tags, addresses, file endings, codes, Roman numerals, `%1` of the toolkit, the product's name and the words
of translit/keep_latin.txt stay in Latin letters; an accelerator mark stays in front of its letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from i18n.po import AUTO, REVIEWED, Entry
from i18n.translit import convert

_ROMAN = r"(?=(?:[IVXLC]{2,}|[IVX])(?![A-Za-z]))(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_GUARDED = (
    r"\{[A-Za-z_][A-Za-z0-9_]*\}",
    r"<[^<>]*>",
    r"&(?:amp|lt|gt|quot|nbsp);",
    r"%\d|%n",
    r"(?:https?|mailto):\S+",
    r"\b[\w.+-]+@[\w-]+\.[\w.]+",
    r"\*?\.[a-z][a-z0-9]{1,6}\b",  # .pdf, *.daftar
    r"\b[\w/-]+\.(?:json|pdf|txt|toml|zip|png|jpg|csv|daftar)\b",
    r"\b(?=[A-Za-z]*\d)[A-Za-z0-9]*[A-Z][A-Za-z0-9]*\b",  # F5, SHA256
    r"\b[A-Z]{2,}-\d+\b",
    r"\b(?:Ctrl|Alt|Shift)\+[\w+]+",
    r"(?<![A-Za-z])" + _ROMAN + r"(?![A-Za-z])",
)


_QUOTES = str.maketrans("“”", "«»")


def to_cyrillic(text: str) -> str:
    """One text of the program in Cyrillic, with the quotation marks of Cyrillic print."""
    plain, marked = _take_accelerator(text.translate(_QUOTES))
    out: list[str] = []
    done = 0
    for match in _guard().finditer(plain):
        out.append(convert(plain[done : match.start()], "uz_1995", back=True))
        out.append(match[0])
        done = match.end()
    out.append(convert(plain[done:], "uz_1995", back=True))
    return _put_accelerator("".join(out)) if marked else "".join(out)


def generate(latin: Iterable[Entry], cyrillic: dict[str, Entry]) -> list[Entry]:
    """The Cyrillic catalog: generated entries, but for those marked reviewed, which are kept."""
    out: list[Entry] = []
    for entry in latin:
        known = cyrillic.get(entry.key)
        if known is not None and REVIEWED in known.notes and known.translated:
            out.append(replace(entry, forms=known.forms, notes=known.notes))
        else:
            forms = tuple(to_cyrillic(form) for form in entry.forms)
            out.append(replace(entry, forms=forms, notes=(AUTO,) if entry.translated else ()))
    return out


@cache
def keep_latin() -> tuple[str, ...]:
    """The words that stay in Latin letters, longest first."""
    path = Path(__file__).resolve().parent / "translit" / "keep_latin.txt"
    words = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(sorted((word for word in words if word and not word.startswith("#")), key=len, reverse=True))


@cache
def _guard() -> re.Pattern[str]:
    words = rf"(?<![\w])(?:{'|'.join(map(re.escape, keep_latin()))})(?![A-Za-zʻʼ])"
    return re.compile("|".join([*_GUARDED, words]))


def _take_accelerator(text: str) -> tuple[str, bool]:
    match = re.search(r"&(?=\w)(?!(?:amp|lt|gt|quot|nbsp);)", text)
    return (text[: match.start()] + text[match.end() :], True) if match else (text, False)


def _put_accelerator(text: str) -> str:
    for place, char in enumerate(text):
        if char.isalpha():
            return f"{text[:place]}&{text[place:]}"
    return text
