"""What the screen "protection" shows: the situations, and what is true of this computer now. Must not measure anything itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from ui.context import Program
from ui.viewmodels.base import ViewModel
from ui.viewmodels.protection_parts import Situation
from ui.viewmodels.protection_words import NO_WEAKNESS, NOTHING_KNOWN, SITUATIONS

# critical
_CANNOT = msg("This program cannot connect.")
# critical
_MAKES_NONE = msg("This program makes no connections. Keep Wi-Fi off.")


@dataclass(frozen=True)
class Truth:
    """One sentence about this computer; `tone` is good, plain, or amber where there is something to do."""

    words: Message
    tone: str


@dataclass(frozen=True)
class ProtectionState:
    """All there is to read."""

    situations: tuple[Situation, ...] = SITUATIONS
    computer: tuple[Truth, ...] = ()


class ProtectionModel(ViewModel[ProtectionState]):
    """Asks the machine once, when the screen is made, and again at `look_again`."""

    def __init__(self, program: Program, parent: QObject | None = None) -> None:
        self._program = program
        super().__init__(ProtectionState(computer=computer_truths(program)), parent)

    def look_again(self) -> None:
        """Ask the machine anew: a stick, a swap file or Wi-Fi may have changed."""
        self._become(ProtectionState(computer=computer_truths(self._program)))


def computer_truths(program: Program) -> tuple[Truth, ...]:
    """What this computer allows: connections, screenshots, then each weakness or the word that none was found."""
    machine = program.machine
    if machine is None:
        cannot = program.cannot_connect
        return (_connection(_CANNOT if cannot else _MAKES_NONE, cannot), Truth(NOTHING_KNOWN, "amber"))
    found = machine.weaknesses(program.folder)
    place = machine.place_problem(program.folder) if program.folder is not None else None
    warnings = [Truth(sentence, "amber") for sentence in ([place] if place is not None else []) + found]
    return (
        _connection(machine.connection_truth(), machine.cannot_connect),
        Truth(machine.capture_truth(), "plain"),
        *(warnings or [Truth(NO_WEAKNESS, "good")]),
    )


def _connection(words: Message, cannot: bool) -> Truth:
    return Truth(words, "good" if cannot else "amber")
