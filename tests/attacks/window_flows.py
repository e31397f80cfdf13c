"""Starts the program's real window, opens a notebook and does one thing with it, told by its arguments. Must not judge.

    python -I -B tests/attacks/window_flows.py FLOW VAULT

Says `acting` when the thing begins and `done` when it ended. The passphrases are those of `acts`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from tests.attacks.acts import NEW, OLD


def say(word: str) -> None:
    """Tell whoever started this."""
    os.write(1, f"{word}\n".encode())


def care(app: Any, do: Callable[[Any], None]) -> Iterator[float]:
    """Long work of the screen that looks after the notebook."""
    app.navigator.go("care")
    yield 0.1
    model = app.window.current_screen().model
    say("acting")
    do(model)
    while model.state.busy:
        yield 0.01
    assert all(outcome.tone in ("good", "plain", "note") for outcome in model.state.outcomes.values()), (
        model.state.outcomes
    )


def ways(app: Any, screen: str, do: Callable[[Any], None]) -> Iterator[float]:
    """A step of the screen of the ways in, or of the decoy's."""
    app.navigator.go(screen)
    yield 0.1
    model = app.window.current_screen().model
    model.prove(bytearray(OLD))
    while model.state.busy:
        yield 0.01
    say("acting")
    do(model)
    while model.state.busy:
        yield 0.01
    assert model.state.error is None and model.state.problem is None, model.state


def kit(app: Any) -> Iterator[float]:
    """A recovery code, shown and typed back."""
    from ui.viewmodels.ways_in_kit import KitModel

    model: Any = KitModel(app.context)
    model.choose("digits")
    model.draw_code()
    yield 0.1
    while model.state.busy:
        yield 0.01
    say("acting")
    model.keep_digits(bytearray(" ".join(model.groups()).replace(" ", "").encode()))
    while model.state.busy:
        yield 0.01


def decoy(model: Any) -> None:
    """Make one."""
    model.understand(True)
    model.make(bytearray(NEW), "", "documenter")


def flow(app: Any, name: str, folder: Path) -> Iterator[float]:
    """Do the one thing."""
    copy = folder.parent / "copy"
    longer: dict[str, Callable[[Any], None]] = {
        "purge": lambda model: model.purge(),
        "copy": lambda model: model.copy(copy),
        "keep": lambda model: model.keep(),
        "check": lambda model: model.rebuild(),
    }
    if name in longer:
        yield from care(app, longer[name])
    elif name == "passphrase":
        yield from ways(app, "ways_in", lambda model: model.change(bytearray(NEW)))
    elif name == "second":
        yield from ways(app, "ways_in", lambda model: model.add(bytearray(NEW)))
    elif name == "decoy":
        yield from ways(app, "decoy", decoy)
    else:
        yield from kit(app)


FLOWS = ("purge", "copy", "keep", "check", "passphrase", "second", "decoy", "kit", "wipe", "recover")


def destroy(app: Any) -> Iterator[float]:
    """Destroy the notebook: this process ends by it."""
    from ui.viewmodels.wipe import WipeModel

    model = WipeModel(app.context)
    model.type(model.word)
    yield 0.05
    say("acting")
    model.wipe()


def forgotten(app: Any, digits: bytearray) -> Iterator[float]:
    """Open with the recovery code, under a new passphrase."""
    model = app.gate_model
    model.go("digits")
    model.read_digits(digits)
    while model.state.step != "renew":
        yield 0.02
    say("acting")
    model.renew(bytearray(NEW))
    while app.window.shell is None:
        yield 0.02


def a_kit(folder: Path) -> bytearray:
    """Give a notebook a recovery code; gives its digits."""
    from storage import Vault, digit_bytes

    with Vault.open(folder, bytearray(OLD)) as vault:
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(bytearray(code))
    return digit_bytes(code)


def work(app: Any, name: str, folder: Path, digits: bytearray) -> Iterator[float]:
    """Open, do the thing, say that it is done, close."""
    yield 0.1
    if name == "recover":
        yield from forgotten(app, digits)
    else:
        app.gate_model.unlock(bytearray(OLD))
        while app.window.shell is None:
            yield 0.02
        yield from destroy(app) if name == "wipe" else flow(app, name, folder)
    say("done")
    yield 0.05
    app.window.close()
    yield 1.0


def main() -> int:
    """Start the program with somebody sitting before it."""
    import logging

    from desktop.hardening import scrub_environment

    name, folder = sys.argv[1], Path(sys.argv[2])
    logging.disable()
    scrub_environment()
    from PySide6.QtCore import QTimer

    from ui import app as module

    digits = a_kit(folder) if name == "recover" else bytearray()
    show = module.App.show

    def shown(app: Any) -> None:
        show(app)
        steps, timer = work(app, name, folder, digits), QTimer(app)

        def go() -> None:
            try:
                timer.start(int(1000 * next(steps)))
            except StopIteration:
                return

        timer.setSingleShot(True)
        timer.timeout.connect(go)
        timer.start(50)

    mock.patch.object(module.App, "show", shown).start()
    from desktop.cli import main as command_line

    return command_line([str(folder)])


if __name__ == "__main__":
    raise SystemExit(main())
