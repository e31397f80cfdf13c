"""Words and letters: the front door of the room below all others. Must not know records, documents or the window.

`Catalog(language).text(message)` says a message; `formatting` writes dates and numbers; `edtf` reads partial dates; `case`,
`collation`, `fold` and `translit` know the letters; `fonts` has the faces that hold them all.
"""

from __future__ import annotations

import sys

from i18n import case, collation, edtf, fold, fonts, formatting, letters, translit
from i18n.catalog import Catalog, catalog
from i18n.languages import (
    DOCUMENT_LANGUAGES,
    SOURCE_LANGUAGE,
    UI_LANGUAGES,
    Language,
    autonym,
    canonical_language,
    document_language,
    language,
    language_name,
)
from i18n.message import Message, msg, nmsg, pmsg


def forget() -> None:
    """Drop every memoised word: they are the notebook's content. Called when it is closed or locked."""
    names = sys.modules.get("i18n.names")  # large: never loaded only to be emptied
    if names is not None:
        names.forget()  # first: emptying it makes keys of its own word lists
    fold.forget()
    translit.forget()
    edtf.parse.cache_clear()


__all__ = [
    "DOCUMENT_LANGUAGES",
    "SOURCE_LANGUAGE",
    "UI_LANGUAGES",
    "Catalog",
    "Language",
    "Message",
    "autonym",
    "canonical_language",
    "case",
    "catalog",
    "collation",
    "document_language",
    "edtf",
    "fold",
    "fonts",
    "forget",
    "formatting",
    "language",
    "language_name",
    "letters",
    "msg",
    "nmsg",
    "pmsg",
    "translit",
]
