"""Other ways in at the gate: key file, digits, shares, then a new passphrase; what is wrong is said and changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage import CodeShare, Vault, digit_bytes, split_code
from tests.ui.gate_window import FLOOR, NEW, OLD, GateWindow, files_of, opens, press, type_in
from ui.widgets.clipboard import private_clipboard


@dataclass
class Kept:
    """A notebook with a kit and shares."""

    folder: Path
    code: bytearray
    shares: list[CodeShare]
    digits: str


@pytest.fixture(scope="session")
def kit_master(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kit") / "notebook"
    with Vault.create(folder, bytearray(OLD.encode()), cost=FLOOR) as vault:
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(code)
    return Kept(folder, code, split_code(code), digit_bytes(code).decode())


@pytest.fixture
def kept(kit_master: Kept, tmp_path: Path) -> Kept:
    folder = tmp_path / "notebook"
    shutil.copytree(kit_master.folder, folder)
    return Kept(folder, kit_master.code, kit_master.shares, kit_master.digits)


@pytest.fixture
def gate(qtbot: QtBot, kept: Kept, tmp_path: Path) -> Iterator[GateWindow]:
    window = GateWindow(qtbot, kept.folder, tmp_path)
    yield window
    window.close()


def renew(gate: GateWindow, words: str = NEW) -> None:
    """Choose one's own passphrase on the page that follows a good kit."""
    choice = gate.page.choice
    choice.to_own.click()
    type_in(choice.first.field, words)
    type_in(choice.second.field, words)
    gate.page.renew.click()
    gate.settle()


def test_the_digits_open_and_a_new_passphrase_takes_the_place_of_the_old(
    gate: GateWindow, kept: Kept
) -> None:
    before = files_of(kept.folder)
    gate.model.go("digits")
    type_in(gate.page.cells, kept.digits)
    press(gate.page.cells, "\r", Qt.Key.Key_Return)
    gate.settle()
    assert gate.model.state.step == "renew" and files_of(kept.folder) == before
    renew(gate)
    assert gate.app.window.shell is not None
    assert "new passphrase" in gate.said() and "stays in force" in gate.said()
    assert gate.model._code == bytearray()
    gate.close()
    assert (opens(kept.folder, OLD), opens(kept.folder, NEW)) == (False, True)


def test_digits_can_be_pasted_with_any_separators(gate: GateWindow, kept: Kept, qtbot: QtBot) -> None:
    gate.model.go("digits")
    groups = [kept.digits[at : at + 5] for at in range(0, 55, 5)]
    private_clipboard().put(" - ".join(groups[:6]) + "\n" + ".".join(groups[6:]))
    qtbot.keyClick(gate.page.cells, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert gate.page.cells.is_complete and gate.page.cells.wrong == []


def test_a_group_that_cannot_be_right_is_said_at_once(gate: GateWindow) -> None:
    gate.model.go("digits")
    type_in(gate.page.cells, "0000065536")
    assert gate.page.cells.wrong == [2] and "Group 2 cannot be right" in gate.page.note.text()
    gate.page.cells.mark_wrong([1])
    type_in(gate.page.cells, "65535")
    assert gate.page.cells.wrong == [] and "2 of 11" in gate.page.note.text()


def test_one_wrong_digit_is_looked_for_and_its_group_marked(gate: GateWindow, kept: Kept) -> None:
    before = files_of(kept.folder)
    wrong = list(kept.digits)
    wrong[22] = str((int(wrong[22]) + 1) % 10)
    gate.model.go("digits")
    type_in(gate.page.cells, "".join(wrong))
    press(gate.page.cells, "\r", Qt.Key.Key_Return)
    gate.settle()
    assert gate.model.state.step == "digits" and gate.page.cells.wrong == [5]
    assert "group 5" in gate.page.note.text() and files_of(kept.folder) == before


def test_the_digits_of_another_notebook_are_refused_before_a_passphrase_is_asked(
    gate: GateWindow, kept: Kept
) -> None:
    before = files_of(kept.folder)
    gate.model.go("digits")
    type_in(gate.page.cells, digit_bytes(bytearray(range(20))).decode())
    gate.page.go_on.click()
    gate.settle()
    assert gate.model.state.step == "digits" and "another one, or it was replaced" in gate.page.note.text()
    assert files_of(kept.folder) == before


def test_leaving_a_page_wipes_what_was_typed(gate: GateWindow, kept: Kept) -> None:
    gate.model.go("digits")
    cells = gate.page.cells
    type_in(cells, kept.digits[:30])
    gate.page.back.click()
    assert cells.is_empty and cells._buffer == bytearray(55)
    gate.model.go("shares")
    cells = gate.page.cells
    type_in(cells, "academic ")
    gate.page.back.click()
    assert cells.is_empty and not any(cells._buffer)


def enter_share(gate: GateWindow, share: CodeShare, *, how: str) -> None:
    for word, number in zip(share.words, share.numbers, strict=True):
        typed = {"words": word, "letters": word[:4], "numbers": number}[how]
        type_in(gate.page.cells, typed)
        if how != "numbers" and len(typed) < 8:
            press(gate.page.cells, " ", Qt.Key.Key_Space)
    press(gate.page.cells, "\r", Qt.Key.Key_Return)
    gate.settle()


@pytest.mark.parametrize(("first", "second"), [("words", "numbers"), ("letters", "words")])
def test_two_shares_open_in_words_letters_and_numbers(
    gate: GateWindow, kept: Kept, first: str, second: str
) -> None:
    gate.model.go("shares")
    enter_share(gate, kept.shares[2], how=first)
    assert gate.model.state.shares == (3,) and gate.page.cells.is_empty
    enter_share(gate, kept.shares[0], how=second)
    assert gate.model.state.step == "renew"
    renew(gate)
    gate.close()
    assert opens(kept.folder, NEW)


def test_the_same_share_twice_and_shares_of_two_sets_are_named(gate: GateWindow, kept: Kept) -> None:
    before = files_of(kept.folder)
    gate.model.go("shares")
    enter_share(gate, kept.shares[0], how="numbers")
    enter_share(gate, kept.shares[0], how="numbers")
    assert "share 1 once more" in gate.page.note.text()
    assert gate.page.cells.is_empty  # nothing to be wiped by hand before another one is typed
    enter_share(gate, split_code(kept.code)[1], how="numbers")
    assert "do not belong together" in gate.page.note.text() and gate.model.state.step == "shares"
    assert gate.page.cells.is_empty
    enter_share(gate, kept.shares[1], how="numbers")
    assert gate.model.state.step == "renew" and files_of(kept.folder) == before


def test_a_stale_pair_of_shares_is_refused_before_anything_changes(gate: GateWindow, kept: Kept) -> None:
    stale = split_code(bytearray(range(20)))
    before = files_of(kept.folder)
    gate.model.go("shares")
    enter_share(gate, stale[0], how="numbers")
    enter_share(gate, stale[1], how="numbers")
    assert "it was replaced" in gate.page.note.text() and files_of(kept.folder) == before


def test_a_wrong_word_of_the_list_is_found_by_its_place(gate: GateWindow, kept: Kept) -> None:
    numbers = [int(number) for number in kept.shares[0].numbers]
    numbers[10] = numbers[10] % 1024 + 1
    gate.model.go("shares")
    type_in(gate.page.cells, "".join(f"{number:04d}" for number in numbers))
    press(gate.page.cells, "\r", Qt.Key.Key_Return)
    gate.settle()
    assert gate.page.cells.wrong == [11] and "word 11" in gate.page.note.text()


def test_a_word_that_is_in_no_list_is_said_and_others_are_completed(gate: GateWindow) -> None:
    gate.model.go("shares")
    cells = gate.page.cells
    type_in(cells, "acad ")
    assert bytes(cells.cell(0)) == b"academic" and cells.marks[0] == "good"
    type_in(cells, "al")
    assert "alarm 0025" in gate.page.suggestion.text()
    type_in(cells, "zz ")
    assert cells.wrong == [2] and "2" in gate.page.note.text()


@pytest.fixture
def with_card(tmp_path: Path) -> tuple[Path, Path]:
    card = tmp_path / "card"
    card.write_bytes(bytes(range(64)))
    folder = tmp_path / "sealed"
    Vault.create(folder, bytearray(OLD.encode()), key_file=card, cost=FLOOR).close()
    return folder, card


def test_a_key_file_opens_and_its_place_is_remembered_nowhere(
    qtbot: QtBot, with_card: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, card = with_card
    gate = GateWindow(qtbot, folder, tmp_path)
    gate.unlock(OLD)
    assert gate.model.state.problem is not None and gate.app.window.shell is None
    gate.model.go("key_file")
    gate.page.chooser.chosen.emit(card)
    gate.unlock("a wrong one")
    assert "key file do not open" in gate.page.problem.text()
    gate.unlock(OLD)
    assert gate.app.window.shell is not None
    everything = gate.ask(lambda vault: repr(vault.care_facts) + repr(vault.what_happened()))
    assert card.name not in everything and str(card) not in everything
    gate.close()


def test_a_wrong_passphrase_says_the_same_whether_a_key_file_is_needed_or_not(
    qtbot: QtBot, with_card: tuple[Path, Path], kept: Kept, tmp_path: Path
) -> None:
    said = []
    for folder in (with_card[0], kept.folder):
        gate = GateWindow(qtbot, folder, tmp_path)
        gate.unlock("neither of them")
        said.append((gate.page.problem.text(), gate.model.state.error))
        gate.close()
    assert said[0] == said[1] and said[0][0]


def test_a_full_disk_while_recovering_does_not_cost_the_code(gate: GateWindow, kept: Kept) -> None:
    gate.model.go("digits")
    type_in(gate.page.cells, kept.digits)
    gate.page.go_on.click()
    gate.settle()
    with Vault.open(kept.folder, bytearray(OLD.encode())):
        renew(gate)
        assert gate.model.state.step == "renew" and "Another Daftar" in gate.page.bar.message.text()
    gate.page.renew.click()
    gate.settle()
    assert gate.app.window.shell is not None


def test_after_a_refusal_one_stands_where_one_corrects_and_enter_does_not_lead_away(
    gate: GateWindow, kept: Kept, qtbot: QtBot
) -> None:
    window = gate.app.window
    gate.model.go("digits")
    type_in(gate.page.cells, digit_bytes(bytearray(range(20))).decode())
    gate.page.go_on.setFocus()
    qtbot.keyClick(gate.page.go_on, Qt.Key.Key_Return)
    gate.settle()
    assert window.focusWidget() is gate.page.cells and not gate.page.cells.is_empty
    gate.model.go("open")
    type_in(gate.page.box.field, "a wrong one")
    gate.page.open.setFocus()
    qtbot.keyClick(gate.page.open, Qt.Key.Key_Return)
    gate.settle()
    assert window.focusWidget() is gate.page.box.field


def test_digits_do_not_stand_on_the_screen_of_somebody_who_went_away(gate: GateWindow, kept: Kept) -> None:
    gate.model.go("digits")
    cells = gate.page.cells
    type_in(cells, kept.digits[:40])
    assert gate.gate._left.isActive()
    gate.gate._nobody_there()
    assert cells.is_empty and not any(cells._buffer) and gate.model.state.step == "open"
    type_in(gate.page.box.field, "half a passphr")
    gate.gate._nobody_there()
    assert gate.page.box.is_empty
    gate.unlock(OLD)
    assert not gate.gate._left.isActive(), "in the open notebook the idle lock watches"


def test_a_proven_code_is_forgotten_when_nobody_is_there(gate: GateWindow, kept: Kept) -> None:
    gate.model.go("digits")
    type_in(gate.page.cells, kept.digits)
    gate.page.go_on.click()
    gate.settle()
    code = gate.model._code
    assert gate.model.state.step == "renew" and any(code)
    gate.gate._nobody_there()
    assert not any(code) and gate.model._code == bytearray() and gate.model.state.step == "open"


def test_back_from_a_copy_leads_to_where_one_came_from(gate: GateWindow, kept: Kept) -> None:
    gate.model.go("ways")
    gate.page.rows["restore"].click()
    assert gate.model.state.step == "restore"
    gate.page.back.click()
    assert (gate.model.state.step, gate.model.state.folder) == ("ways", kept.folder)
    gate.page.back.click()
    assert gate.model.state.step == "open"
    gate.page.other.click()
    gate.page.restore.click()
    gate.page.back.click()
    assert gate.model.state.step == "first"
