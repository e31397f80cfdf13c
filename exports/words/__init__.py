"""Says documents' words in a document's language and sets values into sentences as runs. Must not know any procedure.

Document languages are not interface languages: French (and every later one) has its own files here, `<language>.toml`
and `<language>_*.toml`, from English source text to words; the interface languages speak through the catalogs.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from exports.dossier.tree import Run, Runs
from exports.form_model import Words
from exports.procedures import forms
from exports.records import is_blank, parse_date
from i18n import UI_LANGUAGES, catalog, formatting
from i18n.message import Message, msg

_MARK = re.compile("\ue000([A-Za-z_][A-Za-z0-9_]*)\ue001")


@lru_cache(maxsize=8)
def _own_words(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in resources.files(__name__).iterdir():
        if entry.name == f"{language}.toml" or (
            entry.name.startswith(f"{language}_") and entry.name.endswith(".toml")
        ):
            found.update(tomllib.loads(entry.read_text(encoding="utf-8"))["words"])
    return found


def written_in(language: str) -> bool:
    """Whether a paper can be written in a document language: an interface language, or one with its own words here."""
    return language in {known.code for known in UI_LANGUAGES} or bool(_own_words(language))


@lru_cache(maxsize=1)
def countries() -> dict[str, Words]:
    """Names of the States that documents name, by ISO 3166-1 alpha-2 code."""
    text = (resources.files(__name__) / "countries.toml").read_text(encoding="utf-8")
    found = {code: Words(row["name"], row["name_fr"]) for code, row in tomllib.loads(text).items()}
    for form in forms():
        found.update({state.code: state.name for state in form.states})
    return found


def source_texts() -> list[str]:
    """English texts of the data files in this folder that catalogs must translate."""
    return [name.en for name in countries().values()]


def say(message: Message | str, language: str) -> str:
    """A message in the document's language; English where the language has no words for it."""
    if isinstance(message, Message):
        translated = _own_words(language).get(message.source)
        if translated is not None:
            values = {
                key: say(v, language) if isinstance(v, Message) else v for key, v in message.values.items()
            }
            message = Message(translated, values)
    return catalog(language).text(message)


def say_label(words: Words, language: str) -> str:
    """A label of a form file in the document's language."""
    return words.fr if language == "fr" and words.fr else say(Message(words.en), language)


def compose(message: Message, language: str, **parts: Runs) -> Runs:
    """The sentence in the document's language, its placeholders filled with runs instead of text."""
    marks = {name: f"\ue000{name}\ue001" for name in parts}
    text = say(Message(message.source, {**message.values, **marks}), language)
    runs: list[Run] = []
    position = 0
    for match in _MARK.finditer(text):
        if match.start() > position:
            runs.append(Run(text[position : match.start()], language=language))
        runs.extend(parts[match[1]])
        position = match.end()
    if position < len(text):
        runs.append(Run(text[position:], language=language))
    return tuple(runs)


def said(message: Message, language: str) -> Runs:
    """A message without values of records as one run of the program's own words."""
    return (Run(say(message, language), language=language),)


def joined(parts: list[Runs], separator: str) -> Runs:
    """Texts one after another with a separator of the program's own."""
    runs: list[Run] = []
    for number, part in enumerate(parts):
        if number:
            runs.append(Run(separator))
        runs.extend(part)
    return tuple(runs)


def listed(parts: list[Runs], language: str) -> Runs:
    """Texts as a list in a sentence: "a, b and c"."""
    if len(parts) < 2:
        return parts[0] if parts else ()
    marks = [f"\ue000n{number}\ue001" for number in range(len(parts))]
    text = formatting.listing(marks, language)
    return compose(Message(text), language, **{f"n{number}": part for number, part in enumerate(parts)})


def say_date(value: object, language: str, inside: bool = False) -> str:
    """A date as the language writes it in a cell, or with `inside` in a sentence; nothing where it is blank."""
    parsed = parse_date(value)
    if parsed is None:
        return value if isinstance(value, str) and not is_blank(value) else ""
    return formatting.partial_date(parsed, language, "when" if inside else "label")


def say_country(code: object, language: str) -> str:
    """The name of a State; its code where no name is known."""
    name = countries().get(str(code))
    return say_label(name, language) if name else str(code)


def country_name(code: object) -> Message:
    """The name of a State as a message, for texts that people read in the window; its code where no name is known."""
    name = countries().get(str(code))
    return Message(name.en) if name else Message("{code}", {"code": str(code)})


def say_place(place: object, language: str) -> str:
    """A place from the smallest to the largest part, then the witness's own words where nothing else is known."""
    if isinstance(place, str):
        return "" if is_blank(place) else place
    if not isinstance(place, Mapping):
        return ""
    parts = [str(place[key]) for key in ("facility", "locality", "region") if not is_blank(place.get(key))]
    if not is_blank(place.get("country")):
        parts.append(say_country(place["country"], language))
    words = place.get("words")
    if not parts:
        return str(words) if not is_blank(words) else ""
    return ", ".join(parts)


def place_value(place: object) -> str:
    """The place as the canonical text that redaction generalises from."""
    return json.dumps(place, ensure_ascii=False, sort_keys=True)


BLANK_WORDS: dict[str, Message] = {
    "unknown": msg("Not known."),
    "not_asked": msg("Not stated."),
    "declined": msg("The person preferred not to answer."),
    "withheld": msg("Not stated here, for safety."),
    "not_applicable": msg("Does not apply."),
}
NOT_STATED = BLANK_WORDS["not_asked"]
YES, NO = msg("Yes"), msg("No")


def blank_of(value: Any) -> Message | None:
    """The words of a blank, where a value is one."""
    if isinstance(value, dict):
        value = value.get("blank")
    return BLANK_WORDS.get(value) if isinstance(value, str) else None
