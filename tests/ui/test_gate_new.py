"""A new notebook at the gate: words typed back, one's own, key file, places; the kit that is offered next; a copy restored."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from i18n.message import Message, msg
from storage import Vault
from tests.ui.gate_window import FLOOR, NEW, OLD, GateWindow, files_of, opens, press, type_in
from ui.screens import SCREENS


@pytest.fixture
def gate(qtbot: QtBot, tmp_path: Path) -> Iterator[GateWindow]:
    window = GateWindow(qtbot, None, tmp_path)
    yield window
    window.close()


def learn(gate: GateWindow) -> str:
    """Type the proposed words back, as somebody who learnt them; gives them."""
    choice = gate.page.choice
    words = choice._secret.decode()
    choice.learnt.click()
    type_in(choice.back.field, words)
    return words


def test_seven_words_count_only_when_typed_back_out_of_sight(gate: GateWindow, tmp_path: Path) -> None:
    gate.page.new.click()
    gate.page.make.click()
    assert "then type them" in gate.page.problem.text()
    choice = gate.page.choice
    words = choice._secret.decode()
    choice.learnt.click()
    assert choice.words.isHidden() and choice.words.cells() == 0
    type_in(choice.back.field, words[:-1])
    gate.page.make.click()
    assert "not the seven words" in gate.page.problem.text() and not (tmp_path / "Daftar").exists()
    type_in(choice.back.field, words[-1])
    assert choice.back_field.note.text() == "These are the seven words."
    gate.page.make.click()
    gate.settle()
    assert gate.model.state.step == "made" and choice._secret == bytearray()
    assert gate.app.window.shell is None and gate.app.jobs.has_vault
    gate.close()
    assert opens(tmp_path / "Daftar", words)


def test_other_words_are_other_words_and_follow_the_language(gate: GateWindow) -> None:
    gate.model.begin_create()
    choice = gate.page.choice
    first = bytes(choice._secret)
    choice.others.click()
    assert bytes(choice._secret) != first and choice._secret.count(b" ") == 6 and choice._secret.isascii()
    gate.app.look.words.switch("tg")
    gate.settle()
    assert not choice._secret.isascii() and choice._secret.count(b" ") == 6
    choice.learnt.click()
    drawn = bytes(choice._secret)
    gate.app.look.words.switch("en")
    gate.settle()
    assert bytes(choice._secret) == drawn, "words that are being typed are not exchanged"


def test_ones_own_passphrase_is_typed_twice_and_judged_in_words(gate: GateWindow, tmp_path: Path) -> None:
    gate.model.begin_create()
    choice = gate.page.choice
    choice.to_own.click()
    type_in(choice.first.field, "password")
    assert choice.first_field.note.text() == "Too easy to guess. Add words."
    type_in(choice.second.field, "password")
    gate.page.make.click()
    assert "too short" in gate.page.problem.text()
    choice.first.wipe()
    type_in(choice.first.field, NEW)
    assert choice.first_field.note.text().startswith("Strong")
    gate.page.make.click()
    assert gate.page.problem.text() == "The two passphrases differ."
    choice.second.wipe()
    type_in(choice.second.field, NEW)
    press(choice.second.field, "\r", Qt.Key.Key_Return)
    gate.settle()
    assert gate.model.state.step == "made"
    gate.close()
    assert opens(tmp_path / "Daftar", NEW)


def test_the_kit_is_offered_next_and_can_be_left_for_later(gate: GateWindow) -> None:
    gate.model.begin_create()
    learn(gate)
    gate.page.make.click()
    gate.settle()
    gate.page.later.click()
    gate.settle()
    assert type(gate.app.window.current_screen()).__name__ == "Home"
    assert "no recovery kit yet" in gate.said()
    assert not gate.ask(lambda vault: vault.ways_in.has_kit)


@pytest.mark.skipif("ways_in" not in SCREENS, reason="the screen of the ways in is not there")
def test_the_kit_is_made_on_the_screen_of_the_ways_in(gate: GateWindow) -> None:
    gate.model.begin_create()
    learn(gate)
    gate.page.make.click()
    gate.settle()
    gate.page.kit.click()
    gate.settle()
    assert gate.app.window.shell is not None
    assert gate.app.window.shell._route.screen == "ways_in"


def test_a_key_file_is_made_of_random_bytes_and_needed_from_the_first_moment(
    gate: GateWindow, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    gate.model.begin_create()
    block = gate.page.key_file
    block.wanted.click()
    assert block.cost.isVisibleTo(gate.page)
    words = learn(gate)
    gate.page.make.click()
    assert "key file first" in gate.page.problem.text()
    block.new.chosen.emit(card / "bytes")
    made = (card / "bytes").read_bytes()
    assert len(made) == 64 and len(set(made)) > 30
    assert block.near.isVisibleTo(gate.page), "it lies on the same disk here, and that is said"
    gate.page.make.click()
    gate.settle()
    assert gate.model.state.step == "made"
    gate.close()
    folder = tmp_path / "Daftar"
    assert not opens(folder, words) and opens(folder, words, card / "bytes")


def test_a_key_file_never_replaces_a_file(gate: GateWindow, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    gate.model.begin_create()
    gate.page.key_file.wanted.click()
    gate.model.make_key_file(taken)
    assert taken.read_text() == "mine" and gate.model.state.key_file is None
    assert "already here" in gate.page.bar.message.text()


class _Machine:
    """A machine that knows one synchronised folder and one that cannot be written."""

    cannot_connect = False

    def place_problem(self, folder: Path) -> Message | None:
        if self.place_is_impossible(folder):
            return msg("The system does not let Daftar write there. Choose another folder.")
        return msg("{program} copies this folder.", program="Dropbox") if "cloud" in folder.parts else None

    def place_is_impossible(self, folder: Path) -> bool:
        return "system" in folder.parts

    def connection_truth(self) -> Message:
        return msg("This program makes no connections. Keep Wi-Fi off.")

    def capture_truth(self) -> Message:
        return msg("This program makes no connections. Keep Wi-Fi off.")

    def weaknesses(self, folder: Path | None = None) -> list[Message]:
        return []


def test_a_synchronised_place_needs_a_decision_and_an_impossible_one_is_refused(
    qtbot: QtBot, tmp_path: Path
) -> None:
    gate = GateWindow(qtbot, None, tmp_path, machine=_Machine())
    gate.model.begin_create()
    gate.model.choose_new_folder(tmp_path / "cloud" / "Daftar")
    place = gate.page.place
    assert "Dropbox" in place.warning.text() and place.accept.isVisibleTo(gate.page)
    learn(gate)
    gate.page.make.click()
    assert "Dropbox" in gate.page.problem.text() and not (tmp_path / "cloud").exists()
    gate.model.choose_new_folder(tmp_path / "system" / "Daftar")
    assert not place.accept.isVisibleTo(gate.page)
    gate.page.make.click()
    assert "does not let" in gate.page.problem.text()
    gate.model.choose_new_folder(tmp_path / "cloud" / "Daftar")
    assert not gate.model.state.place_accepted, "another place, another decision"
    place.accept.click()
    gate.page.make.click()
    gate.settle()
    assert gate.model.state.step == "made"
    gate.close()


def test_a_folder_that_is_taken_costs_nothing_that_was_learnt(gate: GateWindow, tmp_path: Path) -> None:
    gate.model.begin_create()
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "a file").write_text("mine")
    gate.model.choose_new_folder(taken)
    words = learn(gate)
    gate.page.make.click()
    gate.settle()
    assert "empty folder" in gate.page.bar.message.text() and (taken / "a file").read_text() == "mine"
    gate.model.choose_new_folder(tmp_path / "free")
    gate.page.make.click()
    gate.settle()
    gate.close()
    assert opens(tmp_path / "free", words)


def test_the_field_for_screen_readers_says_its_price_and_works(gate: GateWindow, tmp_path: Path) -> None:
    gate.model.begin_create()
    choice = gate.page.choice
    choice.to_own.click()
    choice.first.plain_link.click()
    assert choice.first.uses_plain and choice.second.uses_plain
    assert "Copies of what you type" in choice.first.plain.cost.text()
    assert "Copies" in choice.first.plain.line.accessibleDescription()
    choice.first.plain.line.setText(NEW)
    choice.second.plain.line.setText(NEW)
    gate.page.make.click()
    gate.settle()
    assert gate.model.state.step == "made" and choice.first.plain.line.text() == ""
    gate.close()
    assert opens(tmp_path / "Daftar", NEW)


@pytest.fixture
def copy_of(tmp_path: Path) -> Path:
    with Vault.create(tmp_path / "original", bytearray(OLD.encode()), cost=FLOOR) as vault:
        vault.backup(tmp_path / "copy")
    return tmp_path / "copy"


def test_a_notebook_comes_back_from_a_copy(gate: GateWindow, copy_of: Path, tmp_path: Path) -> None:
    before = files_of(copy_of)
    gate.page.restore.click()
    gate.page.restore.click()
    assert "folder of the copy first" in gate.page.problem.text()
    gate.model.choose_backup(copy_of)
    gate.model.choose_new_folder(tmp_path / "back")
    gate.page.restore.click()
    assert "Type the passphrase" in gate.page.problem.text()
    gate.unlock("not this one at all")
    assert "does not open" in gate.page.problem.text() and not (tmp_path / "back").exists()
    gate.unlock(OLD)
    assert gate.app.window.shell is not None and "was restored and checked" in gate.said()
    assert files_of(copy_of) == before
    gate.close()
    assert opens(tmp_path / "back", OLD)


def test_restoring_stops_when_asked_and_leaves_nothing(qtbot: QtBot, copy_of: Path, tmp_path: Path) -> None:
    begun, may_go_on = threading.Event(), threading.Event()

    def slow(*arguments: Any, progress: Any, **more: Any) -> Vault:
        def told(done: int, total: int) -> None:
            begun.set()
            may_go_on.wait(10)
            progress(done, total)

        return Vault.restore(*arguments, progress=told, **more)

    gate = GateWindow(qtbot, None, tmp_path)
    object.__setattr__(gate.model._program, "restore_vault", slow)
    gate.model.begin_restore()
    gate.model.choose_backup(copy_of)
    gate.model.choose_new_folder(tmp_path / "back")
    type_in(gate.page.box.field, OLD)
    gate.page.restore.click()
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    assert gate.page.progress.isVisibleTo(gate.page) and not gate.page.back.isEnabled()
    gate.page.progress.stop.click()
    assert "removed" in gate.page.progress.doing.text()
    may_go_on.set()
    gate.settle()
    assert gate.model.state.step == "restore" and not gate.model.state.busy
    assert not (tmp_path / "back").exists() and gate.model.state.error is None
    assert not gate.app.jobs.has_vault
    gate.close()


def test_a_damaged_copy_is_one_sentence_and_nothing_is_left(
    gate: GateWindow, copy_of: Path, tmp_path: Path
) -> None:
    for header in ("A.hdr", "B.hdr"):
        (copy_of / header).write_bytes(bytes(4096))
    gate.model.begin_restore()
    gate.model.choose_backup(copy_of)
    gate.model.choose_new_folder(tmp_path / "back")
    gate.unlock(OLD)
    assert "damaged" in gate.page.bar.message.text() and not (tmp_path / "back").exists()
    shutil.rmtree(copy_of)
    gate.unlock(OLD)
    assert "no notebook folder" in gate.page.bar.message.text()
