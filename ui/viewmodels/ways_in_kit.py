"""Making a recovery kit: the code is drawn, shown, typed back, and only then counts. Must not leave the code behind.

The code lives in one buffer here; the notebook gets a copy that is wiped there. Leaving early keeps what was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from i18n.message import Message, msg
from storage.errors import DaftarError, InvalidInput
from ui.context import Context
from ui.viewmodels.base import ViewModel
from ui.wiping import wipe_bytes

if TYPE_CHECKING:
    from storage import CodeShare, Vault

SHARES, NEEDED = 3, 2
GROUPS, GROUP = 11, 5
WORDS, WORD = 23, 8
_HOLDER = 120


@dataclass(frozen=True)
class KitState:
    """`stage`: choose, show, again. `share` is the place of the share that is shown, `typed` those that came back right."""

    stage: str = "choose"
    form: str = ""
    share: int = 0
    holders: tuple[str, ...] = ("",) * SHARES
    typed: tuple[int, ...] = ()
    busy: bool = False
    problem: Message | None = None


class KitModel(ViewModel[KitState]):
    """`kept` when the kit is in force; `failed(error)` when the notebook could not take it."""

    kept = Signal()
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(KitState(), parent)
        self._context = context
        self._code = bytearray()
        self._shares: tuple[CodeShare, ...] = ()

    def choose(self, form: str) -> None:
        """Digits or shares; nothing is drawn yet."""
        self._become(replace(self.state, form=form))

    def draw_code(self) -> None:
        """Have a code drawn and show it."""
        if not self.state.busy and self.state.form:
            self._become(replace(self.state, busy=True))
            self._context.jobs.vault(_draw_code, self._drawn, self._not_done)

    def digits(self) -> bytearray:
        """The 55 digits of the code, for the widget that shows and wipes them."""
        from storage import digit_bytes

        return digit_bytes(self._code) if self._code else bytearray()

    def groups(self) -> list[str]:
        """The groups as texts, for a page that is written; they go away with the process."""
        from storage import code_digits

        return code_digits(self._code) if self._code else []

    def shown_share(self) -> CodeShare | None:
        """The one share that is shown now."""
        return self._shares[self.state.share] if self._shares else None

    def show_share(self, place: int) -> None:
        """Show another share; the one before leaves the screen."""
        if 0 <= place < len(self._shares):
            self._become(replace(self.state, stage="show", share=place))

    def name_holder(self, name: str) -> None:
        """Who keeps the share that is shown."""
        holders = list(self.state.holders)
        holders[self.state.share] = " ".join(name.split())[:_HOLDER]
        self._become(replace(self.state, holders=tuple(holders)))

    def ask_back(self) -> None:
        """All is written down: take it off the screen and have it typed back."""
        if self._code:
            self._become(replace(self.state, stage="again", typed=(), problem=None))

    def look_again(self) -> None:
        """Show it once more: the paper may hold a slip."""
        if self._code and not self.state.busy:
            self._become(replace(self.state, stage="show", share=0, problem=None))

    def judge_group(self, group: int, typed: bytes) -> str:
        """Whether a group is the one that was shown."""
        digits = self.digits()
        same = digits[group * GROUP : (group + 1) * GROUP] == typed
        wipe_bytes(digits)
        return "good" if same else "bad"

    def judge_word(self, _word: int, typed: bytes) -> str:
        """Whether it is a word of the list, or its number."""
        from storage import share_word

        return "good" if share_word(typed.decode("ascii", "replace")) is not None else "bad"

    def keep_digits(self, typed: bytearray) -> None:
        """The digits were typed back: if they are right, the kit counts. Wipes the buffer."""
        digits = self.digits()
        same = bool(digits) and digits == typed
        wipe_bytes(digits)
        wipe_bytes(typed)
        if same:
            self._keep(())
        else:
            self._become(
                replace(
                    self.state,
                    problem=msg("That is not what was shown. Compare every group with your paper."),
                )
            )

    def take_share(self, tokens: Sequence[str]) -> tuple[int, ...] | None:
        """A share was typed back, as words or numbers. Gives None when another one is next, else the words (from 0) that are wrong.

        When two are right, the kit counts.
        """
        from storage import share_word

        pairs = [share_word(token) for token in tokens]
        words = tuple(pair[1] if pair is not None else "" for pair in pairs)
        near = min(self._shares, key=partial(_difference, words), default=None)
        if near is None:
            return ()
        wrong = tuple(at for at, word in enumerate(near.words) if at >= len(words) or words[at] != word)
        if wrong:
            self._become(replace(self.state, problem=msg("A word differs from the share that was shown.")))
        elif near.number in self.state.typed:
            self._become(replace(self.state, problem=msg("This share was typed already. Type another one.")))
            return None
        else:
            self._become(replace(self.state, typed=(*self.state.typed, near.number), problem=None))
            if len(self.state.typed) == NEEDED:
                self._keep(self.state.holders)
            return None
        return wrong

    def wipe(self) -> None:
        """Overwrite the code and forget the shares."""
        wipe_bytes(self._code)
        self._code, self._shares = bytearray(), ()

    def _drawn(self, code: bytearray) -> None:
        self._code = code
        if self.state.form == "shares":
            from storage import split_code

            self._shares = tuple(split_code(code))
        self._become(replace(self.state, stage="show", share=0, busy=False))

    def _keep(self, holders: tuple[str, ...]) -> None:
        if self.state.busy:
            return
        self._become(replace(self.state, busy=True, problem=None))
        # A copy: whoever leaves this page wipes ours at once, and the notebook must not keep a code of zeros.
        self._context.jobs.change(
            partial(_keep_code, bytearray(self._code), holders), self._in_force, self._not_done
        )

    def _in_force(self, _result: object) -> None:
        self.wipe()
        self._become(replace(self.state, busy=False))
        self.kept.emit()

    def _not_done(self, error: DaftarError) -> None:
        problem = error.message if isinstance(error, InvalidInput) else None
        self._become(replace(self.state, busy=False, problem=problem))
        self.failed.emit(error)


def _difference(words: tuple[str, ...], share: CodeShare) -> int:
    return sum(one != other for one, other in zip(words, share.words, strict=False))


def _draw_code(vault: Vault) -> bytearray:
    return vault.ways_in.draw_code()


def _keep_code(code: bytearray, holders: tuple[str, ...], vault: Vault) -> tuple[tuple[()], None]:
    try:
        vault.ways_in.keep_code(code, holders)
    finally:
        wipe_bytes(code)
    return (), None
