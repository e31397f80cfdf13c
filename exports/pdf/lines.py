"""Breaks runs into lines of a measure. Must not know pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exports.dossier.tree import Runs
from exports.pdf import faces
from exports.pdf.clean import printable_text


@dataclass(frozen=True)
class Type:
    """How a text is set: faces for plain, bold and italic; size, line height in points; colour name; justified or not."""

    plain: str
    bold: str
    italic: str
    size: float
    leading: float
    colour: str = "ink"
    justify: bool = False


Piece = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One line: pieces of (face, text), its natural width, the space added to each gap to fill the measure."""

    pieces: tuple[Piece, ...]
    width: float
    stretch: float = 0.0


Word = tuple[tuple[Piece, ...], float]


def _face_for(name: str, text: str) -> str:
    """The wished face if it has every letter of the text, otherwise the serif, which defines what is printable."""
    wished = faces.face(name)
    return name if all(wished.has(c) for c in text) else faces.SERIF


def pick_face(type: Type, style: str) -> str:
    """The face for a run's style."""
    return {"bold": type.bold, "italic": type.italic}.get(style, type.plain)


# French sets a space before signs of two parts: the sign never begins a line.
_GAP = re.compile(r"(?<!«) (?![:;!?»](?: |$))")


def _words(runs: Runs, type: Type) -> Iterator[Word | None]:
    """The words of a text; None where a line must end."""
    pieces: list[Piece] = []
    for run in runs:
        name = pick_face(type, run.style)
        text = printable_text(run.text)
        for number, hard in enumerate(text.split("\n")):
            if number:
                if pieces:
                    yield _word(pieces, type)
                    pieces = []
                yield None
            for position, part in enumerate(_GAP.split(hard)):
                if position and pieces:
                    yield _word(pieces, type)
                    pieces = []
                if part:
                    pieces.append((name, part))
    if pieces:
        yield _word(pieces, type)


def _word(pieces: list[Piece], type: Type) -> Word:
    safe = tuple((_face_for(name, text), text) for name, text in pieces)
    return safe, sum(faces.face(name).width(text, type.size) for name, text in safe)


def _chopped(word: Word, measure: float, type: Type) -> Iterator[Word]:
    """Parts of a word that is wider than the measure, cut between letters."""
    pieces: list[Piece] = []
    width = 0.0
    for name, text in word[0]:
        face = faces.face(name)
        begin = 0
        for end in range(1, len(text) + 1):
            letter = face.width(text[end - 1], type.size)
            if width + letter > measure and (pieces or end - 1 > begin):
                if end - 1 > begin:
                    pieces.append((name, text[begin : end - 1]))
                yield tuple(pieces), width
                pieces, width, begin = [], 0.0, end - 1
            width += letter
        pieces.append((name, text[begin:]))
    yield tuple(pieces), width


def break_lines(runs: Runs, measure: float, type: Type) -> list[Line]:
    """The lines of a text set in a measure (points); a word wider than it is cut between letters."""
    space = faces.face(type.plain).width(" ", type.size)
    lines: list[Line] = []
    row: list[Word] = []
    used = 0.0

    def close(last: bool) -> None:
        nonlocal row, used
        if row:
            lines.append(_line(row, used, 0.0 if last or not type.justify else measure - used, space, type))
        row, used = [], 0.0

    for word in _words(runs, type):
        if word is None:
            close(True)
            continue
        for part in _chopped(word, measure, type) if word[1] > measure else (word,):
            if row and used + space + part[1] > measure:
                close(False)
            used += part[1] + (space if row else 0.0)
            row.append(part)
    close(True)
    return lines


def _line(row: list[Word], used: float, slack: float, space: float, type: Type) -> Line:
    pieces: list[Piece] = []
    for number, (parts, _) in enumerate(row):
        for position, (name, text) in enumerate(parts):
            lead = " " if number and not position else ""
            if pieces and pieces[-1][0] == name:
                pieces[-1] = (name, pieces[-1][1] + lead + text)
            elif lead:
                # The space belongs to the face before it, so that one gap is one space of one width.
                pieces[-1] = (pieces[-1][0], pieces[-1][1] + lead)
                pieces.append((name, text))
            else:
                pieces.append((name, text))
    gaps = sum(text.count(" ") for _, text in pieces)
    stretch = slack / gaps if gaps and 0 < slack <= gaps * space * 0.9 else 0.0
    return Line(tuple(pieces), used, stretch)
