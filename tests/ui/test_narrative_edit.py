"""The narrative editor: marks, very long texts, speed, nothing leaves through the clipboard."""

from __future__ import annotations

import statistics
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

import i18n
from i18n.message import msg
from ui.look import Look
from ui.theme import Theme
from ui.translator import Words
from ui.widgets.clipboard import private_clipboard
from ui.widgets.fields import SafeTextEdit
from ui.widgets.narrative_edit import LONGEST, NarrativeEdit

SENTENCE = "Мо дар Хуҷанд зиндагӣ мекардем, ман дар мактаб аз математика дарс медодам. "


@pytest.fixture
def look() -> Look:
    return Look(Theme(), Words(i18n.catalog))


@pytest.fixture
def edit(qtbot: QtBot, look: Look) -> NarrativeEdit:
    made = NarrativeEdit(look, msg("What the person tells"))
    qtbot.addWidget(made)
    made.resize(760, 480)
    made.show()
    return made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one",
        "one\n\ntwo\n",
        "[00:03] first\nsecond\n[01:12] third",
        "[00:03] ",
        "[x] no mark",
        "\n[12:00] late",
        "a\u202eb 🙂 \u200f",
    ],
)
def test_a_text_comes_out_as_it_went_in(edit: NarrativeEdit, text: str) -> None:
    edit.show_text(text)
    assert edit.stored_text() == text


@given(
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\xa0\ufdd0\ufdd1"),
        max_size=80,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_plain_text_comes_out_as_it_went_in(edit: NarrativeEdit, text: str) -> None:
    edit.show_text(text)
    assert edit.stored_text() == text


def test_marks_stand_in_the_margin_not_in_the_text(edit: NarrativeEdit) -> None:
    edit.show_text("[00:03] first\nsecond")
    assert edit.toPlainText() == "first\nsecond"
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.mark_time(75)
    assert edit.stored_text() == "[00:03] first\n[01:15] second"


def test_a_new_paragraph_has_no_mark(edit: NarrativeEdit, qtbot: QtBot) -> None:
    edit.show_text("[00:03] first")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, "x")
    assert edit.stored_text() == "[00:03] first\nx"


def test_an_endless_paragraph_is_laid_out_in_pieces_and_kept_as_one(edit: NarrativeEdit) -> None:
    text = SENTENCE * 2000
    edit.show_text(text)
    assert edit.document().blockCount() > 5
    assert edit.stored_text() == text
    longest = max(edit.document().findBlockByNumber(n).length() for n in range(edit.document().blockCount()))
    assert longest <= LONGEST + 1


def test_five_megabytes_open_at_once_and_a_key_is_painted_at_once(edit: NarrativeEdit, qtbot: QtBot) -> None:
    paragraph = SENTENCE * 4
    text = "\n".join([paragraph] * (5_000_000 // len(paragraph.encode())))
    began = time.perf_counter()
    edit.show_text(text)
    edit.viewport().repaint()
    opened = time.perf_counter() - began
    times = []
    for place in (10, len(text) // 2, len(text) - 10):
        cursor = edit.textCursor()
        cursor.setPosition(place)
        edit.setTextCursor(cursor)
        edit.viewport().repaint()
        for _ in range(12):
            began = time.perf_counter()
            qtbot.keyClick(edit, Qt.Key.Key_A)
            edit.viewport().repaint()
            times.append(time.perf_counter() - began)
    print(
        f"5 MB: open {opened * 1000:.0f} ms, key to paint median {statistics.median(times) * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms"
    )
    assert opened < 3.0
    assert statistics.median(times) < 0.05


def test_copy_and_cut_never_reach_the_system(edit: NarrativeEdit, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("before")
    edit.show_text("the words of a witness")
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    assert edit.createMimeDataFromSelection().formats() == []
    qtbot.keyClick(edit, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert edit.stored_text() == ""
    qtbot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.stored_text() == "the words of a witness"
    assert QGuiApplication.clipboard().text() == "before"


def test_paste_brings_words_only(edit: NarrativeEdit, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("from <b>outside</b>")
    edit.show_text("")
    qtbot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.stored_text() == "from <b>outside</b>"


def test_a_pasted_endless_paragraph_is_cut_into_pieces_at_once(edit: NarrativeEdit, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(SENTENCE * 1500)
    edit.show_text("begin ")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.document().blockCount() > 3
    assert edit.stored_text() == "begin " + SENTENCE * 1500


@pytest.mark.parametrize("kind", ["field", "narrative"])
def test_cutting_where_nothing_may_be_changed_only_copies(look: Look, kind: str, qtbot: QtBot) -> None:
    editor = SafeTextEdit(look, msg("Text")) if kind == "field" else NarrativeEdit(look, msg("Text"))
    qtbot.addWidget(editor)
    editor.setPlainText("One word")
    editor.setReadOnly(True)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == "One word"
    assert private_clipboard().text() == "One word"
