"""Messages become words: plurals, nesting, values, contexts; what is missing is said in English."""

from __future__ import annotations

import gettext
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import mo, po
from i18n.catalog import Catalog
from i18n.edtf import parse
from i18n.languages import UI_LANGUAGES
from i18n.message import Message, msg, nmsg, pmsg
from i18n.plurals import plural_count, plural_index

ENTRIES = [
    po.Entry("Open {name}.", forms=("Открыть {name}.",)),
    po.Entry("{count} file", "{count} files", forms=("{count} файл", "{count} файла", "{count} файлов")),
    po.Entry("Search", context="house", forms=("Обыск",)),
    po.Entry("Search", forms=("Поиск",)),
    po.Entry("Paste", context="Qt", forms=("Вставить",)),
    po.Entry("Broken {name}", forms=("Сломано {nmae}",)),
    po.Entry("nothing", forms=("",)),
]


@pytest.fixture
def russian(tmp_path: Path) -> Catalog:
    folder = tmp_path / "ru/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "daftar.mo").write_bytes(po.compile_entries(ENTRIES, "ru"))
    return Catalog("ru", tmp_path)


def test_words(russian: Catalog) -> None:
    assert russian.text(msg("Open {name}.", name="Ҷумъа {count}")) == "Открыть Ҷумъа {count}."
    assert russian.text(pmsg("house", "Search")) == "Обыск" and russian.text(msg("Search")) == "Поиск"
    assert russian.text("Search") == "Search"
    assert russian.text(msg("Open {name}.", name=msg("Search"))) == "Открыть Поиск."
    assert russian.text(msg("Unknown {x}", x=1)) == "Unknown 1"
    assert russian.text(msg("nothing")) == "nothing" and not russian.has(msg("nothing"))
    assert russian.has(pmsg("house", "Search")) and not russian.has(pmsg("police", "Search"))


def test_a_bad_translation_cannot_stop_the_program(russian: Catalog) -> None:
    assert russian.text(msg("Broken {name}", name="x")) == "Сломано {nmae}"
    assert russian.text(Message("{missing} {} {0} {a.b}", {"other": 1})) == "{missing} {} {0} {a.b}"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 файлов"),
        (1, "1 файл"),
        (2, "2 файла"),
        (11, "11 файлов"),
        (21, "21 файл"),
        (12_000, "12\u00a0000 файлов"),
    ],
)
def test_plurals(russian: Catalog, count: int, words: str) -> None:
    assert russian.text(nmsg("{count} file", "{count} files", count)) == words
    english = Catalog("en").text(nmsg("{count} file", "{count} files", count))
    assert english == ("1 file" if count == 1 else f"{count:,} files")


def test_values_are_written_as_the_language_writes_them(russian: Catalog) -> None:
    def said(value: object) -> str:
        return russian.text(msg("Open {name}.", name=value))[8:-1]

    assert said(date(2026, 5, 3)) == "03.05.2026"
    assert said(datetime(2026, 5, 3, 14, 5)) == "03.05.2026 14:05"
    assert said(parse("2015-21")) == "весна 2015"
    assert said(["а", msg("Search"), 3]) == "а, Поиск и 3"
    assert said(2015) == "2015" and said(20150) == "20\u00a0150" and said(1.5) == "1,5"
    assert said(True) == "True"


def test_the_toolkit_finds_its_words(russian: Catalog) -> None:
    assert russian.lookup("Paste", "QLineEdit") == "Вставить" and russian.lookup("Search", "QAny") == "Поиск"
    assert russian.lookup("Search", "house") == "Обыск" and russian.lookup("Nothing", "QLineEdit") is None


def test_unknown_language_missing_or_damaged_file_speak_english(tmp_path: Path) -> None:
    assert Catalog("tlh", tmp_path).text(msg("Open")) == "Open"
    folder = tmp_path / "tg/LC_MESSAGES"
    folder.mkdir(parents=True)
    for damaged in (b"", b"nonsense", po.compile_entries(ENTRIES, "ru")[:40]):
        (folder / "daftar.mo").write_bytes(damaged)
        assert Catalog("tg", tmp_path).text(msg("Search")) == "Search"


def test_the_stretched_language_keeps_placeholders() -> None:
    text = Catalog("xx").text(msg("Open &file {name}", name="N"))
    assert text.startswith("⟦") and text.endswith("⟧") and "N" in text and "&f" in text and len(text) > 20


@given(st.sampled_from([entry.code for entry in UI_LANGUAGES]), st.integers(-(10**6), 10**6))
def test_every_count_has_a_form(language: str, count: int) -> None:
    assert 0 <= plural_index(language, count) < plural_count(language)


def test_the_standard_library_reads_our_compiled_file() -> None:
    theirs = gettext.GNUTranslations(io.BytesIO(po.compile_entries(ENTRIES, "ru")))
    assert theirs.gettext("Search") == "Поиск" and theirs.pgettext("house", "Search") == "Обыск"
    for count in range(200):
        assert (
            theirs.ngettext("{count} file", "{count} files", count)
            == ENTRIES[1].forms[plural_index("ru", count)]
        )


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
    )
)
def test_compiled_files_come_back(entries: dict[str, str]) -> None:
    assert mo.read(mo.write(entries)) == entries


@given(st.binary(max_size=200))
def test_damaged_files_are_a_value_error(data: bytes) -> None:
    for candidate in (data, mo.write({"a": "b"})[: len(data)]):
        try:
            mo.read(candidate)
        except ValueError:
            continue


def test_start_is_fast(root: Path) -> None:
    import subprocess
    import sys

    code = "import sys, i18n; assert not {'babel', 'gettext', 'csv', 'i18n.po', 'i18n.names'} & set(sys.modules), sorted(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
