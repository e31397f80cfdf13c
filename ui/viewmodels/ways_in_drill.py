"""The drill: digits or two shares from paper still open the notebook. Must not change a key, nor keep what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from i18n.message import Message, msg
from storage.errors import DaftarError, InvalidInput, WrongPassphrase
from ui.context import Context
from ui.viewmodels.base import ViewModel
from ui.viewmodels.ways_in_kit import NEEDED
from ui.wiping import wipe_bytes

if TYPE_CHECKING:
    from storage import Vault


@dataclass(frozen=True)
class DrillState:
    """`form`: digits or shares. `typed`: the places of the shares that were taken."""

    form: str = "digits"
    typed: tuple[int, ...] = ()
    busy: bool = False
    problem: Message | None = None


class DrillModel(ViewModel[DrillState]):
    """`proven` when the kit opens by both header copies; `failed(error)` for what is no matter of the kit."""

    proven = Signal()
    failed = Signal(object)

    def __init__(self, context: Context, form: str, parent: QObject | None = None) -> None:
        super().__init__(DrillState(form=form or "digits"), parent)
        self._context = context
        self._shares: list[list[int]] = []

    def choose(self, form: str) -> None:
        """Type the other form."""
        if not self.state.busy:
            self.wipe()
            self._become(DrillState(form=form))

    def judge_group(self, _group: int, typed: bytes) -> str:
        """A group that cannot be right is said at once; whether it is, only the whole tells."""
        from storage import group_is_possible

        return "" if group_is_possible(bytearray(typed), 0) else "bad"

    def judge_word(self, _word: int, typed: bytes) -> str:
        """Whether it is a word of the list, or its number."""
        from storage import share_word

        return "" if share_word(typed.decode("ascii", "replace")) is not None else "bad"

    def try_digits(self, typed: bytearray) -> tuple[int, ...]:
        """Try the 55 digits. Gives the group (from 0) that is probably wrong, if one is. Wipes the buffer."""
        from storage import doubtful_group, read_digit_bytes

        try:
            code = read_digit_bytes(typed)
        except InvalidInput as error:
            doubtful = doubtful_group(typed)
            self._become(replace(self.state, problem=error.hint or error.message))
            return () if doubtful is None else (doubtful,)
        finally:
            wipe_bytes(typed)
        self._try(code)
        return ()

    def take_share(self, tokens: Sequence[str]) -> tuple[int, ...] | None:
        """Take one share, as words or numbers; with the second the kit is tried.

        None when it was taken; else the words (from 0) that are probably wrong.
        """
        from storage import code_of_shares, doubtful_word, share_place, share_word

        pairs = [share_word(token) for token in tokens]
        unknown = tuple(at for at, pair in enumerate(pairs) if pair is None)
        if unknown:
            self._become(replace(self.state, problem=msg("There is no such word and no such number.")))
            return unknown
        numbers = [int(pair[0]) for pair in pairs if pair is not None]
        try:
            place = share_place(numbers)
            if place in self.state.typed:
                raise InvalidInput(msg("This share was typed already. Type another one."))
            shares = [*self._shares, numbers]
            code = code_of_shares(shares) if len(shares) == NEEDED else None
        except InvalidInput as error:
            doubtful = doubtful_word(numbers)
            self._become(replace(self.state, problem=error.message))
            return () if doubtful is None else (doubtful,)
        self._shares = shares
        self._become(replace(self.state, typed=(*self.state.typed, place), problem=None))
        if code is not None:
            self._try(code)
        return None

    def wipe(self) -> None:
        """Forget the shares."""
        self._shares = []

    def _try(self, code: bytearray) -> None:
        if self.state.busy:
            wipe_bytes(code)
            return
        self._become(replace(self.state, busy=True, problem=None))
        self._context.jobs.change(partial(_check_code, code), self._proven, self._not_proven)

    def _proven(self, _result: object) -> None:
        self.wipe()
        self._become(replace(self.state, busy=False))
        self.proven.emit()

    def _not_proven(self, error: DaftarError) -> None:
        self.wipe()
        wrong = isinstance(error, WrongPassphrase)
        self._become(replace(self.state, busy=False, typed=(), problem=error.message if wrong else None))
        if not wrong:
            self.failed.emit(error)


def _check_code(code: bytearray, vault: Vault) -> tuple[tuple[()], None]:
    try:
        vault.ways_in.check_code(code)
    finally:
        wipe_bytes(code)
    return (), None
