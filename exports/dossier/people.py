"""How persons, agencies and charges are named in a document. Must not decide whether they may be named."""

from __future__ import annotations

from typing import Any

from exports.dossier.tree import Origin, Run, Runs
from exports.lexicon import agency_name, instrument_title
from exports.records import Doc, Records, elements, is_blank, text_of
from exports.words import say
from i18n import translit
from i18n.languages import script_of
from i18n.message import Message, msg

_KINDS = (
    "legal",
    "passport_mrz",
    "birth",
    "married",
    "court_file",
    "asylum_file",
    "religious",
    "former",
    "other_spelling",
)
UNNAMED = msg("a person whose name is not known")


def _script(language: str) -> str:
    return "Cyrl" if script_of(language) == "Cyrl" else "Latn"


def display_name(person: Doc, language: str) -> str:
    """The name a document in `language` uses: its script first, then the weightiest kind; empty if none is known."""
    script = _script(language)

    def order(name: Doc) -> tuple[bool, bool, int, bool]:
        kind = _KINDS.index(name["kind"]) if name.get("kind") in _KINDS else len(_KINDS)
        written = _letters(str(name.get("full")))
        return (written != script, kind == len(_KINDS), kind, name.get("language") != language.split("_")[0])

    names = [name for name in elements(person, "names") if not is_blank(name.get("full"))]
    return str(min(names, key=order)["full"]) if names else ""


def carried(name: str, tag: str, language: str) -> str:
    """A name in the letters of a document in `language`, as passports carry it over; itself where it stands in them already."""
    script = _script(language)
    if not name or _letters(name) == script:
        return name
    found = [proposal for proposal in translit.propose(name, tag) if proposal.script == script]
    found.sort(key=lambda proposal: proposal.language not in (language, "en", "ru"))
    return found[0].text if found else name


def spelled_part(person: Doc, name: Doc, parts: tuple[str, ...], language: str) -> str:
    """Parts of a name for a form in `language`: in its letters, the original beside it where they are not the same.

    A recorded spelling of the same person in those letters is taken before one is made.
    """
    original = _parts_of(name, parts)
    if not original or _letters(original) == _script(language):
        return original
    others = [n for n in elements(person, "names") if n.get("kind") not in ("nickname", "alias", "honorific")]
    recorded = [text for n in others if (text := _parts_of(n, parts)) and _letters(text) == _script(language)]
    shown = recorded[0] if recorded else carried(original, str(name.get("language") or "und"), language)
    return f"{shown} ({original})" if shown != original else original


def _parts_of(name: Doc, parts: tuple[str, ...]) -> str:
    return " ".join(
        str(name[part]) for part in parts if isinstance(name.get(part), str) and not is_blank(name[part])
    )


def _letters(text: str) -> str:
    return "Cyrl" if any("Ѐ" <= char <= "ԯ" for char in text) else "Latn"


def _name_language(person: Doc, full: str) -> str:
    tags = [name.get("language") for name in elements(person, "names") if name.get("full") == full]
    return str(tags[0]) if tags and isinstance(tags[0], str) else "und"


def person_run(records: Records, person: object, language: str, *, original: bool = False) -> Runs:
    """A person named in a sentence: an id with a record, or `{words}`.

    A name recorded in other letters only is carried over; with `original` its own spelling stands beside it.
    """
    doc = records.get(person) if isinstance(person, str) else None
    if doc is not None:
        name = display_name(doc, language) or text_of(doc.get("name"))
        over = carried(name, _name_language(doc, name), language)
        named = f"{over} ({name})" if original and over != name else over
        shown = named or say(UNNAMED, language)
        # A code must never reach paper, so a person without a name is described, never coded.
        return (Run(shown, "name", language, subject=str(doc["id"])),)
    words = text_of(person)
    return (Run(words, "text", "mul"),) if words else ()


def agency_run(records: Records, agency: object, language: str, origin: Origin | None = None) -> Runs:
    """A body: its name from the organisation's own records or from the lexicon, otherwise the words given."""
    if isinstance(agency, str):
        own = records.get(agency)
        if own is not None:
            names = own.get("name")
            shown = _in_language(names, language) if isinstance(names, dict) else text_of(names)
            return (Run(shown, "text", "mul", origin=origin),) if shown else ()
        # Text, not fixed words: a body’s name may hold a place that must not be told.
        return (Run(say(Message(agency_name(agency, language)), language), "text", language),)
    words = text_of(agency)
    return (Run(words, "text", "mul", origin=origin),) if words else ()


def charge_run(charge: object, language: str, origin: Origin | None = None) -> Runs:
    """A provision of law: its title from the lexicon, otherwise the words given."""
    if isinstance(charge, str) and not is_blank(charge):
        known = instrument_title(charge)
        if known is None:
            return (Run(charge, "text", "mul", origin=origin),)
        return (Run(known, language=language),)
    words = text_of(charge)
    return (Run(words, "text", "mul", origin=origin),) if words else ()


def _in_language(names: dict[str, Any], language: str) -> str:
    for key in (language, language.split("_")[0], "en"):
        if not is_blank(names.get(key)):
            return str(names[key])
    return next((str(value) for value in names.values() if not is_blank(value)), "")
