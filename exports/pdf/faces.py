"""The faces of the printed page and their measures. Must not draw; sole place where fonts enter ReportLab."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from i18n import fonts

SERIF, SERIF_BOLD, SERIF_ITALIC = "NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic"
SANS, SANS_BOLD, SANS_ITALIC, MONO = (
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSans-Italic",
    "NotoSansMono-Regular",
)
FACES = (SERIF, SERIF_BOLD, SERIF_ITALIC, SANS, SANS_BOLD, SANS_ITALIC, MONO)


class Face:
    """One registered face: which characters it has and how wide they are, in thousandths of its size."""

    def __init__(self, name: str) -> None:
        self.name = name
        font = TTFont(name, str(fonts.font_path(name)), asciiReadable=0)
        pdfmetrics.registerFont(font)
        glyphs = font.face.charToGlyph
        width_of: Callable[[int], float] = font.face.getCharWidth
        self._widths: dict[int, float] = {code: width_of(code) for code in glyphs}
        self._known: dict[str, float] = {}

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for a character."""
        return ord(character) in self._widths

    def width(self, text: str, size: float) -> float:
        """Width of a text in points; every character must be one the face has."""
        known = self._known.get(text)
        if known is None:
            known = sum(self._widths[ord(character)] for character in text)
            if len(text) < 40 and len(self._known) < 200_000:
                self._known[text] = known
        return known * size / 1000


@lru_cache(maxsize=16)
def face(name: str) -> Face:
    """The face with this file name, registered once."""
    return Face(name)
