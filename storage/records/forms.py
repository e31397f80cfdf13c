"""Written forms of single values: dates, times, tags, codes, hashes. Must not know fields."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from i18n import edtf
from i18n.message import Message, msg
from storage.records.codes import is_valid_code
from storage.records.countries import COUNTRIES
from storage.reference import lexicon

ID_LENGTH = 200

_DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CANONICAL_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_PATH = re.compile(r"[^/\0]{1,200}(/[^/\0]{1,200}){0,15}")
_LANGUAGE_LENGTH = 60
_SURROGATE = re.compile("[\ud800-\udfff]")


def new_id() -> str:
    """A random UUIDv4: it tells neither when nor in what order records were made."""
    return str(uuid.uuid4())


def as_uuid(text: str) -> str | None:
    """The canonical spelling of a UUID, or None when the text is none."""
    if _CANONICAL_UUID.fullmatch(text):
        return text
    return str(uuid.UUID(text)) if _UUID.fullmatch(text) else None


@lru_cache(maxsize=8192)
def is_date(text: str) -> bool:
    """Whether a text is a date in the accepted part of EDTF."""
    return edtf.is_valid(text)


@lru_cache(maxsize=8192)
def is_datetime(text: str) -> bool:
    """Whether a text is `YYYY-MM-DDTHH:MM±HH:MM` and such a moment exists."""
    if not _DATETIME.fullmatch(text) or text[-2:] > "59" or text[-5:-3] > "14":
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def expected_form(form: str, text: str) -> Message | None:
    """None when the text has the form, else what was expected."""
    if form == "language":
        fits = len(text) <= _LANGUAGE_LENGTH and _LANGUAGE.fullmatch(text)
        return None if fits else msg("a language tag such as tg, uz-Cyrl or sgh")
    if form == "country":
        return None if text in COUNTRIES else msg("a country code of two letters such as TJ")
    if form == "script":
        return None if _SCRIPT.fullmatch(text) else msg("a script code of four letters such as Cyrl")
    if form == "sha256":
        return None if _SHA256.fullmatch(text) else msg("64 hexadecimal digits in small letters")
    if form == "code":
        return None if is_valid_code(text) else msg("a code with its check digit, such as P-31702-0482-6")
    return None if _PATH.fullmatch(text) else msg("the path of a field, such as narratives/<id>/text")


def lexicon_table(name: str) -> Mapping[str, object]:
    """The shipped table a field's kind names; empty for none."""
    return lexicon().table(name) if name else {}


def has_lone_surrogate(text: str) -> bool:
    """Whether the text has half of a surrogate pair, which no UTF-8 can hold."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def utf8_length(text: str) -> int:
    """Bytes in UTF-8; lone surrogates count three."""
    return len(text.encode("utf-8", "surrogatepass"))


def printable(path: str) -> str:
    """A path that can be shown in one line whatever the file called its fields, at most 300 characters."""
    safe = "".join(char if char.isprintable() else "?" for char in path[:300])
    return safe or "."
