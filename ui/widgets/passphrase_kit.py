"""The recovery kit at the door: digits or words typed or pasted into cells, words completed. Must never make text of the whole."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from i18n.message import Message
from ui.look import Look
from ui.widgets.clipboard import private_clipboard
from ui.widgets.secret_cells import SecretCells

GROUPS, GROUP_DIGITS = 11, 5
WORDS, LONGEST_WORD = 23, 8
_ZERO = 0x30


class DigitCells(SecretCells):
    """Eleven groups of five digits; a group that cannot be right is marked when it is full. Paste takes any separators."""

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, name, GROUPS, GROUP_DIGITS, parent=parent)
        self.judge = self._judge_group

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste types."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.put_in(private_clipboard().text())
        else:
            super().keyPressEvent(event)

    def put_in(self, text: str) -> None:
        """Type every digit of a text, whatever stands between them."""
        self._type(text)

    @staticmethod
    def _judge_group(_cell: int, typed: bytes) -> str:
        from storage import group_is_possible

        digits = bytearray(typed)
        possible = group_is_possible(digits, 0)
        digits[:] = bytes(len(digits))
        return "good" if possible else "bad"


class WordCells(SecretCells):
    """The 23 words of a share, or their numbers. A cell that is left is completed; `suggested` says what it would become."""

    suggested = Signal(str)

    def __init__(self, look: Look, name: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, name, WORDS, LONGEST_WORD, words=True, parent=parent)
        self.judge = self._judge_word
        self.edited.connect(self._suggest)

    def numbers(self) -> list[int]:
        """The words as numbers from 1; only when all are good."""
        return [self._number_of(cell) or 1 for cell in range(WORDS)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste types, word by word."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.put_in(private_clipboard().text())
        else:
            super().keyPressEvent(event)

    def put_in(self, text: str) -> None:
        """Type every word and number of a text; whatever else stands between them parts them."""
        for char in text:
            if self._sign(char) is None:
                self._part()
            else:
                self._type(char)
        self._next()

    def _judge(self, number: int) -> None:
        super()._judge(number)
        found = self._number_of(number)
        if found is not None:
            self._complete(number, found)

    def _complete(self, cell: int, number: int) -> None:
        """Write the whole word, or the number in four digits, over what was typed of it."""
        from storage import word_of

        start = cell * LONGEST_WORD
        in_digits = self._buffer[start] < _ZERO + 10
        word = b"%04d" % number if in_digits else word_of(number).encode("ascii")
        self._buffer[start : start + LONGEST_WORD] = word.ljust(LONGEST_WORD, b"\0")
        self._used[cell] = len(word)

    def _number_of(self, cell: int) -> int | None:
        typed = self.cell(cell)
        found = _number_meant(str(typed, "ascii")) if typed else None
        typed[:] = bytes(len(typed))
        return found

    @staticmethod
    def _judge_word(_cell: int, typed: bytes) -> str:
        return "bad" if _number_meant(str(typed, "ascii")) is None else "good"

    def _suggest(self) -> None:
        from storage import words_beginning

        typed = self.cell(self._at)
        letters = str(typed, "ascii")
        typed[:] = bytes(len(typed))
        found = words_beginning(letters) if not letters.isdigit() else []
        self.suggested.emit("   ".join(f"{word} {number:04d}" for number, word in found))


def _number_meant(typed: str) -> int | None:
    """The number of a word, of its first letters where they suffice, or the number itself."""
    from storage import share_word, words_beginning

    found = share_word(typed)
    if found is not None:
        return int(found[0])
    beginning = words_beginning(typed, 2) if not typed.isdigit() else []
    return beginning[0][0] if len(beginning) == 1 else None
