"""Cut the bundled Noto faces from the full ones. Run by hand when a letter is added; must not run in a build.

    .venv/bin/python packaging/subset_fonts.py FOLDER_OF_FULL_FACES

The full faces are the static files of Debian's package fonts-noto-core (version 20201225-1, fonts 2.004; faces of the
mono family from the same package). Needs fonttools. The result is the same, byte for byte, for the same input.

Signs Noto Sans and Serif lack (arrows, minus, squares) are copied from Noto Sans Mono, which the licence allows; no
Reserved Font Name is declared in these faces.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from i18n.fonts import FACES, font_path  # noqa: E402

RANGES = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x259, 0x259), (0x18F, 0x18F), (0x2B0, 0x2DD), (0x300, 0x33F), (0x400, 0x52F),
    (0x1E00, 0x1EFF), (0x2000, 0x200B), (0x2010, 0x2027), (0x202F, 0x203D), (0x2044, 0x2044), (0x2070, 0x208E),
    (0x20A0, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122), (0xFFFD, 0xFFFD), (0x391, 0x3C9),
)  # fmt: skip
GRAFTED = "←↑→↓↔↕⇒−≈≠≤≥■□▪▫▲△▶▷▼▽◀◆◇○●⟦⟧"
ALIASES = {"☐": "□", "☑": "■", "⁃": "‐"}


def main(folder: Path) -> int:
    """Write every face; print the sizes."""
    total = 0
    for name in FACES:
        font = TTFont(folder / f"{name}.ttf", recalcTimestamp=False)
        if "Mono" not in name:
            donor = TTFont(folder / f"NotoSansMono-{'Bold' if 'Bold' in name else 'Regular'}.ttf")
            _graft(font, donor)
        _alias(font)
        _subset(font)
        path = font_path(name)
        path.parent.mkdir(exist_ok=True)
        font.save(path, reorderTables=True)
        total += path.stat().st_size
        print(f"{path.stat().st_size:>8,}  {path.name}")
    print(f"{total:>8,}  together")
    return 0


def _graft(font: TTFont, donor: TTFont) -> None:
    """Copy the simple glyphs of GRAFTED that the font lacks."""
    have, names = font.getBestCmap(), donor.getBestCmap()
    order = list(font.getGlyphOrder())
    for sign in GRAFTED:
        if ord(sign) in have or ord(sign) not in names:
            continue
        glyph = copy.deepcopy(donor["glyf"][names[ord(sign)]])
        if glyph.isComposite():
            continue
        glyph.removeHinting()
        new = f"daftar{ord(sign):04X}"
        order.append(new)
        font["glyf"].glyphs[new] = glyph
        font["hmtx"].metrics[new] = donor["hmtx"].metrics[names[ord(sign)]]
        _map(font, ord(sign), new)
    font.setGlyphOrder(order)
    font["glyf"].setGlyphOrder(order)
    font["maxp"].numGlyphs = len(order)


def _alias(font: TTFont) -> None:
    for sign, known in ALIASES.items():
        cmap = font.getBestCmap()
        if ord(sign) not in cmap and ord(known) in cmap:
            _map(font, ord(sign), cmap[ord(known)])


def _map(font: TTFont, code: int, glyph: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[code] = glyph


def _subset(font: TTFont) -> None:
    options = subset.Options()
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["DSIG"]
    cutter = subset.Subsetter(options)
    wanted = [code for first, last in RANGES for code in range(first, last + 1)]
    cutter.populate(unicodes=[*wanted, *map(ord, GRAFTED), *map(ord, ALIASES)])
    cutter.subset(font)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
