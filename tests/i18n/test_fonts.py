"""Every letter the product can write has a glyph in every face."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from i18n import case, fonts, mo
from i18n.letters import ALPHABETS, PALETTE
from i18n.translit import scheme, scheme_names

SIGNS = "0123456789.,:;!?()[]{}<>/\\|@#%&*+-=_~^\"'`´«»“”„‘’‚–—…·•№§©°±×÷−→←↑↓↔€$£¥₽₸₼ʻʼ’ \u00a0\u2011\u202f☐■□●○▲▼◆"
OLD_LETTERS = "әғҝөүһҹјєіїґңұҗѓќњљћђѕўӯӣ"
ROMANISED = "āēīōūăĕĭŏŭáéíóúýėžčšŝçñňḡġḥḩķḳšëïöüäÿĂŽ"


def letters_of(language: str) -> set[str]:
    small = set("".join(ALPHABETS[language]))
    return small | {letter for char in small for letter in case.upper(char, language)}


def covered(name: str) -> set[int]:
    with TTFont(fonts.font_path(name)) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("name", fonts.FACES)
def test_no_letter_is_missing(name: str, root: Path) -> None:
    wanted = set(SIGNS + OLD_LETTERS + OLD_LETTERS.upper() + ROMANISED)
    for language in ALPHABETS:
        wanted |= letters_of(language)
    for palette in PALETTE.values():
        wanted |= set(palette)
    for scheme_name in scheme_names():
        for table in (scheme(scheme_name).there, scheme(scheme_name).back):
            wanted |= {
                char for rules in table.values() for rule in rules for char in rule.source + rule.target
            }
    for compiled in (root / "i18n/locale").rglob("*.mo"):
        wanted |= set("".join(mo.read(compiled.read_bytes()).values()))
    wanted |= set(map(chr, range(0x400, 0x530)))  # all Cyrillic, with the extensions
    have = covered(name)
    missing = {char for char in wanted if char.isprintable() and ord(char) not in have}
    assert not missing, sorted(f"U+{ord(char):04X} {unicodedata.name(char, '?')}" for char in missing)


@pytest.mark.parametrize("name", fonts.FACES)
def test_a_letter_has_an_outline(name: str) -> None:
    with TTFont(fonts.font_path(name)) as font:
        glyphs, cmap = font["glyf"], font.getBestCmap()
        for char in "ҷҶӣӢӯӮқғҳўəƏğıİöüçşʻʼ→−□":
            assert glyphs[cmap[ord(char)]].numberOfContours != 0, char
        assert font["OS/2"].fsType == 0


def test_the_set_is_small_and_licensed() -> None:
    assert sum(path.stat().st_size for path in fonts.font_paths()) < 2_200_000
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")
    with pytest.raises(KeyError):
        fonts.font_path("../message")
