"""Starts the program's real window and works in it as a person would, told by standard input. Must not change the program.

    python -I -B tests/attacks/window.py VAULT

Standard input: the passphrase, a line end, then one line to be typed into the interview, then `lock` or `close`. The passphrase
is read and typed letter by letter: no whole copy of it is made here. Says `ready` when all was done, before the last line.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))


def letter() -> str:
    """The next character of standard input."""
    data = os.read(0, 1)
    while data and data[0] >= 0xC0 and len(data) < 2 + (data[0] >= 0xE0) + (data[0] >= 0xF0):
        data += os.read(0, 1)
    return data.decode("utf-8")


def line() -> str:
    """The next line of standard input."""
    out = ""
    while (one := letter()) not in ("\n", ""):
        out += one
    return out


def press(widget: Any, text: str = "", key: int = 0) -> None:
    """One key press and release."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def work(app: Any) -> Iterator[float]:
    """A session; each yield waits at least so many seconds and until no job is under way."""
    from PySide6.QtCore import Qt

    from ui.gallery import content
    from ui.gallery.drawer import SHOTS
    from ui.widgets.narrative_edit import NarrativeEdit
    from ui.widgets.passphrase import PassphraseField

    yield 0.3
    field = next(one for one in app.window.findChildren(PassphraseField) if one.isVisible())
    one = ""
    while one != "\n":
        while not select.select([0], [], [], 0)[0]:  # somebody stopped in mid-word: the window lives on
            yield 0.05
        if not (one := letter()):
            return  # nobody is there any more
        if one != "\n":
            press(field, one)
    press(field, "\r", Qt.Key.Key_Return)
    while app.window.shell is None:
        yield 0.1
    for shot in SHOTS:
        app.navigator.go(shot.screen, shot.record)
        yield 0.15
        if shot.then is not None:
            shot.then(app.window.current_screen())
            yield 0.1
        app.window.grab()
    app.navigator.go("interview", content.INTERVIEW)
    yield 0.3
    while not (sheets := app.window.current_screen().findChildren(NarrativeEdit)):
        yield 0.1
    sheet = sheets[0]
    sheet.setFocus()
    typed = line()
    for one in typed:
        press(sheet, one)
    yield 2.6  # the draft is kept
    app.navigator.go("home")
    yield 0.2
    app.window.current_screen().search.set_text(typed.split(" ")[0])
    yield 0.5
    os.write(1, b"ready\n")
    last = line()
    app.lock() if last == "lock" else app.window.close()
    yield 1.0


def attach(app: Any) -> None:
    """Walk through `work` by a timer inside the program's own event loop."""
    from PySide6.QtCore import QTimer

    steps, timer = work(app), QTimer(app)

    def go() -> None:
        if not app.jobs.is_idle:
            timer.start(20)
            return
        try:
            timer.start(int(1000 * next(steps)))
        except StopIteration:
            return

    timer.setSingleShot(True)
    timer.timeout.connect(go)
    timer.start(100)


def main() -> int:
    """Start the program with somebody sitting before it."""
    import logging

    from desktop.hardening import scrub_environment

    logging.disable()
    scrub_environment()
    from ui import app as module

    show = module.App.show

    def shown(app: Any) -> None:
        show(app)
        attach(app)

    module.App.show = shown  # type: ignore[method-assign]
    from desktop.cli import main as command_line

    return command_line(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
