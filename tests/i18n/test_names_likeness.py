"""How alike two names are: spellings of one name come near 1, other people stay apart, and the reason is said."""

from __future__ import annotations

import pytest

from i18n.names import likeness

SAME = [
    ("Муҳиддин Кабирзода", "Muhiddin Kabirzoda"),
    ("Ҷумъазода Далер", "Djumazade Daler"),
    ("Seymur Muxtarlı", "Сеймур Мухтарлы"),
    ("Аъзам Фармонов", "Агзам Фармонов"),
    ("Назаров Фаррух Каримович", "Farrux Nazarov"),
    ("Ш. Назаров", "Шуҳрат Назаров"),
    ("Ülvi Qəhrəmanlı", "Ульви Гахраманлы"),
    ("Раҷабзода Мижгона", "Mizhgona Rajabova"),
]
OTHER = [
    ("Эмин Гусейнов", "Mehman Hüseynov"),
    ("Каюмов Али", "Каримов Али"),
    ("Фаррух Назаров", "Мансур Назаров"),
    ("Савриддин Ҷӯраев", "Савринисо Ҷӯраева"),
    ("Азизов Умед", "Азимов Умед"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name(a: str, b: str) -> None:
    found = likeness(a, b)
    assert found.same and found.score >= 0.8 and found.reasons
    assert likeness(b, a).score == found.score


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_other_people(a: str, b: str) -> None:
    found = likeness(a, b)
    assert not found.same and not found.certain
    assert any("different names" in reason.source for reason in found.reasons)


def test_equal_names_are_certain_and_empty_ones_nothing() -> None:
    assert likeness("Далер Ёров", "Ёров Далер").certain
    assert likeness("Далер", "").score == 0.0
