"""Extraction: everything a person sees, deterministic, translations kept, none guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from i18n import extract, po, toolkit
from i18n.sources import SourceProblem, collect, python_messages
from i18n.uz_generate import to_cyrillic

CODE = """
from i18n.message import msg, nmsg, pmsg
A = msg("Open " "the file {name}", name=1)
# critical
B = msg("Delete everything?")
C = [
    # critical
    pmsg("house", "Search"),
    nmsg("{count} file", "{count} files", 3),
]
text = "msg('not a call')"
"""


def tree(folder: Path, code: str = CODE) -> Path:
    for room in ("i18n", "storage", "exports", "ui", "desktop"):
        (folder / room).mkdir()
    (folder / "ui/view.py").write_text(code, encoding="utf-8")
    (folder / "exports/forms").mkdir()
    (folder / "exports/forms/a.toml").write_text(
        'id = "x"\n[[field]]\nlabel = "Family name"\nlabel_fr = "Nom"\n', "utf-8"
    )
    (folder / "exports/words").mkdir()
    details = (
        '[[detail]]\nyes = "A warrant was shown."\nsentence = "Held by {value}."\n[[state]]\nyes = "yes"\n'
    )
    (folder / "exports/words/d.toml").write_text(details, "utf-8")
    (folder / "exports/forms/b.toml").write_text(
        'languages = ["en", "fr"]\ntext = "only in a French paper"\n', "utf-8"
    )
    (folder / "storage/reference").mkdir()
    (folder / "storage/reference/t.tsv").write_text('code\tname_en\na.b\tArrest "at home"\n', "utf-8")
    return folder


def test_python(tmp_path: Path) -> None:
    found = {(e.context, e.source, e.plural, e.critical) for e in python_messages(CODE, "ui/view.py")}
    assert found == {
        (None, "Open the file {name}", None, False),
        (None, "Delete everything?", None, True),
        ("house", "Search", None, True),
        (None, "{count} file", "{count} files", False),
    }


def test_a_short_text_tells_where_it_stands() -> None:
    code = 'class Status:\n    left: Annotated[Date, F(msg("Left"))] = None\nSTATES = {"a": msg("Open")}\ndef f():\n    msg("Loose")'
    notes = {entry.source: entry.extracted for entry in python_messages(code, "a.py")}
    assert notes == {"Left": ("in Status.left",), "Open": ("in STATES",), "Loose": ()}


@pytest.mark.parametrize(
    "code",
    [
        'msg(f"Hello {name}")',
        "msg(text)",
        'msg("")',
        "msg()",
        'nmsg("one", n)',
        'pmsg("x")',
        'msg("a" + b)',
        "msg(",
    ],
)
def test_what_cannot_be_extracted_stops(code: str) -> None:
    with pytest.raises(SourceProblem, match=r"ui/view\.py:1"):
        list(python_messages(code, "ui/view.py"))


def test_all_sources_are_collected(tmp_path: Path) -> None:
    sources = {(entry.context, entry.source) for entry in collect(tree(tmp_path))}
    assert {(None, "Family name"), (None, 'Arrest "at home"'), ("house", "Search")} <= sources
    assert {("Qt", text) for text in toolkit.STRINGS} <= sources
    assert {(None, "A warrant was shown."), (None, "Held by {value}.")} <= sources
    assert not {(None, "yes"), (None, "only in a French paper")} & sources
    assert (None, "Nom") not in sources and (None, "x") not in sources


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.name + path.parent.parent.name: path.read_bytes() for path in sorted(folder.rglob("daftar.*"))
    }


def write(root: Path, folder: Path) -> None:
    for path, data in extract.planned(root, folder).items():
        po.write_text(path, data)


def test_translations_are_kept_and_a_changed_text_starts_anew(tmp_path: Path) -> None:
    root, folder = tree(tmp_path), tmp_path / "locale"
    write(root, folder)
    words = {"Delete everything?": "Hammasi oʻchirilsinmi?", "Family name": "Familiya"}
    assert extract.fill("uz_Latn", words, folder) == []
    before = files(folder)
    write(root, folder)
    assert files(folder) == before
    cyrillic = po.read(extract.po_path("uz_Cyrl", folder)).by_key()["Delete everything?"]
    assert cyrillic.forms == ("Ҳаммаси ўчирилсинми?",) and cyrillic.notes == (po.AUTO,) and cyrillic.critical
    (root / "ui/view.py").write_text(CODE.replace("Delete everything?", "Delete all of it?"), "utf-8")
    write(root, folder)
    known = po.read(extract.po_path("uz_Latn", folder))
    assert "Delete everything?" not in known.by_key() and not known.by_key()["Delete all of it?"].translated
    assert known.by_key()["Family name"].translated and known.fuzzy == known.obsolete == 0


def test_a_reviewed_cyrillic_text_is_not_overwritten(tmp_path: Path) -> None:
    root, folder = tree(tmp_path), tmp_path / "locale"
    write(root, folder)
    extract.fill("uz_Latn", {"Family name": "Familiya"}, folder)
    path = extract.po_path("uz_Cyrl", folder)
    entries = [
        entry.with_forms(["Насаб"]) if entry.source == "Family name" else entry
        for entry in po.read(path).entries
    ]
    text = po.render(entries, "uz_Cyrl").replace("# auto\n#: exports/forms", "# reviewed\n#: exports/forms")
    path.write_text(text, "utf-8")
    write(root, folder)
    assert po.read(path).by_key()["Family name"].forms == ("Насаб",)
    extract.fill("uz_Latn", {"Family name": "Familiyasi"}, folder)
    assert po.read(path).by_key()["Family name"].forms == ("Насаб",)


def test_missing_and_fill(tmp_path: Path) -> None:
    root, folder = tree(tmp_path), tmp_path / "locale"
    write(root, folder)
    wanted = {item["source"]: item for item in extract.missing("ru", folder) if item.get("context") != "Qt"}
    assert wanted["{count} file"]["forms"] == 3 and wanted["Search"]["context"] == "house"
    assert wanted["Delete everything?"]["critical"] is True
    faults = extract.fill(
        "ru",
        {
            wanted["{count} file"]["id"]: ["{count} файл", "{count} файла", "{count} файлов"],
            wanted["Search"]["id"]: "Обыск",
            "Open the file {name}": "Открыть файл",
            "Family name": ["Фамилия", "Фамилии"],
            "no such": "x",
            "Delete everything?": " ",
        },
        folder,
    )
    assert len(faults) == 4
    known = po.read(extract.po_path("ru", folder)).by_key()
    assert sum(entry.translated for entry in known.values()) == 2
    left = [
        item | {"translation": "Фамилия"}
        for item in extract.missing("ru", folder)
        if item["source"] == "Family name"
    ]
    assert extract.fill("ru", json.loads(json.dumps(left)), folder) == []


def test_an_ambiguous_source_needs_its_id(tmp_path: Path) -> None:
    root, folder = tree(tmp_path, CODE + 'D = msg("Search")\n'), tmp_path / "locale"
    write(root, folder)
    assert extract.fill("ru", {"Search": "Поиск"}, folder) == ["Search: several entries, use the id"]


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("{name} faylini <b>oʻchirish</b>?", "{name} файлини <b>ўчириш</b>?"),
        ("S&hahar", "&Шаҳар"),
        ("&Saqlash", "&Сақлаш"),
        ("Daftar: PDF va JSON fayllar (*.daftar, .pdf)", "Daftar: PDF ва JSON файллар (*.daftar, .pdf)"),
        ("SHA-256, F5, Ctrl+S, WGAD-7", "SHA-256, F5, Ctrl+S, WGAD-7"),
        ("XX asr, II qism, DXX va IIV", "XX аср, II қисм, ДХХ ва ИИВ"),
        ("“Eʼlon” uchun PDF-ni tanlang", "«Эълон» учун PDF-ни танланг"),
        ("Undo %1 bekor", "Ундо %1 бекор"),
        ("https://example.org ga yozing, a.b@example.org", "https://example.org га ёзинг, a.b@example.org"),
        ("Rozilik konstitutsiya va prinsip", "Розилик конституция ва принцип"),
        ("1-yanvar, 2-oktabrda", "1-январь, 2-октябрда"),
        ("Saqlash &amp; yopish", "Сақлаш &amp; ёпиш"),
        ("", ""),
    ],
)
def test_uzbek_cyrillic_is_generated_around_what_must_stay(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize("text", ['msgid "a', "msgid a", 'foo "a"', 'msgid "a"b"', 'msgid "a"\nmsgid "b"'])
def test_a_broken_file_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(ValueError, match="line"):
        po.parse(text)


def test_po_comes_back() -> None:
    entries = [
        po.Entry(
            'A "quoted" \\ text\nwith two lines\t', forms=("Б «б» \\\nв\t",), notes=("reviewed", "note")
        ),
        po.Entry(
            "{count} file",
            "{count} files",
            "ctx",
            ("а", "б", "в"),
            extracted=("critical",),
            files=("a.py", "b.py"),
        ),
    ]
    assert po.parse(po.render(entries, "ru")).entries == tuple(entries)


def test_the_shipped_catalogs_are_in_step_with_the_sources(root: Path) -> None:
    stale = [
        path.name
        for path, data in extract.planned().items()
        if not path.is_file() or path.read_bytes() != data
    ]
    assert not stale, "run python -m i18n.extract"
