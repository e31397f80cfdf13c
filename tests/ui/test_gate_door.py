"""The door itself: every failure one sentence and nothing changed, neutral words in every language, closing code, system's look."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from i18n.languages import UI_LANGUAGES
from storage import Vault
from storage.keys import header as header_module
from tests.ui.gate_window import FLOOR, OLD, GateWindow, files_of, press, type_in
from ui.gallery.shots_gate import GATE
from ui.system_look import system_scale
from ui.widgets.button import PaintedButton


@pytest.fixture(scope="session")
def plain_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain") / "notebook"
    Vault.create(folder, bytearray(OLD.encode()), cost=FLOOR).close()
    return folder


@pytest.fixture
def folder(plain_master: Path, tmp_path: Path) -> Path:
    shutil.copytree(plain_master, tmp_path / "notebook")
    return tmp_path / "notebook"


@pytest.fixture
def gate(qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[GateWindow]:
    window = GateWindow(qtbot, folder, tmp_path)
    yield window
    window.close()


def refused(gate: GateWindow, folder: Path) -> str:
    """Try to open; what the bar says, after proof that nothing changed and nothing opened."""
    before = files_of(folder) if folder.exists() else {}
    gate.unlock(OLD)
    assert gate.app.window.shell is None and not gate.app.jobs.has_vault
    assert (files_of(folder) if folder.exists() else {}) == before
    said = str(gate.page.bar.message.text())
    assert said and gate.page.bar.isVisible() and "\n" not in said
    assert gate.page.box.is_empty and gate.page.open.isEnabled()
    return said


def test_two_daftars_on_one_notebook(gate: GateWindow, folder: Path) -> None:
    with Vault.open(folder, bytearray(OLD.encode())):
        assert refused(gate, folder) == "Another Daftar has this notebook open."
    gate.unlock(OLD)
    assert gate.app.window.shell is not None


def test_a_folder_that_is_no_notebook_stays_as_it_is(gate: GateWindow, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    gate.model.choose_existing(other)
    assert refused(gate, other) == "This folder is not a notebook of Daftar."
    assert list(other.iterdir()) == []


def test_a_stick_that_was_pulled_out(gate: GateWindow, folder: Path) -> None:
    folder.rename(folder.parent / "away")
    assert refused(gate, folder) == "There is no notebook folder at this place."
    (folder.parent / "away").rename(folder)
    gate.unlock(OLD)
    assert gate.app.window.shell is not None


def test_both_headers_damaged(gate: GateWindow, folder: Path) -> None:
    for name in ("A.hdr", "B.hdr"):
        data = bytearray((folder / name).read_bytes())
        data[600] ^= 1
        (folder / name).write_bytes(data)
    assert "header are damaged" in refused(gate, folder)


def test_a_database_that_is_missing(gate: GateWindow, folder: Path) -> None:
    for database in folder.glob("*/db"):
        database.unlink()
    assert refused(gate, folder) == "The notebook's database is missing."


def test_a_notebook_of_a_newer_daftar(gate: GateWindow, folder: Path) -> None:
    import hashlib

    for name in ("A.hdr", "B.hdr"):
        data = bytearray((folder / name).read_bytes())
        data[8:10] = (header_module.MAJOR + 1).to_bytes(2, "big")
        data[-32:] = hashlib.sha256(bytes(data[:-32])).digest()
        (folder / name).write_bytes(data)
    assert "newer Daftar" in refused(gate, folder)


def test_a_medium_that_cannot_be_written(
    gate: GateWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def read_only(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if str(path).startswith(str(folder)) and flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise OSError(errno.EROFS, "read-only")
        return opened(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", read_only)
    assert refused(gate, folder) == "The disk or card is write-protected."


def test_a_clock_behind_the_last_entry_is_said_once_the_notebook_is_open(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    said = []
    for behind in (timedelta(0), timedelta(hours=14), timedelta(days=30)):
        gate = GateWindow(qtbot, folder, tmp_path, now=_clock(behind))
        gate.unlock(OLD)
        said.append(gate.said())
        gate.close()
    assert said[:2] == ["", ""] and "clock of this computer" in said[2]


def _clock(behind: timedelta) -> Any:
    def now() -> datetime:
        return datetime.now(UTC) - behind

    return now


# The closing code


def test_the_closing_code_is_shown_only_to_who_asked_for_it(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    gate = GateWindow(qtbot, folder, tmp_path)
    gate.unlock(OLD)
    assert "losing code" not in gate.said()
    gate.app.lock()
    parts = gate.locks[0][0]
    parts.seal()
    assert parts.closing_code == ""
    gate.close()


def test_the_code_at_the_lock_is_the_code_of_the_next_opening(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    gate = GateWindow(qtbot, folder, tmp_path)
    gate.unlock(OLD)
    gate.app.settings.set("ui.closing_code", True)
    gate.settle()
    gate.app.lock()
    parts = gate.locks[0][0]
    parts.commit_drafts(1.0)
    parts.seal()
    code = parts.closing_code
    gate.close()
    assert re.fullmatch(r"\d{5} \d{5}", code)
    locked = GateWindow(qtbot, folder, tmp_path, closing_code=code)
    assert locked.page.code.text() == code and locked.page.code.isVisible()
    locked.model.choose_existing(tmp_path)
    assert not locked.page.code.isVisible(), "the code belongs to the notebook that was locked"
    locked.model.choose_existing(folder)
    locked.unlock(OLD)
    assert code in locked.said()
    locked.close()


def test_the_code_is_handed_over_and_taken_out_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop import bootstrap, paths

    for handed, taken in (("01234 56789", "01234 56789"), ("<img src=x>", ""), ("", "")):
        monkeypatch.setenv(paths.CLOSING_CODE, handed)
        assert bootstrap.closing_code() == taken and paths.CLOSING_CODE not in os.environ


def test_the_lock_hands_the_code_to_the_lock_screen_and_to_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from desktop import autolock, bootstrap, paths

    class _Parts:
        language, closing_code = "tg", ""

        def blank_windows(self) -> None: ...
        def commit_drafts(self, seconds: float) -> None: ...
        def end_workers(self) -> None: ...
        def seal(self) -> None:
            self.closing_code = self.told

        def __init__(self, told: str) -> None:
            self.told = told

    handed: list[tuple[str, str]] = []

    def leave(_vault: Path | None) -> None:
        handed.append((os.environ.pop(paths.CLOSING_CODE, ""), os.environ.pop(paths.LANGUAGE, "")))

    monkeypatch.setattr(autolock, "exec_lock_screen", leave)
    for told in ("01234 56789", ""):
        bootstrap.lock(_Parts(told), None)
    assert handed == [("01234 56789", "tg"), ("", "tg")]


# Under force

# Stems that a person who searches a bag would know; in every language of the window.
_TELLING = (
    r"testimon|petition|prison|tortur|victim|human right|united nations|\bUN\b|refugee|asylum|detention|witness|lawyer",
    r"свидетел|петици|тюр[ье]м|пытк|жертв|прав[а]? человека|\bООН\b|беженц|убежищ|задержан|адвокат|обращени",
    r"guvoh|petitsiya|qamoq|qiynoq|jabrlan|inson huquq|\bBMT\b|qochqin|boshpana|hibs|advokat|murojaat",
    r"гувоҳ|петиция|қамоқ|қийноқ|жабрлан|инсон ҳуқуқ|\bБМТ\b|қочқин|бошпана|ҳибс|адвокат|мурожаат",
    r"шоҳид|шикоят|зиндон|шиканҷа|ҷабрдида|ҳуқуқи инсон|\bСММ\b|гуреза|паноҳ|боздошт|адвокат|муроҷиат",
    r"şahid|petisiya|həbs|işgəncə|zərərçəkən|insan hüquq|\bBMT\b|qaçqın|sığınacaq|vəkil|müraciət",
)


def words_of(root: QWidget) -> str:
    said = [label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root)]
    for button in root.findChildren(PaintedButton):
        if button.isVisibleTo(root):
            said += [button.accessibleName(), button.toolTip()]
    return "\n".join(said)


@pytest.mark.parametrize("language", [entry.code for entry in UI_LANGUAGES])
def test_no_word_before_unlocking_tells_what_the_notebook_is_for(gate: GateWindow, language: str) -> None:
    gate.app.look.words.switch(language)
    gate.settle()
    for name in (
        "lock",
        "lock-wrong",
        "lock-plain",
        "ways",
        "key-file",
        "digits",
        "shares",
        "restore",
        "first",
        "create",
        "create-own",
    ):
        GATE[name](gate.app)
        said = words_of(gate.gate)
        found = [hit.group() for stem in _TELLING for hit in re.finditer(stem, said, re.IGNORECASE)]
        assert found == [], (name, found)
        assert len(said) > 40


def test_title_and_icon_are_those_of_any_notebook(gate: GateWindow) -> None:
    window = gate.app.window
    assert window.windowTitle() == "Daftar" and not window.windowIcon().isNull()
    gate.unlock(OLD)
    assert window.windowTitle() == "Daftar"


def test_the_lock_screen_is_the_same_whatever_ways_a_notebook_has(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    rich = tmp_path / "rich"
    shutil.copytree(folder, rich)
    with Vault.open(rich, bytearray(OLD.encode())) as vault:
        vault.ways_in.keep_code(vault.ways_in.draw_code())
        vault.decoy.create(bytearray(b"another one that is long enough for this"), "", "documenter")
    seen = []
    for one in (folder, rich):
        shown = tmp_path / "shown"
        one.rename(shown)
        gate = GateWindow(qtbot, shown, tmp_path)
        pages = []
        for name in ("lock", "ways", "key-file", "digits"):
            GATE[name](gate.app)
            gate.page.setFocus()
            pages.append((words_of(gate.gate), gate.gate.grab().toImage()))
        seen.append(pages)
        gate.close()
        shown.rename(one)
    assert seen[0] == seen[1]


def test_that_it_cannot_connect_is_said_only_where_the_system_keeps_it(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    said = []
    for cannot in (True, False):
        gate = GateWindow(qtbot, folder, tmp_path, cannot_connect=cannot)
        said.append(words_of(gate.gate))
        gate.close()
    assert "This program cannot connect." in said[0] and "cannot connect" not in said[1]
    assert "makes no connections. Keep Wi-Fi off." in said[1]


# Before any setting is known


def test_the_systems_text_size_holds_until_a_setting_is_known(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.app.system_scale", _large)
    gate = GateWindow(qtbot, folder, tmp_path)
    assert gate.app.look.theme.scale == 150
    gate.unlock(OLD)
    assert gate.app.look.theme.scale == 150, "nobody chose another size in this notebook"
    gate.close()


def _large() -> int:
    return 150


def test_text_size_keys_work_at_the_gate_and_are_kept_in_the_notebook(qtbot: QtBot, gate: GateWindow) -> None:
    window, control = gate.app.window, Qt.KeyboardModifier.ControlModifier
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    assert gate.app.look.theme.scale == 130
    qtbot.keyClick(window, Qt.Key.Key_Minus, control)
    assert gate.app.look.theme.scale == 120
    gate.unlock(OLD)
    assert gate.app.look.theme.scale == 120
    assert gate.ask(lambda vault: vault.setting("ui.text_size")) == 120
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    gate.settle()
    assert gate.app.look.theme.scale == 100


@pytest.mark.parametrize(
    ("platform", "points", "dpi", "scale"),
    [
        ("linux", 11.0, 96.0, 100),
        ("linux", 11.0, 144.0, 150),
        ("win32", 9.0, 96.0, 100),
        ("win32", 13.5, 96.0, 150),
        ("win32", 30.0, 96.0, 200),
        ("darwin", 13.0, 72.0, 100),
    ],
)
def test_the_systems_scale_on_three_systems(platform: str, points: float, dpi: float, scale: int) -> None:
    assert system_scale(platform, points, dpi) == scale


def test_high_contrast_of_the_system_is_followed(gate: GateWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = gate.app.look.theme
    plain = theme.palette
    monkeypatch.setattr("ui.theme.theme.system_wants_contrast", _yes)
    theme._system_changed()
    assert (theme.palette.ink, theme.palette.paper) == ("#000000", "#FFFFFF") and theme.palette != plain
    theme.choose("dark")
    assert (theme.palette.ink, theme.palette.paper) == ("#FFFFFF", "#000000")


def _yes() -> bool:
    return True


def test_every_control_of_every_page_is_reached_by_tab_in_the_order_of_the_page(
    qtbot: QtBot, gate: GateWindow
) -> None:
    window = gate.app.window
    window.activateWindow()
    for name, show in GATE.items():
        show(gate.app)
        gate.settle()
        wanted = {
            id(widget): widget
            for widget in gate.gate.findChildren(QWidget)
            if widget.isVisibleTo(window)
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
            and isinstance(widget, PaintedButton)
            and not (gate.gate.languages.isAncestorOf(widget) and not widget.isChecked())
        }
        walked: list[QWidget] = []
        for _ in range(80):
            qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
            at = window.focusWidget()
            assert at is not None, name
            if at in walked:
                break
            walked.append(at)
        missed = [widget.accessibleName() for key, widget in wanted.items() if key not in map(id, walked)]
        assert missed == [], name
        heights = [
            widget.mapTo(window, widget.rect().topLeft()).y()
            for widget in walked
            if gate.page.isAncestorOf(widget)
        ]
        turns = sum(1 for before, after in pairwise(heights) if after < before - 60)
        assert turns <= 1, f"{name}: the order jumps {turns} times"


def test_languages_by_their_own_names_are_walked_by_arrows(qtbot: QtBot, gate: GateWindow) -> None:
    window = gate.app.window
    names = [name.accessibleName() for name in gate.gate.languages._names]
    assert names == [entry.autonym for entry in UI_LANGUAGES]
    gate.gate.languages._names[0].setFocus()
    seen = []
    for _ in range(len(names) - 1):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
        seen.append(gate.app.look.words.code)
    assert sorted(seen) == sorted(entry.code for entry in UI_LANGUAGES if entry.code != "en")


def test_the_plain_field_unlocks_and_the_own_one_is_one_step_back(gate: GateWindow) -> None:
    box = gate.page.box
    press(box.plain_link, " ", Qt.Key.Key_Space)
    assert box.uses_plain and gate.app.window.focusWidget() is box.plain.line
    box.plain.line.setText(OLD)
    press(box.plain_link, " ", Qt.Key.Key_Space)
    assert not box.uses_plain and box.plain.line.text() == ""
    press(box.plain_link, " ", Qt.Key.Key_Space)
    type_in(box.plain.line, OLD)
    press(box.plain.line, "\r", Qt.Key.Key_Return)
    gate.settle()
    assert gate.app.window.shell is not None and box.plain.line.text() == ""


class _Flashes(QObject):
    """Notes every widget that was shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_nothing_flashes_as_a_window_of_its_own(gate: GateWindow) -> None:
    flashes = _Flashes()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(flashes)
    try:
        for show in GATE.values():
            show(gate.app)
            gate.settle()
        GATE["lock"](gate.app)
        gate.unlock(OLD)
        gate.settle()
    finally:
        application.removeEventFilter(flashes)
    assert gate.app.window.shell is not None and flashes.seen == []
    assert gate.app.window.isActiveWindow()


def test_a_refusal_is_read_aloud_where_somebody_listens(
    gate: GateWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def told(event: Any) -> None:
        heard.append(event.object().text())

    monkeypatch.setattr("ui.widgets.announcing.QAccessible.isActive", staticmethod(_yes))
    monkeypatch.setattr("ui.widgets.announcing.QAccessible.updateAccessibility", staticmethod(told))
    gate.unlock("a wrong one")
    assert "This passphrase does not open the notebook." in heard
    gate.model.go("digits")
    type_in(gate.page.cells, "99999")
    assert any("Group 1 cannot be right" in words for words in heard)
    assert not any("99999" in words for words in heard)


def test_a_passphrase_that_is_not_taken_is_wiped_all_the_same(gate: GateWindow) -> None:
    """Enter pressed twice: the second passphrase is not used, and does not stay in memory."""
    model = gate.model
    model._become(replace(model.state, busy=True))
    for take in (model.unlock, model.renew, model.create, model.restore):
        secret = bytearray(OLD.encode())
        take(secret)
        assert not any(secret), take.__name__
    model._become(replace(model.state, busy=False))
