"""The passphrase field keeps one buffer, paints dots and leaves nothing behind."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

import i18n
from i18n.message import msg
from ui.look import Look
from ui.theme import Theme
from ui.translator import Words
from ui.widgets.passphrase import CAPACITY, PassphraseBox, PassphraseField


@pytest.fixture
def look(qapp: object) -> Look:
    return Look(Theme(), Words(i18n.catalog))


@pytest.fixture
def field(qtbot: QtBot, look: Look) -> PassphraseField:
    made = PassphraseField(look, msg("Passphrase"))
    qtbot.addWidget(made)
    return made


def _type(field: PassphraseField, text: str) -> None:
    for char in text:
        event = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
        field.keyPressEvent(event)


def test_any_script_comes_out_as_utf8_and_the_field_is_empty_then(field: PassphraseField) -> None:
    _type(field, "олма ʻoʻrik əncir 🌿")
    assert bytes(field.take()) == "олма ʻoʻrik əncir 🌿".encode()
    assert field.is_empty and field._buffer == bytearray(CAPACITY)


def test_backspace_removes_one_character_and_its_bytes(field: PassphraseField, qtbot: QtBot) -> None:
    _type(field, "aҷ")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert bytes(field._buffer[:4]) == b"a\0\0\0"
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.is_empty


def test_what_does_not_fit_is_not_half_taken(field: PassphraseField) -> None:
    _type(field, "x" * (CAPACITY - 1) + "ж")
    assert len(field.take()) == CAPACITY - 1


def test_commands_are_not_text(field: PassphraseField, qtbot: QtBot) -> None:
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.is_empty


def test_enter_submits(field: PassphraseField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.submitted):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_input_methods_learn_nothing_and_no_accessible_text_holds_it(field: PassphraseField) -> None:
    _type(field, "secretword")
    hints = field.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhHiddenText and hints & Qt.InputMethodHint.ImhSensitiveData
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert "secretword" not in field.accessibleName() + field.accessibleDescription() + field.toolTip()


def test_no_python_text_of_the_whole_passphrase_survives(field: PassphraseField) -> None:
    word = bytes([116, 111, 107, 115, 97, 98, 97]).decode()  # never a literal in this file
    _type(field, word + "zq")
    field.grab()
    field.wipe()
    gc.collect()
    found = [thing for thing in gc.get_objects() if isinstance(thing, str) and thing == word + "zq"]
    assert found == []


def test_showing_paints_letters_and_hiding_dots_again(look: Look, qtbot: QtBot) -> None:
    box = PassphraseBox(look, msg("Passphrase"))
    qtbot.addWidget(box)
    box.resize(400, 90)
    _type(box.field, "iiii")
    dots = box.field.grab().toImage()
    box.show_button.click()
    assert box.field.shown and box.field.grab().toImage() != dots
    box.show_button.click()
    assert not box.field.shown


def test_capitals_without_shift_are_told(look: Look, qtbot: QtBot) -> None:
    box = PassphraseBox(look, msg("Passphrase"))
    qtbot.addWidget(box)
    box.field.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "A"))
    assert box._caps_label.text() == "Caps Lock is on"
    box.field.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.ShiftModifier, "B"))
    assert box._caps_label.text() == ""
