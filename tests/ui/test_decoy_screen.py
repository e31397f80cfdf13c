"""The decoy's screen: nothing before the honest text was confirmed; a decoy looks as any new notebook does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from storage import HONEST_DECOY_TEXT, KdfCost, Vault
from ui.app import App
from ui.gallery.__main__ import make_program
from ui.widgets.button import PaintedButton

FLOOR = KdfCost(8192, 1, 1)
OWN = b"gallery"
CODE = re.compile(r"\d{5}\W+\d{5}")
DECOY = "kitob daftar qalam ruchka stol stul deraza"


def words_of(root: QWidget) -> list[str]:
    """Everything that is said and shown, in order."""
    said = [label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root)]
    said += [button.words for button in root.findChildren(PaintedButton) if button.isVisibleTo(root)]
    return said


def press(opened: Any, button: Any) -> None:
    opened.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    opened.settle()


def answer(opened: Any, screen: Any, text: str = OWN.decode()) -> None:
    assert screen.panel.step == "ask"
    opened.qtbot.keyClicks(screen.panel.box.field, text)
    press(opened, screen.primary)


def make_one(opened: Any, text: str = DECOY) -> Any:
    screen = opened.go("decoy")
    press(opened, screen.panel.understood)
    press(opened, screen.primary)
    answer(opened, screen)
    screen.panel.label.set_text("Notes <b>of</b> school")
    choice = screen.panel.form.choice
    choice.to_own.click()
    opened.qtbot.keyClicks(choice.first.field, text)
    opened.qtbot.keyClicks(choice.second.field, text)
    press(opened, screen.primary)
    return screen


def test_the_honest_text_stands_there_whole_and_nothing_happens_before_it_is_confirmed(opened: Any) -> None:
    screen = opened.go("decoy")
    assert HONEST_DECOY_TEXT.source in words_of(screen)
    assert not screen.panel.understood.isChecked() and not screen.primary.isEnabled()
    screen.panel.act()
    assert screen.panel.step == "list"
    screen.model.make(bytearray(DECOY.encode()), "", "documenter")
    opened.settle()
    assert opened.ask(lambda vault: vault.decoy.state) == "none"
    press(opened, screen.panel.understood)
    assert screen.primary.isEnabled()
    press(opened, screen.panel.understood)
    assert not screen.primary.isEnabled(), "taken back"


def test_a_decoy_is_made_after_the_text_and_the_passphrase(opened: Any) -> None:
    screen = make_one(opened)
    assert screen.panel.step == "list" and "made and empty" in screen.bar.message.text()
    assert screen.model.state.decoy == "made" and screen.primary.words == "Remove the decoy"
    assert opened.ask(lambda vault: vault.decoy.state) == "made"
    others = [text for name in ("ways_in", "settings", "home", "care") for text in words_of(opened.go(name))]
    told = [text for text in others if "ecoy" in text]
    assert told == ["Decoy notebook"], "the row of the settings stands there in every notebook"


@pytest.mark.parametrize(("text", "said"), [(OWN.decode(), "too short"), ("gallery " * 7, "too short")])
def test_a_weak_passphrase_is_refused(opened: Any, text: str, said: str) -> None:
    screen = make_one(opened, text)
    assert screen.panel.step == "make" and said in screen.panel.form.problem.text()
    assert opened.ask(lambda vault: vault.decoy.state) == "none"


def test_a_passphrase_of_ours_is_refused(opened: Any) -> None:
    opened.ask(lambda vault: vault.ways_in.add_passphrase(bytearray(DECOY.encode())))
    screen = make_one(opened)
    assert screen.panel.step == "make" and "in use already" in screen.panel.form.problem.text()
    assert opened.ask(lambda vault: vault.decoy.state) == "none"


def test_a_decoy_is_removed_after_a_question(opened: Any) -> None:
    screen = make_one(opened)
    screen = opened.go("home")
    screen = opened.go("decoy")
    press(opened, screen.primary)
    answer(opened, screen)
    assert screen.panel.step == "remove" and screen.primary.kind == "danger"
    press(opened, screen.cancel)
    assert opened.ask(lambda vault: vault.decoy.state) == "made"
    press(opened, screen.primary)
    press(opened, screen.primary)
    assert screen.model.state.decoy == "none" and "removed" in screen.bar.message.text()
    assert not screen.model.state.understood, "asked anew"


def test_unlocking_does_not_come_back_to_this_screen(opened: Any) -> None:
    """Whoever looks on while the notebook is opened must not see that the decoy was looked at."""
    for screen, kept in (("ways_in", "ways_in"), ("decoy", "settings")):
        opened.go(screen)
        assert opened.app.settings.get("ui.place")["screen"] == kept


class Sitting:
    """A window over one folder, with what the tests of it need."""

    def __init__(self, qtbot: QtBot, folder: Path, passphrase: str) -> None:
        self.qtbot = qtbot
        self.app = App(replace(make_program(folder), lock=lambda *_: None))
        qtbot.addWidget(self.app.window)
        self.app.show()
        self.app.gate_model.unlock(bytearray(passphrase.encode()))
        qtbot.waitUntil(lambda: self.app.window.shell is not None, timeout=10_000)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(lambda: self.app.jobs.is_idle, timeout=15_000)
            self.qtbot.wait(15)

    def go(self, screen: str) -> Any:
        self.app.navigator.go(screen)
        self.settle()
        return self.app.window.current_screen()

    def shut(self) -> None:
        self.app.close()
        self.app.jobs.shut()
        self.app.look.words.uninstall()


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """A new notebook, one that gave the room up, and a decoy: each opened by the same passphrase."""
    made = {name: tmp_path / name for name in ("fresh", "given up", "decoy")}
    for name in ("fresh", "given up"):
        with Vault.create(made[name], bytearray(DECOY.encode()), cost=FLOOR) as vault:
            if name == "given up":
                vault.decoy.give_up()
    with Vault.create(made["decoy"], bytearray(OWN), cost=FLOOR) as vault:
        vault.decoy.create(bytearray(DECOY.encode()))
    yield made
    for folder in made.values():
        shutil.rmtree(folder)


@pytest.mark.parametrize("screen", ["decoy", "ways_in", "settings", "home", "care"])
def test_a_decoy_session_shows_what_a_new_notebook_shows(
    qtbot: QtBot, folders: dict[str, Path], screen: str
) -> None:
    seen: dict[str, list[str]] = {}
    states = {}
    for name, folder in folders.items():
        sitting = Sitting(qtbot, folder, DECOY)
        shown = sitting.go(screen)
        numbers = str(sitting.app.program.folder)
        seen[name] = [CODE.sub("…", text.replace(numbers, "…")) for text in words_of(shown)]
        if screen == "decoy":
            states[name] = replace(shown.model.state, ways=(), folder=None)
        sitting.shut()
    if (
        screen != "care"
    ):  # what happened: giving the room up is a change of the keys, said without a word about what
        assert seen["given up"] == seen["fresh"]
    assert seen["decoy"] == seen["fresh"]
    assert len({repr(state) for state in states.values()}) <= 1


def test_trying_to_make_a_decoy_says_the_same_in_a_decoy_and_where_the_room_was_given_up(
    qtbot: QtBot, folders: dict[str, Path]
) -> None:
    said = {}
    for name in ("given up", "decoy"):
        before = _real(folders[name])
        sitting = Sitting(qtbot, folders[name], DECOY)
        screen = sitting.go("decoy")
        press(sitting, screen.panel.understood)
        press(sitting, screen.primary)
        answer(sitting, screen, DECOY)
        choice = screen.panel.form.choice
        choice.to_own.click()
        for field in (choice.first.field, choice.second.field):
            qtbot.keyClicks(field, "olma anor gilos tarvuz qovun behi shaftoli")
        press(sitting, screen.primary)
        said[name] = screen.panel.form.problem.text()
        press(sitting, screen.cancel)
        press(sitting, screen.panel.findChild(QWidget, "give_up"))
        press(sitting, screen.primary)
        said[name] += screen.bar.message.text() + repr(screen.model.state.decoy)
        sitting.shut()
        assert _real(folders[name]) == before, "the other container was not touched"
    assert said["given up"] == said["decoy"] and "given up" in said["decoy"]
    with Vault.open(folders["decoy"], bytearray(OWN)) as vault:
        assert vault.decoy.state == "made" and vault.alarm is None


def _real(folder: Path) -> dict[str, bytes]:
    """The container that the passphrase of these tests does not open."""
    with Vault.open(folder, bytearray(DECOY.encode())) as vault:
        own = vault._session.ring.container.name[0]
    return {str(p): p.read_bytes() for p in folder.rglob("*/*") if p.is_file() and p.parent.name[0] != own}


def test_the_decoys_passphrase_does_not_answer_the_question_of_the_real_notebook(opened: Any) -> None:
    make_one(opened)
    screen = opened.go("ways_in")
    screen.model.begin("change")
    opened.qtbot.keyClicks(screen.panel.box.field, DECOY)
    press(opened, screen.primary)
    assert screen.panel.step == "ask" and screen.model.state.problem is not None
