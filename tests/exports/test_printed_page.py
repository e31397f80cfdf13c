"""The printed page: strange text, capacities, layout rules, bytes."""

from __future__ import annotations

import random
import re
import time

import pytest

from exports import protected_from_names, redact, render
from exports.dossier.tree import (
    Beside,
    Capacity,
    Dossier,
    FormRow,
    Paragraph,
    Run,
    Section,
    SignatureLine,
    Table,
    plain,
)
from exports.gatehouse import gate
from exports.gatehouse.reading import read_pdfium, read_pypdf
from exports.pdf.clean import printable_text, without_glyph
from exports.pdf.lines import break_lines
from exports.pdf.paper import lay_out
from exports.pdf.settle import cut_evenly, settle, used_of
from exports.pdf.styles import PAGE_WIDTH, SHEETS
from storage.errors import LeakFound

NOBODY = protected_from_names({"persons": []})


def paper(*blocks, sheet="body", audience="filing", language="en", policy="filing", **changes):
    section = Section("IV", (Run("Facts"),), tuple(blocks), ("secretariat",), policy, sheet, language)
    values = {
        "petition": "t1", "case": "k1", "procedure": "wgad", "form_version": "1", "checked_on": "2026-11-21", "audience": audience,
        "language": language, "date": "2026-06-01", "reference": "R-10000", "title": (Run("Petition"),), "states": (),
    }  # fmt: skip
    return redact(Dossier(**{**values, **changes}, sections=(section,)), NOBODY)


def text(words: str, language: str = "mul"):
    return (Run(words, "text", language),)


def passed(made) -> bytes:
    data = render(made)
    gate(data, made, NOBODY)
    return data


def test_only_a_redacted_dossier_can_be_rendered():
    with pytest.raises(TypeError):
        render(paper(Paragraph(text("x"))).dossier)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("smile \U0001f600", "smile [U+1F600]"),
        ("中", "[U+4E2D]"),
        ("a\u202eb\u2066c\u200bd\u00ade\ufefff", "abcdef"),
        ("и\u0306", "й"),
        ("tab\there\u00a0now", "tab here now"),
        ("null\x00bell\x07", "nullbell"),
    ],
)
def test_what_cannot_be_printed_is_said_or_dropped(given, printed):
    assert printable_text(given) == printed
    body = "".join(read_pdfium(passed(paper(Paragraph(text(given))))))
    assert printed in body


def test_characters_without_a_glyph_are_reported():
    assert without_glyph("smile \U0001f600 中 ok ғӣқӯҳҷ əğıİ oʻ gʻ") == {"\U0001f600", "中"}


@pytest.mark.parametrize(
    "letters", ["ғӣқӯҳҷёъэ", "əğıİöşüçƏĞ", "oʻgʻOʻGʻʼ", "ўқғҳЎҚҒҲ", "àâçéèêëîïôùûüÿœæ«»", "№§–—…“”"]
)
def test_every_letter_of_the_six_languages_has_a_glyph(letters):
    assert not without_glyph(letters)


@pytest.mark.parametrize(
    "words",
    ["<b>bold</b> <img src='x'/> & <a href='x'>", "(paren\\theses) %PDF /JS", "{name} %s", "\\)Tj ET Q"],
)
def test_text_is_never_markup(words):
    data = passed(paper(Paragraph(text(words))))
    assert words.replace(" ", "") in "".join("".join(read_pypdf(data)).split())


def test_the_same_dossier_gives_the_same_bytes_and_no_clock():
    blocks = [Paragraph(text("Мою сестру увели утром."), "1"), SignatureLine((Run("Signature"),))]
    first, second = passed(paper(*blocks)), passed(paper(*blocks))
    assert first == second
    assert not re.search(rb"CreationDate|ModDate|ReportLab|/Author", first)


def test_a_very_long_word_and_a_very_long_cell_stay_on_the_page():
    head = ((Run("A"),), (Run("B"),))
    blocks = [
        Paragraph(text("x" * 3000), "1"),
        Table(head, ((text("word " * 2000), text("y" * 2500)),), (0.4, 0.6)),
        Beside("2", text("left words " * 500), text("right " * 900)),
    ]
    passed(paper(*blocks))


@pytest.mark.parametrize(
    "words",
    [
        "\u200b",
        "\u0327",
        "a \u0302b",
        "e\u0343\u0343",
        "за\u0301мок",
        "\u202e\u2066",
        "\ufb03 ﬁ Ǆ",
        "שלום مرحبا",
    ],
)
def test_strange_text_passes_the_gate_in_every_reader(words):
    made = paper(
        Paragraph(text(words), "1"),
        Paragraph(text(f"before {words} after")),
        FormRow("3", (Run("Label"),), (text(words),)),
    )
    gate(render(made), made, NOBODY, every_reader=True)


def test_random_text_of_many_scripts_passes_the_gate():
    rng = random.Random(3)
    blocks = [
        (0x20, 0x250),
        (0x400, 0x530),
        (0x2000, 0x2070),
        (0x300, 0x370),
        (0xFB00, 0xFB10),
        (0x590, 0x700),
        (0x1E00, 0x1F00),
    ]
    for _ in range(25):
        words = "".join(
            chr(rng.randrange(*rng.choice(blocks))) if rng.random() > 0.15 else " " for _ in range(300)
        )
        passed(paper(Paragraph(text(words), "1"), Beside("2", text(words), text(words[::-1]))))


@pytest.mark.parametrize(
    ("name", "mention", "language"),
    [
        (
            {"full": "Zarina Quluyeva", "given": "Zarina", "family": "Quluyeva"},
            "Zarina Quluyeva said so.",
            "en",
        ),
        (
            {"full": "Zarina Quluyeva", "given": "Zarina", "family": "Quluyeva"},
            "We saw Quluyeva there.",
            "en",
        ),
        (
            {"full": "Гулбаҳор Назарова", "given": "Гулбаҳор", "family": "Назарова"},
            "Мы говорили с Гулбаҳор Назаровой.",
            "ru",
        ),
        (
            {"full": "Гулбаҳор Назарова", "given": "Гулбаҳор", "family": "Назарова"},
            "We spoke to Gulbahor Nazarova.",
            "en",
        ),
        ({"full": "Rəşad Nağızadə", "given": "Rəşad", "family": "Nağızadə"}, "Rəşad Nağızadənin evi.", "az"),
    ],
)
def test_a_planted_name_never_passes(name, mention, language):
    protected = protected_from_names({"persons": [{"id": "p1", "names": [name]}]})
    made = paper(
        Paragraph(text("A clean sentence."), "1"),
        Paragraph(text(mention, language), "2"),
        audience="public",
        policy="public",
    )
    with pytest.raises(LeakFound):
        gate(render(made), made, protected)


def test_wide_signs_in_columns_keep_their_order():
    passed(paper(Beside("1", text("中" * 400), text("文字 " * 300))))


def test_nothing_stands_outside_the_margins():
    sheet = SHEETS["annex"]
    made = settle(
        paper(
            *[Paragraph(text("Слово за словом идёт рассказ. " * 40), str(n)) for n in range(30)],
            sheet="annex",
        ).dossier
    )
    for page in lay_out(made).pages:
        for mark in page.marks:
            if hasattr(mark, "line"):
                stretch = mark.line.stretch * sum(t.count(" ") for _, t in mark.line.pieces)
                assert mark.x + mark.line.width + stretch <= PAGE_WIDTH - sheet.right + 0.5


def test_the_annex_is_set_as_the_court_asks():
    sheet = SHEETS["annex"]
    margin = 35 * 72 / 25.4
    assert min(sheet.left, sheet.right, sheet.top, sheet.bottom) == pytest.approx(margin)
    assert sheet.body.size == 12 and sheet.footnote.size == 10 and sheet.body.leading >= 18


def test_a_heading_never_ends_a_page_and_signatures_stay_together():
    from exports.dossier.tree import Heading

    for count in range(20, 60):
        blocks = [
            *[Paragraph(text("line"), str(n)) for n in range(count)],
            Heading((Run("Last heading"),), 2),
            Paragraph(text("follows")),
        ]
        pages = lay_out(settle(paper(*blocks).dossier)).pages
        for page in pages:
            lines = [m.line.pieces[0][1] for m in page.marks if hasattr(m, "line")][2:-2]
            assert lines[-1] != "Last heading"


def test_justified_lines_fill_the_measure_and_the_last_does_not():
    body = SHEETS["body"].body
    lines = break_lines(
        text("A statement of facts that is long enough to be broken into several lines. " * 6), 400, body
    )
    filled = [line.width + line.stretch * (sum(t.count(" ") for _, t in line.pieces)) for line in lines]
    assert all(
        width == pytest.approx(400, abs=0.01)
        for line, width in zip(lines[:-1], filled, strict=False)
        if line.stretch
    )
    assert lines[-1].stretch == 0


def row(number, words, capacity, **more):
    return FormRow(number, (Run("Facts"),), tuple(text(w) for w in words), capacity, **more)


def test_a_shared_text_flows_into_the_next_box_at_paragraph_ends():
    box = Capacity(None, 4, 40, False)
    words = [f"Paragraph {n} with a few words in it that fill one line or two." for n in range(6)]
    made = settle(
        paper(
            row("58", words, box, flow="E"),
            row("59", [], box, flow="E"),
            row("60", [], box, flow="E"),
            sheet="form",
        ).dossier
    )
    boxes = [[plain(a) for a in block.answer] for block in made.sections[0].blocks]
    assert [answer for box in boxes for answer in box] == words and len(boxes[0]) == 2 and len(boxes[1]) == 2
    assert "lines used" in plain(made.sections[0].blocks[0].note)


def test_counters_are_for_the_filing_copy_alone():
    box = Capacity(81, None, None, True)
    assert "of 81" in plain(settle(paper(row("1", ["Name"], box)).dossier).sections[0].blocks[0].note)
    assert not settle(paper(row("1", ["Name"], box), audience="public").dossier).sections[0].blocks[0].note


def test_used_counts_characters_and_lines():
    used = used_of((text("a" * 90),), Capacity(81, None, None, True))
    assert used.characters == 90 and used.over(Capacity(81, None, None, True))
    assert used_of((text("word " * 100),), Capacity(None, 3, 50, False)).over(Capacity(None, 3, 50, False))


@pytest.mark.parametrize("words", ["one two three four five six", "x" * 100, "", "a  b", "line\nline"])
def test_cutting_loses_nothing(words):
    for count in range(1, 6):
        assert "".join(plain(piece) for piece in cut_evenly(text(words), count)) == words


def test_a_long_narrative_is_rendered_in_reasonable_time():
    paragraphs = [
        Paragraph(text("They came to the house in the morning and took him away. " * 12), str(n))
        for n in range(700)
    ]
    start = time.monotonic()
    data = render(paper(*paragraphs))
    assert len(read_pdfium(data)) > 100 and time.monotonic() - start < 30


@pytest.mark.slow
def test_five_megabytes_of_narrative():
    paragraphs = [
        Paragraph(text("They came to the house in the morning and took him away. " * 12), str(n))
        for n in range(7600)
    ]
    made = paper(*paragraphs)
    gate(render(made), made, NOBODY)


def test_a_french_sign_of_two_parts_never_begins_a_line():
    text = "Personne concernée : A. Motif : « aucun » ; fin ! "
    for measure in range(100, 300, 7):
        lines = [
            "".join(words for _, words in line.pieces)
            for line in break_lines((Run(text * 5, language="fr"),), measure, SHEETS["body"].body)
        ]
        assert not any(line[:1] in (":", ";", "!", "»") for line in lines)
        assert not any(line.endswith("«") for line in lines)
        assert " ".join(lines).split() == (text * 5).split()
