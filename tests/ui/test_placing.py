"""Unlocking comes back to where one was, by numbers alone; a program that was closed opens on the screen, not on the passage."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from storage import SaveRecord, Vault
from tests.ui.conftest import OpenWindow
from ui.gallery import content
from ui.gallery.__main__ import make_notebook
from ui.locking import Locker
from ui.views.person_folds import Fold
from ui.views.placing import KEEP_MS, areas, view_of
from ui.widgets.narrative_edit import NarrativeEdit

LONG = "\n".join(f"Line {number} of what was told." for number in range(400))


@pytest.fixture(scope="module")
def long_notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long") / "notebook"
    make_notebook(folder)
    with Vault.open(folder, bytearray(b"gallery")) as vault:
        doc = copy.deepcopy(vault.get(content.INTERVIEW))
        assert doc is not None
        doc["narratives"][0]["text"] = LONG
        vault.write(SaveRecord("interview", doc, content.INTERVIEW))
    return folder


class Twice:
    """A window, and the same notebook in a second one: as before and after a lock."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.windows: list[OpenWindow] = []

    def open(self) -> OpenWindow:
        window = OpenWindow(self.qtbot, self.folder)
        self.windows.append(window)
        return window

    def lock(self, window: OpenWindow) -> None:
        app = window.app
        locker = Locker(app.window, app.jobs, "en", app)
        locker.blank_windows()
        locker.commit_drafts(2.0)
        locker.seal()

    def end(self) -> None:
        for window in self.windows:
            window.app.close()
            window.app.jobs.shut()
            window.app.look.words.uninstall()


@pytest.fixture
def twice(qtbot: QtBot, long_notebook: Path, tmp_path: Path) -> Iterator[Twice]:
    import shutil

    pair = Twice(qtbot, shutil.copytree(long_notebook, tmp_path / "notebook"))
    yield pair
    pair.end()


def sheet(window: OpenWindow) -> NarrativeEdit:
    screen = window.app.window.current_screen()
    window.qtbot.waitUntil(lambda: bool(screen.findChildren(NarrativeEdit)), timeout=10_000)
    return screen.findChildren(NarrativeEdit)[0]


def write_somewhere(window: OpenWindow) -> tuple[int, int]:
    """Put the caret into the middle of the long text; caret and scroll."""
    window.go("interview", content.INTERVIEW)
    edit = sheet(window)
    window.qtbot.waitUntil(lambda: edit.document().characterCount() > 5000, timeout=10_000)
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(4321)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()
    window.qtbot.wait(50)
    assert edit.verticalScrollBar().value() > 500
    return edit.textCursor().position(), edit.verticalScrollBar().value()


def test_after_the_lock_caret_and_scroll_are_where_they_were(twice: Twice) -> None:
    first = twice.open()
    caret, scroll = write_somewhere(first)
    twice.lock(first)
    second = twice.open()
    edit = sheet(second)
    second.qtbot.waitUntil(lambda: edit.textCursor().position() == caret, timeout=8000)
    assert abs(edit.verticalScrollBar().value() - scroll) < 30
    assert second.app.window.current_screen().record_id == content.INTERVIEW


def test_after_a_kill_the_place_of_a_moment_ago_is_known(twice: Twice) -> None:
    first = twice.open()
    caret, _ = write_somewhere(first)
    first.qtbot.wait(KEEP_MS + 300)
    first.settle()
    kept = first.ask(lambda vault: vault.setting("ui.place", {}))
    assert kept["record"] == content.INTERVIEW
    assert kept["view"].endswith(f":{caret}")


def test_a_program_that_was_closed_opens_on_the_screen_and_not_on_the_passage(twice: Twice) -> None:
    first = twice.open()
    write_somewhere(first)
    first.qtbot.wait(KEEP_MS + 300)
    first.app.close()
    second = twice.open()
    edit = sheet(second)
    second.qtbot.wait(800)
    assert second.app.window.current_screen().record_id == content.INTERVIEW
    assert (edit.textCursor().position(), edit.verticalScrollBar().value()) == (0, 0)


def test_the_place_holds_numbers_and_ids_and_no_word(twice: Twice) -> None:
    window = twice.open()
    for screen, record in (
        ("interview", content.INTERVIEW), ("person", content.SPEAKER), ("home", ""), ("people", ""), ("settings", ""),
    ):  # fmt: skip
        window.go(screen, record)
        window.qtbot.wait(60)
        value = window.app.window.shell.places.value()
        assert value["screen"] == screen
        for part in ("record", "place", "view"):
            assert re.fullmatch(r"[0-9a-f:;,-]*", value.get(part, "")), value


def test_folded_parts_stay_folded(twice: Twice) -> None:
    first = twice.open()
    person = first.go("person", content.SPEAKER)
    folds = person.findChildren(Fold)
    assert folds
    for fold in folds:
        fold.unfold(True)
    first.qtbot.wait(50)
    twice.lock(first)
    second = twice.open()
    again = second.app.window.current_screen()
    assert again.record_id == content.SPEAKER
    second.qtbot.wait(500)
    shut = [fold.inside.isHidden() for fold in again.findChildren(Fold)]
    fresh = second.go("person", content.SPEAKER)
    assert shut == [fold.inside.isHidden() for fold in fresh.findChildren(Fold)]


def test_what_a_person_did_meanwhile_is_not_undone(twice: Twice) -> None:
    window = twice.open()
    write_somewhere(window)
    screen = window.app.window.current_screen()
    view = view_of(screen)
    keeper = window.app.window.shell.places
    keeper.entered(screen, keeper._route, view)
    edit = sheet(window)
    cursor = edit.textCursor()
    cursor.setPosition(77)
    edit.setTextCursor(cursor)
    window.qtbot.wait(300)
    assert edit.textCursor().position() == 77


@pytest.mark.parametrize(
    "view", ["", "x", "3;1,2;", "1;9999999;0:1", "2;1,1;9:9", "0;;", ";;;", "1;5;0:99999999"]
)
def test_an_odd_place_leads_nowhere_worse_than_the_top(twice: Twice, view: str) -> None:
    window = twice.open()
    screen = window.go("interview", content.INTERVIEW)
    keeper = window.app.window.shell.places
    keeper.entered(screen, keeper._route, view)
    keeper._tries = 2
    window.qtbot.wait(400)
    assert keeper._wanted == ""
    assert areas(screen)


def test_an_odd_setting_is_home(twice: Twice) -> None:
    window = twice.open()
    for value in (
        {"screen": "no such"},
        {"screen": 5},
        "x",
        None,
        {"screen": "interview", "record": "no such"},
    ):
        window.app.settings._values["ui.place"] = value
        window.app.window.shell.restore()
        window.settle()
        assert window.app.window.current_screen() is not None
