"""The panic wipe: the word that must be typed, and the act. Must not know widgets or destroy anything itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from i18n import case
from storage import WIPE_WORD
from storage.errors import DaftarError
from ui.context import Context
from ui.viewmodels.base import ViewModel


@dataclass(frozen=True)
class WipeState:
    """Whether the word was typed; what kept the keys from being destroyed, if anything."""

    ready: bool = False
    problem: DaftarError | None = None
    gone: bool = False


class WipeModel(ViewModel[WipeState]):
    """Commands: `type`, `wipe`."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(WipeState(), parent)
        self._context = context

    @property
    def word(self) -> str:
        """The word, in the window's language."""
        return self._context.t(WIPE_WORD)

    def type(self, text: str) -> None:
        """What stands in the field now; capitals, spaces around and the kind of apostrophe do not matter."""
        ready = case.is_typed_word(text, self.word, self._context.look.words.code)
        self._become(replace(self._state, ready=ready))

    def wipe(self) -> None:
        """Destroy the notebook's keys; where that works this process ends. Only after the word was typed."""
        if not self._state.ready or self._state.gone:
            return
        try:
            self._context.wipe()
        except DaftarError as error:
            self._become(replace(self._state, problem=error))
        else:
            self._become(replace(self._state, gone=True))
