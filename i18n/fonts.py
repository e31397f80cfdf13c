"""The bundled faces, one copy for screen and paper. Must not fall back to a font of the system.

Noto Sans and Noto Serif in four styles, Noto Sans Mono in two, under the Open Font License (fonts/OFL.txt), cut by
packaging/subset_fonts.py to the letters the product can meet.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "fonts"

FACES: tuple[str, ...] = (
    *(f"NotoSans-{style}" for style in ("Regular", "Bold", "Italic", "BoldItalic")),
    *(f"NotoSerif-{style}" for style in ("Regular", "Bold", "Italic", "BoldItalic")),
    *(f"NotoSansMono-{style}" for style in ("Regular", "Bold")),
)


def font_path(name: str) -> Path:
    """The file of a face of `FACES` (`NotoSans-Bold`); KeyError for any other name."""
    if name not in FACES:
        raise KeyError(name)
    return FOLDER / f"{name}.ttf"


def font_paths() -> list[Path]:
    """All faces that ship."""
    return [font_path(name) for name in FACES]
