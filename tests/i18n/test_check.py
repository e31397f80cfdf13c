"""The translation gate bites: every rule against a seeded defect, and silence on good translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n import check, po
from i18n.languages import UI_LANGUAGES
from i18n.plurals import plural_header

GOOD = [
    ("ru", "Save {count} files as PDF…", "Сохранить {count} файлов в PDF…"),
    ("uz_Latn", "The file “{name}” is not yours.", "“{name}” fayli sizga tegishli emas, toʻgʻri maʼno."),
    ("uz_Cyrl", "Emergency: &lock now", "Фавқулодда ҳолат: &ҳозир қулфлаш"),
    ("tg", "Delete the interview?", "Мусоҳибаро нест кунам?"),
    ("az", "Consent withdrawn on {date}.", "Razılıq {date} tarixində geri götürülüb."),
    ("az", "SHA-256", "SHA-256"),
    ("tg", "English", "English"),
]

# language, source, translation, the rule that must object
DEFECTS = [
    ("ru", "Hello {name}", "Привет", "placeholders"),
    ("ru", "Hello {name}", "Привет {nmae}", "placeholders"),
    ("ru", "Hello {name}", "Привет {name} {name}", "placeholders"),
    ("tg", "<b>Stop</b>", "<b>Ист", "tags"),
    ("ru", "One\ntwo", "Раз два", "tags"),
    ("ru", "Undo %1", "Отменить", "tags"),
    ("az", "&Save", "Saxla", "accelerators"),
    ("az", "Save", "&Saxla", "accelerators"),
    ("ru", "Name: ", "Имя:", "edges"),
    ("ru", "Name", " Имя", "edges"),
    ("ru", "Delete?", "Удалить", "edges"),
    ("ru", "Deleted", "Удалено.", "edges"),
    ("ru", "Name:", "Имя", "edges"),
    ("ru", "At least 12 letters", "Не меньше 10 букв", "numbers"),
    ("ru", "Open", "Откры\u202eть", "characters"),
    ("ru", "Open", "Откры\u00adть", "characters"),
    ("ru", "Open", "Открыть\ufffd", "characters"),
    ("ru", "Open", "Мои\u0306 фаил", "characters"),
    ("ru", "Open it", "Открыть  это", "characters"),
    ("tg", "Open", "Кушoдан", "scripts"),  # a Latin o
    ("uz_Latn", "About", "tоʻgʻrisida", "scripts"),  # a Cyrillic о
    ("uz_Cyrl", "Safety", "хавfsizlik", "scripts"),
    ("tg", "Day", "рўз", "alphabet"),  # Uzbek ў for ӯ
    ("tg", "Deed", "ћуљљат", "alphabet"),  # letters of a legacy font
    ("tg", "Boss", "Начальник щит", "alphabet"),
    ("ru", "House", "Ҳовли", "alphabet"),
    ("uz_Latn", "Window", "window va cat", "alphabet"),
    ("az", "Word", "Wort", "alphabet"),
    ("uz_Cyrl", "Interpol notice", "Interpol хабари", "alphabet"),
    ("uz_Latn", "Correct", "to'g'ri", "apostrophes"),
    ("uz_Latn", "Correct", "toʼgʼri", "apostrophes"),
    ("uz_Latn", "Meaning", "maʻno", "apostrophes"),
    ("uz_Latn", "Correct", "to‘g‘ri", "apostrophes"),
    ("az", "In Baku", "Bakı'da", "apostrophes"),
    ("ru", "The file “{name}”", "Файл “{name}”", "quotes"),
    ("az", "The file “{name}”", "«{name}» faylı", "quotes"),
    ("tg", "You need the consent", "Это не розигӣ", "other_language"),
    ("uz_Cyrl", "Only for you", "только для сиз", "other_language"),
    ("uz_Latn", "With this file", "this fayl with", "other_language"),
    ("az", "And for you", "Siz için ve", "other_language"),
    ("tg", "long", "барои парвандаи шумо маълумоти пурра лозим меояд ва онро дар рузи дигар низ пешниход кардан мумкин", "other_language"),
    ("ru", "Delete everything", "Delete everything", "same_as_source"),
    ("az", "Delete", "Delete", "same_as_source"),
    ("tg", "Delete", "Nest kardan", "script"),
    ("uz_Latn", "Delete", "Ўчириш", "script"),
]  # fmt: skip


def rules_broken(language: str, source: str, text: str) -> set[str]:
    return {finding.rule for finding in check.check_entry(po.Entry(source, forms=(text,)), language)}


@pytest.mark.parametrize(("language", "source", "text"), GOOD)
def test_good_translations_pass(language: str, source: str, text: str) -> None:
    assert rules_broken(language, source, text) == set()


@pytest.mark.parametrize(("language", "source", "text", "rule"), DEFECTS)
def test_every_defect_is_found(language: str, source: str, text: str, rule: str) -> None:
    assert rule in rules_broken(language, source, text)


def test_every_rule_has_a_defect_that_proves_it() -> None:
    assert {rule for *_, rule in DEFECTS} == set(check.RULES)


def test_plurals() -> None:
    entry = po.Entry("{count} file", "{count} files")
    assert {f.rule for f in check.check_entry(entry, "ru")} == {"missing"}
    assert {f.rule for f in check.check_entry(entry.with_forms(["{count} файл", "{count} файла"]), "ru")} == {
        "plural"
    }
    assert {f.rule for f in check.check_entry(entry.with_forms(["{count} файл", "", "x"]), "ru")} == {
        "plural"
    }
    good = entry.with_forms(["{count} файл", "{count} файла", "{count} файлов"])
    assert list(check.check_entry(good, "ru")) == []
    # In Russian the first form also serves 21 and 101: the number may not be left out.
    one = po.Entry("One file", "{count} files")
    bad = one.with_forms(["Один файл", "{count} файла", "{count} файлов"])
    assert {f.rule for f in check.check_entry(bad, "ru")} == {"placeholders"}
    assert list(check.check_entry(one.with_forms(["Bir fayl", "{count} ta fayl"]), "uz_Latn")) == []


def catalog_of(text: str) -> po.PoFile:
    return po.parse(text)


def test_headers_duplicates_fuzzy_and_strangers() -> None:
    entries = [po.Entry("Open", forms=("Кушодан",))]
    good = po.render(entries, "tg")
    assert list(check.check_catalog("tg", catalog_of(good), entries)) == []
    for spoiled, rule in [
        (good.replace("nplurals=2", "nplurals=1"), "header"),
        (good.replace("Language: tg", "Language: ru"), "header"),
        (good.replace('msgid "Open"', '#, fuzzy\nmsgid "Open"'), "header"),
        (good + '\n#~ msgid "Old"\n#~ msgstr "Куҳна"\n', "header"),
        (good + '\nmsgid "Open"\nmsgstr "Кушодан"\n', "header"),
        (good + '\nmsgid "Alien"\nmsgstr "Бегона"\n', "unknown"),
        (good.replace("Кушодан", ""), "missing"),
    ]:
        assert rule in {
            finding.rule for finding in check.check_catalog("tg", catalog_of(spoiled), entries)
        }, spoiled


def test_accelerators_of_one_menu_differ() -> None:
    entries = [
        po.Entry("&Open", forms=("&Aç",)),
        po.Entry("&Add", forms=("Ə&lavə",)),
        po.Entry("&All", forms=("&ayır",)),
    ]
    assert not list(check.check_accelerators(entries, "az", ["&Open", "&Add"]))
    assert len(list(check.check_accelerators(entries, "az", ["&Open", "&Add", "&All"]))) == 1


def test_the_whole_gate_on_a_folder(tmp_path: Path) -> None:
    entries = [po.Entry("Open", forms=("Кушодан",))]
    (tmp_path / "daftar.pot").write_text(po.render([entries[0].with_forms(())], ""), encoding="utf-8")
    assert [finding.rule for finding in check.check_all(["tg"], tmp_path)] == ["missing"]
    folder = tmp_path / "tg/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "daftar.po").write_text(po.render(entries, "tg"), encoding="utf-8")
    assert [finding.rule for finding in check.check_all(["tg"], tmp_path)] == ["compiled"]
    (folder / "daftar.mo").write_bytes(po.compile_entries(entries, "tg"))
    assert check.check_all(["tg"], tmp_path) == []


@pytest.mark.parametrize("language", [entry.code for entry in UI_LANGUAGES if entry.code != "en"])
def test_shipped_catalogs_have_no_faults_but_untranslated_texts(language: str) -> None:
    findings = [finding for finding in check.check_all([language]) if finding.rule != "missing"]
    assert not findings, "\n".join(map(str, findings[:20]))


def test_second_opinion_babel_reads_the_same(root: Path) -> None:
    from babel.messages.pofile import read_po

    for path in sorted((root / "i18n/locale").rglob("*.po")):
        ours = po.read(path)
        with path.open("rb") as file:
            theirs = read_po(file, abort_invalid=True)
        mine = {(entry.context, entry.source): entry.forms for entry in ours.entries}
        for message in theirs:
            if not message.id:
                continue
            source = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
            assert mine.pop((message.context, source)) == forms
        assert not mine
        assert ours.header["Plural-Forms"] == plural_header(ours.header["Language"])
