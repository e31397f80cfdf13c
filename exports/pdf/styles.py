"""The typography of the printed page: sheets, margins, sizes, colours. Must not lay anything out."""

from __future__ import annotations

from dataclasses import dataclass

from exports.pdf import faces
from exports.pdf.lines import Type

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM

# All text is dark enough for the gate's visibility rule (luminance at most 0.6).
COLOURS: dict[str, tuple[float, float, float]] = {
    "ink": (0.09, 0.10, 0.12),
    "quiet": (0.36, 0.38, 0.41),
    "rule": (0.72, 0.72, 0.70),
    "accent": (0.06, 0.36, 0.34),
    "red": (0.60, 0.10, 0.08),
}


def serif(size: float, leading: float, colour: str = "ink", justify: bool = False) -> Type:
    """Running text."""
    return Type(faces.SERIF, faces.SERIF_BOLD, faces.SERIF_ITALIC, size, leading, colour, justify)


def sans(size: float, leading: float, colour: str = "quiet") -> Type:
    """Labels, running heads and feet."""
    return Type(faces.SANS, faces.SANS_BOLD, faces.SANS_ITALIC, size, leading, colour)


def bold(size: float, leading: float, colour: str = "ink") -> Type:
    """Headings."""
    return Type(faces.SERIF_BOLD, faces.SERIF_BOLD, faces.SERIF_BOLD, size, leading, colour)


def italic(size: float, leading: float, colour: str = "ink") -> Type:
    """Lesser headings, notes."""
    return Type(faces.SERIF_ITALIC, faces.SERIF_BOLD, faces.SERIF, size, leading, colour)


@dataclass(frozen=True)
class Sheet:
    """One page model: margins in points and the faces of its texts."""

    left: float
    right: float
    top: float
    bottom: float
    body: Type
    quote: Type
    item: Type
    indent: float
    gap: float
    footnote: Type

    @property
    def measure(self) -> float:
        """Width of the text area."""
        return PAGE_WIDTH - self.left - self.right

    @property
    def depth(self) -> float:
        """Height of the text area."""
        return PAGE_HEIGHT - self.top - self.bottom


def _sheet(margins: tuple[float, float, float, float], body: Type, indent: float, gap: float) -> Sheet:
    left, right, top, bottom = (value * MM for value in margins)
    quote = Type(body.plain, body.bold, body.italic, body.size, body.leading, body.colour, False)
    return Sheet(left, right, top, bottom, body, quote, quote, indent, gap, serif(10, 14))


_BODY = serif(10.6, 16.2, justify=True)
# The annex follows the stricter of the Court's two sets of format rules: 3.5 cm on every side, 12 and 10 points, 1.5 lines.
SHEETS: dict[str, Sheet] = {
    "cover": _sheet((30, 30, 70, 34), serif(11, 17), 28, 7),
    "form": _sheet((26, 24, 30, 28), serif(10.4, 15.2), 28, 6),
    "body": _sheet((30, 26, 31, 29), _BODY, 28, 7.5),
    "confidential": _sheet((26, 24, 34, 28), serif(10.4, 15.2), 28, 6),
    "annex": _sheet((35, 35, 35, 35), serif(12, 20.7), 30, 9),
    "picture": _sheet((14, 14, 26, 22), serif(10.4, 15.2), 28, 6),
    "statement": _sheet((30, 26, 32, 30), serif(11.4, 18.4), 28, 9),
}

HEADINGS: dict[int, tuple[Type, float, float]] = {
    # level: face, space before, space after
    0: (bold(23, 30), 0, 16),
    1: (bold(13.6, 19), 20, 8),
    2: (italic(11.4, 16), 13, 5),
    3: (serif(10.6, 15), 10, 4),
}
PARAGRAPHS: dict[str, tuple[Type, float, float]] = {
    # style: face, space before, space after
    "note": (sans(8.4, 12.4), 0, 7),
    "lead": (sans(8.8, 13), 0, 5),
    "small": (serif(9, 13), 0, 4),
    "footnote": (serif(10, 14), 0, 4),
    "hash": (Type(faces.MONO, faces.MONO, faces.MONO, 7.2, 11, "quiet"), 0, 1),
    "cover-body": (sans(10.5, 15), 0, 14),
    "cover-small": (italic(11.5, 17, "quiet"), 14, 4),
    "cover-name": (serif(15, 21), 0, 4),
    "cover-fact": (sans(9.4, 15.4, "ink"), 0, 0),
}
LABEL = sans(8.4, 12.2)
NUMBER = sans(8.4, 12.2, "accent")
COUNTER = sans(7.4, 11)
TABLE_HEAD = sans(8, 11.6)
TABLE_CELL = serif(9.6, 13.6)
FURNITURE = sans(7.4, 10)
LABEL_SHARE = 0.36
