"""The screen about protection: all is there, keys scroll it, links lead to their part, the computer's truths are live."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.machine import Machine as DesktopMachine
from i18n.message import Message, msg
from tests.ui.conftest import OpenWindow
from ui.gallery.__main__ import make_program
from ui.viewmodels.protection import ProtectionModel, computer_truths
from ui.viewmodels.protection_words import NO_WEAKNESS, all_texts
from ui.views.protection import ProtectionScreen
from ui.widgets.row import Row
from ui.widgets.text import Label


class Computer:
    """A machine that says what a test wants."""

    def __init__(self, cannot: bool, *weak: Message) -> None:
        self.cannot_connect = cannot
        self.weak = list(weak)
        self.asked: list[Path | None] = []

    def connection_truth(self) -> Message:
        return msg("Connections.")

    def capture_truth(self) -> Message:
        return msg("Pictures of the window.")

    def place_problem(self, _folder: Path) -> Message | None:
        return None

    def place_is_impossible(self, _folder: Path) -> bool:
        return False

    def weaknesses(self, folder: Path | None = None) -> list[Message]:
        self.asked.append(folder)
        return self.weak


def shown(screen: ProtectionScreen) -> list[str]:
    return [label.text() for label in screen.findChildren(Label)]


def test_every_text_is_on_the_screen(opened: OpenWindow) -> None:
    screen = opened.go("protection")
    words = shown(screen)
    missing = [message.source for message in all_texts() if opened.app.look.t(message) not in words]
    assert missing == []


def test_keys_scroll_and_links_lead_to_their_part(opened: OpenWindow) -> None:
    screen: Any = opened.go("protection")
    reading: Any = screen.reading
    bar = reading.verticalScrollBar()
    assert opened.app.window.focusWidget() == reading
    assert bar.maximum() > 2000
    for key, beyond in ((Qt.Key.Key_Down, 0), (Qt.Key.Key_PageDown, 200), (Qt.Key.Key_Space, 600)):
        QTest.keyClick(reading, key)
        assert bar.value() > beyond
    QTest.keyClick(reading, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(reading, Qt.Key.Key_Home)
    assert bar.value() == 0
    screen.go_to("deleted")
    part = screen.parts["deleted"]
    assert abs(part.mapTo(reading.viewport(), part.rect().topLeft()).y()) <= 1
    assert opened.app.window.focusWidget() == reading


def test_one_comes_back_to_where_one_read(opened: OpenWindow) -> None:
    screen: Any = opened.go("protection")
    screen.go_to("lost")
    place = screen.place()
    again = ProtectionScreen(screen.context)
    again.resize(screen.size())
    again.show()
    opened.settle()
    again.follow_place(place)
    assert again.place() == place != "0"
    again.follow_place("not a place")
    assert again.place() == place
    again.close()


def test_what_is_said_of_the_computer_is_what_the_machine_says_now(tmp_path: Path) -> None:
    swap = msg("Swap is not encrypted.")
    machine = Computer(True, swap)
    program = replace(make_program(tmp_path), machine=machine)
    model = ProtectionModel(program)
    assert [truth.tone for truth in model.state.computer] == ["good", "plain", "amber"]
    assert model.state.computer[2].words == swap
    assert machine.asked == [tmp_path]
    machine.weak = []
    machine.cannot_connect = False
    model.look_again()
    assert [truth.tone for truth in model.state.computer] == ["amber", "plain", "good"]
    assert model.state.computer[2].words == NO_WEAKNESS


@pytest.mark.parametrize("cannot", [True, False])
def test_without_a_machine_nothing_is_claimed(tmp_path: Path, cannot: bool) -> None:
    truths = computer_truths(replace(make_program(tmp_path), machine=None, cannot_connect=cannot))
    assert [truth.tone for truth in truths] == ["good" if cannot else "amber", "amber"]


def test_an_aid_that_reads_the_window_is_said(tmp_path: Path) -> None:
    for reads in (True, False):
        machine = DesktopMachine(root=tmp_path, environment={}, bridge_is_on=lambda reads=reads: reads)  # type: ignore[misc]
        said = [
            truth.words.source for truth in computer_truths(replace(make_program(tmp_path), machine=machine))
        ]
        assert any("screen reader or another aid" in sentence for sentence in said) == reads


def test_settings_lead_here(opened: OpenWindow) -> None:
    settings: Any = opened.go("settings")
    row = settings.findChild(Row, "protection")
    row.click()
    opened.settle()
    assert isinstance(opened.app.window.current_screen(), ProtectionScreen)
