"""Names of people in six languages and two scripts: their parts, endings and spellings, and how alike two names are."""

from i18n.names.endings import Case, Ending, all_endings
from i18n.names.index import NameIndex, NameWord, Reading, script_of_word
from i18n.names.lexicon import Lexicon, lexicon
from i18n.names.parse import PersonName, joined_words, parse_name
from i18n.names.similarity import Likeness, likeness
from i18n.names.skeleton import distance as name_distance
from i18n.names.skeleton import forget as _forget_distances
from i18n.names.stems import Gender, Part, gender_of_word

__all__ = [
    "Case",
    "Ending",
    "Gender",
    "Lexicon",
    "Likeness",
    "NameIndex",
    "NameWord",
    "Part",
    "PersonName",
    "Reading",
    "all_endings",
    "forget",
    "gender_of_word",
    "joined_words",
    "lexicon",
    "likeness",
    "name_distance",
    "parse_name",
    "script_of_word",
]


def forget() -> None:
    """Drop every remembered word and key: called when a notebook is locked."""
    _forget_distances()
    lexicon().forget()
