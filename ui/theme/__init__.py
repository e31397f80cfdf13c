"""How the window looks: colours, sizes, type. Must not know any screen."""

from ui.theme.theme import SIDE_NARROW, SIDE_WIDE, Theme
from ui.theme.tokens import DARK, LIGHT, Palette

__all__ = ["DARK", "LIGHT", "SIDE_NARROW", "SIDE_WIDE", "Palette", "Theme"]
