"""The panic wipe in the window: the word and the held button, in any language; while work runs; nothing comes back."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from i18n.case import upper
from storage import EnvironmentProblem, Vault, destroy_keys
from storage.keys.copies import NAMES
from storage.keys.header import decode


def _wiping(opened: Any) -> list[Path]:
    """Let the window wipe for real, without ending this process; gives the folders it wiped."""
    wiped: list[Path] = []

    def wipe(_parts: Any, folder: Path) -> None:
        destroy_keys(folder)
        wiped.append(folder)

    opened.app.program = replace(opened.app.program, wipe=wipe)
    return wiped


def _hold(screen: Any, seconds: float) -> None:
    screen.hold.seconds = 0.3
    QTest.mousePress(screen.hold, Qt.MouseButton.LeftButton, pos=QPoint(20, 15))
    QTest.qWait(round(seconds * 1000))
    QTest.mouseRelease(screen.hold, Qt.MouseButton.LeftButton, pos=QPoint(20, 15))


def _headers(folder: Path) -> list[object]:
    return [decode((folder / name).read_bytes()) for name in NAMES if (folder / name).exists()]


@pytest.mark.parametrize("language", ["en", "ru", "uz_Latn", "uz_Cyrl", "tg", "az"])
def test_only_the_word_of_the_language_frees_the_button(opened: Any, language: str) -> None:
    opened.app.look.words.switch(language)
    screen = opened.go("wipe")
    assert not screen.hold.isEnabled()
    for text in ("", "x", screen.model.word[:-1], screen.model.word + "x"):
        screen.word.set_text(text)
        screen.model.type(text)
        assert not screen.hold.isEnabled()
    for text in (screen.model.word, f"  {upper(screen.model.word, language)} "):
        screen.model.type(text)
        assert screen.hold.isEnabled()


def test_the_word_and_three_seconds_destroy_the_keys(opened: Any) -> None:
    wiped, folder = _wiping(opened), opened.app.program.folder
    screen = opened.go("wipe")
    assert screen.hold.seconds == 3.0
    _hold(screen, 0.5)
    QTest.keyClicks(screen.word, screen.model.word)
    _hold(screen, 0.1)
    screen.hold.click()
    QTest.keyClick(screen.hold, Qt.Key.Key_Return)
    QTest.qWait(400)
    assert not wiped and len(_headers(folder)) == 2, "a short press, a click and Enter do nothing"
    screen.hold.setFocus()
    QTest.keyPress(screen.hold, Qt.Key.Key_Space)
    opened.qtbot.waitUntil(lambda: bool(wiped), timeout=3000)
    QTest.keyRelease(screen.hold, Qt.Key.Key_Space)
    assert wiped == [folder] and not _headers(folder)
    opened.app.close()
    assert not _headers(folder), "closing the window seals nothing any more"


def test_letting_go_begins_anew(opened: Any) -> None:
    wiped = _wiping(opened)
    screen = opened.go("wipe")
    screen.model.type(screen.model.word)
    for _ in range(4):
        _hold(screen, 0.12)
        assert screen.hold.share == 0
    assert not wiped


def test_a_repeating_space_bar_is_one_hold(opened: Any) -> None:
    """Some systems tell a held key as release and press again and again, without saying that it repeats."""
    wiped = _wiping(opened)
    screen = opened.go("wipe")
    screen.model.type(screen.model.word)
    screen.hold.seconds = 0.5
    screen.hold.setFocus()
    for _ in range(3):
        QTest.keyPress(screen.hold, Qt.Key.Key_Space)
        QTest.qWait(150)
        QTest.keyRelease(screen.hold, Qt.Key.Key_Space)
        QTest.qWait(200)
    assert not wiped, "three short strokes are no hold"
    until = time.monotonic() + 3
    while not wiped and time.monotonic() < until:
        QTest.keyPress(screen.hold, Qt.Key.Key_Space)
        QTest.qWait(25)
        QTest.keyRelease(screen.hold, Qt.Key.Key_Space)
        QTest.qWait(5)
    assert wiped


def test_a_disk_that_refuses_is_said_and_the_notebook_stays(opened: Any) -> None:
    def refuse(_parts: Any, _folder: Path) -> None:
        raise EnvironmentProblem(words)

    from i18n.message import msg

    words = msg("The disk or card is write-protected.")
    opened.app.program = replace(opened.app.program, wipe=refuse)
    screen = opened.go("wipe")
    screen.model.type(screen.model.word)
    screen.model.wipe()
    assert screen.bar.isVisible() and not screen.model.state.gone
    assert opened.ask(lambda vault: vault.counts())


def _keep_on_sealing(vault: Vault) -> int:
    """A job that writes headers as fast as it can, as a purge or a lock would."""
    from storage.errors import DaftarError

    sealed, until = 0, time.monotonic() + 1.0
    while time.monotonic() < until:
        try:
            vault._session.log.append("setting", 0, {})
            vault._session.ring.seal(vault._session.log.size, vault._session.log.head)
            sealed += 1
        except DaftarError:
            break
    return sealed


def test_what_a_running_job_writes_back_is_destroyed_by_the_process_that_follows(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop import autolock, paths, wiping

    folder, left = opened.app.program.folder, []
    monkeypatch.setattr(autolock, "exec_lock_screen", lambda _vault: left.append(time.perf_counter()))
    monkeypatch.delenv(paths.REMAINS, raising=False)
    monkeypatch.delenv(paths.LANGUAGE, raising=False)

    def wipe(parts: Any, place: Path) -> None:
        wiping.wipe(parts, place, "en")

    opened.app.program = replace(opened.app.program, wipe=wipe)
    opened.app.jobs.vault(_keep_on_sealing)
    QTest.qWait(50)
    begun = time.perf_counter()
    opened.app.wipe()
    assert left and left[0] - begun < 1.0
    # In the program the process ends here; in this test the job goes on, and may have put a header back.
    opened.qtbot.waitUntil(partial(_is_over, opened), timeout=5000)
    thread = wiping.remove_remains()
    assert thread is not None
    thread.join(10)
    assert not folder.exists()
    assert wiping.remove_remains() is None


def _is_over(opened: Any) -> bool:
    return not opened.app.jobs._lane._thread.is_alive()


def test_the_key_opens_the_page_and_a_lock_does_not_come_back_to_it(opened: Any) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut

    from ui.views.window import WIPE_KEYS

    opened.go("people")
    (key,) = [
        one for one in opened.app.window.findChildren(QShortcut) if one.key() == QKeySequence(WIPE_KEYS)
    ]
    key.activated.emit()
    opened.settle()
    assert type(opened.app.window.current_screen()).__name__ == "WipeScreen"
    assert opened.app.settings.get("ui.place")["screen"] == "settings"
