"""How the screens of the keys are brought into each of their states for a picture. Must not show a real code: it is drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.viewmodels.decoy import DecoyModel
from ui.views.decoy import DecoyScreen
from ui.views.home import Home
from ui.views.ways_in import WaysInScreen
from ui.views.ways_in_forms import ChangePanel
from ui.views.ways_in_kit import KitPanel

_DAY = 1_778_752_860_000
State = tuple[str, str, str, Callable[[QWidget], None] | None]


def _begin(step: str, screen: QWidget) -> None:
    if isinstance(screen, WaysInScreen):
        screen.model._become(replace(screen.model.state, proven=True))
        slot = screen.model.state.ways[0].slot if screen.model.state.ways else -1
        screen.model.begin(step, slot)


def _ask(screen: QWidget) -> None:
    if isinstance(screen, WaysInScreen):
        screen.model.begin("change")


def _own(screen: QWidget) -> None:
    _begin("change", screen)
    if isinstance(screen, WaysInScreen) and isinstance(screen.panel, ChangePanel):
        screen.panel.form.choice.to_own.click()
        screen.panel.form.key_file.row.click()


def _kit(form: str, stage: str, screen: QWidget) -> None:
    _begin("kit", screen)
    if isinstance(screen, WaysInScreen) and isinstance(screen.panel, KitPanel):
        kit = screen.panel.kit
        kit.choose(form)
        kit._drawn(bytearray(range(20)))
        if stage == "again":
            kit.ask_back()
        elif stage == "paper" and screen.panel.paper is not None:
            screen.panel.paper.wish.click()


def _decoy(step: str, screen: QWidget) -> None:
    if isinstance(screen, DecoyScreen):
        model = screen.model
        if isinstance(model, DecoyModel):
            made = "made" if step == "made" else "none"
            model._become(replace(model.state, proven=True, understood=step != "made", decoy=made))
            if step != "made":
                model.begin(step)


def _full(screen: QWidget) -> None:
    """A list with one of each kind, and one whose making was stopped."""
    from storage import WayIn

    if isinstance(screen, WaysInScreen):
        holders = ("Зебо", "адвокат", "")
        ways = (
            WayIn(0, "passphrase", "", _DAY, True, True),
            WayIn(1, "key-file", "<img src=x> хола", _DAY, False, True),
            WayIn(2, "recovery", "", _DAY, False, True, holders),
            WayIn(3, "passphrase", "", _DAY, False, False),
        )
        pages = (Path("Documents") / "page-1.pdf",)
        screen.model._become(replace(screen.model.state, ways=ways, room=0, pages=pages))


def _due(screen: QWidget) -> None:
    if isinstance(screen, Home):
        screen.model._become(replace(screen.model.state, drill="digits"))


STATES: tuple[State, ...] = (
    ("ways-in", "ways_in", "", None),
    ("ways-in-full", "ways_in", "", _full),
    ("home-drill", "home", "", _due),
    ("ways-in-ask", "ways_in", "", _ask),
    ("ways-in-change", "ways_in", "", partial(_begin, "change")),
    ("ways-in-own", "ways_in", "", _own),
    ("ways-in-add", "ways_in", "", partial(_begin, "add")),
    ("ways-in-remove", "ways_in", "", partial(_begin, "remove")),
    ("kit-choose", "ways_in", "", partial(_begin, "kit")),
    ("kit-digits", "ways_in", "", partial(_kit, "digits", "show")),
    ("kit-digits-paper", "ways_in", "", partial(_kit, "digits", "paper")),
    ("kit-digits-again", "ways_in", "", partial(_kit, "digits", "again")),
    ("kit-share", "ways_in", "", partial(_kit, "shares", "show")),
    ("kit-share-again", "ways_in", "", partial(_kit, "shares", "again")),
    ("kit-drill", "ways_in", "", partial(_begin, "drill")),
    ("decoy", "decoy", "", None),
    ("decoy-make", "decoy", "", partial(_decoy, "make")),
    ("decoy-made", "decoy", "", partial(_decoy, "made")),
    ("decoy-give-up", "decoy", "", partial(_decoy, "give_up")),
)
