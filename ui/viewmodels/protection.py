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
_CANNOT = msg("This program cannot connect: this computer refuses it every connection.")
# critical
_MAKES_NONE = msg("This program makes no connections, but this computer would not stop it. Keep Wi-Fi off.")


@dataclass(frozen=True)
class Truth:
    """One sentence about this computer; `warns` where there is something to do."""

    words: Message
    warns: bool


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
        return (Truth(_CANNOT if cannot else _MAKES_NONE, not cannot), Truth(NOTHING_KNOWN, True))
    cannot = machine.cannot_connect
    weak = machine.weaknesses(program.folder)
    found = tuple(Truth(sentence, True) for sentence in weak) or (Truth(NO_WEAKNESS, False),)
    return (
        Truth(_CANNOT if cannot else _MAKES_NONE, not cannot),
        Truth(machine.capture_truth(), False),
        *found,
    )
