"""What becomes of each kind of mention in each copy, read from `policy.toml`. Must not know a person or a text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

Action = Literal["keep", "pseudonym", "role", "generalise", "blank"]
Possible = Literal["keep", "hide"]
_FILE = Path(__file__).parent / "policy.toml"
_ACTIONS = frozenset({"keep", "pseudonym", "role", "generalise", "blank"})


@dataclass(frozen=True)
class Policy:
    """The rules of one audience. `action` of a kind nobody listed is to blank it."""

    audience: str
    actions: tuple[tuple[str, Action], ...]
    possible: Possible = "hide"

    def action(self, kind: str) -> Action:
        """The action for a kind: a person's treatment, `relative`, `place`, `date`, `field`, or an identifier's type."""
        return dict(self.actions).get(kind, "blank")


@cache
def policy(audience: str) -> Policy:
    """The shipped policy of an audience; KeyError for an unknown one, ValueError for a damaged data file."""
    table: dict[str, str] = tomllib.loads(_FILE.read_text(encoding="utf-8"))[audience]
    possible = table.pop("possible")
    if possible not in ("keep", "hide") or not _ACTIONS.issuperset(table.values()):
        raise ValueError(audience)
    actions = tuple((kind, cast(Action, action)) for kind, action in table.items())
    return Policy(audience, actions, cast(Possible, possible))
