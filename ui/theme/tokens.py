"""The two palettes and the measures of the grid, as design decided them. Must not compute or draw anything."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Palette:
    """Colours by what they mean. Each text pair (see `TEXT_PAIRS`) meets WCAG AA; a test measures it."""

    name: str
    paper: str
    sheet: str
    ink: str
    quiet: str
    line: str
    accent: str
    accent_soft: str
    on_accent: str
    amber: str
    amber_soft: str
    red: str
    red_soft: str

    @property
    def is_dark(self) -> bool:
        """Whether this is the palette for dark rooms."""
        return self.name == "dark"


LIGHT = Palette(
    name="light",
    paper="#FBFAF7",
    sheet="#FFFFFF",
    ink="#1F2328",
    quiet="#5B626B",
    line="#E4E1DA",
    accent="#0F6B66",
    accent_soft="#E3F0EE",
    on_accent="#FFFFFF",
    amber="#8A5A00",
    amber_soft="#FFF4DC",
    red="#B3261E",
    red_soft="#FCE8E6",
)
DARK = Palette(
    name="dark",
    paper="#17191C",
    sheet="#1E2125",
    ink="#E7E5E0",
    quiet="#A3A9B1",
    line="#2D3238",
    accent="#5CC4BC",
    accent_soft="#17332F",
    on_accent="#17191C",
    amber="#F2C066",
    amber_soft="#33290F",
    red="#F2877F",
    red_soft="#381B19",
)
# Where the system asks for high contrast: black and white, lines as strong as words, deeper meanings.
LIGHT_CONTRAST = replace(
    LIGHT,
    paper="#FFFFFF",
    ink="#000000",
    quiet="#2B2F34",
    line="#4A4F55",
    accent="#004F4B",
    amber="#5E3D00",
    red="#8C1009",
)
DARK_CONTRAST = replace(
    DARK,
    paper="#000000",
    sheet="#000000",
    ink="#FFFFFF",
    quiet="#DADDE1",
    line="#B4B8BE",
    accent="#86E5DD",
    on_accent="#000000",
    amber="#FFD98A",
    red="#FFB3AC",
)

# (text colour, ground) pairs that appear on screen.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "accent_soft"),
    ("quiet", "paper"),
    ("quiet", "sheet"),
    ("quiet", "accent_soft"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("amber", "paper"),
    ("amber", "amber_soft"),
    ("ink", "amber_soft"),
    ("red", "paper"),
    ("red", "red_soft"),
    ("ink", "red_soft"),
)

# Type sizes in px at 100 %: secondary, body, narrative, section, title.
QUIET, BODY, NARRATIVE, SECTION, TITLE = 13, 15, 17, 20, 26
NARRATIVE_LINE_HEIGHT = 1.6
GRID = 8
CORNER = 6
RAIL = 64
HEADER = 64
STATUS = 32
CONTENT_WIDTH = 760
MARGIN_LEFT = 32
MARGIN_RIGHT = 24
SIDE_WIDE = 344
SIDE_NARROW = 320
HANG = 12
SMALLEST_SCALE, LARGEST_SCALE = 90, 200
