"""Capitals and small letters per language."""

from __future__ import annotations

import pytest

from i18n.apostrophes import to_uzbek
from i18n.case import capitalize, equal_ignoring_case, is_typed_word, lower, title, upper


@pytest.mark.parametrize(
    ("language", "small", "capital"),
    [
        ("az", "istiqlal", "İSTİQLAL"),
        ("az", "ışıq ilham", "IŞIQ İLHAM"),
        ("ru", "ёлка", "ЁЛКА"),
        ("tg", "ҷумъа ӯ ӣ", "ҶУМЪА Ӯ Ӣ"),
        ("uz_Latn", "oʻzbek shahri", "OʻZBEK SHAHRI"),
        ("uz_Cyrl", "ўғил қиз ҳаёт", "ЎҒИЛ ҚИЗ ҲАЁТ"),
        ("en", "title", "TITLE"),
    ],
)
def test_both_ways(language: str, small: str, capital: str) -> None:
    assert upper(small, language) == capital
    assert lower(capital, language) == small
    assert equal_ignoring_case(small, capital, language)


@pytest.mark.parametrize(
    ("language", "typed", "word"),
    [
        ("az", "IMHA", "imha"),  # Caps Lock on an English keyboard
        ("az", "İMHA", "imha"),
        ("uz_Latn", " YO'Q ", "yoʻq"),
        ("ru", "Уничтожить", "уничтожить"),
    ],
)
def test_a_word_is_recognised_from_any_keyboard(language: str, typed: str, word: str) -> None:
    assert is_typed_word(typed, word, language)
    assert not is_typed_word(typed + "x", word, language)
    assert not is_typed_word("", word, language)


def test_a_foreign_dotted_capital_leaves_no_loose_dot() -> None:
    assert lower("İlham", "ru") == "ilham"
    assert lower("İlham", "az") == "ilham" and lower("ILHAM", "az") == "ılham"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uz_Latn", "OʻZBEKISTON sanʼati", "Oʻzbekiston Sanʼati"),
        ("uz_Latn", "o'zbek o‘g‘li", "O'zbek O‘g‘li"),
        ("az", "ilham əliyev-ışıqlı", "İlham Əliyev-Işıqlı"),
        ("ru", "нодира каримова", "Нодира Каримова"),
    ],
)
def test_title(language: str, text: str, expected: str) -> None:
    assert title(text, language) == expected


def test_capitalize_touches_one_letter() -> None:
    assert capitalize("«ilham KAYA", "az") == "«İlham KAYA"
    assert capitalize("2015-yil bahorida", "uz_Latn") == "2015-yil bahorida"
    assert capitalize("", "ru") == "" and capitalize("ʼabc", "uz_Latn") == "ʼAbc"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("o'zbek", "oʻzbek"), ("O‘g‘il", "Oʻgʻil"), ("ma'no", "maʼno"), ("tog'", "togʻ"), ("sanʻat", "sanʼat"),
        ("‘oʻt’", "‘oʻt’"), ("'kino'", "'kino'"), ("toʼgʼri", "toʻgʻri"),
    ],
)  # fmt: skip
def test_uzbek_apostrophes(typed: str, written: str) -> None:
    assert to_uzbek(typed) == written
    assert to_uzbek(written) == written
