"""A page of a recovery kit: one page in every language, every sign of the secret on it, nothing of the notebook."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest
from pdfminer.high_level import extract_text
from pypdf import PdfReader

from exports import digits_page, share_page
from i18n.languages import UI_LANGUAGES
from storage import code_digits, split_code

DAY = date(2026, 5, 14)
GROUPS = code_digits(bytearray(range(20)))
SHARE = split_code(bytearray(range(20)))[1]
PAIRS = tuple(zip(SHARE.numbers, SHARE.words, strict=True))
LANGUAGES = [entry.code for entry in UI_LANGUAGES]


def share(language: str = "en", holder: str = "") -> bytes:
    return share_page(SHARE.number, PAIRS, holder, SHARE.numbers[0], DAY, language)


def text_of(data: bytes) -> str:
    return extract_text(io.BytesIO(data))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_holds_the_whole_secret_and_nothing_else_of_the_notebook(language: str) -> None:
    for data, signs in (
        (digits_page(GROUPS, DAY, language), GROUPS),
        (share(language), [*SHARE.words, *SHARE.numbers]),
    ):
        assert len(PdfReader(io.BytesIO(data)).pages) == 1
        text = text_of(data)
        assert [sign for sign in signs if sign not in text] == []
        assert "Daftar" not in text and b"Daftar" not in data and b"ReportLab" not in data
        info = PdfReader(io.BytesIO(data)).metadata
        assert info is not None and info.title == "1" and info.author is None and info.creation_date is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_outside_the_margins(language: str) -> None:
    for data in (digits_page(GROUPS, DAY, language), share(language, "a" * 120)):
        page = pypdfium2.PdfDocument(data)[0]
        width, height = page.get_size()
        boxes = [page.get_textpage().get_charbox(at) for at in range(page.get_textpage().count_chars())]
        assert min(box[0] for box in boxes) > 60 and max(box[2] for box in boxes) < width - 50
        assert min(box[1] for box in boxes) > 60 and max(box[3] for box in boxes) < height - 60


def test_groups_stand_in_the_order_in_which_they_are_read() -> None:
    found = [group for group in text_of(digits_page(GROUPS, DAY, "en")).split() if group in GROUPS]
    assert sorted(found) == sorted(GROUPS)


@pytest.mark.parametrize("holder", ["<img src=x>", "<b>&amp;</b>", "Холаи Зебо", "{holder}", "=1+1"])
def test_a_holders_name_is_text(holder: str) -> None:
    assert holder in text_of(share(holder=holder))


def test_a_page_depends_on_nothing_but_what_is_given() -> None:
    assert share() == share() and digits_page(GROUPS, DAY, "ru") == digits_page(GROUPS, DAY, "ru")
    assert b"/URI" not in share() and b"/JavaScript" not in share() and b"/Annots" not in share()
