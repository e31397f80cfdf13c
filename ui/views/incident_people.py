"""People of an incident as chips: name and code, or the code alone while names are hidden. Must not read or write records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from i18n.message import msg
from ui.views.person_chips import ChoiceChips, Value

People = Mapping[str, tuple[str, str]]


class PeopleChips(ChoiceChips):
    """`ChoiceChips` whose values are persons."""

    def show_people(self, members: Sequence[Any], people: People, *, discreet: bool) -> None:
        """Draw who is in, offer who is not."""
        choices = [(key, _words(entry, discreet)) for key, entry in people.items()]
        self.show_values([_member(member, people, discreet) for member in members], choices)


def _member(member: object, people: People, discreet: bool) -> Value:
    if isinstance(member, Mapping):
        return "", str(member.get("words", "")) or msg("Somebody")
    return str(member), _words(people.get(str(member), ("", "")), discreet) or msg("Somebody")


def _words(entry: tuple[str, str], discreet: bool) -> str:
    code, name = entry
    return code if discreet or not name else f"{name}  {code}"
