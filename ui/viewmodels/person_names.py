"""Names of a person: the one people see, its script, and proposals in other scripts. Must not store a proposal by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from i18n import translit

Doc = dict[str, Any]


def script_of_text(text: str) -> str:
    """Cyrl, Latn or Arab by the first letter that tells; empty when none does."""
    for letter in text:
        if "\u0400" <= letter <= "\u052f":
            return "Cyrl"
        if "\u0600" <= letter <= "\u06ff":
            return "Arab"
        if letter.isalpha() and (letter <= "\u024f" or letter == "ə"):
            return "Latn"
    return ""


def completed(name: Mapping[str, Any]) -> Doc:
    """A name with its script filled in where only the text was typed."""
    made = dict(name)
    full = made.get("full")
    if isinstance(full, str) and full and not isinstance(made.get("script"), str):
        script = script_of_text(full)
        if script:
            made["script"] = script
    return made


def propose(names: Sequence[Mapping[str, Any]]) -> list[Doc]:
    """Spellings in other scripts of the names somebody typed, each marked generated, none that is there already."""
    known = {str(name.get("full")) for name in names}
    found: list[Doc] = []
    for name in names:
        full = name.get("full")
        if not isinstance(full, str) or name.get("generated") is True:
            continue
        language = name.get("language")
        for proposal in translit.propose(full, language if isinstance(language, str) else "und"):
            if proposal.text not in known:
                known.add(proposal.text)
                found.append(_generated(proposal))
    return found


def _generated(proposal: translit.Proposal) -> Doc:
    return {
        "id": str(uuid4()),
        "full": proposal.text,
        "script": proposal.script,
        "language": proposal.language.replace("_", "-"),
        "kind": "other_spelling",
        "generated": True,
    }
