"""Judges a recovery kit as it was typed and words what is wrong with it. Must not keep digits or words.

Runs in a thread: finding the place of a slip takes some milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from i18n.message import Message, msg
from storage.errors import DaftarError, InvalidInput
from ui.wiping import wipe_bytes


class Slip(DaftarError):
    """What was typed is not a kit yet. `cell` (from 0) is where to look first; `place`: a good first share, one more is needed.

    `anew`: nothing is wrong in what was typed, but something else has to be typed in its place.
    """

    def __init__(
        self, message: Message, *, cell: int | None = None, place: int = 0, anew: bool = False
    ) -> None:
        super().__init__(message)
        self.cell, self.place, self.anew = cell, place, anew


def digits_to_code(digits: bytearray) -> bytearray:
    """The code of 55 ASCII digits, which are wiped; raises Slip."""
    from storage import doubtful_group, read_digit_bytes

    try:
        return read_digit_bytes(digits)
    except InvalidInput as error:
        if error.faults:
            raise Slip(error.message) from None
        group = doubtful_group(digits)
        if group is None:
            # critical
            text = msg(
                "The digits hold a mistake. Compare every group with the paper; the last one checks the others."
            )
            raise Slip(text) from None
        # critical
        found = msg(
            "The digits hold a mistake, most likely in group {number}. Compare it with the paper.",
            number=group + 1,
        )
        raise Slip(found, cell=group) from None
    finally:
        wipe_bytes(digits)


def shares_to_code(before: Sequence[Sequence[int]], numbers: Sequence[int]) -> bytearray:
    """The code of two shares by the numbers of their words; raises Slip for one that is wrong, or good but alone."""
    from storage import code_of_shares, share_place

    try:
        place = share_place(numbers)
    except InvalidInput as error:
        raise _wrong_share(numbers, error) from None
    if any(share_place(other) == place for other in before):
        # critical
        once_more = msg("This is share {number} once more. Two different shares are needed.", number=place)
        raise Slip(once_more, anew=True)
    if not before:
        raise Slip(msg("Share {number} is right. Now the second one.", number=place), place=place)
    try:
        return code_of_shares([*before, numbers])
    except InvalidInput:
        # critical
        text = msg(
            "These two shares do not belong together: they come from two notebooks, or one was replaced later."
        )
        raise Slip(text, anew=True) from None


def _wrong_share(numbers: Sequence[int], error: InvalidInput) -> Slip:
    from storage import doubtful_word

    if not error.faults:
        return Slip(error.message)
    cell = doubtful_word(numbers)
    if cell is None:
        # critical
        return Slip(msg("A word is wrong or stands in a wrong place. Compare every word with the paper."))
    # critical
    return Slip(
        msg("A word is wrong, most likely word {number}. Compare it with the paper.", number=cell + 1),
        cell=cell,
    )
