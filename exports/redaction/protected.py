"""Who and what must not be recognised in a copy, as plain frozen data. Must not read records or texts, or decide how a mention looks.

`protected_records` makes a set from the records, `protected_file` from a file of names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from i18n.names import PersonName

Treatment = Literal["pseudonym", "hidden"]


@dataclass(frozen=True)
class ProtectedPerson:
    """A person with all recorded names; `relative`: known in the records as somebody's relative."""

    id: str
    names: tuple[PersonName, ...]
    sex: str = ""
    treatment: Treatment = "pseudonym"
    relative: bool = False


@dataclass(frozen=True)
class ProtectedPlace:
    """A place by the names it is known under; `region` and `country` (a code) are what a copy may say instead ("" = unknown)."""

    id: str
    names: tuple[str, ...]
    region: str = ""
    country: str = ""


@dataclass(frozen=True)
class ProtectedIdentifier:
    """A number or address: `type` is phone, email, document, address, code, account, case_number or other."""

    id: str
    value: str
    type: str = "other"


@dataclass(frozen=True)
class ProtectedSet:
    """Everything the finder looks for, and what it must let through: persons without protection, phrases to keep."""

    persons: tuple[ProtectedPerson, ...] = ()
    places: tuple[ProtectedPlace, ...] = ()
    identifiers: tuple[ProtectedIdentifier, ...] = ()
    shown: tuple[ProtectedPerson, ...] = ()
    keep: tuple[str, ...] = ()
    officials: tuple[str, ...] = field(default=(), repr=False)

    def ids(self) -> frozenset[str]:
        """The ids of all hidden persons."""
        return frozenset(person.id for person in self.persons)
