"""From the open notebook to its first screen: what the gate left to say, the closing code, a wrong clock. Must not open it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.gate import Arrival, GateModel
from ui.views.gate import Gate

if TYPE_CHECKING:
    from storage import Vault


class Frame(Protocol):
    """The window, as far as arriving needs it."""

    gate: Gate

    def show_shell(self) -> None: ...


@dataclass(frozen=True)
class Opening:
    """What is known at opening, before anything is written: the code of the last closing, what is wrong with the clock."""

    closing_code: str
    clock: Message | None


def opening_of(now_ms: int, vault: Vault) -> Opening:
    """Read it, in the vault lane."""
    return Opening(vault.closing_code, vault.clock_problem(now_ms))


class Arriving(QObject):
    """Shows the first screen when both the settings are read and the person has left the gate."""

    def __init__(
        self, context: Context, window: Frame, gate_model: GateModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._window, self._model = context, window, gate_model
        self._ready = self._wished = self._done = False
        self._opening: Opening | None = None
        gate_model.entering.connect(self._enter)

    def look(self) -> None:
        """The notebook is open: read what is known now, before anything else is asked of it."""
        now = round(self._context.program.now().timestamp() * 1000)
        self._context.jobs.vault(partial(opening_of, now), self._know)

    def ready(self) -> None:
        """The settings hold."""
        self._ready = True
        self._go()

    def _know(self, opening: Opening) -> None:
        self._opening = opening

    def _enter(self) -> None:
        self._wished = True
        self._go()

    def _go(self) -> None:
        if not (self._ready and self._wished) or self._done:
            return
        self._done = True
        self._window.gate.leave()
        self._window.show_shell()
        arrival, navigator = self._model.arrival, self._context.navigator
        if arrival.route is not None:
            navigator.go(arrival.route.screen, arrival.route.record_id, arrival.route.extra)
        said = self._first_words(arrival)
        if said is not None:
            navigator.say(*said)

    def _first_words(self, arrival: Arrival) -> tuple[Message, str] | None:
        """One bar at most: a wrong clock before everything, then what the gate changed, then the closing code."""
        if self._opening is not None and self._opening.clock is not None:
            return self._opening.clock, "amber"
        if arrival.message is not None:
            return arrival.message, arrival.tone
        if (
            arrival.route is None
            and self._opening is not None
            and self._context.settings.get("ui.closing_code")
        ):
            # critical
            said = msg(
                "Closing code of the last time: {code}. If your paper says another one, an older copy was put in its place.",
                code=self._opening.closing_code,
            )
            return said, "plain"
        return None
