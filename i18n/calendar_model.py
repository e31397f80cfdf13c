"""The shape of a language's calendar data. Must not hold a language.

Templates are filled by `i18n.date_phrases`. Fields: `{d}` day, `{y}` year, `{o}` year with its Azerbaijani ordinal, `{m}`
month, `{s}` season, and language-dependent forms of the two as named in `months` and `seasons`. Cases: `label` in a
cell, `when` answers when, `since` and `until` bound a stretch of time, `of` is the Russian genitive, or the form
after a French or Spanish preposition.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Forms = dict[str, tuple[str, ...]]
Cases = dict[str, str]


@dataclass(frozen=True)
class CalendarWords:
    """All calendar data of one language."""

    months: Forms  # form name -> twelve names; "m" is the plain name
    seasons: Forms  # form name -> four names, spring to winter; "s" is the plain name
    in_words: str  # a full date at the head of a letter
    year: Cases
    season: Cases
    month: Cases
    day: Cases
    about: Cases  # label, when, since, until around the approximate phrase
    possibly: str
    stretch: str  # from {since} to {until}
    ongoing: str  # from {since}, still lasting
    end_unknown: str
    up_to: str  # beginning open
    start_unknown: str
    between: str
    not_later: str
    not_earlier: str
    numeric_day: bool = field(default=True)  # dd.MM.yyyy for a day in a cell


def names(text: str) -> tuple[str, ...]:
    return tuple(text.split())
