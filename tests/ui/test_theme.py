"""Both palettes are readable, and every icon draws."""

from __future__ import annotations

import pytest

from ui.icons import icon_names, pixmap
from ui.theme import DARK, LIGHT
from ui.theme.tokens import DARK_CONTRAST, LIGHT_CONTRAST, TEXT_PAIRS


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = (_channel(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_every_text_pair_meets_aa(palette: object, pair: tuple[str, str]) -> None:
    text, ground = pair
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_high_contrast_is_high(palette: object, pair: tuple[str, str]) -> None:
    text, ground = pair
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 7


def test_every_icon_draws_something(qapp: object) -> None:
    for name in icon_names():
        image = pixmap(name, 20, "#0F6B66").toImage()
        drawn = sum(image.pixelColor(x, y).alpha() > 0 for x in range(20) for y in range(20))
        assert drawn > 10, name


def test_an_icon_takes_the_colour_it_is_given(qapp: object) -> None:
    image = pixmap("check", 48, "#B3261E").toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {"#b3261e"}
