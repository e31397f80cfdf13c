"""The pages before a notebook is open, in their states, for pictures. Must not open, make or restore anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from i18n.message import msg
from ui.app import App
from ui.viewmodels.gate import GateState
from ui.views.gate_kit import DigitsPage, RenewPage, SharesPage
from ui.views.gate_lock import LockPage
from ui.views.gate_new import CreatePage

_GROUPS = "14159 26535 89793 23846 26433 83279 50288"
_WORDS = "academic acid actress adap 0007 admo"
_FOLDER = Path("Documents") / "Daftar"


def _folder(app: App) -> Path:
    return app.program.folder or Path()


def _lock(app: App) -> None:
    app.gate_model.choose_existing(_folder(app))


def _become(app: App, state: GateState) -> None:
    app.gate_model._become(state)


def _lock_wrong(app: App) -> None:
    _lock(app)
    _become(app, replace(app.gate_model.state, problem=msg("This passphrase does not open the notebook.")))


def _lock_plain(app: App) -> None:
    _lock(app)
    page = app.window.gate.page
    if isinstance(page, LockPage) and page.box.plain_link is not None and not page.box.uses_plain:
        page.box.plain_link.click()


def _at(step: str) -> Callable[[App], None]:
    def show(app: App) -> None:
        _lock(app)
        page = app.window.gate.page
        if isinstance(page, LockPage) and page.box.plain_link is not None and page.box.uses_plain:
            page.box.plain_link.click()
        app.gate_model.go(step)

    return show


def _digits(app: App) -> None:
    _at("digits")(app)
    page = app.window.gate.page
    if isinstance(page, DigitsPage):
        page.cells.put_in(_GROUPS)


def _shares(app: App) -> None:
    _at("shares")(app)
    _become(app, replace(app.gate_model.state, shares=(2,)))
    page = app.window.gate.page
    if isinstance(page, SharesPage):
        page.cells.put_in(_WORDS)
        page.cells._type("al")


def _renew(app: App) -> None:
    _at("renew")(app)
    page = app.window.gate.page
    if isinstance(page, RenewPage):
        page.choice.begin()


def _create(app: App) -> None:
    _first(app)
    app.gate_model.begin_create()
    _become(app, replace(app.gate_model.state, folder=_FOLDER))


def _create_back(app: App) -> None:
    _create(app)
    page = app.window.gate.page
    if isinstance(page, CreatePage):
        page.choice.learnt.click()


def _create_own(app: App) -> None:
    _create(app)
    page = app.window.gate.page
    if isinstance(page, CreatePage):
        page.choice.to_own.click()


def _create_warned(app: App) -> None:
    _create(app)
    words = msg(
        "{program} copies this folder to the internet and keeps old copies there. Choose a folder that stays on this computer.",
        program="OneDrive",
    )
    _become(
        app, replace(app.gate_model.state, place=words, with_key_file=True, key_file=Path("card") / "key")
    )


def _made(app: App) -> None:
    _become(app, GateState(step="made", folder=_FOLDER))


def _restore(app: App) -> None:
    app.gate_model.begin_restore()
    _become(app, replace(app.gate_model.state, folder=_FOLDER))


def _restoring(app: App) -> None:
    _restore(app)
    state = app.gate_model.state
    _become(app, replace(state, backup=Path("stick") / "copy", fraction=0.4, busy=True))


def _first(app: App) -> None:
    _become(app, GateState())


GATE: dict[str, Callable[[App], None]] = {
    "lock": _lock,
    "lock-wrong": _lock_wrong,
    "lock-plain": _lock_plain,
    "ways": _at("ways"),
    "key-file": _at("key_file"),
    "digits": _digits,
    "shares": _shares,
    "renew": _renew,
    "create": _create,
    "create-back": _create_back,
    "create-own": _create_own,
    "create-warned": _create_warned,
    "made": _made,
    "restore": _restore,
    "restoring": _restoring,
    "first": _first,
}
"""Name of the picture and what to show."""
