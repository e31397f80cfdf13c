"""One person: names in all scripts, protection, identity, contacts, where mentioned. Must not know widgets or write names into words.

Generated spellings are proposals: they are stored only when somebody takes them, and stay marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.person_answers import Doc
from ui.viewmodels.person_names import propose
from ui.viewmodels.person_record import RecordEditor

if TYPE_CHECKING:
    from storage import Vault

PROTECTION: tuple[tuple[str, Message, Message], ...] = (
    ("none", msg("Name may stand"), msg("An official, or somebody whose name everybody knows. A victim or an interviewee is still hidden without a consent.")),
    ("pseudonym", msg("Pseudonym"), msg("In copies that others read, an invented label stands instead of the name; the reader can follow who is who.")),
    ("hidden", msg("Hidden"), msg("In copies that others read, nothing tells this person from another. For minors and for relatives who are still in the country.")),
)  # fmt: skip
UNDECIDED = msg(
    "Nobody has decided yet. Until then: hidden for minors and relatives, a pseudonym for everybody else."
)


CHOICES = 300
"""How many records a field offers at most, the newest first; more than that nobody reads through."""


@dataclass(frozen=True)
class Mentioned:
    """A record that names this person: in which part."""

    type: str
    id: str
    code: str
    part: Message


_PARTS: tuple[tuple[str, str, Message], ...] = (
    ("interview", "interviewee", msg("speaks")),
    ("interview", "joint_with", msg("speaks too")),
    ("incident", "victims", msg("victim")),
    ("incident", "witnesses", msg("witness")),
    ("incident", "perpetrators", msg("named as taking part")),
    ("case", "victims", msg("victim in the case")),
    ("consent", "person", msg("gave or refused consent")),
    ("person", "relations", msg("related to this person")),
    ("evidence", "concerns", msg("the document is about this person")),
)


def _names(value: object, person_id: str) -> bool:
    if isinstance(value, list):
        return any(_names(item, person_id) for item in value)
    if isinstance(value, Mapping):
        return value.get("person") == person_id
    return value == person_id


def mentioned_in(vault: Vault, person_id: str) -> Iterator[Mentioned]:
    """Every record with a field that names the person. Vault thread."""
    for record_type, record_id in vault.referring(person_id):
        doc = vault.get(record_id) or {}
        fields = [(name, part) for kind, name, part in _PARTS if kind == record_type]
        part = next((part for name, part in fields if _names(doc.get(name), person_id)), None)
        if part is not None:
            yield Mentioned(record_type, record_id, str(doc.get("code") or ""), part)


def known_people(vault: Vault, limit: int = 100_000) -> dict[str, tuple[str, str]]:
    """Code and name of people, the newest first, from the list columns."""
    return {row.id: (row.code or "", row.title) for row in vault.rows("person", 0, limit)}


def read_around(person_id: str, vault: Vault) -> Mapping[str, Any]:
    """What the screen needs of other records: who is mentioned where, and the people one may choose."""
    people = known_people(vault, CHOICES)
    relations = (vault.get(person_id) or {}).get("relations") if person_id else None
    for relation in relations if isinstance(relations, list) else ():
        other = relation.get("person") if isinstance(relation, dict) else None
        doc = vault.get(other) if isinstance(other, str) and other not in people else None
        if doc is not None:
            people[doc["id"]] = (str(doc.get("code") or ""), shown_name(doc))
    return {"mentioned": tuple(mentioned_in(vault, person_id)) if person_id else (), "people": people}


def shown_name(person: Mapping[str, Any]) -> str:
    """The name people use for the person: the legal one where there is one, never a generated one; else empty."""
    names = person.get("names")
    own = (
        [name for name in names if isinstance(name, dict) and name.get("full")]
        if isinstance(names, list)
        else []
    )
    own = [name for name in own if not name.get("generated")] or own
    legal = [name for name in own if name.get("kind") == "legal"]
    return str((legal or own)[0]["full"]) if own else ""


class PersonEditor(RecordEditor):
    """A `RecordEditor` for persons that also proposes spellings."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, "person", read_around, parent)

    def proposals(self) -> list[Doc]:
        """Spellings of the typed names in other scripts that are not among the names yet."""

        return propose(self._state.elements("names"))

    def take_proposals(self) -> None:
        """Keep all proposals as names marked generated."""
        made = self.proposals()
        if made:
            self.put({"names": [*self._state.elements("names"), *made]})
