"""Messages become words of a language. Must never fail in front of a witness: what is missing is said in English.

`Catalog("tg").text(message)` translates nested messages first, formats numbers, dates and lists as the language does,
and puts them into the translated sentence. A plain `str` is already words (a name, a file, a quotation): unchanged.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

from i18n import formatting, mo, pseudo, toolkit
from i18n.edtf import Edtf
from i18n.languages import SOURCE_LANGUAGE
from i18n.message import Message
from i18n.plurals import plural_index

LOCALE_FOLDER = Path(__file__).resolve().parent / "locale"
DOMAIN = "daftar"

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_GROUPED_FROM = 10_000  # smaller numbers may be years


class Catalog:
    """The words of one language; read-only after construction and safe from any thread."""

    def __init__(self, language: str, folder: Path = LOCALE_FOLDER) -> None:
        """`language`: a code of `i18n.languages`, or `xx` for the stretched test language. Other codes speak English."""
        self.language = language
        self._entries = _load(language, folder)

    def text(self, message: Message | str) -> str:
        """The message in words; placeholders nobody filled stay visible."""
        if isinstance(message, str):
            return message
        template = self._template(message)
        if not message.values:
            return template
        values = message.values

        def fill(match: re.Match[str]) -> str:
            name = match[1]
            return self._value(values[name]) if name in values else match[0]

        return _PLACEHOLDER.sub(fill, template)

    def has(self, message: Message) -> bool:
        """Whether the language has its own words for this message."""
        return self.language == SOURCE_LANGUAGE or bool(self._entries.get(_key(message)))

    def lookup(self, source: str, context: str | None = None) -> str | None:
        """The translation of one of the toolkit's own strings (any of its contexts), or None."""
        for place in (context, toolkit.CONTEXT, None):
            found = self._entries.get(mo.key_of(source, context=place))
            if found and "\0" not in found:
                return found
        return None

    def _template(self, message: Message) -> str:
        forms = self._entries.get(_key(message), "").split("\0")
        if message.plural is None or message.count is None:
            template = forms[0] or message.source
        else:
            index = plural_index(self.language, message.count)
            template = forms[index] if index < len(forms) else ""
            if not template:
                template = message.source if message.count == 1 else message.plural
        return pseudo.stretch(template) if self.language == pseudo.CODE else template

    def _value(self, value: object) -> str:
        if isinstance(value, Message):
            return self.text(value)
        if isinstance(value, bool) or value is None:
            return str(value)
        if isinstance(value, int):
            grouped = abs(value) >= _GROUPED_FROM
            return formatting.number(value, self.language) if grouped else str(value)
        if isinstance(value, float):
            return formatting.number(value, self.language)
        if isinstance(value, datetime):
            return formatting.date_time(value, self.language)
        if isinstance(value, date):
            return formatting.short_date(value, self.language)
        if isinstance(value, Edtf):
            return formatting.partial_date(value, self.language)
        if isinstance(value, list | tuple):
            return formatting.listing([self._value(item) for item in value], self.language)
        return str(value)


@cache
def catalog(language: str) -> Catalog:
    """The shared catalog of a language, loaded once."""
    return Catalog(language)


def compiled_path(language: str, folder: Path = LOCALE_FOLDER) -> Path:
    """Where the compiled catalog of a language lies."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def _key(message: Message) -> str:
    return mo.key_of(message.source, message.plural, message.context)


def _load(language: str, folder: Path) -> dict[str, str]:
    path = compiled_path(language, folder)
    if language in (SOURCE_LANGUAGE, pseudo.CODE) or not path.is_file():
        return {}
    try:
        return mo.read(path.read_bytes())
    except ValueError:
        return {}
