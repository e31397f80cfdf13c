"""Starts the program's real window and works at its gate, told by standard input. Must not change the program.

    python -I -B tests/attacks/gate.py HOW VAULT

HOW is `digits`, `shares`, `words` (make a notebook with the proposed words) or `own` (with one's own). Standard input: what is
typed, letter by letter, one line for each field; `words` reads nothing. Says `ready` when the notebook is open; then the next line
ends it. No whole copy of anything typed is made here; with `words` the seven words go to standard output, one a line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))


def letters() -> Iterator[str]:
    """The next line of standard input, letter by letter."""
    while (data := os.read(0, 1)) not in (b"\n", b""):
        while data[0] >= 0xC0 and len(data) < 2 + (data[0] >= 0xE0) + (data[0] >= 0xF0):
            data += os.read(0, 1)
        yield data.decode("utf-8")


def press(widget: Any, text: str = "", key: int = 0) -> None:
    """One key press and release."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    code = key or (Qt.Key.Key_Space if text == " " else 0)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))


def type_line(widget: Any) -> None:
    """Type the next line, with a look at the window between: what is painted must not keep it either."""
    for letter in letters():
        press(widget, letter)
    widget.window().grab()


def work(app: Any, how: str) -> Iterator[float]:
    """At the gate until the notebook is open; each yield waits until no job is under way."""
    from PySide6.QtCore import Qt

    yield 0.3
    model, gate = app.gate_model, app.window.gate
    if how in ("digits", "shares"):
        model.go(how)
        for _ in range(2 if how == "shares" else 1):
            type_line(gate.page.cells)
            press(gate.page.cells, "\r", Qt.Key.Key_Return)
            yield 0.3
        press(gate.page.choice.to_own, " ")
    else:
        model.begin_create()
        yield 0.2
        if how == "own":
            press(gate.page.choice.to_own, " ")
    choice = gate.page.choice
    if how == "words":
        pairs = list(choice.words._pairs)
        choice.words.grab()
        press(choice.learnt, " ")
        for place, (_, word) in enumerate(pairs):
            os.write(1, word.encode() + b"\n")
            for letter in word + (" " if place < len(pairs) - 1 else ""):
                press(choice.back.field, letter)
        last = choice.back.field
    else:
        choice.first.show_button.click()
        type_line(choice.first.field)
        type_line(choice.second.field)
        last = choice.second.field
    press(last, "\r", Qt.Key.Key_Return)
    yield 0.5
    if model.state.step == "made":
        press(gate.page.later, " ")
    while app.window.shell is None:
        yield 0.1
    yield 0.5
    os.write(1, b"ready\n")
    list(letters())
    app.window.close()
    yield 1.0


def attach(app: Any, how: str) -> None:
    """Walk through `work` by a timer inside the program's own event loop."""
    from PySide6.QtCore import QTimer

    steps, timer = work(app, how), QTimer(app)

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
    """Start the program with somebody before its gate."""
    import logging

    from desktop.hardening import scrub_environment

    logging.disable()
    scrub_environment()
    how = sys.argv.pop(1)
    from ui import app as module

    show = module.App.show

    def shown(app: Any) -> None:
        show(app)
        attach(app, how)

    module.App.show = shown  # type: ignore[method-assign]
    from desktop.cli import main as command_line

    return command_line(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
