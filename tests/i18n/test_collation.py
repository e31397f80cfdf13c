"""Lists in the order of six alphabets."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import case
from i18n.collation import sort_by, sort_key, sort_texts
from i18n.letters import ALPHABETS


@pytest.mark.parametrize("language", list(ALPHABETS))
def test_the_alphabet_is_its_own_order(language: str) -> None:
    for change in (str, lambda letter: case.upper(letter, language)):
        letters = [change(letter) for letter in ALPHABETS[language]]
        shuffled = letters[:]
        random.Random(1).shuffle(shuffled)
        assert sort_texts(shuffled, language) == letters


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("az", "Cavid Çingiz Elçin Əfqan Fərid Xəyal Işıq İlham Jalə Kamil Qurban Leyla"),
        ("uz_Latn", "Anvar Zafar Oʻktam O'tkir Gʻayrat Sharif Charos"),
        ("uz_Cyrl", "Анвар Яшар Ўктам Қодир Ғайрат Ҳамид"),
        ("tg", "Гулнора Ғаффор Имом Ӣ Карим Қодир Умар Ӯктам Хайём Ҳафиз Чӣ Ҷамшед Шариф"),
        ("ru", "Еж Ёж Жук Йод Яма"),
    ],
)
def test_names(language: str, ordered: str) -> None:
    names = ordered.split()
    shuffled = names[::-1]
    assert sort_texts(shuffled, language) == names


def test_two_blocks_own_script_first() -> None:
    mixed = ["Zafar", "Анвар", "12", "Ўктам", "Anvar", "-", "محمد"]
    assert sort_texts(mixed, "uz_Latn") == ["-", "12", "Anvar", "Zafar", "Анвар", "Ўктам", "محمد"]
    assert sort_texts(mixed, "tg") == ["-", "12", "Анвар", "Ўктам", "Anvar", "Zafar", "محمد"]


def test_foreign_letters_stand_beside_their_neighbours() -> None:
    assert sort_texts(["Ҳасан", "Ҷамил", "Чори", "Харис", "Цой"], "ru") == [
        "Харис",
        "Ҳасан",
        "Цой",
        "Чори",
        "Ҷамил",
    ]


@given(st.sampled_from(sorted(ALPHABETS)), st.lists(st.text(max_size=8), max_size=8))
def test_order_is_total_and_stable(language: str, texts: list[str]) -> None:
    once = sort_texts(texts, language)
    assert sort_texts(once, language) == once and sorted(once) == sorted(texts)
    assert sort_by(texts, lambda text: text, language) == once
    assert all(sort_key(language)(a) <= sort_key(language)(b) for a, b in pairwise(once))
