"""Tags from systems and files become the right language."""

from __future__ import annotations

import pytest

from i18n.languages import (
    DOCUMENT_LANGUAGES,
    UI_LANGUAGES,
    autonym,
    canonical_language,
    document_language,
    language_name,
    script_of,
)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("uz-UZ", "uz_Latn"), ("uz", "uz_Latn"), ("uz-Cyrl-UZ", "uz_Cyrl"), ("uz_UZ@cyrillic", "uz_Cyrl"),
        ("uz_UZ.UTF-8@cyrillic", "uz_Cyrl"), ("uz_UZ.UTF-8", "uz_Latn"), ("UZ-LATN", "uz_Latn"), ("tg_TJ", "tg"),
        ("az-Cyrl-AZ", "az"), ("az_Latn_AZ", "az"), ("ru_TJ", "ru"), ("kk-KZ", "ru"), ("uk", "ru"), ("en_GB", "en"),
        ("fr", "en"), ("", "en"), ("C.UTF-8", "en"), ("uzbek", "en"), ("rue", "en"),
    ],
)  # fmt: skip
def test_aliases(tag: str, code: str) -> None:
    assert canonical_language(tag) == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("fr-FR", "fr"),
        ("es", "es"),
        ("en-GB", "en"),
        ("uz", "uz_Latn"),
        ("ru", "ru"),
        ("kk", None),
        ("de", None),
    ],
)
def test_documents(tag: str, code: str | None) -> None:
    assert document_language(tag) == code


def test_autonyms_are_in_their_own_script() -> None:
    assert [entry.autonym for entry in UI_LANGUAGES] == [
        "English", "Русский", "Oʻzbekcha", "Ўзбекча", "Тоҷикӣ", "Azərbaycanca",
    ]  # fmt: skip
    for entry in DOCUMENT_LANGUAGES:
        assert ("а" <= entry.autonym[1] <= "ҷ") == (entry.script == "Cyrl")
        assert script_of(entry.code) == entry.script
        assert document_language(entry.bcp47) == entry.code


def test_names() -> None:
    assert language_name("uz").source == "Uzbek"
    assert language_name("uz-Cyrl").source == "Uzbek (Cyrillic)"
    assert language_name("kk-KZ").source == "Kazakh"
    assert language_name("xx").values == {"tag": "xx"}
    assert autonym("tg") == "Тоҷикӣ" and autonym("xx") == "xx"
