"""One page of a recovery kit on paper: the digits, or one share. Must not name the notebook, nor hold more than one share.

A kit page is no dossier: it holds no record, so nothing in it passes redaction. It is set by the same typesetter, and the
caller says that the file stays readable until it is removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exports.dossier.tree import Run
from exports.pdf import styles
from exports.pdf.flow import Mark, Page, RuleAt, TextAt
from exports.pdf.lines import Type, break_lines
from exports.pdf.paint import paint
from exports.words import say, say_date
from i18n.message import Message, msg

_SHEET = styles.SHEETS["body"]
_TITLE, _TEXT = styles.bold(20, 28), styles.sans(10.4, 15.4, "ink")
_SMALL = styles.sans(8.6, 12.6)
_FIGURES = Type("NotoSansMono-Regular", "NotoSansMono-Regular", "NotoSansMono-Regular", 22, 34)
_WORDS = Type("NotoSansMono-Regular", "NotoSansMono-Regular", "NotoSansMono-Regular", 11.5, 22)
_GROUP_COLUMNS, _WORD_COLUMNS = 3, 3


class _Writer:
    """Puts lines one under another."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.marks: list[Mark] = []
        self._y = _SHEET.top

    def say(self, message: Message, type: Type, before: float = 0.0) -> None:
        """Set a sentence in the page's language."""
        self._y += before
        for line in break_lines((Run(say(message, self._language)),), _SHEET.measure, type):
            self._y += type.leading
            self.marks.append(TextAt(_SHEET.left, self._y, line, type))

    def rule(self) -> None:
        """A line across."""
        self._y += 14
        self.marks.append(RuleAt(_SHEET.left, self._y, _SHEET.measure, 0.5, "rule"))
        self._y += 6

    def grid(self, cells: Sequence[tuple[str, str]], columns: int, type: Type) -> None:
        """Cells down the columns, each with its place in small figures before it."""
        rows = -(-len(cells) // columns)
        width = _SHEET.measure / columns
        for place, (mark, text) in enumerate(cells):
            column, row = divmod(place, rows)
            x, y = _SHEET.left + column * width, self._y + (row + 1) * type.leading
            for words, kind, left in ((mark, _SMALL, x), (text, type, x + 20)):
                for line in break_lines((Run(words),), width - 20, kind)[:1]:
                    self.marks.append(TextAt(left, y, line, kind))
        self._y += rows * type.leading


def digits_page(groups: Sequence[str], made_on: date, language: str) -> bytes:
    """The eleven groups of a recovery code, as PDF in one of the window's languages."""
    page = _Writer(language)
    page.say(msg("Eleven groups of digits"), _TITLE)
    page.say(msg("Made on {day}", day=say_date(made_on.isoformat(), language)), _SMALL, 6)
    page.rule()
    page.grid([(str(place), group) for place, group in enumerate(groups, 1)], _GROUP_COLUMNS, _FIGURES)
    page.rule()
    for sentence in (
        # critical
        msg(
            "With these digits a notebook opens whose passphrase was forgotten. Whoever has them can read all of it."
        ),
        # critical
        msg("Keep this page away from the computer it belongs to. Do not photograph it and do not send it."),
        msg(
            "To use it: on the page where the passphrase is asked for, choose the other ways in and type the groups."
        ),
        # critical
        msg("When newer digits are made, these open nothing more: burn this page."),
    ):
        page.say(sentence, _TEXT, 6)
    return _finished(page, language)


def share_page(
    number: int, pairs: Sequence[tuple[str, str]], holder: str, reference: str, made_on: date, language: str
) -> bytes:
    """One share of three, as PDF: `pairs` are the words' numbers and words, `reference` is the same on all three."""
    page = _Writer(language)
    page.say(msg("Share {number} of 3", number=number), _TITLE)
    day = say_date(made_on.isoformat(), language)
    page.say(msg("Set {reference}, made on {day}", reference=reference, day=day), _SMALL, 6)
    if holder:
        page.say(msg("Kept by: {holder}", holder=holder), _TEXT, 4)
    page.rule()
    cells = [(str(place), f"{count} {word}") for place, (count, word) in enumerate(pairs, 1)]
    page.grid(cells, _WORD_COLUMNS, _WORDS)
    page.rule()
    for sentence in (
        # critical
        msg(
            "This page alone opens nothing. Any two of the three shares open a notebook whose passphrase was forgotten."
        ),
        # critical
        msg(
            "Keep it apart from the other two and from the computer. Do not photograph it and do not send it."
        ),
        msg("Give it back only to the person you had it from, or to somebody they named to you in person."),
        msg("To use it: type the words, or only their numbers, in this order."),
    ):
        page.say(sentence, _TEXT, 6)
    return _finished(page, language)


def _finished(page: _Writer, language: str) -> bytes:
    return paint([Page("body", marks=page.marks)], "1", language)
