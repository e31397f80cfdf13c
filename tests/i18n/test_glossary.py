"""The term base: complete, in the right letters, and useful to translators."""

from __future__ import annotations

import csv
from pathlib import Path

from i18n.check import check_entry
from i18n.glossary import glossary, strays, terms_in
from i18n.po import Entry
from i18n.uz_generate import to_cyrillic


def test_every_term_passes_the_gate_and_the_generator(root: Path) -> None:
    with (root / "i18n/glossary.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == len(glossary()) == 168
    for row in rows:
        for language in ("ru", "uz_Latn", "uz_Cyrl", "tg", "az"):
            assert not list(check_entry(Entry(row["en"], forms=(row[language],)), language)), row["id"]
        assert to_cyrillic(row["uz_Latn"]) == row["uz_Cyrl"]


def test_terms_of_a_text() -> None:
    found = [
        term.english for term in terms_in("The interviewee withdraws the consent to export; interviews stay.")
    ]
    assert {"Interviewee", "Export"} <= set(found) and found == sorted(found, key=len, reverse=True)
    assert terms_in("Nothing of it here: 42") == []


def test_a_stray_word_is_told_an_inflected_one_is_not() -> None:
    assert list(strays("Cancel the export?", "Отменить экспорт?", "ru")) == []
    assert list(strays("The passphrase is wrong.", "Неверный код.", "ru"))
