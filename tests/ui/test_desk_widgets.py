"""Own widgets of the desk: the text with marks, the preview's blanks, pages, dates, the taxonomy, all with keys alone."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import i18n
from ui.look import Look
from ui.theme import Theme
from ui.translator import Words
from ui.widgets.date_words import DateWords
from ui.widgets.page_view import PageView
from ui.widgets.redaction_text import RedactionText
from ui.widgets.redaction_text_layout import BLANK_WIDTH, ParagraphLayout, Stretch
from ui.widgets.redaction_text_marks import Mark, MarkKind
from ui.widgets.redaction_text_preview import Piece, PieceKind, RedactionPreview
from ui.widgets.taxonomy_picker import TaxonomyPicker

HOSTILE = "Он 😀 сказал \u202eпривет\u202c, и Фаррух\nушёл.\u200d عربي"


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    return Look(Theme(), Words(i18n.catalog))


def _text(qtbot: QtBot, look: Look, *paragraphs: str) -> RedactionText:
    widget = RedactionText(look)
    qtbot.addWidget(widget)
    widget.resize(700, 400)
    widget.set_paragraphs(paragraphs)
    widget.show()
    return widget


def test_marks_stand_on_their_letters_in_texts_with_emoji_and_bidi_signs(qtbot: QtBot, look: Look) -> None:
    layout = ParagraphLayout(HOSTILE, look.theme.font(17), 28)
    layout.lay_out(600)
    start = HOSTILE.index("Фаррух")
    boxes = layout.rects(start, start + 6)
    assert len(boxes) == 1 and boxes[0].width() > 20
    assert layout.offset_at(QPointF(boxes[0].left() + 1, boxes[0].center().y())) == start
    widget = _text(qtbot, look, HOSTILE)
    widget.set_marks({0: [Mark(start, start + 6, kind, 1) for kind in (MarkKind.HIDDEN,)]})
    assert not widget.grab().isNull()


@pytest.mark.parametrize("kind", list(MarkKind))
def test_every_mark_changes_the_picture_by_its_shape(qtbot: QtBot, look: Look, kind: MarkKind) -> None:
    widget = _text(qtbot, look, "Сказал Фаррух и ушёл.")
    before = widget.grab().toImage()
    widget.set_marks({0: [Mark(7, 13, kind, 1)]})
    assert widget.grab().toImage() != before


def test_a_text_of_five_megabytes_opens_at_once_and_is_walked_to_its_end(qtbot: QtBot, look: Look) -> None:
    paragraphs = ["Через два дня вызвали мою мать, и она вернулась поздно. " * 40] * 1200
    widget = _text(qtbot, look)
    started = time.perf_counter()
    widget.set_paragraphs(paragraphs)
    widget.set_marks({1199: [Mark(0, 5, MarkKind.POSSIBLE, 7)]})
    widget.grab()
    widget.set_current(7)
    widget.grab()
    assert time.perf_counter() - started < 2.0
    assert widget.verticalScrollBar().value() > 0.9 * widget.verticalScrollBar().maximum()


def test_shift_and_arrows_select_from_the_mark_in_hand(qtbot: QtBot, look: Look) -> None:
    widget = _text(qtbot, look, "Сказал Фаррух и ушёл.")
    widget.set_marks({0: [Mark(7, 13, MarkKind.POSSIBLE, 1)]})
    widget.set_current(1)
    for _ in range(6):
        QTest.keyClick(widget, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert widget.selection() == (0, 7, 13)
    QTest.keyClick(
        widget, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    )
    assert widget.selection() == (0, 7, 15)
    widget.clear_selection()
    assert widget.selection() is None


def test_every_blank_is_as_wide_whatever_it_hides() -> None:
    layout = ParagraphLayout("a\u00a0b\u00a0c", QFont(), 24)
    layout.set_formats([Stretch(1, 2, blank=True), Stretch(3, 4, blank=True)])
    layout.lay_out(600)
    widths = {round(layout.rects(at, at + 1)[0].width()) for at in (1, 3)}
    assert widths == {round(BLANK_WIDTH)}


def test_the_preview_holds_no_hidden_word(qtbot: QtBot, look: Look) -> None:
    preview = RedactionPreview(look)
    qtbot.addWidget(preview)
    preview.set_pieces(
        [Piece(PieceKind.WORDS, "Сказал "), Piece(PieceKind.HIDDEN), Piece(PieceKind.WORDS, " мне.")]
    )
    assert preview.text() == "Сказал _ мне." == preview.accessibleDescription()
    assert preview.heightForWidth(90) > preview.heightForWidth(600)


def test_pages_turn_and_grow_by_keys(qtbot: QtBot, look: Look) -> None:
    view = PageView(look)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    view.set_pages([QImage(210, 297, QImage.Format.Format_RGB888) for _ in range(3)])
    for key, page in (
        (Qt.Key.Key_PageDown, 1),
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
    ):
        QTest.keyClick(view, key)
        assert view.page == page
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > 1 and view.verticalScrollBar().maximum() > 0
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0
    view.set_pages([])
    assert (view.count, view.page) == (0, 0) and not view.grab().isNull()


def test_a_date_in_words_says_how_it_was_understood_and_keeps_the_words(qtbot: QtBot, look: Look) -> None:
    field = DateWords(look, i18n.msg("When"))
    qtbot.addWidget(field)
    field.show()
    answers: list[tuple[str, str]] = []
    field.answered.connect(lambda value, words: answers.append((value, words)))
    field.field.set_text("весной 2015 года")
    assert field.understood.isVisible() and "2015" in field.understood.text()
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    field.field.set_text("после свадьбы")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    field.field.set_text("27.03.2015")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert answers == [("2015-21", "весной 2015 года"), ("", "после свадьбы"), ("2015-03-27", "")]


def test_kinds_are_found_by_words_and_chosen_by_enter(qtbot: QtBot, look: Look) -> None:
    from ui.viewmodels.incident import incident_kinds

    picker = TaxonomyPicker(look, incident_kinds())
    qtbot.addWidget(picker)
    picker.show()
    chosen: list[str] = []
    picker.chosen.connect(chosen.append)
    picker.open()
    assert len(picker.found()) == len(incident_kinds())
    QTest.keyClicks(picker.search, "red notice")
    assert "notice.red_notice" in picker.found()
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert chosen == ["notice.red_notice"]
    picker.open()
    QTest.keyClicks(picker.search, "wwxxyy")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert chosen == ["notice.red_notice"] and picker.found() == []
