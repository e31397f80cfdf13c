"""The program's real window with somebody in the middle of something, for the panic key. Must not lock by itself.

    python -I -B panic_window.py SITUATION VAULT

Standard input as in tests/attacks/window.py (passphrase, then one line to type). Says `ready` and the number of the window,
then `blank TIME` when the blank sheet was painted, on the system's steady clock, which other processes share.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def endless(vault: Any) -> None:
    """A search that never ends."""
    vault._session.database.execute(ENDLESS)


def deaf(_vault: Any) -> None:
    """Work that hears no interruption."""
    time.sleep(30)


def work(app: Any) -> Iterator[float]:
    """Open, write in an interview, then stand in the situation asked for."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtWidgets import QApplication

    from tests.attacks import window as driver
    from ui.gallery import content
    from ui.widgets.narrative_edit import NarrativeEdit
    from ui.widgets.passphrase import PassphraseField

    yield 0.3
    field = next(one for one in app.window.findChildren(PassphraseField) if one.isVisible())
    while (one := driver.letter()) != "\n":
        driver.press(field, one)
    driver.press(field, "\r", Qt.Key.Key_Return)
    while app.window.shell is None:
        yield 0.1
    app.navigator.go("interview", content.INTERVIEW)
    yield 0.3
    while not (sheets := app.window.current_screen().findChildren(NarrativeEdit)):
        yield 0.1
    sheet = sheets[0]
    sheet.setFocus()
    yield 2.2
    for one in driver.line():
        driver.press(sheet, one)
    screen, situation = app.window.current_screen(), sys.argv[1]
    if situation == "speaker":
        screen.turn_to_speaker()
    elif situation == "menu":
        screen.sheet.more_panel.show()
        screen.sheet.language._open()
    elif situation == "own menu":
        from ui.widgets import copying

        copying.open_menu(sheet, app.look, [("Copy", lambda: None, True)], sheet.mapToGlobal(QPoint(9, 9)))
    elif situation in ("endless", "deaf"):
        app.jobs.vault({"endless": endless, "deaf": deaf}[situation])
    until = time.monotonic() + 0.3  # not by a yield: that would wait for the long job
    while time.monotonic() < until:
        QApplication.processEvents()
    os.write(1, f"ready {int(app.window.winId())}\n".encode())
    yield 60


def main() -> int:
    """Start the program, and watch for the blank sheet."""
    from tests.attacks import window as driver
    from ui.views import window as module

    cover = module.Window.cover

    def covered(window: Any) -> None:
        cover(window)
        left = [one.objectName() or type(one).__name__ for one in in_sight(window)]
        os.write(1, f"blank {time.monotonic()} {' '.join(left)}\n".encode())

    module.Window.cover = covered  # type: ignore[method-assign]
    driver.work = work
    return run(driver)


def in_sight(window: Any) -> list[Any]:
    """Windows besides ours, and widgets above the sheet."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QWidget

    others = [one for one in QApplication.topLevelWidgets() if one is not window and one.isVisible()]
    inside = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return others + [one for one in inside if one.isVisible() and one is not window._cover]


def run(driver: Any) -> int:
    """What the driver's own main does, without the situation among the program's words."""
    import logging

    from desktop.hardening import scrub_environment

    logging.disable()
    scrub_environment()
    from ui import app as module

    show = module.App.show

    def shown(app: Any) -> None:
        show(app)
        driver.attach(app)

    module.App.show = shown  # type: ignore[method-assign]
    from desktop.cli import main as command_line

    return command_line(sys.argv[2:])


if __name__ == "__main__":
    raise SystemExit(main())
